/** A change of the configuration by somebody: alone at it, in one transaction, and noticed by all. */
import type { Store } from '../store/store.ts';
import { lockConfiguration, nextVersion } from './configuration.ts';

export type Transaction = Parameters<Parameters<Store['db']['transaction']>[0]>[0];

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
