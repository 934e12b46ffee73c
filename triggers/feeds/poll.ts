/** One poll of one feed: reads what is new and hands it to the triggers, once. */
import { and, eq, sql } from 'drizzle-orm';
import type { ConfigurationReader } from '../../organizations/configuration.ts';
import { configuration as configurations } from '../../store/schema/configuration.ts';
import { feeds } from '../../store/schema/triggers.ts';
import type { Store } from '../../store/store.ts';
import { insertEventsApart, recordKey } from '../events.ts';
import type { Database, Divisible } from '../events.ts';
import type { HaloPort } from '../haloPort.ts';
import type { TriggerReader } from '../registry.ts';
import { advance, cursorAt, unread } from './cursor.ts';
import type { Cursor } from './cursor.ts';
import { isContinuous, isLookDue, lookFrom, nextPoll, retryDelay } from './pace.ts';
import type { Pace } from './pace.ts';
import { readChanged, readNewest, readNews } from './read.ts';
import type { FeedAddress, FeedRow } from './source.ts';
import { isNewFor, readSubscriptions, syncSubscriptions, unsubscribeAll } from './subscriptions.ts';
import { feedName, wantedFeeds } from './wanted.ts';
import type { WantedFeed } from './wanted.ts';

export interface Polling {
  readonly store: Store;
  readonly configuration: ConfigurationReader;
  readonly triggers: TriggerReader;
  readonly halo: HaloPort;
}

export interface PollOutcome {
  /** How long to wait before the next one, milliseconds. */
  readonly nextInMs: number;
  /** What kept it from reading Halo; recorded in the feed's row, which the next success clears. */
  readonly error: unknown;
}

type Feed = typeof feeds.$inferSelect;

/** What a poll has read of Halo. */
interface Reading {
  readonly rows: readonly FeedRow[];
  readonly cursor: Cursor;
  readonly look: boolean;
  /** Whether it surely missed nothing that was there. */
  readonly complete: boolean;
}

/** Another poll of the same feed was quicker, or a change of the configuration; what this one has read is read again. */
class Superseded extends Error {}

/** Temporal's timers may be this early. */
const EARLY_MS = 20;

/** Polls feeds; one for each process, which remembers what it need not look up again. */
export function createPoll(
  parts: Polling,
): (feed: FeedAddress, signal?: AbortSignal) => Promise<PollOutcome | null> {
  /** By feed: the version of the configuration that its subscriptions are known to match. */
  const synced = new Map<string, number>();

  async function commit(wanted: WantedFeed, feed: Feed, reading: Reading, pace: Pace): Promise<void> {
    const name = feedName(wanted);
    const isFirst = feed.mark === null;
    const news = unread(reading.cursor, reading.rows);
    const next = advance(reading.cursor, news, reading.look);
    // Read here: in the transaction it would wait for a second connection while it holds one.
    const { version } = await parts.configuration.current();
    const current = await wantedAt(parts, wanted, version);
    await parts.store.db.transaction(async (tx) => {
      await claim(tx, feed, {
        everySeconds: pace.everySeconds,
        host: wanted.host,
        nextPollAt: nextPoll(feed.nextPollAt, pace),
        polledAt: pace.startedAt,
        succeededAt: pace.startedAt,
        errors: 0,
        error: null,
        mustLook: !reading.complete,
        ...(reading.look || isFirst
          ? { lookedAt: pace.startedAt, pollsSinceLook: 0 }
          : { pollsSinceLook: feed.pollsSinceLook + 1 }),
        // An idle poll leaves the long array alone.
        ...(news.length > 0 || isFirst ? { ...next, ...newest(next, reading.rows) } : {}),
      });
      const [row] = await tx.select({ version: configurations.version }).from(configurations);
      if ((row?.version ?? 0) !== version) throw new Superseded();
      if (synced.get(name) === version && news.length === 0) return;
      if (isFirst) await unsubscribeAll(tx, wanted);
      const baseline = isContinuous(feed, pace) && feed.mark !== null ? feed.mark : next.mark;
      await syncSubscriptions(tx, wanted, { triggers: current?.triggers ?? [], baseline });
      if (news.length > 0) await deliver(tx, feed, news);
    });
    synced.set(name, version);
  }

  return async function poll(address, signal) {
    const configuration = await parts.configuration.current();
    const wanted = await wantedAt(parts, address, configuration.version);
    if (!wanted || wanted.paused) return null;
    const { feed, now: startedAt } = await openFeed(parts.store, wanted);
    const began = performance.now();
    const { everySeconds } = wanted;
    const early = (dueAt(feed, everySeconds)?.getTime() ?? 0) - startedAt.getTime();
    if (early > EARLY_MS) return { nextInMs: early, error: null };
    const pace = { everySeconds, startedAt };
    try {
      const reading = await readHalo({ halo: parts.halo, ...(signal ? { signal } : {}) }, feed, pace);
      await commit(wanted, feed, reading, pace);
      const next = nextPoll(feed.nextPollAt, pace).getTime() - startedAt.getTime();
      return { nextInMs: Math.max(1, next - (performance.now() - began)), error: null };
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof Superseded) return { nextInMs: 1, error: null };
      return await recordError(parts.store, { feed, pace, error });
    }
  };
}

