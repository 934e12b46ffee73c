/** The store alone: enough for commands that start nothing, which need not load Temporal for it. */
import { openPostgres } from '../store/postgres.ts';
import type { PostgresServer } from '../store/postgres.ts';
import { openStore } from '../store/store.ts';
import type { Store } from '../store/store.ts';
import { Closing } from './closing.ts';
import { unlessInterrupted } from './interrupt.ts';
import { say } from './outcome.ts';
import { tellIfSlow } from './slow.ts';

export interface OpenedStore {
  readonly postgres: PostgresServer;
  readonly store: Store;
  close(): Promise<void>;
}

/** Opens the database of DATABASE_URL or the embedded one; closing stops what nobody else uses. */
export async function openOnlyStore(options: { readonly keyReplaces?: boolean } = {}): Promise<OpenedStore> {
  const postgres = await tellIfSlow('starting PostgreSQL …', openPostgres({ onProgress: say }));
  try {
    const store = await openStore({ url: postgres.url, embedded: postgres.embedded, ...options });
    return {
      postgres,
      store,
      async close() {
        await store.close();
        await postgres.close();
      },
    };
  } catch (error) {
    await postgres.close();
    throw error;
  }
}

/** Runs `body` with the store, and closes it whatever comes of that. */
export async function withStore<T>(
  body: (store: Store) => Promise<T>,
  options: { readonly keyReplaces?: boolean } = {},
): Promise<T> {
  const closing = new Closing();
  try {
    const { store } = await unlessInterrupted(closing.open(openOnlyStore(options)));
    return await body(store);
  } finally {
    await closing.close();
  }
}
