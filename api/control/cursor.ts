/** Where a page ended, as text that callers only hand back. */
import { SchemaError } from '../../errors.ts';

/** `position` is anything JSON. */
export const cursorOf = (position: unknown): string =>
  Buffer.from(JSON.stringify(position)).toString('base64url');

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
