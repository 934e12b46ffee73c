/** Where a page ended, as text that callers only hand back. */
import { SchemaError } from '../../errors.ts';

/** `position` is anything JSON. */
export const cursorOf = (position: unknown): string =>
  Buffer.from(JSON.stringify(position)).toString('base64url');

/** A page of what was read with one row more than it holds, to see whether it goes on. */
export function onePage<Row>(
  found: readonly Row[],
  limit: number,
  positionIn: (last: Row) => unknown,
): { readonly page: readonly Row[]; readonly next: string | null } {
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return { page, next: found.length > limit && last ? cursorOf(positionIn(last)) : null };
}

/** @throws SchemaError when `parse` makes nothing of it. */
export function positionOf<Position>(cursor: string, parse: (value: unknown) => Position | null): Position {
  const position = parse(decoded(cursor));
  if (position === null) {
    throw new SchemaError('cursor: it is none of this list: give `next` of the page before, as it came', {
      details: { field: 'query.cursor' },
    });
  }
  return position;
}

function decoded(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown;
  } catch {
    return null;
  }
}
