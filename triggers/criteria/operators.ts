/** The operators of criteria, as a table: what each compares with, on what, and how. */
import { RE2JS } from 're2js';
import { comparable } from '../../texts.ts';
import { areEqual, isEmptyDate, numberOf, textOf, timeOf } from './values.ts';

/** What `matches` reads of a text, in characters: the longest mail, and a bound on what an event can cost. */
const MATCHED_CHARACTERS = 262_144;

/** What an operator needs beside a value: the operand, and the predicate's `ignoreCase`. */
interface Comparison {
  readonly operand: unknown;
  readonly ignoreCase: boolean;
  /** Compiled once per predicate. */
  readonly pattern: () => RE2JS | null;
}

export interface Operator {
  /** What the operand has to be. */
  readonly operand: 'scalar' | 'scalars' | 'text' | 'part' | 'pattern' | 'number' | 'date' | 'boolean';
  /** Heeds `ignoreCase`. */
  readonly folds: boolean;
  /** Whether the values that a path reached pass: at least one of them, none null. */
  passes(values: readonly unknown[], comparison: Comparison): boolean;
}

/** Any value passes: what a path through an array means. */
const any =
  (test: (value: unknown, comparison: Comparison) => boolean): Operator['passes'] =>
  (values, comparison) =>
    values.some((value) => test(value, comparison));

/** No value passes: `notEquals` on a list would else hold for every list of two. */
const none =
  (test: (value: unknown, comparison: Comparison) => boolean): Operator['passes'] =>
  (values, comparison) =>
    values.every((value) => !test(value, comparison));

const equal = (value: unknown, { operand, ignoreCase }: Comparison): boolean =>
  areEqual(value, operand, ignoreCase);

const oneOf = (value: unknown, { operand, ignoreCase }: Comparison): boolean =>
  Array.isArray(operand) && operand.some((one) => areEqual(value, one, ignoreCase));

const text =
  (test: (text: string, operand: string) => boolean) =>
  (value: unknown, { operand, ignoreCase }: Comparison): boolean => {
    const whole = textOf(value, ignoreCase);
    const part = textOf(operand, ignoreCase);
    if (whole === undefined || part === undefined) return false;
    return test(whole, part) || test(comparable(whole), comparable(part));
  };

const number =
  (test: (value: number, operand: number) => boolean) =>
  (value: unknown, { operand }: Comparison): boolean => {
    const [left, right] = [numberOf(value), numberOf(operand)];
    return left !== undefined && right !== undefined && test(left, right);
  };

const date =
  (test: (value: number, operand: number) => boolean) =>
  (value: unknown, { operand }: Comparison): boolean => {
    const [left, right] = [timeOf(value), timeOf(operand)];
    return left !== undefined && right !== undefined && !isEmptyDate(value) && test(left, right);
  };

const includes = text((whole, part) => whole.includes(part));

export const operators: Readonly<Record<string, Operator>> = {
  equals: { operand: 'scalar', folds: true, passes: any(equal) },
  notEquals: { operand: 'scalar', folds: true, passes: none(equal) },
  in: { operand: 'scalars', folds: true, passes: any(oneOf) },
  notIn: { operand: 'scalars', folds: true, passes: none(oneOf) },
  contains: {
    operand: 'part',
    folds: true,
    passes: any((value, comparison) =>
      typeof comparison.operand === 'string' ? includes(value, comparison) : equal(value, comparison),
    ),
  },
  startsWith: { operand: 'text', folds: true, passes: any(text((whole, part) => whole.startsWith(part))) },
  endsWith: { operand: 'text', folds: true, passes: any(text((whole, part) => whole.endsWith(part))) },
  matches: {
    operand: 'pattern',
    folds: true,
    passes: any((value, { pattern }) => {
      if (typeof value !== 'string') return false;
      const text = value.slice(0, MATCHED_CHARACTERS);
      const plain = comparable(text);
      return (pattern()?.test(text) ?? false) || (plain !== text && (pattern()?.test(plain) ?? false));
    }),
  },
  greater: { operand: 'number', folds: false, passes: any(number((value, than) => value > than)) },
  less: { operand: 'number', folds: false, passes: any(number((value, than) => value < than)) },
  before: { operand: 'date', folds: false, passes: any(date((value, than) => value < than)) },
  after: { operand: 'date', folds: false, passes: any(date((value, than) => value > than)) },
  exists: {
    operand: 'boolean',
    folds: false,
    passes: (values, { operand }) => values.some((value) => !isEmptyDate(value)) === operand,
  },
};

/** A pattern in RE2's syntax, found anywhere in the text unless it says `^` or `$`. Throws where it does not compile. */
export function compilePattern(source: string, ignoreCase: boolean): RE2JS {
  return RE2JS.compile(comparable(source), ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
}
