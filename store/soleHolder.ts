/** A lock that one process holds as long as it lives, on a connection of its own, outside the pool. */
import { Client } from 'pg';
import { guard } from './guard.ts';
import { tryLock } from './locks.ts';
import type { LOCKS } from './locks.ts';
import type { Store } from './store.ts';

export interface SoleHolder {
  /**
   * Takes the lock if it is free. Returns null while another process holds it, otherwise a signal that is aborted when the
   * lock is lost.
   *
   * @throws what Postgres throws.
   */
  take(): Promise<AbortSignal | null>;
  /** Releases the lock. */
  close(): Promise<void>;
}

/** A frozen process sends nothing, and loses the lock after this time. */
const SILENT_MS = 30_000;
const SAY_EVERY_MS = 5_000;

interface Session {
  readonly client: Client;
  readonly lost: AbortController;
  holds: boolean;
  timer: NodeJS.Timeout | undefined;
}

/** Prepares the lock; it connects with the first `take`. */
export function soleHolder(
  { pool }: Pick<Store, 'pool'>,
  lock: (typeof LOCKS)[keyof typeof LOCKS],
): SoleHolder {
  let session: Session | undefined;

  async function end(ending: Session): Promise<void> {
    if (session === ending) session = undefined;
    clearInterval(ending.timer);
    ending.lost.abort();
    await ending.client.end().catch(() => undefined);
  }

  async function open(): Promise<Session> {
    const client = new Client({
      connectionString: pool.options.connectionString,
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
      query_timeout: 10_000,
      application_name: 'haloflow lock',
    });
    guard(client);
    const opened: Session = { client, lost: new AbortController(), holds: false, timer: undefined };
    const lose = (): void => void end(opened);
    client.on('error', lose);
    client.on('end', lose);
    await client.connect();
    session = opened;
    // Before PostgreSQL 14 there is no such setting, and a frozen process keeps the lock.
    await client.query(
      `select set_config(name, $1, false) from pg_settings where name = 'idle_session_timeout'`,
      [String(SILENT_MS)],
    );
    return opened;
  }

  return {
    async take() {
      const current = session ?? (await open());
      if (current.holds) return current.lost.signal;
      try {
        if (!(await tryLock(current.client, lock))) return null;
      } catch (error) {
        await end(current);
        throw error;
      }
      current.holds = true;
      current.timer = setInterval(() => {
        current.client.query('select 1').catch(() => end(current));
      }, SAY_EVERY_MS);
      current.timer.unref();
      return current.lost.signal;
    },
    async close() {
      if (session) await end(session);
    },
  };
}
