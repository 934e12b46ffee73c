/** Moments and spans of time, as people read and write them. Moments are in UTC and may be pasted back. */
import { InvalidArgumentError } from 'commander';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `2026-11-25T20:05:19Z`, or `-` for none. */
export function moment(date: Date | null): string {
  return date === null ? '-' : date.toISOString().replace(/\.\d+Z$/, 'Z');
}

/** `234 ms`, `1.2 s`, `3 min`, `2 h 5 min`, `3 days`. */
export function span(ms: number): string {
  if (ms < SECOND) return `${Math.round(ms)} ms`;
  if (ms < 10 * SECOND) return `${(ms / SECOND).toFixed(1)} s`;
  if (ms < 2 * MINUTE) return `${Math.round(ms / SECOND)} s`;
  if (ms < 2 * HOUR) return `${Math.round(ms / MINUTE)} min`;
  if (ms < 2 * DAY) {
    const minutes = Math.round((ms % HOUR) / MINUTE);
    return `${Math.floor(ms / HOUR)} h${minutes > 0 ? ` ${minutes} min` : ''}`;
  }
  return `${Math.round(ms / DAY)} days`;
}

/** `2 min ago`, `in 10 s`. */
export function relative(date: Date, now: Date): string {
  const ms = date.getTime() - now.getTime();
  return ms > 0 ? `in ${span(ms)}` : `${span(-ms)} ago`;
}

const WITHOUT_ZONE = /T[\d:.]+$/;

/**
 * An ISO 8601 date or time from the command line; without a zone it is UTC, as Halo's own.
 *
 * @throws InvalidArgumentError for anything else, and for a moment that has not come yet.
 */
export function parseMoment(text: string): Date {
  const isDate = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/.test(text);
  const date = new Date(WITHOUT_ZONE.test(text) ? `${text}Z` : text);
  if (!isDate || Number.isNaN(date.getTime())) {
    throw new InvalidArgumentError('it is a date or a time, as 2026-11-25 or 2026-11-25T20:05:00Z');
  }
  if (date.getTime() > Date.now()) throw new InvalidArgumentError('it has not come yet');
  return date;
}
