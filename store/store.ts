/** The database: a pool, the tables, the key for secrets. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { Pool } from 'pg';
import { packageRoot } from '../packageRoot.ts';
import { admit, refuseNewerTables } from './admission.ts';
import {
  checkUrl,
  explainConnectionFailure,
  isConnectionLoss,
  isUnavailable,
  retrying,
} from './connection.ts';
import { LOCKS, underLock } from './locks.ts';
import { DatabaseError } from './databaseError.ts';
import { guard } from './guard.ts';
import * as access from './schema/access.ts';
import * as budget from './schema/budget.ts';
import * as configuration from './schema/configuration.ts';
import * as control from './schema/control.ts';
import * as events from './schema/events.ts';
import * as names from './schema/names.ts';
import * as installation from './schema/installation.ts';
import * as runs from './schema/runs.ts';
import * as triggers from './schema/triggers.ts';
import * as writes from './schema/writes.ts';
import { loadSealingKey } from './seal.ts';
import type { SealingKey } from './seal.ts';

export { isConnectionLoss, isUnavailable, retrying };

/** Whether Postgres refused a row because there is another one like it. */
export function isUniqueViolation(error: unknown): boolean {
  const { code, cause } = (error ?? {}) as { readonly code?: unknown; readonly cause?: unknown };
  return code === '23505' || (cause !== undefined && isUniqueViolation(cause));
}

/** Whether Postgres refused a value or row, so that another one may succeed. */
export function isRefused(error: unknown): boolean {
  return error instanceof DatabaseError && /^(22|23|54|P0)/.test(error.code);
}

const schema = {
  ...configuration,
  ...triggers,
  ...events,
  ...names,
  ...runs,
  ...budget,
  ...writes,
  ...access,
  ...control,
  ...installation,
};

export interface Store {
  readonly db: NodePgDatabase<typeof schema>;
  readonly pool: Pool;
  readonly key: SealingKey;
  /** Whether the database is one of our own, not a DATABASE_URL. */
  readonly embedded: boolean;
  close(): Promise<void>;
}

/**
 * Connects, runs migrations (several processes may do so at once), and reads or makes the key. Idle connections that
 * break, as when Postgres restarts, are replaced silently; a query on one fails with an error that `isConnectionLoss`
 * recognises.
 *
 * @throws ConfigurationError if the database cannot be used, if a newer version has migrated it, or if its secrets are
 * sealed with another key.
 */
export async function openStore(options: {
  url: string;
  embedded: boolean;
  /** Connections at most; default 10. */
  poolSize?: number;
  /** Replaces a lost key with the one here; what the lost key has sealed stays unreadable. */
  keyReplaces?: boolean;
}): Promise<Store> {
  const { url, embedded, keyReplaces = false } = options;
  checkUrl(url);
  const key = await loadSealingKey();
  const pool = new Pool({
    connectionString: url,
    max: options.poolSize ?? 10,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    application_name: 'haloflow',
  });
  // Without a listener an idle connection that breaks ends the process.
  pool.on('error', () => {});
  // The pool listens only to idle connections; one that breaks between two queries of a transaction has nobody else.
  pool.on('connect', (client) => client.on('error', () => {}));
  pool.on('connect', guard);
  try {
    // One of our own, just started, may still be recovering; a wrong DATABASE_URL is said at once.
    await retrying(() => migrateTables(pool, key, keyReplaces), { forMs: embedded ? 30_000 : 0 });
  } catch (error) {
    await pool.end();
    throw explainConnectionFailure(error, url, embedded);
  }
  let closing: Promise<void> | undefined;
  return { db: drizzle(pool, { schema }), pool, key, embedded, close: () => (closing ??= pool.end()) };
}

const MIGRATIONS = new URL('store/migrations/', packageRoot);

/** How many migrations there are: a database with more is of a later version. */
export function migrationCount(): number {
  const journal = readFileSync(new URL('meta/_journal.json', MIGRATIONS), 'utf8');
  return (JSON.parse(journal) as { entries: unknown[] }).entries.length;
}

async function migrateTables(pool: Pool, key: SealingKey, replaces: boolean): Promise<void> {
  const client = await pool.connect();
  let failed = true;
  try {
    await underLock(client, LOCKS.migrations, async () => {
      const known = migrationCount();
      await refuseNewerTables(client, known);
      await migrate(drizzle(client), {
        migrationsFolder: fileURLToPath(MIGRATIONS),
      });
      await admit(client, key, { known, replaces });
    });
    failed = false;
  } finally {
    // A connection that failed is thrown away, and the lock with it.
    client.release(failed);
  }
}
