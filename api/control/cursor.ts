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

/**
 * Where the page before ended; undefined for the first page.
 *
 * @throws SchemaError when `parse` makes nothing of it.
 */
export function positionOf<Position>(
  cursor: string | undefined,
  parse: (value: unknown) => Position | null,
): Position | undefined {
  if (cursor === undefined) return undefined;
  const position = parse(decoded(cursor));
  if (position === null) {
    throw new SchemaError('cursor: it is none of this list: give `next` of the page before, as it came', {
      details: { field: 'query.cursor' },
    });
  }
  return position;
}

/** The position in a list by slug or id. */
export const asName = (value: unknown): string | null =>
  typeof value === 'string' && !value.includes('\0') ? value : null;

/** The position in a list by number. */
export const asNumber = (value: unknown): number | null =>
  Number.isSafeInteger(value) ? (value as number) : null;

/** The same for a number that counts something. */
export const asCount = (value: unknown): number | null => {
  const number = asNumber(value);
  return number === null || number < 0 ? null : number;
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** The id of a run. */
export const asUuid = (value: unknown): string | null =>
  typeof value === 'string' && UUID.test(value) ? value : null;

function decoded(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown;
  } catch {
    return null;
  }
}
