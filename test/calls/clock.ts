/**
 * A database whose clock stands still for the functions of the rate budget, so that no test of them counts how fast this
 * machine is. Time goes by where a test says so: by `pass` in host.ts, for one host, or by moving the clock.
 */
import { openStore } from '../../store/store.ts';
import type { Store } from '../../store/store.ts';
import { createTestDatabase } from '../support/database.ts';

const frozen = new WeakSet<Store>();

/** What every wait of a frozen store is longer by, so that none is short enough to be slept through. */
const BEYOND_MS = 1e9;

export interface FrozenDatabase {
  /** Tells every wait to its caller, as {@link asTold} reads it. */
  readonly store: Store;
  /** For other processes, which sleep through short waits as ever. */
  readonly url: string;
  moveBy(milliseconds: number): Promise<void>;
  drop(): Promise<void>;
}

/** A fresh database with a clock that stands still. */
export async function createFrozenDatabase(): Promise<FrozenDatabase> {
  const { store: ticking, url, drop } = await createTestDatabase();
  for (const statement of [
    'create schema test_clock',
    'create table test_clock.moment as select now() as at',
    `create function test_clock.clock_timestamp() returns timestamptz language sql stable
      as 'select at from test_clock.moment'`,
    `alter database ${new URL(url).pathname.slice(1)} set search_path = test_clock, pg_catalog, public`,
  ])
    await ticking.pool.query(statement);
  const store = await openStore({ url, embedded: true });
  const query = store.pool.query.bind(store.pool) as (...args: unknown[]) => Promise<{ rows: unknown[] }>;
  Object.assign(store.pool, {
    query: async (...args: unknown[]) => {
      const result = await query(...args);
      return { ...result, rows: result.rows.map(longer) };
    },
  });
  frozen.add(store);
  return {
    store,
    url,
    async moveBy(milliseconds) {
      await query(`update test_clock.moment set at = at + $1 * interval '1 millisecond'`, [milliseconds]);
    },
    async drop() {
      await store.close();
      await drop();
    },
  };
}

function longer(row: unknown): unknown {
  const { wait_ms: wait } = row as { readonly wait_ms?: number | null };
  return typeof wait === 'number' ? { ...(row as object), wait_ms: wait + BEYOND_MS } : row;
}

/** A wait as the database said it. */
export function asTold(store: Store, waitMs: number): number {
  return frozen.has(store) ? waitMs - BEYOND_MS : waitMs;
}
