/** Decides whether a program may use a database: it must know the tables, and have the key of the secrets. */
import type { ClientBase } from 'pg';
import { ConfigurationError } from '../errors.ts';
import { PLACES } from './places.ts';
import type { SealingKey } from './seal.ts';

type Queries = Pick<ClientBase, 'query'>;

/**
 * The number of migrations that a program must know to work safely with the tables of this version. A migration that is
 * not safe for older programs raises it to its own number, counted from one.
 */
const OLDEST = 14;

interface Installation {
  readonly migrations: number;
  readonly oldest: number;
  readonly keys: readonly string[] | null;
}

/**
 * Checks, before migrations run, that this program may use the tables.
 *
 * @throws ConfigurationError if a newer program has migrated them, unless it has marked them as safe for this one.
 */
export async function refuseNewerTables(client: Queries, known: number): Promise<void> {
  if (!(await isThere(client, 'drizzle.__drizzle_migrations'))) return;
  const { rows } = await client.query<{ n: number }>(
    'select count(*)::integer as n from drizzle.__drizzle_migrations',
  );
  const there = rows[0]?.n ?? 0;
  if (there <= known) return;
  const row = (await isThere(client, 'installation')) ? await read(client) : null;
  if (row && row.migrations === there && row.oldest <= known) return;
  throw new ConfigurationError(
    `A newer haloflow has migrated this database: it has ${there} migrations, and this version knows ${known}. ` +
      'Install the newer version here too, as on the other machines; or stop haloflow everywhere and restore the ' +
      'backup from before the upgrade (docs/upgrade.md).',
  );
}

/**
 * Checks the key after migrations have run, and stores which programs and keys the tables require.
 *
 * @throws ConfigurationError if the secrets are sealed with another key, unless the key here `replaces` a lost one.
 */
export async function admit(
  client: Queries,
  { keys }: SealingKey,
  { known, replaces = false }: { readonly known: number; readonly replaces?: boolean },
): Promise<void> {
  const row = await read(client);
  if (row?.migrations !== known && !(row && row.migrations > known)) {
    await client.query(
      `insert into installation (migrations, oldest) values ($1, $2)
         on conflict (singleton) do update set migrations = excluded.migrations, oldest = excluded.oldest`,
      [known, OLDEST],
    );
  }
  const here = keys.map(({ id }) => id);
  const sealing = keys[0].id;
  const expected = replaces ? [] : (row?.keys ?? null);
  const used = expected ?? (await sealedWith(client));
  const missing = used.filter((id) => !here.includes(id));
  // Before there was a record some texts may have been sealed with keys that are lost.
  const isAnother =
    expected === null ? used.length > 0 && missing.length === used.length : missing.length > 0;
  if (isAnother) throw anotherKey(missing, here);
  if (expected === null && used.length === 0) return;
  const now = expected === null ? [sealing] : [...new Set([...used, sealing])];
  if (replaces || now.join() !== (row?.keys ?? []).join()) await keepKeys(client, replaces ? [sealing] : now);
}

/** Requires these keys, by their ids, of every program from now on. */
export async function keepKeys(client: Queries, ids: readonly string[]): Promise<void> {
  await client.query('update installation set keys = $1', [ids]);
}

async function isThere(client: Queries, table: string): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>('select to_regclass($1) is not null as found', [
    table,
  ]);
  return rows[0]?.found === true;
}

async function read(client: Queries): Promise<Installation | null> {
  const { rows } = await client.query<Installation>('select migrations, oldest, keys from installation');
  return rows[0] ?? null;
}

/** The ids of all keys that stored secrets are sealed with, from their headers. */
async function sealedWith(client: Queries): Promise<string[]> {
  const headers = PLACES.map(
    ({ table, column }) =>
      `select split_part(${column}, '.', 1) as header from ${table} where ${column} is not null`,
  );
  const { rows } = await client.query<{ header: string }>(headers.join(' union '));
  return [...new Set(rows.flatMap(({ header }) => keyIn(header)))];
}

function keyIn(header: string): string[] {
  try {
    const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { readonly kid?: unknown };
    return typeof kid === 'string' ? [kid] : [];
  } catch {
    return [];
  }
}

function anotherKey(missing: readonly string[], here: readonly string[]): ConfigurationError {
  const where = process.env['HALOFLOW_KEY'] ? 'HALOFLOW_KEY' : 'the file `key` of the home';
  return new ConfigurationError(
    `The secrets of this database are sealed with another key: ${missing.join(' and ')}; the key in ${where} is ` +
      `${here.join(' and ')}. Set HALOFLOW_KEY to the key of the machines that already use this database ` +
      '(docs/rotate.md says how several share one). If that key is lost, run `haloflow keys rotate --lost` to use the ' +
      'key here instead; you then have to set every secret again.',
  );
}
