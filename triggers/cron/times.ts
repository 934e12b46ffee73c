/**
 * When a cron trigger is due: the one reading that the schedules of Temporal are made from, and that people are shown.
 *
 * Where the clocks change, each time of the clock comes once: one that is left out comes at the moment of the change, one
 * that is there twice comes the first time. What repeats within the day (`*` or steps of it in its seconds, minutes or
 * hours) goes on evenly instead: it comes both times, and at the moment of the change only where the wait would else be
 * longer than usual.
 */
import { readCron } from '../catalogue/cronExpression.ts';
import type { CronReading } from '../catalogue/cronExpression.ts';
import type { CronParameters } from '../types.ts';
import { civilTimes, DAY } from './civil.ts';
import type { Civil } from './civil.ts';
import { clockChanges, lastChange, offsetAt } from './zone.ts';
import type { ClockChange } from './zone.ts';

/** The times that come after a moment, in their order; without jitter. They may be without an end. */
export function* cronTimes(
  { expression, everySeconds, timeZone }: CronParameters,
  after: Date,
): Generator<Date> {
  const from = Math.floor(after.getTime() / 1_000) + 1;
  const found =
    expression === null ? evenly(everySeconds ?? DAY, from) : read(readCron(expression), timeZone, from);
  for (const at of found) yield new Date(at * 1_000);
}

/** Intervals are counted from 1970, as Temporal does. */
function* evenly(every: number, from: number): Generator<number> {
  for (let at = Math.ceil(from / every) * every; ; at += every) yield at;
}

/** The same for an expression, in seconds since 1970 and from a moment on. */
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

/** The ends of the stretches without a change, from a moment on. Where nothing changes they are those of years. */
function* stretches(zone: string, from: number): Generator<ClockChange> {
  for (let year = new Date(from * 1_000).getUTCFullYear(); year < 10_000; year += 1) {
    yield* clockChanges(zone, year).filter(({ at }) => at > from);
    const at = Date.UTC(year + 1, 0, 1) / 1_000;
    const offset = offsetAt(zone, at);
    yield { at, before: offset, after: offset };
  }
}

/** Whether something comes at the very moment of a change that is due at another time of the clock. */
function isDueAtChange({ repeats }: CronReading, civil: Civil, { at, before, after }: ClockChange): boolean {
  const wait = (offset: number): number => (civil.next(at + offset) ?? Infinity) - (at + offset);
  const expected = wait(before);
  if (expected >= Math.abs(after - before)) return false;
  if (!repeats) return after > before;
  const isOnDay = after > before || civil.isDay(Math.floor((at + after) / DAY));
  return isOnDay && wait(after) > expected;
}
