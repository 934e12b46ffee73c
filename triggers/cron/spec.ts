/**
 * Turns the interpretation of triggers/cron/times.ts into a specification for Temporal's schedules. Near a clock change
 * Temporal skips or repeats times, so the calendars leave out the hours around it, and the specification lists the times
 * in them one by one.
 */
import { DAYS_OF_WEEK, MONTHS } from '@temporalio/client';
import type { CalendarSpec, IntervalSpec, ScheduleSpec } from '@temporalio/client';
import { readCron } from '../catalogue/cronExpression.ts';
import type { CronCalendar, CronReading } from '../catalogue/cronExpression.ts';
import type { CronParameters } from '../types.ts';
import { civilTimes, DAY, HOUR } from './civil.ts';
import { without } from './without.ts';
import type { DatedCalendar } from './without.ts';
import { read } from './times.ts';
import { clockChanges, offsetAt } from './zone.ts';
import type { ClockChange } from './zone.ts';

/**
 * How far ahead clock changes are handled. The specification stays the same within a year, and is renewed in the next.
 */
const YEARS_AHEAD = 10;
/** The limit of listed times; the next clock change is handled whatever it takes. */
const MOST_NAMED = 600;

/** The specification of a trigger's schedule; of `now`, only the year matters. */
export function specOf(cron: CronParameters, now: Date): ScheduleSpec {
  const { expression, everySeconds, timeZone, jitterSeconds } = cron;
  const jitter = jitterSeconds > 0 ? { jitter: jitterSeconds * 1_000 } : {};
  if (expression === null) return { intervals: [{ every: (everySeconds ?? 0) * 1_000 }], ...jitter };
  const reading = readCron(expression);
  const year = now.getUTCFullYear();
  const changes = Array.from({ length: YEARS_AHEAD + 1 }, (_, index) =>
    clockChanges(timeZone, year + index),
  ).flat();
  const hourly = evenlyInUtc(reading, timeZone, changes);
  if (hourly) return { calendars: [calendarSpec(hourly)], timezone: 'UTC', ...jitter };
  const { named, hours } = around(reading, timeZone, changes);
  return {
    calendars: reading.calendars.flatMap((calendar) => without(calendar, hours)).map(calendarSpec),
    ...(named.length > 0 ? { intervals: named.map(once) } : {}),
    timezone: timeZone,
    ...jitter,
  };
}

/**
 * The calendar in UTC of an expression that is due in every hour of every day; null for any other, and if a clock changes
 * by a part of an hour that matters.
 */
function evenlyInUtc(
  { calendars: [calendar, ...more] }: CronReading,
  zone: string,
  changes: readonly ClockChange[],
): CronCalendar | null {
  if (!calendar || more.length > 0 || changes.length === 0) return null;
  const { hour, dayOfMonth, month, dayOfWeek, minute } = calendar;
  const isAlways =
    hour.length === 24 && dayOfMonth.length === 31 && month.length === 12 && dayOfWeek.length === 7;
  const minutesAt = (offset: number): readonly number[] =>
    minute.map((m) => (((m - offset / 60) % 60) + 60) % 60).toSorted((one, other) => one - other);
  const found = [offsetAt(zone, changes[0]!.at - 1), ...changes.map(({ after }) => after)].map(minutesAt);
  const isSame = found.every((minutes) => minutes.join() === found[0]!.join());
  return isAlways && isSame ? { ...calendar, minute: found[0]! } : null;
}

/** The local hours that the calendars leave out, as hours since 1970, and the times due in them. */
function around(
  reading: CronReading,
  zone: string,
  changes: readonly ClockChange[],
): { readonly named: readonly number[]; readonly hours: readonly number[] } {
  const civil = civilTimes(reading);
  const isWeekly = reading.calendars.some(({ dayOfWeek }) => dayOfWeek.length < 7);
  const named: number[] = [];
  const hours: number[] = [];
  for (const { at, before, after } of changes) {
    if (named.length > MOST_NAMED) break;
    const [low, high] = [at + Math.min(before, after), at + Math.max(before, after)];
    // Temporal is led astray from the hour before on, and takes a day without a midnight for the day before.
    const midnight = Math.ceil(low / DAY) * DAY;
    const isLost = isWeekly && after > before && midnight < high;
    const first = Math.floor(low / HOUR) - 1;
    const end = isLost ? (midnight + DAY) / HOUR : Math.ceil(high / HOUR) + 1;
    const isIn = (hour: number): boolean => hour >= first && hour < end;
    const next = civil.next(first * HOUR);
    const due = dueNear(reading, zone, { at, within: (end - first) * HOUR });
    if ((next === null || !isIn(Math.floor(next / HOUR))) && !due.includes(at)) continue;
    named.push(...due.filter((one) => isIn(Math.floor((one + offsetAt(zone, one)) / HOUR))));
    for (let hour = first; hour < end; hour += 1) hours.push(hour);
  }
  return { named, hours };
}

function dueNear(
  reading: CronReading,
  zone: string,
  { at, within }: { readonly at: number; readonly within: number },
): number[] {
  const found: number[] = [];
  for (const due of read(reading, zone, at - within - HOUR)) {
    if (due > at + within) break;
    found.push(due);
  }
  return found;
}

/** A single time as an interval: it is the second occurrence, and the third is decades away. */
function once(at: number): IntervalSpec {
  const every = Math.floor(at / 2) + 1;
  return { every: every * 1_000, offset: (at - every) * 1_000 };
}

function calendarSpec({
  year,
  second,
  minute,
  hour,
  dayOfMonth,
  month,
  dayOfWeek,
}: DatedCalendar): CalendarSpec {
  return {
    ...(year ? { year: year.map(([start, end]) => ({ start, end })) } : {}),
    second: [...second],
    minute: [...minute],
    hour: [...hour],
    dayOfMonth: [...dayOfMonth],
    month: month.map((number) => MONTHS[number - 1]!),
    dayOfWeek: dayOfWeek.map((number) => DAYS_OF_WEEK[number]!),
  };
}
