import { HaloServerError, SchemaError } from '../errors.ts';
import { isObject, wholeNumber } from './json.ts';
import type { Page } from './reply.ts';
import type { RequestOptions } from './types.ts';

/** Halo hands out at most this many rows a page, whatever is asked (HaloAPI issue 90). */
const LARGEST_PAGE = 100;
const DEFAULT_PAGE = 50;

export interface PageReader {
  /** For messages: `tickets.list`. */
  readonly what: string;
  /** Asks for one page; the query replaces parameters of the same names. */
  readonly read: (query: Readonly<Record<string, string | null>>) => Promise<Page>;
  /** What the author's input says about paging. */
  readonly asked: { readonly page_size?: unknown; readonly count?: unknown; readonly pageinate?: unknown };
  readonly options: RequestOptions;
  /** Told the number of rows after every page but the last. */
  readonly onProgress?: ((rows: number) => void) | undefined;
}

/** One page of a paged list, as the author asks for it, or 50 rows; never more than `limit`. */
export async function onePage({
  read,
  asked,
  options,
}: Omit<PageReader, 'what'>): Promise<readonly unknown[]> {
  const limit = rowLimit(options);
  const { rows } = await read(onePageQuery({ asked, options }));
  return rows.slice(0, limit);
}

/** The paging parameters of a single page. A bare `count` is another way to ask, and paging would undo it. */
export function onePageQuery({
  asked,
  options,
}: Pick<PageReader, 'asked' | 'options'>): Record<string, string> {
  const limit = rowLimit(options);
  if (asked.page_size === undefined && asked.count !== undefined) return {};
  const query: Record<string, string> = asked.pageinate === undefined ? { pageinate: 'true' } : {};
  if (asked.page_size !== undefined) return query;
  return { ...query, page_size: String(limit === Infinity ? DEFAULT_PAGE : Math.min(limit, LARGEST_PAGE)) };
}

/**
 * Every row of a paged list, up to `limit`. What comes next is decided by the rows that came, never by the size
 * asked for. Ends with an empty page, Halo's total, or the limit. A row that moved to the next page meanwhile is kept
 * once.
 * @throws HaloServerError, not retryable, when Halo answers the same page again and says that there are more rows.
 */
export async function everyPage({
  what,
  read,
  asked,
  options,
  onProgress,
}: PageReader): Promise<readonly unknown[]> {
  const limit = Math.min(rowLimit(options), wholeNumber(asked.count) ?? Infinity);
  const size = String(Math.min(limit, LARGEST_PAGE));
  const seen = new Set<string>();
  const kept: unknown[] = [];
  let received = 0;
  let before: string | undefined;
  for (let page = 1; ; page += 1) {
    const { rows, total } = await read({
      pageinate: 'true',
      page_size: size,
      page_no: String(page),
      count: null,
    });
    const keys = rows.map(identity);
    const content = rows.map((row, index) => keys[index] ?? JSON.stringify(row)).join(' ');
    if (rows.length === 0 || content === before) {
      if (content === before) checkComplete({ what, total, kept: kept.length });
      return kept;
    }
    before = content;
    const fresh = rows.filter((_row, index) => !seen.has(keys[index] ?? ''));
    for (const key of keys) if (key !== null) seen.add(key);
    kept.push(...fresh.slice(0, limit - kept.length));
    received += rows.length;
    const ended = total !== null && total > 0 ? received >= total : fresh.length === 0;
    if (ended || kept.length >= limit) return kept;
    onProgress?.(kept.length);
  }
}

/** The same page twice: a list that ignores paging, of which there is no second page to be had. */
function checkComplete(list: { what: string; total: number | null; kept: number }): void {
  const { what, total, kept } = list;
  if (total === null || total <= kept) return;
  throw new HaloServerError(
    `${what} hands out the same ${kept} rows as every page and says that there are ${total}: it ignores paging; narrow it with filters`,
    { retryable: false },
  );
}

/** The option `limit`. Throws SchemaError. */
export function rowLimit({ limit }: RequestOptions): number {
  if (limit === undefined) return Infinity;
  if (Number.isInteger(limit) && limit > 0) return limit;
  throw new SchemaError(`limit must be a whole number above 0, not ${limit}`);
}

/** What tells rows apart, null for rows without id. Ids of a ticket's actions count from 1 in each ticket. */
function identity(row: unknown): string | null {
  if (!isObject(row) || row['id'] === undefined || row['id'] === null) return null;
  return JSON.stringify([row['id'], row['ticket_id'] ?? null]);
}
