/** Values as the configuration file spells them. */
import { isDeepStrictEqual } from 'node:util';
import { Scalar } from 'yaml';

export type Values = Readonly<Record<string, unknown>>;

/** A section of the file: the values of each row below its id. */
export function keyed<Row>(
  rows: readonly Row[],
  idOf: (row: Row) => string,
  valuesOf: (row: Row) => Values,
): Readonly<Record<string, Values>> {
  return Object.fromEntries(rows.map((row) => [idOf(row), valuesOf(row)]));
}

/** Without what the file need not say: its defaults, and null, which is the default of everything else. */
export function given(values: object, defaults: Values): Values {
  return Object.fromEntries(
    Object.entries(values).filter(([key, value]) => !isDeepStrictEqual(value, defaults[key] ?? null)),
  );
}

/** `${` in a stored text is itself and no reference; a whole number that is too large for its digits is no id. */
export function literal<T>(value: T): T;
export function literal(value: unknown): unknown {
  if (typeof value === 'string') return literalText(value);
  if (Array.isArray(value)) return value.map(literal);
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    return Object.assign(new Scalar(value), { format: 'EXP' });
  }
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, literal(inner)]));
}

/** Lines that begin or end with blanks lose some as a YAML block: they are quoted. */
function literalText(text: string): string | Scalar {
  const escaped = text.replaceAll('${', () => '$${');
  if (!escaped.includes('\n') || /^\S(.*\S)?\n?$/s.test(escaped)) return escaped;
  return Object.assign(new Scalar(escaped), { type: Scalar.QUOTE_DOUBLE });
}

export const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Scalar);
