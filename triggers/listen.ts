import { Client } from 'pg';
import type { Store } from '../store/store.ts';

/** How soon to listen again after Postgres went away. */
const AGAIN_MS = 1_000;

export interface Listener {
  close(): Promise<void>;
}

/**
 * Calls `onNotice` for every notification on a channel of Postgres, and whenever it begins to listen, since one may have
 * been missed before. Survives Postgres' absence. It has a connection of its own, beside the store's pool.
 */
export function listen(store: Pick<Store, 'pool'>, channel: string, onNotice: () => void): Listener {
  let closed = false;
  let client: Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let connecting: Promise<void> = Promise.resolve();

  const again = (lost: Client): void => {
    if (closed || client !== lost) return;
    client = undefined;
    lost.end().catch(() => undefined);
    timer = setTimeout(connect, AGAIN_MS);
  };

  function connect(): void {
    const next = new Client({
      connectionString: store.pool.options.connectionString,
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
      application_name: 'haloflow listener',
    });
    client = next;
    next.on('error', () => again(next));
    next.on('end', () => again(next));
    next.on('notification', onNotice);
    connecting = next
      .connect()
      .then(() => next.query(`listen ${next.escapeIdentifier(channel)}`))
      .then(onNotice, () => again(next));
  }

  connect();
  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await connecting;
      await client?.end().catch(() => undefined);
    },
  };
}
