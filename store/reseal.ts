/** Seals everything in the database anew with the first of two keys. */
import { ConfigurationError } from '../errors.ts';
import { PLACES } from './places.ts';
import { seal, sealedPrefix, unseal } from './seal.ts';
import type { SealingKey } from './seal.ts';
import { sql } from 'drizzle-orm';
import type { Store } from './store.ts';

type Place = (typeof PLACES)[number];

const BATCH = 200;

export interface Resealed {
  /** How many texts were sealed anew. */
  readonly count: number;
  /** What neither key opens, and stays as it is: `connection acme-halo`. */
  readonly unreadable: readonly string[];
}

/**
 * Goes once through everything that another key than the first has sealed. In batches, each one statement, that leave
 * alone what somebody else has changed meanwhile: it may be killed at any moment and begun again.
 */
export async function resealAll(db: Pick<Store['db'], 'execute'>, key: SealingKey): Promise<Resealed> {
  const prefix = await sealedPrefix(key);
  let count = 0;
  const unreadable: string[] = [];
  for (const place of PLACES) {
    for (let rows = await next(db, place, { prefix, after: '' }); rows.length > 0;) {
      const opened = await Promise.all(rows.map(async (row) => ({ ...row, fresh: await again(key, row) })));
      const readable = opened.flatMap(({ fresh, ...row }) => (fresh === null ? [] : [{ ...row, fresh }]));
      for (const { id, fresh } of opened) if (fresh === null) unreadable.push(`${place.what} ${id}`);
      count += await put(db, place, readable);
      rows = await next(db, place, { prefix, after: rows.at(-1)?.id ?? '' });
    }
  }
  return { count, unreadable };
}

interface SealedRow {
  readonly id: string;
  readonly sealed: string;
}

async function next(
  db: Pick<Store['db'], 'execute'>,
  place: Place,
  { prefix, after }: { readonly prefix: string; readonly after: string },
): Promise<SealedRow[]> {
  const [table, column, key] = [sql.raw(place.table), sql.raw(place.column), sql.raw(place.key)];
  const { rows } = await db.execute<SealedRow & Record<string, unknown>>(
    sql`select ${key} as id, ${column} as sealed from ${table}
      where not starts_with(${column}, ${prefix}) and ${key} > ${after} order by 1 limit ${BATCH}`,
  );
  return rows;
}

async function again(key: SealingKey, { sealed }: SealedRow): Promise<string | null> {
  try {
    return await seal(key, await unseal(key, sealed));
  } catch (error) {
    if (error instanceof ConfigurationError) return null;
    throw error;
  }
}

async function put(
  db: Pick<Store['db'], 'execute'>,
  place: Place,
  rows: readonly (SealedRow & { readonly fresh: string })[],
): Promise<number> {
  if (rows.length === 0) return 0;
  const [table, column, key] = [sql.raw(place.table), sql.raw(place.column), sql.raw(place.key)];
  const values = rows.map(({ id, sealed, fresh }) => sql`(${id}, ${sealed}, ${fresh})`);
  const { rowCount } = await db.execute(
    sql`update ${table} as t set ${column} = v.fresh
      from (values ${sql.join(values, sql`, `)}) as v(row_key, sealed, fresh)
      where ${key} = v.row_key and t.${column} = v.sealed`,
  );
  return rowCount ?? 0;
}
