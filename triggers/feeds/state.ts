import { and, eq, sql } from 'drizzle-orm';
import { feeds } from '../../store/schema/triggers.ts';
import type { Store } from '../../store/store.ts';
import type { FeedKind } from '../types.ts';

/** How a feed is doing. */
export interface FeedState {
  readonly connection: string;
  readonly kind: FeedKind;
  /** Null while no enabled trigger needs it. */
  readonly everySeconds: number | null;
  readonly lastPoll: Date | null;
  /** The last poll that read Halo. */
  readonly lastSuccess: Date | null;
  readonly nextPoll: Date | null;
  /** The largest id read; null before the first poll. */
  readonly cursor: number | null;
  /** Now minus the creation of the newest record read. */
  readonly lagSeconds: number | null;
  /** In a row. */
  readonly errors: number;
  readonly error: string | null;
}

/** The state of a feed; null for one that was never polled. */
export async function feedState(
  { db }: Pick<Store, 'db'>,
  connection: string,
  kind: FeedKind,
): Promise<FeedState | null> {
  const [row] = await db
    .select({
      feed: feeds,
      lagSeconds: sql<number | null>`extract(epoch from clock_timestamp() - ${feeds.newestAt})::float8`,
    })
    .from(feeds)
    .where(and(eq(feeds.connection, connection), eq(feeds.kind, kind)));
  if (!row) return null;
  const { feed, lagSeconds } = row;
  return {
    connection,
    kind,
    everySeconds: feed.everySeconds,
    lastPoll: feed.polledAt,
    lastSuccess: feed.succeededAt,
    nextPoll: feed.nextPollAt,
    cursor: feed.mark,
    lagSeconds: lagSeconds === null ? null : Math.max(0, Math.round(lagSeconds)),
    errors: feed.errors,
    error: feed.error,
  };
}
