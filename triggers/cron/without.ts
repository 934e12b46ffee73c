/** Removes certain hours of certain days from a calendar, which gives several calendars. */
import type { CronCalendar } from '../catalogue/cronExpression.ts';
import { HOUR } from './civil.ts';

/** `year` has ranges from and to; missing, it means every year. */
export type DatedCalendar = CronCalendar & { readonly year?: readonly (readonly [number, number])[] };

/** The years that Temporal's calendars support. */
const [FIRST_YEAR, LAST_YEAR] = [2000, 2100];

/** The calendar without these hours; `hours` are local, counted from 1970-01-01 00:00. */
export function without(calendar: CronCalendar, hours: readonly number[]): DatedCalendar[] {
  if (hours.length === 0) return [calendar];
  const dates = new Map<string, { year: number; month: number; day: number; hours: Set<number> }>();
  for (const hour of hours) {
    const date = new Date(hour * HOUR * 1_000);
    const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
    const key = `${year}-${month}-${day}`;
    const known = dates.get(key) ?? { year, month, day, hours: new Set<number>() };
    known.hours.add(date.getUTCHours());
    dates.set(key, known);
  }
  const all = [...dates.values()];
  const years = [...new Set(all.map(({ year }) => year))].toSorted((one, other) => one - other);
  const found: DatedCalendar[] = [{ ...calendar, year: yearsBut(years) }];
  for (const year of years) {
    const only = { year: [[year, year]] as const };
    const ofYear = all.filter((date) => date.year === year);
    const months = new Set(ofYear.map(({ month }) => month));
    found.push({ ...calendar, ...only, month: calendar.month.filter((month) => !months.has(month)) });
    for (const month of months) {
      if (!calendar.month.includes(month)) continue;
      const ofMonth = ofYear.filter((date) => date.month === month);
      const days = new Set(ofMonth.map(({ day }) => day));
      const dayOfMonth = calendar.dayOfMonth.filter((day) => !days.has(day));
      found.push({ ...calendar, ...only, month: [month], dayOfMonth });
      for (const { day, hours: out } of ofMonth) {
        if (!calendar.dayOfMonth.includes(day)) continue;
        const hour = calendar.hour.filter((each) => !out.has(each));
        found.push({ ...calendar, ...only, month: [month], dayOfMonth: [day], hour });
      }
    }
  }
  return found.filter(
    ({ year, month, dayOfMonth, hour }) =>
      year?.length !== 0 && month.length > 0 && dayOfMonth.length > 0 && hour.length > 0,
  );
}

function yearsBut(years: readonly number[]): (readonly [number, number])[] {
  const edges = [FIRST_YEAR - 1, ...years, LAST_YEAR + 1];
  return edges
    .slice(1)
    .map((year, index) => [edges[index]! + 1, year - 1] as const)
    .filter(([start, end]) => start <= end);
}
