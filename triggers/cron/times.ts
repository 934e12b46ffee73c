/**
 * When a cron trigger is due: the only interpretation of expressions, for Temporal's schedules and for people.
 *
 * When clocks change, each local time fires once: a skipped time fires at the moment of the change, a repeated time fires
 * the first time. An expression that repeats within the day (`*` or steps of it in seconds, minutes or hours) keeps its
 * rhythm instead: it fires both times, and at the moment of the change only if the wait would otherwise be longer than
 * usual.
 */
import { readCron } from '../catalogue/cronExpression.ts';
import type { CronReading } from '../catalogue/cronExpression.ts';
import type { CronParameters } from '../types.ts';
import { civilTimes, DAY } from './civil.ts';
import type { Civil } from './civil.ts';
import { clockChanges, lastChange, offsetAt } from './zone.ts';
import type { ClockChange } from './zone.ts';

/** The due times after a moment, in order and without jitter. The sequence may be endless. */
export function* cronTimes(
  { expression, everySeconds, timeZone }: CronParameters,
  after: Date,
): Generator<Date> {
  const from = Math.floor(after.getTime() / 1_000) + 1;
  const found =
    expression === null ? evenly(everySeconds ?? DAY, from) : read(readCron(expression), timeZone, from);
  for (const at of found) yield new Date(at * 1_000);
}

/** Due times of an interval, counted from 1970 as Temporal does. */
function* evenly(every: number, from: number): Generator<number> {
  for (let at = Math.ceil(from / every) * every; ; at += every) yield at;
}

/** The due times of an expression from a moment on, in seconds since 1970. */
export function* read(reading: CronReading, zone: string, from: number): Generator<number> {
  const civil = civilTimes(reading);
  let change = lastChange(zone, from);
  let last = from - 1;
  for (const until of stretches(zone, from)) {
    const start = Math.max(from, change?.at ?? from);
    if (change && change.at >= from && isDueAtChange(reading, civil, change)) yield (last = change.at);
    const offset = change?.after ?? offsetAt(zone, start);
    // Of a clock that was set back, what it has shown before.
    const shown = change && !reading.repeats ? change.at + change.before : -Infinity;
    for (let due = civil.next(Math.max(start + offset, shown)); ; due = civil.next(due + 1)) {
      if (due === null) return;
      const at = due - offset;
      if (at >= until.at) break;
      if (at > last) yield (last = at);
    }
    change = until;
  }
}

/** The ends of the periods without a clock change, from a moment on; without changes, the ends of years. */
function* stretches(zone: string, from: number): Generator<ClockChange> {
  for (let year = new Date(from * 1_000).getUTCFullYear(); year < 10_000; year += 1) {
    yield* clockChanges(zone, year).filter(({ at }) => at > from);
    const at = Date.UTC(year + 1, 0, 1) / 1_000;
    const offset = offsetAt(zone, at);
    yield { at, before: offset, after: offset };
  }
}

/** Whether a run is due at the moment of a clock change instead of at a skipped local time. */
function isDueAtChange({ repeats }: CronReading, civil: Civil, { at, before, after }: ClockChange): boolean {
  const wait = (offset: number): number => (civil.next(at + offset) ?? Infinity) - (at + offset);
  const expected = wait(before);
  if (expected >= Math.abs(after - before)) return false;
  if (!repeats) return after > before;
  const isOnDay = after > before || civil.isDay(Math.floor((at + after) / DAY));
  return isOnDay && wait(after) > expected;
}
