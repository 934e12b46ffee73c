/** A change of the configuration by somebody: alone at it, in one transaction, and noticed by all. */
import { sql } from 'drizzle-orm';
import type { Principal } from '../access/principal.ts';
import type { Store } from '../store/store.ts';
import { nextVersion } from './configuration.ts';

export type Transaction = Parameters<Parameters<Store['db']['transaction']>[0]>[0];

/** Of a change that may break what is configured: whoever knows what that is carries it out, and throws when it has. */
export type Guarded = <T>(
  tx: Transaction,
  about: {
    readonly principal: Principal;
    /** `moving acme below globex` */
    readonly what: string;
    /** Of the request. */
    readonly field?: string;
  },
  change: () => Promise<T>,
) => Promise<T>;

/** Any number that nobody else uses for an advisory lock in this database. */
export const CONFIGURATION_LOCK = 4_831_207_116;

/**
 * Runs `body` in a transaction while nobody else changes the configuration; what it throws undoes everything. For what
 * may turn out to change nothing: `body` calls `nextVersion` itself.
 */
export function alone<T>(
  { db }: { readonly db: Pick<Store['db'], 'transaction'> },
  body: (tx: Transaction) => Promise<T>,
): Promise<T> {
  return db.transaction(
    async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(${CONFIGURATION_LOCK})`);
      return await body(tx);
    },
    // So that what is read after the wait for the lock is what the last holder wrote.
    { isolationLevel: 'read committed' },
  );
}

/** The same for what changes the configuration in any case: it has the next version then. */
export function changing<T>(store: Pick<Store, 'db'>, body: (tx: Transaction) => Promise<T>): Promise<T> {
  return alone(store, async (tx) => {
    const result = await body(tx);
    await nextVersion(tx);
    return result;
  });
}

/** Whether a change says of no field what it is to be. */
export const asksNothing = (asked: object): boolean =>
  Object.values(asked).every((value) => value === undefined);
