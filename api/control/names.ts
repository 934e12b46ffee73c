/** Names that the filters of lists give: a slip of the pen is no empty list. */
import { sql } from 'drizzle-orm';
import type { SQL, SQLWrapper } from 'drizzle-orm';
import { within } from '../../access/principal.ts';
import type { Principal } from '../../access/principal.ts';
import { NotFoundError } from '../../errors.ts';
import { didYouMean } from '../../nearest.ts';
import { auditLog } from '../../store/schema/access.ts';
import { connections, organizations } from '../../store/schema/configuration.ts';
import { events } from '../../store/schema/events.ts';
import { runs } from '../../store/schema/runs.ts';
import { triggers } from '../../store/schema/triggers.ts';
import type { Store } from '../../store/store.ts';
import { listTriggers } from '../../triggers/show/triggers.ts';
import { maskFor } from './mask.ts';
import { reachOf } from './reach.ts';
import { unknownTrigger } from './triggerOf.ts';

interface Named {
  readonly organization?: string;
  readonly parent?: string;
  readonly trigger?: string;
}

/** As many names are looked through for the one that was probably meant. */
const KNOWN = 10_000;

/**
 * Names of what is deleted are known as long as it has events, runs or lines in the audit log. What Halo tells of a connection and nobody listens
 * to is under the trigger `halo/CONNECTION`, also while there is none of it.
 *
 * @throws NotFoundError for a name of nothing that the principal may reach; says which one was probably meant.
 */
export async function checkNames(
  store: Store,
  principal: Principal,
  { organization, parent, trigger }: Named,
): Promise<void> {
  if (organization !== undefined)
    await checkOrganization(store, principal, organization, 'query.organization');
  if (parent !== undefined) await checkOrganization(store, principal, parent, 'query.parent');
  if (trigger !== undefined) await checkTrigger(store, principal, trigger);
}

async function checkOrganization(
  store: Store,
  principal: Principal,
  slug: string,
  field: string,
): Promise<void> {
  const has = (table: SQLWrapper, column: SQLWrapper): SQL =>
    sql`exists (select 1 from ${table} where ${column} = ${slug} and ${within(principal, column)})`;
  const isKnown = await holdsOne(store, [
    has(organizations, organizations.slug),
    has(events, events.organization),
    has(runs, runs.organization),
    has(auditLog, auditLog.organization),
  ]);
  if (isKnown) return;
  const known = await store.db
    .select({ slug: organizations.slug })
    .from(organizations)
    .where(within(principal, organizations.slug))
    .limit(KNOWN);
  const hint = didYouMean(
    slug,
    known.map((one) => one.slug),
  );
  throw new NotFoundError(
    `unknown organization ${slug}.${hint} \`haloflow organizations list\` lists all of them`,
    { details: { field } },
  );
}

async function checkTrigger(store: Store, principal: Principal, id: string): Promise<void> {
  const has = (table: SQLWrapper, column: SQLWrapper, organization: SQLWrapper): SQL =>
    sql`exists (select 1 from ${table} where ${column} = ${id} and ${within(principal, organization)})`;
  const isKnown = await holdsOne(store, [
    has(triggers, triggers.id, triggers.organization),
    has(events, events.trigger, events.organization),
    has(runs, runs.trigger, runs.organization),
    has(connections, sql`'halo/' || ${connections.id}`, connections.organization),
  ]);
  if (isKnown && (await maskFor(store, principal)).knowsTrigger(id)) return;
  const known = await listTriggers(store, { reach: reachOf(principal), limit: KNOWN });
  throw unknownTrigger(
    id,
    known.map((trigger) => trigger.id),
    'query.trigger',
  );
}

async function holdsOne({ db }: Store, conditions: readonly SQL[]): Promise<boolean> {
  const { rows } = await db.execute(sql`select 1 where ${sql.join([...conditions], sql` or `)}`);
  return rows.length > 0;
}
