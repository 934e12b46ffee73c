/**
 * How values of events compare: with Halo's habits (halo/facts: ids as "21" or 21.0, dates without zone, empty dates).
 */

import { comparable } from '../../texts.ts';

/** What a predicate may compare with. */
export type Scalar = string | number | boolean;

export function isScalar(value: unknown): value is Scalar {
  return typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}

/** Numbers in strings, of a bounded length: numbers that JavaScript would round come as strings. */
const NUMERAL = /^-?\d{1,400}(\.\d{1,400})?$/;

/** A number, or a string that spells one: Halo answers ids as 21, 21.0 or "21". */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isNaN(value) ? undefined : value;
  return typeof value === 'string' && NUMERAL.test(value) ? Number(value) : undefined;
}

const fold = (text: string, ignoreCase: boolean): string => (ignoreCase ? text.toLowerCase() : text);

/** The same text, number or truth value; a number equals the string that spells it, `true` the string "true". */
export function areEqual(value: unknown, operand: unknown, ignoreCase: boolean): boolean {
  if (typeof value === 'string' && typeof operand === 'string') {
    const [left, right] = [fold(value, ignoreCase), fold(operand, ignoreCase)];
    return left === right || comparable(left) === comparable(right);
  }
  if (typeof value === 'boolean' || typeof operand === 'boolean') {
    return isScalar(value) && isScalar(operand) && String(value) === String(operand);
  }
  const number = numberOf(value);
  return number !== undefined && number === numberOf(operand);
}

/** A string as comparisons see it; undefined for anything else. */
export function textOf(value: unknown, ignoreCase: boolean): string | undefined {
  return typeof value === 'string' ? fold(value, ignoreCase) : undefined;
}

const DATE = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:?\d{2})?)?$/i;
/** What Halo answers for "no date". */
const EMPTY_DAYS: ReadonlySet<string> = new Set(['1899-12-30', '1901-01-01']);

/** Milliseconds of an ISO 8601 date or time, UTC where it names no zone; undefined for anything else. */
export function timeOf(value: unknown): number | undefined {
  const parts = typeof value === 'string' ? DATE.exec(value) : null;
  if (!parts) return undefined;
  const [, day = '', clock = '00:00', zone = 'Z'] = parts;
  // Date.parse takes the 30th of February for the 2nd of March.
  const midnight = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(midnight.getTime()) || !midnight.toISOString().startsWith(day)) return undefined;
  const colon = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase();
  const time = Date.parse(`${day}T${clock}${colon}`);
  return Number.isNaN(time) ? undefined : time;
}

/** Halo's way to say "no date": 1899-12-30 or 1901-01-01. */
export function isEmptyDate(value: unknown): boolean {
  return typeof value === 'string' && EMPTY_DAYS.has(value.slice(0, 10)) && timeOf(value) !== undefined;
}
