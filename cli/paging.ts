/** Lists: read whole, or shown so many rows at a time, saying when there are more. */
import type { Api } from './api.ts';

/** Of every list, unless `--limit` says otherwise. */
export const DEFAULT_LIMIT = 50;

export interface Page<Row> {
  readonly rows: readonly Row[];
  /** Whether there are more behind the last one. */
  readonly more: boolean;
}

/** The table with a line below it: how to see more, or that there is nothing. */
export function withMore(
  drawn: string,
  { rows, more }: Page<unknown>,
  { nothing, next }: { readonly nothing: string; readonly next: string },
): string {
  if (rows.length === 0) return nothing;
  return more ? `${drawn}\n\nThere are more: ${next}` : drawn;
}

/** The most that the API answers at once. */
const LARGEST_PAGE = 200;

type List = 'organizations' | 'connections';

/** All rows of a list of the API, page by page; `list` is its path and the name of its rows. */
export async function everyRow<Row>(
  api: Api,
  list: List,
  query: Readonly<Record<string, string | undefined>>,
): Promise<Row[]> {
  const all: Row[] = [];
  let cursor: string | undefined;
  do {
    const page = await api.call<Readonly<Record<List, readonly Row[]>> & { readonly next: string | null }>({
      path: `/${list}`,
      query: { ...query, limit: LARGEST_PAGE, cursor },
    });
    all.push(...page[list]);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return all;
}
