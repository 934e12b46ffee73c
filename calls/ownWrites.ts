/** What the ledger knows about our own writes, for the loop guard of triggers. */
import type { Store } from '../store/store.ts';

/** Tickets, projects and opportunities are one table in Halo: an id is a record of one of the three. */
const TICKET_ROUTES: readonly string[] = ['/Tickets', '/Projects', '/Opportunities'];

/** The routes whose ids mean the same record as this one's. */
function sameRecords(resource: string): readonly string[] {
  return TICKET_ROUTES.includes(resource) ? TICKET_ROUTES : [resource];
}

/** Whether haloflow created the record: `id` of `resource`, a route such as `/Tickets`, on the host. */
export async function isOwnCreate(
  store: Store,
  host: string,
  resource: string,
  id: number | string,
): Promise<boolean> {
  const { rows } = await store.pool.query({
    name: 'own_create',
    text: `select 1 from writes where host = $1 and resource = any($2) and halo_id = $3 and effect = 'create' limit 1`,
    values: [host, sameRecords(resource), String(id)],
  });
  return rows.length > 0;
}

/** Whether a create of a ticket, project or opportunity is under way on the host: new tickets may be its record. */
export async function hasUnsettledCreate(store: Store, host: string): Promise<boolean> {
  const { rows } = await store.pool.query({
    name: 'unsettled_create',
    text: `select 1 from writes where host = $1 and resource = any($2) and effect = 'create' and state = 'sent' limit 1`,
    values: [host, TICKET_ROUTES],
  });
  return rows.length > 0;
}

/** When haloflow last wrote the ticket or to it, or null. */
export async function lastOwnWrite(store: Store, host: string, ticket: number): Promise<Date | null> {
  const { rows } = await store.pool.query<{ at: Date | null }>({
    name: 'last_own_write',
    text: `select max(greatest(sent_at, settled_at)) as at from writes where host = $1 and ticket = $2`,
    values: [host, ticket],
  });
  return rows[0]?.at ?? null;
}
