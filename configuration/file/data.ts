/** Values of any shape: criteria and variables. */
import { isMap, isScalar, isSeq } from 'yaml';
import type { Scalar } from 'yaml';
import { childrenOf, itemOf, kindOf, substituted } from './readers.ts';
import type { Reader } from './readers.ts';
import type { Scope, Spot } from './scope.ts';

/** Aliases can make a short file endless. */
const MAXIMUM_DEPTH = 30;
const MAXIMUM_VALUES = 5_000;

/** Anything that JSON has, with `${NAME}` put in. */
export const data: Reader<unknown> = {
  blank: null,
  read: (spot, scope) => readData({ spot, scope, depth: 0, count: { values: 0 } }),
};

interface Place {
  readonly spot: Spot;
  readonly scope: Scope;
  readonly depth: number;
  readonly count: { values: number };
}

function readData({ spot, scope, depth, count }: Place): unknown {
  const { node } = spot;
  count.values += 1;
  if (count.values > MAXIMUM_VALUES || depth > MAXIMUM_DEPTH) {
    // Said once, and not for every value beyond.
    if (count.values <= MAXIMUM_VALUES + 1) {
      scope.report(spot, `more than ${MAXIMUM_VALUES} values, or nested over ${MAXIMUM_DEPTH} deep`);
    }
    count.values = MAXIMUM_VALUES + 1;
    return null;
  }
  const below = (child: Spot): unknown => readData({ spot: child, scope, depth: depth + 1, count });
  if (node === null) return null;
  if (isMap(node)) {
    const children = childrenOf(spot, scope) ?? new Map<string, Spot>();
    return Object.fromEntries([...children].map(([key, child]) => [checked(key, spot, scope), below(child)]));
  }
  if (isSeq(node)) return node.items.map((item, index) => below(itemOf(spot, { item, index }, scope)));
  const loss = isScalar(node) ? lossOf(node) : null;
  if (loss !== null) {
    scope.reportUnread(spot, loss);
    // A value all the same, so that no check complains that it is missing.
    return (node as Scalar).value;
  }
  return isScalar(node) ? readScalar(node.value, spot, scope) : null;
}

/**
 * What a number would lose of its text, or null: digits of a long id such as 12345678901234567890, zeros of a postcode or
 * version such as 00501 and 1.10, or an id that looks like a number, such as 1e3.
 */
function lossOf({ value, source = '' }: Scalar): string | null {
  if (typeof value !== 'number' || !Number.isFinite(value)) return null;
  if (/^[-+]?\d+$/.test(source) && !Number.isSafeInteger(value)) {
    return `${source} has more digits than a number can hold: put it in quotes`;
  }
  if (value === 0 && source === '-0') return null;
  const spellings = [String(value === 0 ? 0 : value), value.toExponential()];
  if (spellings.includes(source)) return null;
  const kept = Number.isInteger(value) && !Number.isSafeInteger(value) ? spellings[1] : spellings[0];
  return `${source} would become ${kept}: put it in quotes to keep it as it is, or write ${kept}`;
}

function readScalar(value: unknown, spot: Spot, scope: Scope): unknown {
  if (typeof value === 'string') return checked(substituted(value, spot, scope)?.value ?? '', spot, scope);
  // Postgres has no -0: every apply would find a change.
  if (value === 0) return 0;
  if (typeof value === 'boolean' || Number.isFinite(value)) return value;
  scope.reportUnread(
    spot,
    `expected text, a number, true or false, found ${kindOf(spot)} that JSON does not have`,
  );
  return 0;
}

/** Postgres takes neither U+0000 nor halves of a character. */
function checked(text: string, spot: Spot, scope: Scope): string {
  if (!/[\0\p{Surrogate}]/u.test(text)) return text;
  scope.reportUnread(spot, 'the text holds U+0000 or half a character, which cannot be stored');
  return '';
}
