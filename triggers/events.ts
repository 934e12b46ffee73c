/** Rows of `events`: inserted by every source, once per trigger and key. */
import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import { events } from '../store/schema/events.ts';
import { isRefused } from '../store/store.ts';
import type { Store } from '../store/store.ts';
import type { EventRow } from './types.ts';

/** `db` or a transaction of it. */
export type Database = Pick<Store['db'], 'select' | 'insert' | 'update' | 'delete' | 'execute'>;

/** A database that can roll back a part of its work. */
export type Divisible = Database & Pick<Store['db'], 'transaction'>;

export type NewEvent = Pick<EventRow, 'trigger' | 'key' | 'source'> &
  Partial<
    Pick<
      EventRow,
      'connection' | 'halo' | 'kind' | 'record' | 'poll' | 'payload' | 'organization' | 'repeats' | 'firedBy'
    >
  >;

/** Postgres takes 65535 parameters in one statement. */
const CHUNK = 2_000;

/** Dispatchers listen here for news. */
export const EVENTS_CHANNEL = 'haloflow_events';

/**
 * Inserts what is not there yet, as `pending`, and wakes the dispatchers at the commit; returns the rows that are new.
 */
export async function insertEvents(db: Database, rows: readonly NewEvent[]): Promise<EventRow[]> {
  const inserted: EventRow[] = [];
  for (let start = 0; start < rows.length; start += CHUNK) {
    const chunk = rows.slice(start, start + CHUNK);
    inserted.push(
      ...(await db
        .insert(events)
        .values([...chunk])
        .onConflictDoNothing()
        .returning()),
    );
  }
  if (inserted.length > 0) await wakeDispatchers(db);
  return inserted;
}

/**
 * Inserts rows that were found together. If Postgres refuses one, the others are still stored, and that one is stored as
 * failed with the reason. Returns the rows that are new and pending.
 */
export async function insertEventsApart(db: Divisible, rows: readonly NewEvent[]): Promise<EventRow[]> {
  if (rows.length === 0) return [];
  try {
    // A savepoint: what is refused ends no more than that.
    return await db.transaction((inner) => insertEvents(inner, rows));
  } catch (error) {
    if (!isRefused(error)) throw error;
    const [first, ...more] = rows;
    if (more.length === 0 && first) await insertRefused(db, first, error as Error);
    if (more.length === 0) return [];
  }
  const inserted: EventRow[] = [];
  for (const row of rows) inserted.push(...(await insertEventsApart(db, [row])));
  return inserted;
}

async function insertRefused(
  db: Database,
  { trigger, key, source, connection, kind, organization }: NewEvent,
  error: Error,
): Promise<void> {
  const reason = `it could not be stored: ${error.message}`;
  await db
    .insert(events)
    .values({
      trigger,
      key,
      source,
      connection,
      kind,
      organization,
      status: 'failed',
      reason,
      decidedAt: sql`now()`,
    })
    .onConflictDoNothing();
}

/** Tells the dispatchers, at the commit, that rows have become pending. */
export async function wakeDispatchers(db: Database): Promise<void> {
  await db.execute(sql`select pg_notify(${EVENTS_CHANNEL}, '')`);
}

/** The key of a feed's record: `tickets/4711`, or `tickets/4711@<halo>` if `halo` is not the trigger's first. */
export function recordKey(kind: string, id: number, halo: string | null = null): string {
  return keyAt(`${kind}/${id}`, halo);
}

/** A key made of Halo's own ids, which are unique within one generation of one Halo. */
export const keyAt = (key: string, halo: string | null): string => (halo === null ? key : `${key}@${halo}`);

/** The condition that an event is about the ticket; other records of Halo's own events have ids of their own. */
export function aboutTicket(ticket: number, table: typeof events = events): SQL {
  return sql`(${table.record} = ${ticket} and (${table.kind} is not null or ${table.payload}::text like '%"ticket":{%'))`;
}
