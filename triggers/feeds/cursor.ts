/** How far a feed has been read: not a line but a set, since records can appear below others that are known already. */
import type { FeedRow } from './source.ts';

export interface Cursor {
  /** The largest id read. */
  readonly mark: number;
  /** Everything up to here counts as read. */
  readonly floor: number;
  /** Ids read above the floor. */
  readonly seen: number[];
}

/** Ids kept above the floor: how deep below the mark a record may still appear, as when its creation took long. */
const OVERLAP = 5_000;

/** Where a feed starts: everything that is there counts as read. */
export function cursorAt(rows: readonly FeedRow[]): Cursor {
  const ids = rows.map(({ id }) => id).sort((a, b) => a - b);
  return { mark: ids.at(-1) ?? 0, floor: ids.length > 0 ? ids[0]! - 1 : 0, seen: ids };
}

/** The rows that have not been read yet, by id. */
export function unread(cursor: Cursor, rows: readonly FeedRow[]): readonly FeedRow[] {
  const seen = new Set(cursor.seen);
  return rows
    .filter(({ id }) => id > cursor.floor && !seen.has(id))
    .sort((left, right) => left.id - right.id);
}

/**
 * The cursor with these rows, unread before, read. Only a reading that missed nothing (`complete`) may raise the floor:
 * what another one missed is found by the next, as long as it is above it.
 */
export function advance(cursor: Cursor, news: readonly FeedRow[], complete: boolean): Cursor {
  const ids = [...cursor.seen, ...news.map(({ id }) => id)].sort((a, b) => a - b);
  const dropped = complete ? ids.slice(0, Math.max(0, ids.length - OVERLAP)) : [];
  return {
    mark: Math.max(cursor.mark, ids.at(-1) ?? 0),
    floor: dropped.at(-1) ?? cursor.floor,
    seen: ids.slice(dropped.length),
  };
}
