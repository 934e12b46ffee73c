/**
 * A look: what has been changed since the last one. A look reaches back, since creations may take long and clocks differ; so
 * that a mass of changed records is not read again by each look that reaches it, of what the last one has seen only
 * records are read that may be new.
 */
import { LOOK_BACK_MS } from './pace.ts';
import { LARGEST_PAGE, STALE_PAGES, settled } from './read.ts';
import { haloTime, listRows } from './source.ts';
import type { FeedAddress, FeedRow, Reading } from './source.ts';

/** What a look goes by. */
export interface Looking {
  /** From when on it reads changes. */
  readonly since: Date;
  /** Records up to here count as read, whatever is changed about them. */
  readonly floor: number;
  /** Up to here, what is new has been seen by the last look as far as it was changed well before `changedTo`. */
  readonly known: number;
  /** What Halo's clock showed at least when the last look began ({@link changeClock}); null: nothing is known of it. */
  readonly changedTo: Date | null;
}

/** The marks at the last looks: milliseconds since 1970 and the largest id that was read then, oldest first. */
export type LookMarks = readonly (readonly [number, number])[];

/** How much later than the time on it a change may appear: a transaction of Halo's takes its time, its servers' clocks differ. */
const APPEARS_WITHIN_MS = 30_000;
/** Every record above the floor that was changed since then, and some others. Throws as reads do. */
export async function readLook(
  reading: Reading,
  feed: FeedAddress,
  { since, floor, known, changedTo }: Looking,
): Promise<readonly FeedRow[]> {
  const seenTo = changedTo === null ? -Infinity : changedTo.getTime() - APPEARS_WITHIN_MS;
  const hasSeen = seenTo >= since.getTime();
  const news = { from: haloTime(since), above: hasSeen ? known : floor, isNews: true };
  const { rows, lowest } = await settled(async () => await readDown(reading, feed, news));
  if (!hasSeen || lowest <= floor + 1) return rows;
  const changes = { from: haloTime(new Date(seenTo)), above: floor, isNews: false };
  const others = await settled(async () => await readDown(reading, feed, changes));
  return [...new Map([...rows, ...others.rows].map((row) => [row.id, row])).values()];
}

interface Down {
  /** As Halo takes it. */
  readonly from: string;
  /** Rows up to this id need not be read. */
  readonly above: number;
  /** What is read may well be new, and no later look reads it again. */
  readonly isNews: boolean;
}

interface ReadDown {
  readonly rows: readonly FeedRow[];
  readonly isSure: boolean;
  /** Down to which id: 0 when all of it. */
  readonly lowest: number;
}

/**
 * Reads what was changed since then, the largest ids first. Records that go away while pages are read hide others, so it is
 * not sure where Halo's total went down, or where Halo gives none. News of several pages never are: a total stays the same
 * where one record goes and another one comes.
 */
async function readDown(
  reading: Reading,
  feed: FeedAddress,
  { from, above, isNews }: Down,
): Promise<ReadDown> {
  const found = new Map<number, FeedRow>();
  const read = (isSure: boolean, lowest: number): ReadDown => ({ rows: [...found.values()], isSure, lowest });
  let [first, last, stale, lowest] = [Infinity, 0, 0, Infinity];
  let [isSure, isOrdered] = [true, true];
  for (let page = 1; ; page += 1) {
    let total = NaN;
    const rows = await listRows(reading, feed, {
      input: { lastupdatefromdate: from, pageinate: true, page_size: LARGEST_PAGE, page_no: page },
      // Halos that do not count say 0 beside rows.
      onTotal: (count) => void (total = count > 0 ? count : NaN),
    });
    if (rows.length === 0) return read(page === 1, 0);
    if (page === 1) first = Number.isNaN(total) ? Infinity : total;
    // Fewer than before: some went away. What Halo does not say is not sure.
    isSure &&= total >= last && !(isNews && page > 1);
    last = total;
    isOrdered &&= rows.every(({ id }, at) => at === 0 || id < rows[at - 1]!.id);
    const before = found.size;
    for (const row of rows) found.set(row.id, row);
    lowest = Math.min(lowest, rows.at(-1)!.id);
    stale = found.size > before ? 0 : stale + 1;
    if (found.size >= first || stale === STALE_PAGES) return read(isSure && stale === 0, 0);
    if (isOrdered && lowest <= above + 1) return read(isSure, lowest);
  }
}

/** Up to which id, of what the last look has seen, nothing can be new: the mark when creations of then were begun. */
export function knownTo(
  marks: LookMarks,
  lookedAt: Date | null,
  { mark, floor }: { mark: number; floor: number },
): number {
  if (lookedAt === null) return floor;
  const before = marks.filter(([at]) => at <= lookedAt.getTime() - LOOK_BACK_MS).at(-1);
  return Math.max(floor, Math.min(mark, before?.[1] ?? floor));
}

/**
 * What Halo's clock showed at least when a look began, as it stands on changes: the latest change that was seen, or what it
 * showed at the look before and the time since. `began` is what the clock of its replies showed.
 */
export function changeClock(
  rows: readonly FeedRow[],
  {
    began,
    before,
    sinceMs,
  }: { readonly began: number; readonly before: Date | null; readonly sinceMs: number },
): Date | null {
  const latest = rows.reduce(
    (most, { changedAt }) => Math.max(most, changedAt?.getTime() ?? -Infinity),
    -Infinity,
  );
  const shown = Math.max(latest, before === null ? -Infinity : before.getTime() + sinceMs);
  return shown === -Infinity ? null : new Date(Math.min(began, shown));
}

/** The marks with that of a look that began then; as few of the older ones as the next looks need. */
export function withMark(marks: LookMarks, startedAt: Date, mark: number): LookMarks {
  const all = [...marks, [startedAt.getTime(), mark] as const];
  const needed = all.findLastIndex(([at]) => at <= startedAt.getTime() - LOOK_BACK_MS);
  return all.slice(Math.max(0, needed));
}
