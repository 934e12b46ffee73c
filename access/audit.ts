/** The log of every change and of every run started by hand. */
import { and, desc, eq, lt, sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import { chunks } from '../store/chunks.ts';
import { auditLog } from '../store/schema/access.ts';
import { retrying } from '../store/store.ts';
import type { Store } from '../store/store.ts';
import { subtree } from '../store/subtree.ts';
import { within } from './principal.ts';
import type { Principal } from './principal.ts';

export type AuditRow = typeof auditLog.$inferSelect;

/** Something that was done. Nothing in it may be secret. */
export interface Deed {
  /** What was done: `mappings.accept`. */
  readonly action: string;
  /** What it was done to: `mapping northwind-halo/acme`. */
  readonly object: string;
  readonly organization: string | null;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** Writes it down, in the transaction of the change itself. */
export async function audit(
  db: Pick<Store['db'], 'insert'>,
  principal: Pick<Principal, 'actor'>,
  deeds: Deed | readonly Deed[],
): Promise<void> {
  const rows = [deeds].flat().map((deed) => rowOf(principal, deed));
  for (const some of chunks(rows)) await db.insert(auditLog).values(some);
}

const rowOf = (
  { actor }: Pick<Principal, 'actor'>,
  { action, object, organization, before = null, after = null }: Deed,
) => ({ actor, action, object, organization, before, after });

/** A deed that no transaction of ours can hold: somebody else, such as Temporal, is asked to do it. */
export interface Undertaking<Done> extends Deed {
  readonly after?: Readonly<Record<string, unknown>>;
  readonly work: () => Promise<Done>;
  /** What to note of its end; default nothing but that it was done. */
  readonly tell?: (done: Done) => Readonly<Record<string, unknown>>;
}

/**
 * Writes the deed down, does it, and adds how it ended: `after.outcome` is `begun` until then, and stays so where the
 * process dies in between and nobody knows; then `done`, or `error` with the class of what was thrown. So there is no
 * deed without its line.
 *
 * @throws what `work` throws; nothing is done when the line cannot be written.
 */
export async function undertake<Done>(
  { db }: Pick<Store, 'db'>,
  principal: Pick<Principal, 'actor'>,
  { work, tell = () => ({}), after, ...deed }: Undertaking<Done>,
): Promise<Done> {
  const begun = rowOf(principal, { ...deed, after: { ...after, outcome: 'begun' } });
  const [line] = await retrying(() => db.insert(auditLog).values(begun).returning({ id: auditLog.id }));
  const ended = async (how: Readonly<Record<string, unknown>>): Promise<void> => {
    const added = sql`${auditLog.after} || ${JSON.stringify(how)}::jsonb`;
    const adding = retrying(() => db.update(auditLog).set({ after: added }).where(eq(auditLog.id, line!.id)));
    // `begun` is true as well; who asked is to learn what came of the deed itself.
    await adding.catch(() => undefined);
  };
  try {
    const done = await work();
    await ended({ outcome: 'done', ...tell(done) });
    return done;
  } catch (error) {
    await ended({ outcome: 'error', error: error instanceof Error ? error.name : 'Error' });
    throw error;
  }
}

export interface AuditFilters {
  /** Only what concerns this organization and those below it. */
  readonly organization?: string;
  readonly actor?: string;
  /** `mappings.accept`, or the first part of it: `mappings`. */
  readonly action?: string;
  /** Found anywhere in what it was done to. */
  readonly object?: string;
  /** At or after it. */
  readonly since?: Date | undefined;
  /** Before it. */
  readonly until?: Date | undefined;
  /** Only before the row with this id. */
  readonly before?: number | undefined;
  /** Limits the lines that a search for `object` may find. */
  readonly findable?: SQL | undefined;
  readonly limit: number;
}

/** What was done, newest first. */
export async function listAudit(
  store: Store,
  principal: Principal,
  { organization, actor, action, object, findable, since, until, before, limit }: AuditFilters,
): Promise<AuditRow[]> {
  const { at } = auditLog;
  return await store.db
    .select()
    .from(auditLog)
    .where(
      and(
        within(principal, auditLog.organization),
        organization === undefined ? undefined : sql`${auditLog.organization} in (${subtree(organization)})`,
        actor === undefined ? undefined : eq(auditLog.actor, actor),
        action === undefined
          ? undefined
          : sql`(${auditLog.action} = ${action} or starts_with(${auditLog.action}, ${`${action}.`}))`,
        object === undefined ? undefined : and(sql`strpos(${auditLog.object}, ${object}) > 0`, findable),
        since === undefined ? undefined : sql`${at} >= ${since.toISOString()}`,
        until === undefined ? undefined : sql`${at} < ${until.toISOString()}`,
        before === undefined ? undefined : lt(auditLog.id, before),
      ),
    )
    .orderBy(desc(auditLog.id))
    .limit(limit);
}
