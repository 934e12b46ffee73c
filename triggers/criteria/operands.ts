/** Whether what an operator compares with is of its kind, and fits the field's type. */
import { nearest } from '../../nearest.ts';
import { storable } from '../../store/text.ts';
import type { Field, FieldType } from './fields.ts';
import { compilePattern, operators } from './operators.ts';
import type { Operator } from './operators.ts';
import type { CriteriaProblem, Place } from './problems.ts';
import { areEqual, isScalar, numberOf, timeOf } from './values.ts';

const MAXIMUM_TEXT = 1_000;
const MAXIMUM_PATTERN = 500;
/** RE2's instructions: matching costs at most their number times the text's length. */
const MAXIMUM_PROGRAM = 1_000;
const MAXIMUM_LIST = 500;

export interface Operand {
  /** Of the field. */
  readonly path: string;
  readonly field: Field;
  /** Of the operator. */
  readonly name: string;
  readonly operand: unknown;
  readonly ignoreCase: boolean;
  readonly place: Place;
}

/** Problems of one operator of a predicate. */
export function checkOperand(given: Operand): CriteriaProblem[] {
  const operator = operators[given.name];
  if (!operator) return [];
  const { operand, place } = given;
  const wrongKind = checks[operator.operand](given);
  if (wrongKind !== null) return [{ path: place, message: wrongKind }];
  const members: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
  const misfits = members.map((member) => misfit(operator, member, given));
  return misfits.flatMap((message, index) =>
    message === null ? [] : [{ path: Array.isArray(operand) ? [...place, index] : place, message }],
  );
}

/** What keeps a string out of Postgres or out of reason; null for a fine one. */
export function checkText(text: string): string | null {
  if (text.length > MAXIMUM_TEXT) return `a text of over ${MAXIMUM_TEXT} characters`;
  return storable(text) === text ? null : 'the text has a character that cannot be stored';
}

/** By the kind of operand: what is wrong with it, whatever the field. */
const checks: Readonly<Record<Operator['operand'], (given: Operand) => string | null>> = {
  scalar: ({ operand }) => checkScalar(operand),
  scalars({ operand }) {
    if (!Array.isArray(operand) || operand.length === 0) return 'has to be a list of at least one value';
    if (operand.length > MAXIMUM_LIST) return `a list of more than ${MAXIMUM_LIST} values`;
    return operand.map(checkScalar).find((problem) => problem !== null) ?? null;
  },
  text: ({ operand }) => checkNonEmpty(operand),
  part: ({ operand }) => (typeof operand === 'string' ? checkNonEmpty(operand) : checkScalar(operand)),
  pattern({ operand, ignoreCase }) {
    const problem = checkNonEmpty(operand);
    if (problem !== null) return problem;
    const source = String(operand);
    if (source.length > MAXIMUM_PATTERN) return `a pattern of over ${MAXIMUM_PATTERN} characters`;
    return checkPattern(source, ignoreCase);
  },
  number: ({ operand }) =>
    typeof operand === 'number' && Number.isFinite(operand)
      ? null
      : `has to be a number${timeOf(operand) === undefined ? '' : '; dates have "before" and "after"'}`,
  date: ({ operand }) =>
    timeOf(operand) === undefined
      ? 'has to be an ISO 8601 date, such as "2026-01-31" or "2026-01-31T08:00:00Z" (UTC where it names no zone)'
      : null,
  boolean: ({ operand }) => (typeof operand === 'boolean' ? null : 'has to be true or false'),
};

function checkScalar(operand: unknown): string | null {
  if (operand === null) return 'null is never equal to anything: say "exists: false"';
  if (!isScalar(operand)) return 'has to be a text, a number, or true or false';
  return typeof operand === 'string' ? checkText(operand) : null;
}

function checkNonEmpty(operand: unknown): string | null {
  if (typeof operand !== 'string') return 'has to be a text';
  return operand === '' ? 'the empty text holds for everything' : checkText(operand);
}

function checkPattern(source: string, ignoreCase: boolean): string | null {
  try {
    const size = compilePattern(source, ignoreCase).programSize();
    return size > MAXIMUM_PROGRAM
      ? 'a pattern with so many repetitions costs too much: use smaller counts, or + and *'
      : null;
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : String(error);
    return `not a regular expression in RE2's syntax (no look-around, no back-references): ${why}`;
  }
}

const NAMES: Readonly<Record<FieldType, string>> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  object: 'an object',
  any: 'anything',
};

/** Why an operator with this operand could never hold on this field; null when it could. */
function misfit(operator: Operator, operand: unknown, { path, field, ignoreCase }: Operand): string | null {
  if (operator.operand === 'boolean' || field.types.has('any')) return null;
  const types = [...field.types];
  const is = `${path} is ${field.isList ? 'a list; each element is ' : ''}${types.map((type) => NAMES[type]).join(' or ')}`;
  if (types.every((type) => type === 'object')) return `${is}: name one of its fields, such as ${path}.id`;
  if (!fits(operator, operand, field)) return `${is}${advice(operator, operand, field)}`;
  if (field.choices === null || !['scalar', 'scalars'].includes(operator.operand)) return null;
  if (field.choices.some((choice) => areEqual(choice, operand, ignoreCase))) return null;
  const choices = field.choices.filter((choice) => choice !== null).map(String);
  const meant = nearest(String(operand), choices);
  return `${path} is never ${JSON.stringify(operand)}.${
    meant === undefined ? ` It is one of ${choices.slice(0, 20).join(', ')}.` : ` Did you mean "${meant}"?`
  }`;
}

function fits({ operand: kind }: Operator, operand: unknown, { types, isList }: Field): boolean {
  if (kind === 'number') return types.has('number');
  if (kind === 'scalar' || kind === 'scalars') return isOfType(operand, types);
  // A number or a truth value is contained in a list of them, not in a text.
  if (typeof operand !== 'string') return isList && isOfType(operand, types);
  return types.has('string');
}

function isOfType(operand: unknown, types: ReadonlySet<FieldType>): boolean {
  if (types.has(typeof operand as FieldType)) return true;
  if (typeof operand !== 'string') return false;
  return (
    (types.has('number') && numberOf(operand) !== undefined) ||
    (types.has('boolean') && ['true', 'false'].includes(operand))
  );
}

function advice(operator: Operator, operand: unknown, { types }: Field): string {
  if (types.has('number')) {
    if (operator.operand === 'date') return ': compare it with "greater" or "less"';
    if (['text', 'pattern', 'part'].includes(operator.operand))
      return ': compare it with "equals", "in", "greater" or "less"';
  }
  if (operator.operand === 'number' && types.has('string'))
    return ': "greater" and "less" compare numbers; dates have "before" and "after"';
  if (typeof operand === 'number' && types.has('string')) return `: write "${operand}" if the text is meant`;
  return `, never ${JSON.stringify(operand)}`;
}
