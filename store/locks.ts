/** All advisory locks of PostgreSQL that haloflow uses, and the only statements that take them. */
import { sql } from 'drizzle-orm';
import type { ClientBase } from 'pg';
import type { Store } from './store.ts';

/** Each number has one meaning, so that a session waits only for sessions with the same purpose. */
export const LOCKS = {
  /** Held while migrations run. */
  migrations: 4_831_207_115,
  /** Held while the configuration changes. */
  configuration: 4_831_207_116,
  /** Held while Temporal and Halo are reconciled with the configuration. */
  reconciler: 4_831_207_117,
} as const;

type Lock = (typeof LOCKS)[keyof typeof LOCKS];
type Queries = Pick<ClientBase, 'query'>;

/** A lock was not free in time. */
export class LockTaken extends Error {}

/** Runs `body` while this session has the lock. */
export async function underLock<T>(client: Queries, lock: Lock, body: () => Promise<T>): Promise<T> {
  await client.query('select pg_advisory_lock($1)', [lock]);
  const result = await body();
  // After a failure the session is thrown away, and the lock with it.
  await client.query('select pg_advisory_unlock($1)', [lock]);
  return result;
}

/** Tries to take the lock for this session until it ends, without waiting; returns whether it has it. */
export async function tryLock(client: Queries, lock: Lock): Promise<boolean> {
  const { rows } = await client.query<{ free: boolean }>('select pg_try_advisory_lock($1) as free', [lock]);
  return rows[0]?.free === true;
}

/** A session frozen in the middle of a transaction is cut off after this, which frees the lock. */
const IDLE_MS = 30_000;
/** PostgreSQL keeps no more of a name, and only ASCII. */
const LONGEST_NAME = 63;
const NAME_PREFIX = 'haloflow: ';

/**
 * Takes the lock until the transaction ends. `by` is the name that others see meanwhile ({@link holderOf}).
 *
 * @throws LockTaken if it is not free within `waitMs` milliseconds.
 */
export async function lockTransaction(
  tx: Pick<Store['db'], 'execute'>,
  lock: Lock,
  { by, waitMs }: { readonly by: string; readonly waitMs: number },
): Promise<void> {
  const name = `${NAME_PREFIX}${by.replaceAll(/[^ -~]/g, '?')}`.slice(0, LONGEST_NAME);
  await tx.execute(sql`select set_config('application_name', ${name}, true),
    set_config('idle_in_transaction_session_timeout', ${String(IDLE_MS)}, true),
    set_config('lock_timeout', ${String(Math.max(1, Math.ceil(waitMs)))}, true)`);
  try {
    await tx.execute(sql`select pg_advisory_xact_lock(${lock})`);
  } catch (error) {
    if (isLockTimeout(error)) throw new LockTaken('another session holds the lock', { cause: error });
    throw error;
  }
  // What the change itself waits for is another matter.
  await tx.execute(sql`set local lock_timeout to default`);
}

const isLockTimeout = (error: unknown): boolean => {
  const { code, cause } = (error ?? {}) as { readonly code?: unknown; readonly cause?: unknown };
  return code === '55P03' || (cause !== undefined && isLockTimeout(cause));
};

export interface Holder {
  /** `variables.set by hft_1a2b3c4d5e6f` */
  readonly what: string;
  readonly since: Date;
}

/** The transaction that holds the lock of this database now; null if none does, or if it has no name. */
export async function holderOf(db: Pick<Store['db'], 'execute'>, lock: Lock): Promise<Holder | null> {
  const { rows } = await db.execute<{ name: string; since: Date | string | null }>(sql`
    select application_name as name, xact_start as since
    from pg_locks join pg_stat_activity using (pid)
    where locktype = 'advisory' and granted and objsubid = 1 and datname = current_database()
      and (classid::bigint << 32) | objid::bigint = ${lock}`);
  const [row] = rows;
  if (!row?.name.startsWith(NAME_PREFIX) || row.since === null) return null;
  return { what: row.name.slice(NAME_PREFIX.length), since: new Date(row.since) };
}
