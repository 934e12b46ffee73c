/** Moments that are asked for. */
import { SchemaError } from '../../errors.ts';

/**
 * The moment that a text of the format `date-time` names; `field` is where it stands: `query.since`.
 *
 * @throws SchemaError for one that fits the format and is none, such as a leap second.
 */
export function momentOf(field: string, text: string): Date {
  const date = new Date(text);
  if (date.getUTCFullYear() >= 1) return date;
  throw new SchemaError(
    `${field.split('.').at(-1)}: "${text}" is no time: give one like 2026-11-25T20:05:00Z`,
    {
      details: { field },
    },
  );
}

interface Span {
  readonly since: string | undefined;
  readonly until: string | undefined;
}

/** What the filters of a list say of time. */
export const spanOf = ({ since, until }: Span): { [End in keyof Span]: Date | undefined } => ({
  since: since === undefined ? undefined : momentOf('query.since', since),
  until: until === undefined ? undefined : momentOf('query.until', until),
});
