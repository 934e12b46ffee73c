/** Cron expressions: checked, and as calendars that Temporal's schedules take. */
import { CronExpressionParser } from 'cron-parser';

/** The times when every field matches; fields that are left out match as Temporal says: seconds, minutes, hours at 0. */
export interface CronCalendar {
  readonly second: readonly number[];
  readonly minute: readonly number[];
  readonly hour: readonly number[];
  readonly dayOfMonth: readonly number[];
  /** 1 is January. */
  readonly month: readonly number[];
  /** 0 is Sunday. */
  readonly dayOfWeek: readonly number[];
}

const MACROS = ['@hourly', '@daily', '@weekly', '@monthly', '@yearly', '@annually'];

/** What is wrong with an expression, in words; null for a good one. */
export function cronProblem(expression: string): string | null {
  try {
    cronCalendars(expression);
    return null;
  } catch (error) {
    return `"${expression}" is not a cron expression: ${(error as Error).message}`;
  }
}

/**
 * The calendars that together are the expression: two where both days are given, either of which may match, as cron
 * has it and Temporal's own reading of expressions has not.
 *
 * @throws Error with the reason when it is none.
 */
export function cronCalendars(expression: string): readonly CronCalendar[] {
  const text = expression.trim();
  checkForm(text);
  const { fields } = CronExpressionParser.parse(text);
  const plain = ({ values }: { readonly values: readonly (number | string)[] }): number[] =>
    values.map((value) => {
      if (typeof value === 'string') throw new Error(`"${value}" is not supported: name the days`);
      return value;
    });
  const calendar = {
    second: plain(fields.second),
    minute: plain(fields.minute),
    hour: plain(fields.hour),
    dayOfMonth: plain(fields.dayOfMonth),
    month: plain(fields.month),
    // Sunday is 0 and 7 in cron.
    dayOfWeek: [...new Set(plain(fields.dayOfWeek).map((day) => day % 7))],
  };
  if (fields.dayOfMonth.isWildcard || fields.dayOfWeek.isWildcard) return [calendar];
  return [
    { ...calendar, dayOfWeek: [0, 1, 2, 3, 4, 5, 6] },
    { ...calendar, dayOfMonth: Array.from({ length: 31 }, (_, day) => day + 1) },
  ];
}

/** The parser fills missing fields in and takes more than this, which would only run at times that nobody meant. */
function checkForm(text: string): void {
  if (text.startsWith('@')) {
    if (MACROS.includes(text)) return;
    throw new Error(`write five fields, or one of ${MACROS.join(', ')}`);
  }
  const count = text === '' ? 0 : text.split(/\s+/).length;
  if (count !== 5 && count !== 6) {
    throw new Error(
      `it has ${count} ${count === 1 ? 'field' : 'fields'}; write minute, hour, day of month, month, day of week (seconds may stand in front)`,
    );
  }
  const special = /[HhL#W]/.exec(text.replaceAll(/thu|mar|[a-z]{3}/gi, ''));
  if (special) throw new Error(`"${special[0]}" is not supported: name minutes, hours and days`);
}

/** The name of a time zone in the spelling that Temporal takes, which heeds case; null for one that there is not. */
export function timeZoneNamed(name: string): string | null {
  // Offsets, which newer versions of Node take for zones.
  if (/^[+-]/.test(name)) return null;
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
    // Node has one name for Asia/Kolkata and Asia/Calcutta; what somebody has written stays where it can.
    const isSpelt = /^[A-Z]/.test(name) && timeZone.toLowerCase() !== name.toLowerCase();
    return isSpelt ? name : timeZone;
  } catch {
    return null;
  }
}
