/** One poll of one feed: reads what is new and hands it to the triggers, once. */
import { isDeepStrictEqual } from 'node:util';
import { and, eq, sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { ConfigurationReader } from '../../organizations/configuration.ts';
import type { Configuration } from '../../organizations/types.ts';
import { feeds } from '../../store/schema/triggers.ts';
import type { Store } from '../../store/store.ts';
import { insertEventsApart } from '../events.ts';
import type { Divisible } from '../events.ts';
import type { HaloPort } from '../haloPort.ts';
import { withKeys } from '../recordKeys.ts';
import type { TriggerReader } from '../registry.ts';
import type { Cursor } from './cursor.ts';
import { beginGeneration } from './generation.ts';
import { withMark } from './look.ts';
import type { LookMarks } from './look.ts';
import { isContinuous, nextPoll, retryDelay } from './pace.ts';
import type { Pace } from './pace.ts';
import { isRestart, readFeed, recordsOf } from './readFeed.ts';
import type { Feed, Found, Returned } from './readFeed.ts';
import { Superseded, claim, demandVersion, openFeed, sameFeed } from './row.ts';
import type { Row } from './row.ts';
import { LAST_SILENT_POLL, SET_ASIDE_MS, alone, isSuspect, whySetAside } from './silent.ts';
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

/** Temporal's timers may be this early. */
const EARLY_MS = 20;

/** Polls feeds; one for each process, which remembers what it need not look up again. */
export function createPoll(
  parts: Polling,
): (feed: FeedAddress, signal?: AbortSignal) => Promise<PollOutcome | null> {
  /** By feed: the version of the configuration that its subscriptions are known to match. */
  const synced = new Map<string, number>();

  async function commit(wanted: WantedFeed, feed: Feed, reading: Found, pace: Pace): Promise<void> {
    const name = feedName(wanted);
    const isFirst = feed.mark === null;
    const { news, next } = reading;
    // Read here: in the transaction it would wait for a second connection while it holds one.
    const { version } = await parts.configuration.current();
    const current = await wantedAt(parts, wanted, version);
    // What was read is of the Halo, and of the generation of it, that the connection asked then.
    if (current && current.halo.latest !== wanted.halo.latest) throw new Superseded();
    await parts.store.db.transaction(async (tx) => {
      await claim(tx, feed, {
        everySeconds: pace.everySeconds,
        host: wanted.host,
        halo: wanted.halo.id,
        nextPollAt: nextPoll(feed.nextPollAt, pace),
        polledAt: pace.startedAt,
        succeededAt: pace.startedAt,
        errors: 0,
        error: null,
        silentPolls: 0,
        mustLook: !reading.complete,
        returnedAt: null,
        ...(reading.look || isFirst
          ? {
              lookedAt: pace.startedAt,
              pollsSinceLook: 0,
              changedTo: reading.changedTo ?? null,
              lookMarks: withMark(
                isFirst ? [] : (feed.lookMarks as LookMarks),
                pace.startedAt,
                feed.mark ?? next.mark,
              ),
            }
          : { pollsSinceLook: feed.pollsSinceLook + 1 }),
        // An idle poll leaves the long array alone.
        ...(news.length > 0 || isFirst ? { ...next, ...newest(next, reading.rows) } : {}),
        ...(isDeepStrictEqual(reading.newest, feed.newest) ? {} : { newest: reading.newest }),
      });
      await demandVersion(tx, version);
      if (synced.get(name) === version && news.length === 0) return;
      if (isFirst && !isRestart(feed)) await unsubscribeAll(tx, wanted);
      const since = feed.returnedAt;
      const before = isContinuous(feed, pace) && since === null ? feed.mark : null;
      const baseline = before ?? next.mark;
      await syncSubscriptions(tx, wanted, { triggers: current?.triggers ?? [], baseline, since });
      if (news.length > 0) await deliver(tx, { feed, wanted, news });
    });
    synced.set(name, version);
  }

  /** The Halo begins a new generation; the next poll reads it. */
  async function begin(went: Returned): Promise<void> {
    const { configuration, wanted, feed } = went;
    const connection = configuration.connections.find(({ id }) => id === wanted.connection);
    if (!connection || feed.succeededAt === null) throw new Superseded();
    const since = feed.succeededAt;
    const records = await recordsOf(went);
    await parts.store.db.transaction(async (tx) => {
      await claim(tx, feed, { halo: wanted.halo.id });
      await demandVersion(tx, configuration.version);
      const by = `the feed of ${wanted.kind} on ${wanted.connection}`;
      await beginGeneration(tx, { ...went.went, configuration, connection, since, records, by });
      await tx.update(feeds).set({ nextPollAt: null, silentPolls: 0 }).where(sameFeed(feed));
    });
  }

  /** Null when something else was quicker: it is opened again at once. */
  async function opened(wanted: WantedFeed, version: number): Promise<Row | null> {
    try {
      return await openFeed(parts.store, wanted, version);
    } catch (error) {
      if (error instanceof Superseded) return null;
      throw error;
    }
  }

  async function poll(address: FeedAddress, signal?: AbortSignal): Promise<PollOutcome | null> {
    const configuration = await parts.configuration.current();
    const wanted = await wantedAt(parts, address, configuration.version);
    if (!wanted || wanted.paused) return null;
    const row = await opened(wanted, configuration.version);
    if (row === null) return { nextInMs: 1, error: null };
    const { feed, now: startedAt } = row;
    const { everySeconds } = wanted;
    const early = (dueAt(feed, everySeconds)?.getTime() ?? 0) - startedAt.getTime();
    if (early > EARLY_MS) return { nextInMs: early, error: null };
    const pace = { everySeconds, startedAt };
    const aside = whySetAside(feed.silentPolls);
    if (aside) return await recordError(parts.store, { feed, pace, error: aside, isSetAside: true });
    const once = async (): Promise<PollOutcome | 'again'> =>
      await pollOnce({ configuration, wanted, feed, pace }, signal);
    const outcome = isSuspect(feed.silentPolls) ? await alone(once) : await once();
    return outcome === 'again' ? await poll(address, signal) : outcome;
  }

  /** `again`: of the Halo as it is now, nothing was read yet. */
  async function pollOnce(
    { configuration, wanted, feed, pace }: Opened,
    signal: AbortSignal | undefined,
  ): Promise<PollOutcome | 'again'> {
    const began = performance.now();
    await setSilent(parts.store, feed, sql`${feeds.silentPolls} + 1`);
    try {
      const halo = { halo: parts.halo, ...(signal ? { signal } : {}) };
      const found = await readFeed({ halo, db: parts.store.db, of: wanted.halo.id }, feed, pace);
      if ('isOther' in found) {
        await begin({ configuration, wanted, feed, halo, went: found });
        return 'again';
      }
      await commit(wanted, feed, found, pace);
      const next = nextPoll(feed.nextPollAt, pace).getTime() - pace.startedAt.getTime();
      return { nextInMs: Math.max(1, next - (performance.now() - began)), error: null };
    } catch (error) {
      if (signal?.aborted === true || error instanceof Superseded) {
        await setSilent(parts.store, feed, sql`0`);
        signal?.throwIfAborted();
        return { nextInMs: 1, error: null };
      }
      return await recordError(parts.store, { feed, pace, error });
    }
  }

  return poll;
}

interface Opened {
  readonly configuration: Configuration;
  readonly wanted: WantedFeed;
  readonly feed: Feed;
  readonly pace: Pace;
}

async function setSilent({ db }: Store, feed: Feed, silentPolls: SQL): Promise<void> {
  await db.update(feeds).set({ silentPolls }).where(sameFeed(feed));
}

async function wantedAt(
  { configuration, triggers }: Polling,
  feed: FeedAddress,
  version: number,
): Promise<WantedFeed | undefined> {
  return wantedFeeds(await configuration.at(version), await triggers.at(version)).get(feedName(feed));
}

/** When the feed is due at this interval, which may have become smaller since the last poll; null: now. */
function dueAt({ nextPollAt, polledAt, errors }: Feed, everySeconds: number): Date | null {
  if (nextPollAt === null || polledAt === null || errors > 0) return nextPollAt;
  return new Date(Math.min(nextPollAt.getTime(), polledAt.getTime() + everySeconds * 1000));
}

/** One row for each trigger and record. */
async function deliver(
  tx: Divisible,
  {
    feed,
    wanted,
    news,
  }: { readonly feed: Feed; readonly wanted: WantedFeed; readonly news: readonly FeedRow[] },
): Promise<void> {
  const { connection, kind } = feed;
  const subscribers = await readSubscriptions(tx, feed);
  const rows = news.flatMap((row) =>
    subscribers
      .filter((subscription) => isNewFor(subscription, row, feed.succeededAt))
      .map(({ trigger }) => ({
        trigger,
        source: 'poll' as const,
        connection,
        halo: wanted.halo.nameOf(row.id),
        kind,
        record: row.id,
        poll: feed.polls + 1,
      })),
  );
  await insertEventsApart(tx, await withKeys(tx, rows));
}

/** When the newest record was created, where it is among these. */
function newest({ mark }: Cursor, rows: readonly FeedRow[]): { newestAt?: Date } {
  const found = rows.find(({ id }) => id === mark)?.occurredAt;
  return found ? { newestAt: found } : {};
}

interface Failed {
  readonly feed: Feed;
  readonly pace: Pace;
  readonly error: unknown;
  /** It was not polled at all. */
  readonly isSetAside?: boolean;
}

async function recordError(
  store: Store,
  { feed, pace, error, isSetAside = false }: Failed,
): Promise<PollOutcome> {
  const errors = feed.errors + 1;
  const nextInMs = isSetAside ? SET_ASIDE_MS : retryDelay(error, errors, pace.everySeconds);
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  await store.db
    .update(feeds)
    .set({
      errors,
      error: text,
      silentPolls: isSetAside ? LAST_SILENT_POLL : 0,
      mustLook: true,
      everySeconds: pace.everySeconds,
      polledAt: pace.startedAt,
      nextPollAt: sql`clock_timestamp() + ${nextInMs}::integer * interval '1 millisecond'`,
      polls: feed.polls + 1,
    })
    .where(and(sameFeed(feed), eq(feeds.polls, feed.polls)));
  return { nextInMs, error };
}
