/** Moments and spans of time, as people read and write them. */
import { InvalidArgumentError } from 'commander';
import { span } from '../moments.ts';

export { moment, span } from '../moments.ts';

/** `2 min ago`, `in 10 s`. */
export function relative(date: Date, now: Date): string {
  const ms = date.getTime() - now.getTime();
  return ms > 0 ? `in ${span(ms)}` : `${span(-ms)} ago`;
}

const WITHOUT_ZONE = /T[\d:.]+$/;

/**
 * An ISO 8601 date or time from the command line; without a zone it is UTC, as Halo's own.
 *
 * @throws InvalidArgumentError for anything else.
 */
export function parseMoment(text: string): Date {
  const isDate = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/.test(text);
  const date = new Date(WITHOUT_ZONE.test(text) ? `${text}Z` : text);
  if (!isDate || Number.isNaN(date.getTime())) {
    throw new InvalidArgumentError('it is a date or a time, as 2026-11-25 or 2026-11-25T20:05:00Z');
  }
  return date;
}

/**
 * The same, for what looks back from now.
 *
 * @throws InvalidArgumentError also for a moment that has not come yet.
 */
export function parsePast(text: string): Date {
  const date = parseMoment(text);
  if (date.getTime() > Date.now()) throw new InvalidArgumentError('it has not come yet');
  return date;
}
