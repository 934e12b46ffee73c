/** What the ledger knows about our own writes, for the loop guard of triggers. */
import type { Store } from '../store/store.ts';
import { sameRecords, TICKET_ROUTES } from './sameRecords.ts';

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

/** A lost create that nobody settles (its run was ended) holds up nothing for longer than this after its request. */
const UNSETTLED_FOR = '10 minutes';

/** Whether a create of a ticket, project or opportunity is under way on the host: new tickets may be its record. */
export async function hasUnsettledCreate(store: Store, host: string): Promise<boolean> {
  const { rows } = await store.pool.query({
    name: 'unsettled_create',
    text: `select 1 from writes where host = $1 and resource = any($2) and effect = 'create' and state = 'sent'
      and dead_at > now() - $3::interval limit 1`,
    values: [host, TICKET_ROUTES, UNSETTLED_FOR],
  });
  return rows.length > 0;
}

/** Whether a record's stamp (`third_party_id_string` of a ticket) is of a write that the ledger holds. */
export async function isOwnStamp(store: Store, stamp: unknown): Promise<boolean> {
  if (typeof stamp !== 'string' || !stamp.startsWith('haloflow:')) return false;
  const { rows } = await store.pool.query({
    name: 'own_stamp',
    text: 'select 1 from writes where stamp = $1 limit 1',
    values: [stamp],
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
