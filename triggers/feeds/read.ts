/** The three ways to read a feed: its newest records, those above the mark, those changed since a time. */
import { listRows } from './source.ts';
import type { FeedAddress, FeedRow, Reading } from './source.ts';

/** What an idle poll asks for; more news are read in the largest pages that Halo gives. */
const PAGE = 50;
const LARGEST_PAGE = 100;
/** Pages without anything new, as when records arrive as fast as pages are read, before a list counts as unpaged. */
const STALE_PAGES = 3;
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

/** The newest records down to `mark`, and whatever the last page holds below it. */
export async function readNews(reading: Reading, feed: FeedAddress, mark: number): Promise<Found> {
  const found = new Map<number, FeedRow>();
  const reachesMark = async (input: Readonly<Record<string, number>>): Promise<boolean> => {
    const rows = await listRows(reading, feed, { input: { pageinate: true, ...input } });
    for (const row of rows) found.set(row.id, row);
    return rows.length === 0 || rows.some(({ id }) => id <= mark);
  };
  if (await reachesMark({ page_size: PAGE })) return { rows: [...found.values()], pages: 1 };
  let page = 1;
  for (let stale = 0; stale < STALE_PAGES; page += 1) {
    const before = found.size;
    if (await reachesMark({ page_size: LARGEST_PAGE, page_no: page })) break;
    stale = found.size > before ? 0 : stale + 1;
  }
  return { rows: [...found.values()], pages: page + 1 };
}

/** Every record changed at or after a time (yyyy-MM-ddTHH:mm:ss). */
export async function readChanged(
  reading: Reading,
  feed: FeedAddress,
  since: string,
): Promise<readonly FeedRow[]> {
  const found = new Map<number, FeedRow>();
  for (let readings = 0; readings < READINGS; readings += 1) {
    const before = found.size;
    const rows = await listRows(reading, feed, { input: { lastupdatefromdate: since }, all: true });
    for (const row of rows) found.set(row.id, row);
    if (rows.length <= PAGE || found.size === before) break;
  }
  return [...found.values()];
}
