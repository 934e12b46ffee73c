/** What becomes of feeds whose connection is changed to lead to another Halo: whether they have read that one before. */
import { inArray, sql } from 'drizzle-orm';
import { haloOf, haloOfConnection } from '../../organizations/halo.ts';
import type { Configuration, Connection } from '../../organizations/types.ts';
import { feedPlaces, feeds } from '../../store/schema/triggers.ts';
import type { Store } from '../../store/store.ts';
import { continues } from './places.ts';
import { haloOfRow } from './row.ts';

/** A Halo that feeds of a connection have polled before. */
export interface Known {
  /** The last good poll there. */
  readonly polledUntil: Date;
  /** Whether they continue there; else it is too long ago, and they start with new records. */
  readonly continues: boolean;
}

type Asking = Pick<Connection, 'id' | 'organization' | 'resourceServer'>;

/** For connections as they are to be: the Halo that each returns to. Those that lead where they led, or to a new one, are left out. */
export async function returnsOf(
  db: Pick<Store['db'], 'select'>,
  configuration: Configuration,
  after: readonly Asking[],
): Promise<ReadonlyMap<string, Known>> {
  const moved = new Map<string, string>();
  for (const connection of after) {
    const { id: halo } = haloOf(configuration, connection);
    const before = haloOfConnection(configuration, connection.id);
    if (before !== null && before.id !== halo) moved.set(connection.id, halo);
  }
  if (moved.size === 0) return new Map();
  const ids = [...moved.keys()];
  const now = sql`clock_timestamp()`.mapWith(feeds.polledAt);
  const kept = await db
    .select({
      connection: feedPlaces.connection,
      halo: feedPlaces.halo,
      polledUntil: feedPlaces.succeededAt,
      now,
    })
    .from(feedPlaces)
    .where(inArray(feedPlaces.connection, ids));
  // No other Halo was read since: whatever has passed is a pause.
  const left = (await db.select().from(feeds).where(inArray(feeds.connection, ids))).map((row) => ({
    connection: row.connection,
    halo: haloOfRow(row),
    polledUntil: row.succeededAt,
    now: row.succeededAt,
  }));
  const found = new Map<string, Known>();
  for (const { connection, halo, polledUntil, now: at } of [...kept, ...left]) {
    const known = found.get(connection);
    if (moved.get(connection) !== halo || polledUntil === null || at === null) continue;
    if (known && known.polledUntil >= polledUntil) continue;
    found.set(connection, { polledUntil, continues: continues(polledUntil, at) });
  }
  return found;
}
