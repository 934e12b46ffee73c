/** What a variable may be called and may hold. */

const VARIABLE_TYPES = ['text', 'number', 'boolean', 'json', 'secret'] as const;
export type VariableType = (typeof VARIABLE_TYPES)[number];
export const variableTypes: readonly [VariableType, ...VariableType[]] = VARIABLE_TYPES;

export const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_-]{0,63}$/;
export const NAME_RULE = 'it is 1 to 64 letters, digits, "_" and "-", and begins with a letter or "_"';

/** Shorter secrets cannot be blanked out in replies without blanking out other things. */
const SHORTEST_SECRET = 4;
const LONGEST_SECRET = 8_192;
/** Of a value as JSON, in characters. */
const LARGEST = 64 * 1024;
const DEEPEST = 30;
/** As in the configuration file. */
const MOST_VALUES = 5_000;

/** The type of a value of which nobody says it. */
export function typeOf(value: unknown): Exclude<VariableType, 'secret'> {
  if (typeof value === 'string') return 'text';
  return typeof value === 'number' || typeof value === 'boolean' ? (typeof value as 'number') : 'json';
}

/** Why the value cannot be one of this type, in words that do not repeat it; null when it can. */
export function misfitOf(type: VariableType, value: unknown): string | null {
  if (type === 'secret') return misfitOfSecret(value);
  const wanted = { text: 'string', number: 'number', boolean: 'boolean', json: null }[type];
  if (wanted !== null && typeof value !== wanted) {
    return `a variable of type ${type} holds ${wanted === 'boolean' ? 'true or false' : `a ${type}`}; say another type if another one is meant`;
  }
  const broken = broke(value, 0);
  if (broken !== null) return broken;
  if (countOf(value) > MOST_VALUES)
    return `it has more than ${MOST_VALUES} values: keep large data elsewhere`;
  return JSON.stringify(value).length > LARGEST
    ? `it is larger than ${LARGEST / 1024} KB: keep large data elsewhere`
    : null;
}

function misfitOfSecret(value: unknown): string | null {
  if (typeof value !== 'string') return 'a secret is a text';
  if (value.length < SHORTEST_SECRET || value.length > LONGEST_SECRET) {
    return `a secret has ${SHORTEST_SECRET} to ${LONGEST_SECRET} characters`;
  }
  return broke(value, 0);
}

/** Of a value, itself included. */
function countOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce<number>((sum, inner) => sum + countOf(inner), 1);
}

/** What keeps a value out of JSON or out of Postgres. */
function broke(value: unknown, depth: number): string | null {
  if (depth > DEEPEST) return `it is nested more than ${DEEPEST} deep`;
  if (typeof value === 'string') {
    return /[\0\p{Surrogate}]/u.test(value)
      ? 'it holds U+0000 or half a character, which cannot be stored'
      : null;
  }
  if (typeof value === 'number') return Number.isFinite(value) ? null : 'a number has to be finite';
  if (typeof value === 'boolean' || value === null) return null;
  if (typeof value !== 'object') return 'it is not JSON';
  for (const [key, inner] of Object.entries(value)) {
    const found = broke(key, depth) ?? broke(inner, depth + 1);
    if (found !== null) return found;
  }
  return null;
}
