/** A change of the configuration by somebody: alone at it, in one transaction, and noticed by all. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Principal } from '../access/principal.ts';
import { Unavailable } from '../errors.ts';
import { holderOf, LOCKS, LockTaken, lockTransaction } from '../store/locks.ts';
import type { Store } from '../store/store.ts';
import { nextVersion } from './configuration.ts';
import { inTurn, NoTurn } from './turns.ts';

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
    /** Nothing works with what goes, so triggers that the principal cannot see lose nothing with it. */
    readonly isUseless?: boolean;
    /** What else the principal can do where triggers that they cannot see refuse it. */
    readonly instead?: string;
  },
  change: () => Promise<T>,
) => Promise<T>;

const doing = new AsyncLocalStorage<string>();

/** Runs `body` under a name that other changes see while they wait for it: `variables.set by hft_1a2b3c4d5e6f`. */
export const changingAs = <T>(what: string, body: () => T): T => doing.run(what, body);

/**
 * Runs `body` in a transaction with the lock of the configuration; an error rolls everything back. `body` may turn out to
 * change nothing, so it calls `nextVersion` itself. It must use nothing but the database.
 *
 * @throws Unavailable if another change holds the lock for too long, with its name; `body` has not begun then.
 */
export async function alone<T>(
  { db }: { readonly db: Pick<Store['db'], 'transaction' | 'execute'> },
  body: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const by = doing.getStore() ?? 'another change';
  const change = (waitMs: () => number): Promise<T> =>
    db.transaction(
      async (tx) => {
        await lockTransaction(tx, LOCKS.configuration, { by, waitMs: waitMs() });
        return await body(tx);
      },
      // So that what is read after the wait for the lock is what the last holder wrote.
      { isolationLevel: 'read committed' },
    );
  const turn = async (waitMs: () => number): Promise<T> => {
    try {
      return await change(waitMs);
    } catch (error) {
      throw error instanceof LockTaken ? new NoTurn(error.message, { cause: error }) : error;
    }
  };
  try {
    return await inTurn(db, turn);
  } catch (error) {
    if (!(error instanceof NoTurn)) throw error;
    throw await inUse(db, error);
  }
}

async function inUse(db: Pick<Store['db'], 'execute'>, cause: unknown): Promise<Unavailable> {
  const holder = await holderOf(db, LOCKS.configuration);
  const who = holder ? `${holder.what}, since ${holder.since.toISOString()}` : 'unknown';
  return new Unavailable(
    `another change to the configuration is under way (${who}): nothing was changed, try again in a few seconds`,
    { retryAfterMs: 5_000, cause },
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
