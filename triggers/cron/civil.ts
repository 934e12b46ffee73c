/** Local times without a zone, as seconds since 1970-01-01 00:00: what a cron expression describes. */
import type { CronReading } from '../catalogue/cronExpression.ts';

export const DAY = 86_400;
export const HOUR = 3_600;

/** Leap days are at most eight years apart; a year more does no harm. */
const FURTHEST_DAYS = 366 * 9;

export interface Civil {
  /** Whether anything is due on the day, counted from 1970-01-01. */
  isDay(day: number): boolean;
  /** The first due time at or after this one; null if there is none. */
  next(from: number): number | null;
}

/** The due times of an expression, ignoring time zones. */
export function civilTimes({ calendars }: CronReading): Civil {
  // They differ in their days only.
  const { hour = [], minute = [], second = [] } = calendars[0] ?? {};
  const ofDay = hour.flatMap((h) => minute.flatMap((m) => second.map((s) => h * HOUR + m * 60 + s)));
  const sets = calendars.map(({ dayOfMonth, month, dayOfWeek }) => ({
    dayOfMonth: new Set(dayOfMonth),
    month: new Set(month),
    dayOfWeek: new Set(dayOfWeek),
  }));
  const isDay = (day: number): boolean => {
    const date = new Date(day * DAY * 1_000);
    return sets.some(
      ({ dayOfMonth, month, dayOfWeek }) =>
        month.has(date.getUTCMonth() + 1) &&
        dayOfMonth.has(date.getUTCDate()) &&
        dayOfWeek.has(date.getUTCDay()),
    );
  };
  return {
    isDay,
    next(from) {
      const first = Math.floor(from / DAY);
      for (let day = first; day < first + FURTHEST_DAYS; day += 1) {
        if (!isDay(day)) continue;
        const found = day === first ? atOrAfter(ofDay, from - day * DAY) : ofDay[0];
        if (found !== undefined) return day * DAY + found;
      }
      return null;
    },
  };
}

/** The first of the sorted numbers that is not below `least`. */
function atOrAfter(numbers: readonly number[], least: number): number | undefined {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! < least) low = middle + 1;
    else high = middle;
  }
  return numbers[low];
}
