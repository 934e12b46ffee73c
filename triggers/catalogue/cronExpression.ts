/** Cron expressions: checked, and as calendars that Temporal's schedules take. */
import { CronExpressionParser } from 'cron-parser';

/**
 * The times when every field matches; fields that are left out match as Temporal says: seconds, minutes, hours at 0.
 */
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

/** A parsed expression. */
export interface CronReading {
  /** One, or two that differ in their days: a time is due if it is in one of them. */
  readonly calendars: readonly CronCalendar[];
  /** Whether it repeats within the day: an interval of seconds, minutes or hours rather than fixed times. */
  readonly repeats: boolean;
}

const MACROS: Readonly<Record<string, string>> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
};

/** What is wrong with an expression, in words; null for a good one. */
export function cronProblem(expression: string): string | null {
  try {
    readCron(expression);
    return null;
  } catch (error) {
    return `"${expression}" is not a cron expression: ${(error as Error).message}`;
  }
}

/**
 * Parses an expression as crontab does: if both days are given, either may match; if one of them begins with `*`, such as
 * `*`/2, both must match.
 *
 * @throws Error with the reason if it is invalid.
 */
export function readCron(expression: string): CronReading {
  const text = expression.trim();
  checkForm(text);
  const parts = (MACROS[text] ?? text).split(/\s+/);
  const [seconds = '', minutes = '', hours = '', dayOfMonth = '', , dayOfWeek = ''] =
    parts.length === 5 ? ['0', ...parts] : parts;
  const { fields } = parse(text, parts);
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
  const repeats =
    [seconds, minutes, hours].some(isStar) ||
    calendar.second.length === 60 ||
    calendar.minute.length === 60 ||
    calendar.hour.length === 24;
  if (isStar(dayOfMonth) || isStar(dayOfWeek)) return { calendars: [calendar], repeats };
  const either = [
    { ...calendar, dayOfWeek: [0, 1, 2, 3, 4, 5, 6] },
    { ...calendar, dayOfMonth: Array.from({ length: 31 }, (_, day) => day + 1) },
  ];
  return { calendars: either, repeats };
}

interface Field {
  readonly name: string;
  /** What it takes. */
  readonly values: string;
}

const SIXTY = 'the numbers 0 to 59';
const SECOND: Field = { name: 'second', values: SIXTY };
const FIELDS: readonly Field[] = [
  { name: 'minute', values: SIXTY },
  { name: 'hour', values: 'the numbers 0 to 23' },
  { name: 'day of month', values: 'the numbers 1 to 31' },
  { name: 'month', values: 'the numbers 1 to 12, or jan to dec' },
  { name: 'day of week', values: 'the numbers 0 to 7 (0 and 7 are Sunday), or sun to sat' },
];

/** @throws Error that names the field which the parser refuses, and what it takes. */
function parse(text: string, parts: readonly string[]): ReturnType<typeof CronExpressionParser.parse> {
  try {
    return CronExpressionParser.parse(text);
  } catch (cause) {
    const fields = parts.length === 6 ? [SECOND, ...FIELDS] : FIELDS;
    const at = parts.findIndex(
      (part, field) => !isTaken(fields.map((_, other) => (other === field ? part : '*'))),
    );
    const field = fields[at];
    if (!field) throw new Error('its days of the month are in none of its months', { cause });
    throw new Error(
      `the ${field.name} "${parts[at]}" is wrong; it takes ${field.values}, each once: alone, in a list (1,3), in a range ` +
        'from low to high (1-5), or with steps (*/2)',
      { cause },
    );
  }
}

function isTaken(parts: readonly string[]): boolean {
  try {
    CronExpressionParser.parse(parts.join(' '));
    return true;
  } catch {
    return false;
  }
}

const isStar = (field: string): boolean => /^[*?]/.test(field);

/** The parser fills missing fields in and takes more than this, which would only run at times that nobody meant. */
function checkForm(text: string): void {
  if (text.startsWith('@')) {
    if (MACROS[text] !== undefined) return;
    throw new Error(`write five fields, or one of ${Object.keys(MACROS).join(', ')}`);
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
