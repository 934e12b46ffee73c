/**
 * Where a feed is at each of the Halos that its connection has led to. Its row has the place at the Halo that it reads; when
 * the connection is changed, that place is kept, and a return to its Halo continues there.
 */
import { and, eq, gt, inArray, isNull, like, sql } from 'drizzle-orm';
import { OF_ANOTHER_HALO } from '../../organizations/halo.ts';
import type { Halo } from '../../organizations/halo.ts';
import { events } from '../../store/schema/events.ts';
import { feedPlaces } from '../../store/schema/triggers.ts';
import { wakeDispatchers } from '../events.ts';
import type { Database } from '../events.ts';
import type { Feed } from './readFeed.ts';
import type { FeedAddress } from './source.ts';
import { turnSubscriptions } from './subscriptions.ts';

type Place = Pick<
  Feed,
  'mark' | 'floor' | 'seen' | 'lookedAt' | 'changedTo' | 'lookMarks' | 'succeededAt' | 'newestAt' | 'newest'
>;

/** Where a feed is at a Halo that it has never read. */
const NOWHERE: Place = {
  mark: null,
  floor: 0,
  seen: [],
  lookedAt: null,
  changedTo: null,
  lookMarks: [],
  succeededAt: null,
  newestAt: null,
  newest: [],
};

function placeOf({
  mark,
  floor,
  seen,
  lookedAt,
  changedTo,
  lookMarks,
  succeededAt,
  newestAt,
  newest,
}: Place): Place {
  return { mark, floor, seen, lookedAt, changedTo, lookMarks, succeededAt, newestAt, newest };
}

/**
 * A feed that comes back within so many days continues. Nothing would start twice after that either, since keys are kept
 * for ever; but tickets of months would start at once, which nobody expects of a test Halo that is tried again.
 */
export const CONTINUES_DAYS = 30;

/** Whether a feed that was last polled then continues. */
export const continues = (polledAt: Date | null, now: Date): boolean =>
  polledAt !== null && now.getTime() - polledAt.getTime() <= CONTINUES_DAYS * 24 * 3_600_000;

export interface Turn {
  readonly feed: Feed;
  /** Whose place the row has; null where nobody knows. */
  readonly from: string | null;
  readonly to: Halo;
  /** By Postgres. */
  readonly now: Date;
}

/**
 * Keeps the place of a feed, and its subscriptions, and returns what its row has of the Halo that it reads from now on. Call
 * it in the transaction that holds the feed's row.
 */
export async function turnTo(tx: Database, { feed, from, to, now }: Turn): Promise<Partial<Feed>> {
  const { connection, kind } = feed;
  const isKept = from !== null && feed.succeededAt !== null;
  if (isKept) {
    await tx
      .insert(feedPlaces)
      .values({ connection, kind, halo: from, ...placeOf(feed) })
      .onConflictDoUpdate({
        target: [feedPlaces.connection, feedPlaces.kind, feedPlaces.halo],
        set: placeOf(feed),
      });
  }
  const [place] = await tx
    .delete(feedPlaces)
    .where(and(eq(feedPlaces.connection, connection), eq(feedPlaces.kind, kind), eq(feedPlaces.halo, to.id)))
    .returning();
  const isReturn = place !== undefined && continues(place.succeededAt, now);
  await turnSubscriptions(tx, feed, { keptFor: isKept ? from : null, backAt: isReturn ? to.id : null });
  if (isReturn) await tryAgain(tx, feed, to, place.floor);
  return {
    ...(isReturn ? placeOf(place) : NOWHERE),
    halo: to.id,
    mustLook: true,
    pollsSinceLook: 0,
    polledAt: null,
    nextPollAt: null,
    returnedAt: isReturn ? now : null,
    errors: 0,
    error: null,
    silentPolls: 0,
  };
}

/** Events that nobody could read while the connection led elsewhere; ids up to the floor were read long before that. */
async function tryAgain(
  tx: Database,
  { connection, kind }: FeedAddress,
  { names }: Halo,
  floor: number,
): Promise<void> {
  const rows = await tx
    .update(events)
    .set({
      status: 'pending',
      reason: null,
      attempts: 0,
      silentTries: 0,
      dueAt: sql`now()`,
      outcome: null,
      decidedAt: null,
    })
    .where(
      and(
        eq(events.connection, connection),
        eq(events.kind, kind),
        gt(events.record, floor),
        inArray(events.halo, [...names]),
        eq(events.status, 'failed'),
        isNull(events.workflowId),
        like(events.reason, `%${OF_ANOTHER_HALO}%`),
      ),
    )
    .returning({ id: events.id });
  if (rows.length > 0) await wakeDispatchers(tx);
}
