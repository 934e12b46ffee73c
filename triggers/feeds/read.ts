/** The three ways to read a feed: its newest records, those above the mark, those changed since a time. */
import { haloTime, listRows } from './source.ts';
import type { FeedAddress, FeedRow, Reading } from './source.ts';

/** What an idle poll asks for; more news are read in the largest pages that Halo gives. */
const PAGE = 50;
export const LARGEST_PAGE = 100;
/** Pages without anything new, as when records arrive as fast as pages are read, before a list counts as unpaged. */
export const STALE_PAGES = 3;
/** Times that a list of several pages is read at most, until a reading brings nothing that the ones before missed. */
const READINGS = 4;

export interface Found {
  readonly rows: readonly FeedRow[];
  /** One page holds everything that there was at one moment; records that go away while pages are read hide others. */
  readonly pages: number;
}

/** The newest records: the first page. */
export async function readNewest(reading: Reading, feed: FeedAddress): Promise<readonly FeedRow[]> {
  return await listRows(reading, feed, { input: { pageinate: true, page_size: LARGEST_PAGE } });
}

/** What an idle poll asks for: the newest page. */
export async function readPage(reading: Reading, feed: FeedAddress): Promise<readonly FeedRow[]> {
  return await listRows(reading, feed, { input: { pageinate: true, page_size: PAGE } });
}

/** The newest records down to `mark`, and whatever the last page holds below it; `page` is the newest one, once read. */
export async function readNews(
  reading: Reading,
  feed: FeedAddress,
  mark: number,
  page?: readonly FeedRow[],
): Promise<Found> {
  const first = page ?? (await readPage(reading, feed));
  const found = new Map<number, FeedRow>(first.map((row) => [row.id, row]));
  const reaches = (rows: readonly FeedRow[]): boolean =>
    rows.length === 0 || rows.some(({ id }) => id <= mark);
  if (reaches(first)) return { rows: first, pages: 1 };
  const reachesMark = async (input: Readonly<Record<string, number>>): Promise<boolean> => {
    const rows = await listRows(reading, feed, { input: { pageinate: true, ...input } });
    for (const row of rows) found.set(row.id, row);
    return reaches(rows);
  };
  let number = 1;
  for (let stale = 0; stale < STALE_PAGES; number += 1) {
    const before = found.size;
    if (await reachesMark({ page_size: LARGEST_PAGE, page_no: number })) break;
    stale = found.size > before ? 0 : stale + 1;
  }
  return { rows: [...found.values()], pages: number + 1 };
}

/** Every record changed at or after a time. */
export async function readChanged(
  reading: Reading,
  feed: FeedAddress,
  since: Date,
): Promise<readonly FeedRow[]> {
  const input = { lastupdatefromdate: haloTime(since) };
  const { rows } = await settled(async () => {
    const page = await listRows(reading, feed, { input, all: true });
    return { rows: page, isSure: page.length <= PAGE };
  });
  return rows;
}

/** Every record with this id or a larger one, or that was created at or after a time, in the order of their ids. */
export async function readFrom(
  reading: Reading,
  feed: FeedAddress,
  from: number | Date,
): Promise<readonly FeedRow[]> {
  const rows =
    typeof from === 'number'
      ? (await settled(async () => sureOf(await readNews(reading, feed, from - 1)))).rows
      : // What was created since then has been changed since then.
        await readChanged(reading, feed, from);
  return rows
    .filter(({ id, occurredAt }) =>
      typeof from === 'number' ? id >= from : occurredAt !== null && occurredAt >= from,
    )
    .sort((left, right) => left.id - right.id);
}

const sureOf = ({ rows, pages }: Found): Read => ({ rows, isSure: pages === 1 });

/** Rows that were read at once or page by page. */
interface Read {
  readonly rows: readonly FeedRow[];
  /** Nothing that was there can be missing. */
  readonly isSure: boolean;
}

/** Reads again until a reading is sure, or brings nothing that those before have missed: the last one, with the rows of all. */
export async function settled<R extends Read>(read: () => Promise<R>): Promise<R> {
  const found = new Map<number, FeedRow>();
  for (let readings = 1; ; readings += 1) {
    const before = found.size;
    const last = await read();
    for (const row of last.rows) found.set(row.id, row);
    if (last.isSure || found.size === before || readings === READINGS) {
      return { ...last, rows: [...found.values()] };
    }
  }
}
