/** Whether Halo's ids went back since the last good poll: by what a poll has read, and by a second look where that is odd. */
import { and, eq, inArray, isNotNull } from 'drizzle-orm';
import { HaloNotFoundError } from '../../errors.ts';
import { events } from '../../store/schema/events.ts';
import type { Database } from '../events.ts';
import { property } from '../dispatch/subject.ts';
import { readNewest } from './read.ts';
import { haloDate, SOURCES } from './source.ts';
import type { FeedAddress, FeedRow, Reading } from './source.ts';
import { isSuspicious, judge, probesOf } from './sight.ts';
import type { Agreement, Candidate, Past } from './sight.ts';

/** From which id on records are of a new generation; of another database all are. */
export interface Return {
  readonly firstId: number;
  readonly isOther: boolean;
}

export interface Looked {
  readonly db: Database;
  readonly reading: Reading;
  readonly feed: FeedAddress;
  readonly past: Past;
  /** What the poll has read, and whether these are the newest there are, without gaps. */
  readonly rows: readonly FeedRow[];
  readonly areNewest: boolean;
}

/** Null when nothing went back. Throws as reads do. */
export async function wentBack(looked: Looked): Promise<Return | null> {
  const { reading, feed, past, rows, areNewest } = looked;
  if (!isSuspicious(past, rows)) return null;
  const known = new Set(past.newest.map(([id]) => id));
  const shows = (some: readonly FeedRow[]): boolean => some.some(({ id }) => known.has(id));
  const top = areNewest && shows(rows) ? rows : await readNewest(reading, feed);
  const probes = shows(top) ? [] : await readEach(looked, probesOf(past));
  const sight = await judge(past, top, { probes, agreement: () => agreement(looked, top) });
  if (sight.is === 'none') return null;
  if (sight.is === 'other') return { firstId: 1, isOther: true };
  const firstId = await firstMade(looked, sight.candidates);
  return firstId === null ? null : { firstId, isOther: false };
}

/** More need not be read: dates of so many are not edited by chance, each below the last record that stayed. */
const MOST_READ = 5;

/**
 * The lowest of the records that was made since the last good poll; null when their dates were only edited. The newest
 * of all is asked first: where that one was there before, no id has come back.
 */
async function firstMade(looked: Looked, candidates: readonly Candidate[]): Promise<number | null> {
  const last = candidates.at(-1);
  if (!last || !(await isMadeSince(looked, last, candidates.length))) return null;
  for (const candidate of candidates.slice(0, MOST_READ)) {
    if (candidate === last || (await isMadeSince(looked, candidate, candidates.length))) return candidate.id;
  }
  return candidates[MOST_READ]?.id ?? last.id;
}

async function isMadeSince(
  { reading, feed, past }: Looked,
  { id, changed }: Candidate,
  candidates: number,
): Promise<boolean> {
  const made = haloDate(property(await readOne(reading, feed, id), 'datecreated'));
  if (made !== null) return made.getTime() > past.lastGood;
  // A Halo that does not say it: one date that changed is an edited one.
  return !changed || candidates > 1;
}

/** A record in full; null when it is gone. */
async function readOne({ halo, signal, of }: Reading, feed: FeedAddress, id: number): Promise<unknown> {
  try {
    return await halo.call({
      connection: feed.connection,
      action: SOURCES[feed.kind].get,
      input: { id },
      ...(of === undefined ? {} : { halo: of }),
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    if (error instanceof HaloNotFoundError) return null;
    throw error;
  }
}

async function readEach({ reading, feed }: Looked, ids: readonly number[]): Promise<FeedRow[]> {
  const rows: FeedRow[] = [];
  for (const id of ids) {
    const record = await readOne(reading, feed, id);
    if (record !== null)
      rows.push({
        id,
        occurredAt: haloDate(property(record, 'dateoccurred')),
        changedAt: null,
        stamp: null,
      });
  }
  return rows;
}

/** Whether the older ones of these rows are the records that events of the feed were about. */
async function agreement({ db, feed, past }: Looked, rows: readonly FeedRow[]): Promise<Agreement> {
  const older = new Map(
    rows.flatMap(({ id, occurredAt }) => {
      const time = occurredAt?.getTime();
      return time === undefined || time > past.lastGood ? [] : [[id, time] as const];
    }),
  );
  if (older.size === 0) return { same: 0, other: 0 };
  const seen = await db
    .select({ record: events.record, payload: events.payload })
    .from(events)
    .where(
      and(
        eq(events.connection, feed.connection),
        eq(events.kind, feed.kind),
        inArray(events.record, [...older.keys()]),
        isNotNull(events.payload),
      ),
    );
  const dates = seen.flatMap(({ record, payload }) => {
    const date = haloDate(property(property(payload, 'ticket'), 'dateoccurred'));
    return date === null ? [] : [older.get(record ?? 0) === date.getTime()];
  });
  const same = dates.filter(Boolean).length;
  return { same, other: dates.length - same };
}
