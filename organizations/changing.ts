/** A change of the configuration by somebody: alone at it, in one transaction, and noticed by all. */
import type { Principal } from '../access/principal.ts';
import type { Store } from '../store/store.ts';
import { lockConfiguration, nextVersion } from './configuration.ts';

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

/** Runs `body` while nobody else changes the configuration; what it throws undoes everything. */
export function changing<T>(store: Store, body: (tx: Transaction) => Promise<T>): Promise<T> {
  return store.db.transaction(
    async (tx) => {
      await lockConfiguration(tx);
      const result = await body(tx);
      await nextVersion(tx);
      return result;
    },
    // So that what is read after the wait for the lock is what the last holder wrote.
    { isolationLevel: 'read committed' },
  );
}
