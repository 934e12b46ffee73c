/** The log of every change and of every run started by hand. */
import { and, desc, eq, lt } from 'drizzle-orm';
import { chunks } from '../store/chunks.ts';
import { auditLog } from '../store/schema/access.ts';
import type { Store } from '../store/store.ts';
import { subtree, within } from './principal.ts';
import { sql } from 'drizzle-orm';
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
  const rows = [deeds].flat().map(({ action, object, organization, before = null, after = null }) => ({
    actor: principal.actor,
    action,
    object,
    organization,
    before,
    after,
  }));
  for (const some of chunks(rows)) await db.insert(auditLog).values(some);
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
  readonly before?: number;
  readonly limit: number;
}

/** What was done, newest first. */
export async function listAudit(
  store: Store,
  principal: Principal,
  { organization, actor, action, object, since, until, before, limit }: AuditFilters,
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
        object === undefined ? undefined : sql`strpos(${auditLog.object}, ${object}) > 0`,
        since === undefined ? undefined : sql`${at} >= ${since.toISOString()}`,
        until === undefined ? undefined : sql`${at} < ${until.toISOString()}`,
        before === undefined ? undefined : lt(auditLog.id, before),
      ),
    )
    .orderBy(desc(auditLog.id))
    .limit(limit);
}
