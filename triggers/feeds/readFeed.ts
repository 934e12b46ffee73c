/** What a poll reads: the newest, what changed, or a feed anew; and whether Halo's ids have gone back since the last. */
import type { Configuration } from '../../organizations/types.ts';
import type { feeds } from '../../store/schema/triggers.ts';
import { feedsOf } from '../catalogue/feedsOf.ts';
import type { Database } from '../events.ts';
import type { FeedKind } from '../types.ts';
import { advance, cursorAt, unread } from './cursor.ts';
import type { Cursor } from './cursor.ts';
import { changeClock, knownTo, readLook } from './look.ts';
import type { LookMarks } from './look.ts';
import { isLookDue, lookFrom } from './pace.ts';
import type { Pace } from './pace.ts';
import { readChanged, readNewest, readNews, readPage } from './read.ts';
import { withRows } from './sight.ts';
import type { Newest, Past } from './sight.ts';
import type { FeedRow, Reading } from './source.ts';
import type { WantedFeed } from './wanted.ts';
import { wentBack } from './wentBack.ts';
import type { Return } from './wentBack.ts';

export type Feed = typeof feeds.$inferSelect;

/** What a poll has read of Halo. */
export interface Found {
  readonly rows: readonly FeedRow[];
  /** Those that were not read before. */
  readonly news: readonly FeedRow[];
  /** The cursor with these read. */
  readonly next: Cursor;
  readonly look: boolean;
  /** Whether it surely missed nothing that was there. */
  readonly complete: boolean;
  readonly newest: Newest;
  /** Of a look: what Halo's clock showed at least when it began. */
  readonly changedTo?: Date | null;
}

interface Asked {
  readonly halo: Reading;
  readonly db: Database;
  /** The id of the Halo that is meant. */
  readonly of: string;
}

/** Another database took the place of the one that was read: it is begun anew, with what was made since. */
export const isRestart = ({ mark, succeededAt }: Feed): boolean => mark === null && succeededAt !== null;

/** Reads what is due of a feed. Throws as reads do. */
export async function readFeed(asked: Asked, feed: Feed, pace: Pace): Promise<Found | Return> {
  const clock = haloClock(pace);
  const reading = { ...asked.halo, of: asked.of, onClock: clock.hear };
  const { mark, floor, seen } = feed;
  if (mark === null) {
    const rows = await readNewest(reading, feed);
    const next = cursorAt(rows);
    const since = isRestart(feed) ? await madeSince(reading, feed, clock) : [];
    const ids = new Set(rows.map(({ id }) => id));
    const all = [...rows, ...since.filter(({ id }) => !ids.has(id))];
    return { rows: all, news: since, next, look: false, complete: true, newest: withRows([], all) };
  }
  const cursor = { mark, floor, seen };
  const read = new Set(seen);
  const past = (): Past => ({
    mark,
    newest: newestOf(feed),
    isRead: (id) => id <= floor || read.has(id),
    lastGood: clock.atHalo(feed.succeededAt),
  });
  const returned = async (rows: readonly FeedRow[], areNewest: boolean): Promise<Return | null> =>
    feed.succeededAt === null
      ? null
      : await wentBack({ db: asked.db, reading, feed, past: past(), rows, areNewest });
  const found = (rows: readonly FeedRow[], how: Pick<Found, 'look' | 'complete'>): Found => {
    const news = unread(cursor, rows);
    const next = advance(cursor, news, how.look);
    return { rows, news, next, ...how, newest: withRows(newestOf(feed), rows) };
  };
  if (isLookDue(feed, pace)) {
    const since = lookFrom(feed.lookedAt, pace.startedAt);
    const known = knownTo(feed.lookMarks as LookMarks, feed.lookedAt, cursor);
    const rows = await readLook(reading, feed, { since, floor, known, changedTo: feed.changedTo });
    const changedTo = changeClock(rows, {
      began: clock.atHalo(pace.startedAt),
      before: feed.changedTo,
      sinceMs: pace.startedAt.getTime() - (feed.lookedAt ?? pace.startedAt).getTime(),
    });
    return (await returned(rows, false)) ?? { ...found(rows, { look: true, complete: true }), changedTo };
  }
  const page = await readPage(reading, feed);
  const early = await returned(page, true);
  if (early) return early;
  const { rows, pages } = await readNews(reading, feed, mark, page);
  const late = pages === 1 ? null : await returned(rows, true);
  return late ?? found(rows, { look: false, complete: pages === 1 });
}

// The column holds what a poll has written.
const newestOf = ({ newest }: Feed): Newest => newest as Newest;

/** Records of another database count from the last good poll of the one before it. */
async function madeSince(reading: Reading, feed: Feed, clock: HaloClock): Promise<FeedRow[]> {
  const since = feed.succeededAt ?? new Date();
  const rows = await readChanged(reading, feed, lookFrom(since, since));
  return rows.filter(({ occurredAt }) => occurredAt !== null && occurredAt.getTime() > clock.atHalo(since));
}

interface HaloClock {
  readonly hear: (now: number) => void;
  /** A moment of Postgres' clock as Halo's shows it, milliseconds. */
  atHalo(moment: Date | null): number;
}

/** Halo's clock says whole seconds, and a reply takes a moment: what differs no more is the same. */
const SAME_CLOCK_MS = 2_000;

function haloClock({ startedAt }: Pace): HaloClock {
  const began = performance.now();
  let aheadMs = 0;
  return {
    hear(now) {
      const ahead = now - (startedAt.getTime() + performance.now() - began);
      aheadMs = Math.abs(ahead) <= SAME_CLOCK_MS ? 0 : ahead;
    },
    atHalo: (moment) => (moment?.getTime() ?? 0) + aheadMs,
  };
}

/** A feed whose Halo went back. */
export interface Returned {
  readonly configuration: Configuration;
  readonly wanted: WantedFeed;
  readonly feed: Feed;
  readonly halo: Reading;
  readonly went: Return;
}

/** The records of the new generation that Halo has by now, of all kinds that triggers take from the connection. */
export async function recordsOf({
  wanted,
  feed,
  halo,
  went,
}: Returned): Promise<(FeedRow & { readonly kind: FeedKind })[]> {
  const kinds = new Set([wanted.kind, ...wanted.triggers.flatMap((trigger) => feedsOf(trigger))]);
  const records = [];
  for (const kind of kinds) {
    const address = { connection: wanted.connection, kind };
    const reading = { ...halo, of: wanted.halo.id };
    const since = feed.succeededAt ?? new Date();
    const rows = went.isOther
      ? await readChanged(reading, address, since)
      : (await readNews(reading, address, went.firstId - 1)).rows;
    const isNew = ({ id, occurredAt }: FeedRow): boolean =>
      went.isOther ? occurredAt !== null && occurredAt > since : id >= went.firstId;
    records.push(...rows.filter(isNew).map((row) => ({ ...row, kind })));
  }
  return records;
}
