/** The row of a feed: opened for a poll, and claimed by it. */
import { and, eq, sql } from 'drizzle-orm';
import { spelledHost } from '../../organizations/halo.ts';
import { configuration as configurations } from '../../store/schema/configuration.ts';
import { feeds } from '../../store/schema/triggers.ts';
import type { Store } from '../../store/store.ts';
import type { Database } from '../events.ts';
import { turnTo } from './places.ts';
import type { Feed } from './readFeed.ts';
import type { FeedAddress } from './source.ts';
import type { WantedFeed } from './wanted.ts';

/** Another poll of the same feed was quicker, or a change of the configuration; what this one has read is read again. */
export class Superseded extends Error {}

export const sameFeed = ({ connection, kind }: FeedAddress) =>
  and(eq(feeds.connection, connection), eq(feeds.kind, kind));

export interface Row {
  readonly feed: Feed;
  /** By Postgres, whose clock all processes share. */
  readonly now: Date;
}

/**
 * The row of a feed, at its place in the Halo that is wanted at this version of the configuration; of a Halo that it has
 * not read before, nothing is known.
 *
 * @throws Superseded when it has to be turned to another Halo and there has been another poll, or change.
 */
export async function openFeed(store: Store, wanted: WantedFeed, version: number): Promise<Row> {
  const { connection, kind, host, halo } = wanted;
  const row = await readRow(store.db, wanted);
  if (row === undefined) {
    await store.db.insert(feeds).values({ connection, kind, host, halo: halo.id }).onConflictDoNothing();
    return await openFeed(store, wanted, version);
  }
  const from = haloOfRow(row.feed);
  if (from === halo.id) return row;
  return await store.db.transaction(async (tx) => {
    await claim(tx, row.feed, {});
    await demandVersion(tx, version);
    const turned = await turnTo(tx, { feed: row.feed, from, to: halo, now: row.now });
    const [feed] = await tx
      .update(feeds)
      .set({ ...turned, host })
      .where(sameFeed(wanted))
      .returning();
    if (feed === undefined) throw new Superseded();
    return { feed, now: row.now };
  });
}

/** Whose place the row has; null where nobody has said. */
export const haloOfRow = ({ halo, host }: Pick<Feed, 'halo' | 'host'>): string | null =>
  halo ?? (host === null ? null : spelledHost(host));

async function readRow(db: Database, feed: FeedAddress): Promise<Row | undefined> {
  const [row] = await db
    .select({ feed: feeds, now: sql`clock_timestamp()`.mapWith(feeds.polledAt) })
    .from(feeds)
    .where(sameFeed(feed));
  return row;
}

/** @throws Superseded when the configuration has changed since. */
export async function demandVersion(tx: Database, version: number): Promise<void> {
  const [row] = await tx.select({ version: configurations.version }).from(configurations);
  if ((row?.version ?? 0) !== version) throw new Superseded();
}

/**
 * Takes the feed's row for this poll, which is the next after the one that it has read.
 *
 * @throws Superseded when there has been another.
 */
export async function claim(tx: Database, feed: Feed, changes: Partial<Feed>): Promise<void> {
  const claimed = await tx
    .update(feeds)
    .set({ ...changes, polls: feed.polls + 1 })
    .where(and(sameFeed(feed), eq(feeds.polls, feed.polls)))
    .returning({ polls: feeds.polls });
  if (claimed.length === 0) throw new Superseded();
}
