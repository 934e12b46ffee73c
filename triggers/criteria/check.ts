/** Whether criteria can be evaluated, and can ever hold: their shape, and their predicates against the event's schema. */
import type { JsonSchema } from '../../actions/types.ts';
import { nearest } from '../../nearest.ts';
import { fieldAt } from './fields.ts';
import { operators } from './operators.ts';
import { checkOperand, checkText } from './operands.ts';
import type { CriteriaProblem, Place } from './problems.ts';

export type { CriteriaProblem } from './problems.ts';

const MAXIMUM_DEPTH = 20;
const MAXIMUM_PARTS = 200;
const MAXIMUM_FIELD = 300;

const GROUPS = ['all', 'any', 'not'] as const;
const SHAPE =
  'one of { all: [...] }, { any: [...] }, { not: {...} } or { field: <path>, <operator>: <value> }';

/** What is wrong with criteria for events of this schema, all of it; nothing when they may be evaluated. */
export function checkCriteria(criteria: unknown, eventSchema: JsonSchema): CriteriaProblem[] {
  const problems: CriteriaProblem[] = [];
  let parts = 0;
  const check = (part: unknown, place: Place): void => {
    parts += 1;
    if (parts === MAXIMUM_PARTS + 1) {
      problems.push({ path: [], message: `more than ${MAXIMUM_PARTS} conditions: write several triggers` });
    }
    if (parts > MAXIMUM_PARTS) return;
    if (place.filter((step) => typeof step === 'string').length > MAXIMUM_DEPTH) {
      problems.push({ path: place, message: `nested more than ${MAXIMUM_DEPTH} deep` });
      return;
    }
    if (!isRecord(part)) {
      problems.push({ path: place, message: `${described(part)} is no condition: it has to be ${SHAPE}` });
      return;
    }
    const group = GROUPS.find((name) => Object.hasOwn(part, name));
    if (!group) {
      problems.push(...checkPredicate(part, place, eventSchema));
      return;
    }
    problems.push(...checkAlone(part, group, place));
    if (group === 'not') {
      check(part.not, [...place, 'not']);
      return;
    }
    const members: unknown = part[group];
    if (!Array.isArray(members) || members.length === 0) {
      const message = `"${group}" has to be a list of at least one condition`;
      problems.push({ path: [...place, group], message });
      return;
    }
    for (const [index, member] of members.entries()) check(member, [...place, group, index]);
  };
  check(criteria, []);
  return problems;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function described(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}

function checkAlone(part: Readonly<Record<string, unknown>>, group: string, place: Place): CriteriaProblem[] {
  return Object.keys(part)
    .filter((name) => name !== group)
    .map((name) => ({
      path: [...place, name],
      message: `"${name}" cannot stand beside "${group}": put each into a condition of its own, in a list under "all" or "any"`,
    }));
}

function checkPredicate(
  predicate: Readonly<Record<string, unknown>>,
  place: Place,
  eventSchema: JsonSchema,
): CriteriaProblem[] {
  const { field: path, ignoreCase, ...operands } = predicate;
  const names = Object.keys(operands);
  const problems = names.flatMap((name) => checkName(name, [...place, name]));
  if (path === undefined) {
    // A misspelt `all` or `field` is named above.
    return problems.length > 0 ? problems : [{ path: place, message: `no "field": a condition is ${SHAPE}` }];
  }
  if (names.length === 0) {
    problems.push({ path: place, message: 'no operator: say what of the field, such as "exists: true"' });
  }
  problems.push(...checkIgnoreCase(ignoreCase, names, [...place, 'ignoreCase']));
  if (typeof path !== 'string') {
    return [
      ...problems,
      { path: [...place, 'field'], message: '"field" has to be a dot path, such as ticket.summary' },
    ];
  }
  const broken = checkPath(path);
  if (broken !== null) return [...problems, { path: [...place, 'field'], message: broken }];
  const field = fieldAt(eventSchema, path);
  if ('missing' in field) {
    const where = field.known === '' ? 'the event' : field.known;
    const remedy =
      field.meant === undefined ? ` It has: ${shortList(field.names)}.` : ` Did you mean "${field.meant}"?`;
    const message = `${where} has no field "${field.missing}".${field.names.length > 0 ? remedy : ''}`;
    return [...problems, { path: [...place, 'field'], message }];
  }
  const known = names.filter((name) => Object.hasOwn(operators, name));
  return [
    ...problems,
    ...known.flatMap((name) =>
      checkOperand({
        path,
        field,
        name,
        operand: operands[name],
        ignoreCase: ignoreCase === true,
        place: [...place, name],
      }),
    ),
  ];
}

function checkName(name: string, place: Place): CriteriaProblem[] {
  if (Object.hasOwn(operators, name)) return [];
  const candidates = [...Object.keys(operators), 'field', 'ignoreCase', ...GROUPS];
  const meant = SYNONYMS.get(name.toLowerCase().replaceAll(/[^a-z<>=!~]/g, '')) ?? nearest(name, candidates);
  const remedy =
    meant === undefined
      ? ` The operators are ${Object.keys(operators).join(', ')}.`
      : ` Did you mean "${meant}"?`;
  return [{ path: place, message: `unknown operator "${name}".${remedy}` }];
}

/** What other products call them. */
const SYNONYMS: ReadonlyMap<string, string> = new Map([
  ['is', 'equals'],
  ['eq', 'equals'],
  ['equal', 'equals'],
  ['==', 'equals'],
  ['=', 'equals'],
  ['ne', 'notEquals'],
  ['!=', 'notEquals'],
  ['isnot', 'notEquals'],
  ['oneof', 'in'],
  ['includes', 'contains'],
  ['regex', 'matches'],
  ['pattern', 'matches'],
  ['like', 'contains'],
  ['>', 'greater'],
  ['gt', 'greater'],
  ['greaterthan', 'greater'],
  ['<', 'less'],
  ['lt', 'less'],
  ['lessthan', 'less'],
  ['doesnotexist', 'exists: false'],
  ['notexists', 'exists: false'],
  ['and', 'all'],
  ['or', 'any'],
  ['path', 'field'],
  ['key', 'field'],
]);

function checkIgnoreCase(ignoreCase: unknown, names: readonly string[], place: Place): CriteriaProblem[] {
  if (ignoreCase === undefined) return [];
  if (typeof ignoreCase !== 'boolean')
    return [{ path: place, message: '"ignoreCase" has to be true or false' }];
  const folding = names.filter((name) => !Object.hasOwn(operators, name) || operators[name]?.folds === true);
  if (folding.length > 0 || names.length === 0) return [];
  return [{ path: place, message: `"ignoreCase" means nothing to ${names.join(', ')}: leave it out` }];
}

function checkPath(path: string): string | null {
  if (path.length > MAXIMUM_FIELD) return `a path of over ${MAXIMUM_FIELD} characters`;
  if (path === '' || path.split('.').some((segment) => segment.trim() !== segment || segment === '')) {
    return `"${path}" is no dot path: write names joined by single dots, such as ticket.summary`;
  }
  return checkText(path);
}

function shortList(names: readonly string[]): string {
  const all = [...new Set(names)];
  return all.length > 12 ? `${all.slice(0, 12).join(', ')}, …` : all.join(', ');
}
