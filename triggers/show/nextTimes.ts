import { CronExpressionParser } from 'cron-parser';
import type { CronParameters } from '../types.ts';

/** The next times at which a cron trigger fires, without jitter. */
export function nextTimes(
  { expression, everySeconds, timeZone }: CronParameters,
  now: Date,
  count = 3,
): Date[] {
  if (expression !== null) {
    const parsed = CronExpressionParser.parse(expression.trim(), { tz: timeZone, currentDate: now });
    return parsed.take(count).map((date) => date.toDate());
  }
  const everyMs = (everySeconds ?? 0) * 1_000;
  // Intervals are counted from 1970, as Temporal does.
  const first = Math.floor(now.getTime() / everyMs + 1) * everyMs;
  return Array.from({ length: count }, (_, index) => new Date(first + index * everyMs));
}