async function wantedAt(
  { configuration, triggers }: Polling,
  feed: FeedAddress,
  version: number,
): Promise<WantedFeed | undefined> {
  return wantedFeeds(await configuration.at(version), await triggers.at(version)).get(feedName(feed));
}

/** The feed's row, and the time by Postgres, whose clock all processes share; of another Halo behind the connection nothing is known. */
async function openFeed(
  { db }: Store,
  { connection, kind, host }: WantedFeed,
): Promise<{ readonly feed: Feed; readonly now: Date }> {
  const read = async () =>
    await db
      .select({ feed: feeds, now: sql`clock_timestamp()`.mapWith(feeds.polledAt) })
      .from(feeds)
      .where(and(eq(feeds.connection, connection), eq(feeds.kind, kind)));
  let [row] = await read();
  if (!row) {
    await db.insert(feeds).values({ connection, kind, host }).onConflictDoNothing();
    [row] = await read();
  }
  const { feed, now } = row!;
  return { feed: feed.host === host ? feed : { ...feed, mark: null, nextPollAt: null }, now };
}

/** When the feed is due at this interval, which may have become smaller since the last poll; null: now. */
function dueAt({ nextPollAt, polledAt, errors }: Feed, everySeconds: number): Date | null {
  if (nextPollAt === null || polledAt === null || errors > 0) return nextPollAt;
  return new Date(Math.min(nextPollAt.getTime(), polledAt.getTime() + everySeconds * 1000));
}

async function readHalo(
  halo: { readonly halo: HaloPort; readonly signal?: AbortSignal },
  feed: Feed,
  pace: Pace,
): Promise<Reading> {
  const { mark, floor, seen } = feed;
  if (mark === null) {
    const rows = await readNewest(halo, feed);
    return { rows, cursor: cursorAt(rows), look: false, complete: true };
  }
  const cursor = { mark, floor, seen };
  if (isLookDue(feed, pace)) {
    const since = lookFrom(feed.lookedAt, pace.startedAt);
    return { rows: await readChanged(halo, feed, since), cursor, look: true, complete: true };
  }
  const { rows, pages } = await readNews(halo, feed, mark);
  return { rows, cursor, look: false, complete: pages === 1 };
}

/**
 * Takes the feed's row for this poll, which is the next after the one that it has read.
 *
 * @throws Superseded when there has been another.
 */
async function claim(tx: Database, feed: Feed, changes: Partial<Feed>): Promise<void> {
  const claimed = await tx
    .update(feeds)
    .set({ ...changes, polls: feed.polls + 1 })
    .where(and(eq(feeds.connection, feed.connection), eq(feeds.kind, feed.kind), eq(feeds.polls, feed.polls)))
    .returning({ polls: feeds.polls });
  if (claimed.length === 0) throw new Superseded();
}

/** One row for each trigger and record. */
async function deliver(tx: Divisible, feed: Feed, news: readonly FeedRow[]): Promise<void> {
  const { connection, kind } = feed;
  const subscribers = await readSubscriptions(tx, feed);
  const rows = news.flatMap((row) =>
    subscribers
      .filter((subscription) => isNewFor(subscription, row, feed.succeededAt))
      .map(({ trigger }) => ({
        trigger,
        key: recordKey(kind, row.id),
        source: 'poll' as const,
        connection,
        kind,
        record: row.id,
        poll: feed.polls + 1,
      })),
  );
  await insertEventsApart(tx, rows);
}

/** When the newest record was created, where it is among these. */
function newest({ mark }: Cursor, rows: readonly FeedRow[]): { newestAt?: Date } {
  const found = rows.find(({ id }) => id === mark)?.occurredAt;
  return found ? { newestAt: found } : {};
}

async function recordError(
  store: Store,
  { feed, pace, error }: { readonly feed: Feed; readonly pace: Pace; readonly error: unknown },
): Promise<PollOutcome> {
  const errors = feed.errors + 1;
  const nextInMs = retryDelay(error, errors, pace.everySeconds);
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  await store.db
    .update(feeds)
    .set({
      errors,
      error: text,
      mustLook: true,
      everySeconds: pace.everySeconds,
      polledAt: pace.startedAt,
      nextPollAt: sql`clock_timestamp() + ${nextInMs}::integer * interval '1 millisecond'`,
      polls: feed.polls + 1,
    })
    .where(
      and(eq(feeds.connection, feed.connection), eq(feeds.kind, feed.kind), eq(feeds.polls, feed.polls)),
    );
  return { nextInMs, error };
}
