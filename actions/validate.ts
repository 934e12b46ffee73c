/** Checks what goes into a call and what comes out of it, and names every bad field. The only importer of zod. */
import { z } from 'zod';
import { SchemaError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { nameOf, recordSchema } from './schemas.ts';
import { expectation, quote } from './wording.ts';
import type { Action, JsonSchema, Need } from './types.ts';

type Path = readonly (string | number)[];
type Properties = Readonly<Record<string, JsonSchema>>;

/** One thing wrong with an input or an output. */
interface Problem {
  readonly path: string;
  readonly text: string;
  /** Set when something is missing; such problems are told first. */
  readonly missing?: boolean;
}

/**
 * Throws SchemaError when the input is not what the action takes: every unknown, missing or mistyped field is named.
 * `undefined` counts as an empty input.
 */
export function checkInput(action: Action, input: unknown): void {
  const schema = recordOf(action.input);
  const records: [Path, unknown][] =
    Array.isArray(input) && 'oneOf' in action.input
      ? input.map((record, index) => [[index], record])
      : [[[], input ?? {}]];
  const problems =
    records.length === 0
      ? [{ path: '', text: 'the array is empty' }]
      : records.flatMap(([path, record]) => recordProblems(action, schema, record, path));
  refuse(action.id, problems);
}

/**
 * Throws SchemaError when a result is not of the kind that the action answers: an object, or an array of objects, with
 * integer ids. Halo varies too much for more (integers as "21", null anywhere), and a run must not fail for that.
 */
export function checkOutput(action: Action, output: unknown): void {
  const schema = recordOf(action.output);
  const many = action.output.type === 'array' || ('oneOf' in action.output && Array.isArray(output));
  if (!many) return refuse(`${action.id} answered a bad result`, kindProblems(schema, output, []));
  if (!Array.isArray(output)) {
    return refuse(`${action.id} answered a bad result`, [
      { path: '', text: `must be an array, got ${quote(output)}` },
    ]);
  }
  refuse(
    `${action.id} answered a bad result`,
    output.flatMap((row, index) => kindProblems(schema, row, [index])),
  );
}

function refuse(what: string, problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const told = problems.slice(0, 20);
  const needs = told.filter((problem) => problem.missing).map((problem) => problem.text);
  const others = told.filter((problem) => !problem.missing).map((problem) => problem.text);
  const rest = problems.length > told.length ? [`${problems.length - told.length} more`] : [];
  const wrong = [...others, ...rest].join('; ');
  const message =
    needs.length === 0
      ? `${what}: ${wrong}`
      : `${what} needs ${needs.join(', ')}${wrong === '' ? '' : `; ${wrong}`}`;
  throw new SchemaError(message, { details: { fields: problems.map(({ path }) => path) } });
}

/** What a record is held against: its schema and the definitions that it refers to. */
function recordOf(schema: JsonSchema): { readonly record: JsonSchema; readonly definitions: Properties } {
  return { record: recordSchema(schema).record, definitions: (schema.definitions ?? {}) as Properties };
}

function resolveRef(schema: JsonSchema, definitions: Properties): JsonSchema {
  return typeof schema.$ref === 'string' ? (definitions[nameOf(schema.$ref)] ?? schema) : schema;
}

type RecordSchema = ReturnType<typeof recordOf>;

function recordProblems(
  action: Action,
  schema: RecordSchema,
  record: unknown,
  path: Path,
): readonly Problem[] {
  if (!isObject(record))
    return [problem(path, `${pathText(path)} must be an object, got ${quote(record)}`.trim())];
  const properties = (schema.record.properties ?? {}) as Properties;
  const given = Object.entries(record).filter(([, value]) => value !== undefined);
  const needs: readonly Need[] = [
    ...((schema.record.required ?? []) as readonly string[]),
    ...(action.needs ?? []),
    ...(isCreate(action, record) ? (action.createNeeds ?? []) : []),
  ];
  return [
    ...[...new Set(needs)].filter((need) => !isMet(need, record)).map((need) => missing(path, need)),
    ...given
      .filter(([name]) => !Object.hasOwn(properties, name))
      .map(([name]) => problem([...path, name], unknownProperty(action, name, Object.keys(properties)))),
    ...given.flatMap(([name, value]) =>
      Object.hasOwn(properties, name)
        ? valueProblems(schema, properties[name] as JsonSchema, value, [...path, name])
        : [],
    ),
    ...(action.effect === 'update' && typeof record.id === 'number' && record.id <= 0
      ? [problem([...path, 'id'], 'id must be above 0: Halo would create a record')]
      : []),
  ];
}

/** Halo creates when a record has no id, or one that is not above 0. */
function isCreate({ effect }: Action, { id }: Readonly<Record<string, unknown>>): boolean {
  return effect === 'create' || (effect === 'upsert' && (!id || (typeof id === 'number' && id <= 0)));
}

function isMet(need: Need, record: Readonly<Record<string, unknown>>): boolean {
  const names = typeof need === 'string' ? [need] : need;
  return names.some((name) => record[name] !== undefined && record[name] !== null && record[name] !== '');
}

function missing(path: Path, need: Need): Problem {
  const names = typeof need === 'string' ? [need] : need;
  const place = path.length === 0 ? '' : ` in ${pathText(path)}`;
  return { path: pathText([...path, names[0] ?? '']), text: names.join(' or ') + place, missing: true };
}

function unknownProperty(action: Action, name: string, known: readonly string[]): string {
  if (name === 'id' && action.effect === 'create') {
    return `"id" is refused: a create makes a new record, ${action.id.replace('.create', '.update')} changes one`;
  }
  const near = nearest(name, known);
  const written = JSON.stringify(name.length > 80 ? `${name.slice(0, 80)}…` : name);
  return `unknown property ${written}${near === undefined ? '' : ` (did you mean ${near}?)`}`;
}

function valueProblems(
  schema: RecordSchema,
  property: JsonSchema,
  value: unknown,
  path: Path,
): readonly Problem[] {
  const result = validatorOf(property, schema.definitions).safeParse(value);
  if (result.success) return [];
  return result.error.issues.flatMap(innermost).map((issue) => {
    const inside = issue.path as Path;
    const found = inside.reduce<unknown>(
      (part, key) => (part as Record<string | number, unknown>)[key],
      value,
    );
    const expected = inside.reduce((part, key) => descend(part, key, schema.definitions), property);
    const full = [...path, ...inside];
    return problem(
      full,
      `${pathText(full)} must be ${expectation(expected)}, got ${quote(found, full.at(-1))}`,
    );
  });
}

/** Zod says only "Invalid input" of a union; the branch that fails deepest is the one that was meant. */
function innermost(issue: z.core.$ZodIssue): readonly z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const deep = issue.errors.find((branch) => branch.some((inner) => inner.path.length > 0));
  if (deep === undefined) return [issue];
  return deep.flatMap((inner) => innermost({ ...inner, path: [...issue.path, ...inner.path] }));
}

function descend(schema: JsonSchema, key: string | number, definitions: Properties): JsonSchema {
  const branches = [schema, ...((schema.anyOf ?? []) as readonly JsonSchema[])].map((branch) =>
    resolveRef(branch, definitions),
  );
  const found = branches
    .map((branch) =>
      typeof key === 'number' ? branch.items : (branch.properties as Properties | undefined)?.[key],
    )
    .find((candidate) => candidate !== undefined);
  return resolveRef((found ?? {}) as JsonSchema, definitions);
}

const validators = new Map<string, z.ZodType>();

/**
 * Made per property and when first needed: a ticket has 900 properties, whose common validator costs 80 ms
 * (compiled: 280 ms) at the first call, while an input names a handful.
 */
function validatorOf(property: JsonSchema, definitions: Properties): z.ZodType {
  const { description: _, ...rest } = property;
  const key = JSON.stringify(rest);
  const known = validators.get(key);
  if (known !== undefined) return known;
  const made = z.fromJSONSchema(forZod(rest, definitions) as never, { defaultTarget: 'openapi-3.0' });
  validators.set(key, made);
  return made;
}

/** Spells `["integer", "null"]` as `nullable`, other type lists as `anyOf`, and puts definitions in place. */
function forZod(part: unknown, definitions: Properties): unknown {
  if (Array.isArray(part)) return part.map((element) => forZod(element, definitions));
  if (!isObject(part)) return part;
  if (typeof part.$ref === 'string') return forZod(resolveRef(part, definitions), definitions);
  const { type, ...rest } = Object.fromEntries(
    Object.entries(part).map(([key, value]) => [key, forZod(value, definitions)]),
  );
  if (!Array.isArray(type)) return type === undefined ? rest : { type, ...rest };
  const types = type.filter((name) => name !== 'null');
  const nullable = types.length < type.length ? { nullable: true } : {};
  return types.length === 1
    ? { type: types[0] as unknown, ...nullable, ...rest }
    : { anyOf: types.map((name) => ({ type: name as unknown, ...nullable })) };
}

function kindProblems({ record }: RecordSchema, value: unknown, path: Path): readonly Problem[] {
  if (record.type !== 'object') return [];
  if (!isObject(value))
    return [problem(path, `${pathText(path)} must be an object, got ${quote(value)}`.trim())];
  const properties = (record.properties ?? {}) as Properties;
  const required = (record.required ?? []) as readonly string[];
  const idIsBad = 'id' in properties && value.id !== undefined && !isId(value.id);
  return [
    ...(idIsBad
      ? [problem([...path, 'id'], `${pathText([...path, 'id'])} must be an integer, got ${quote(value.id)}`)]
      : []),
    ...required
      .filter((name) => value[name] === undefined)
      .map((name) => problem([...path, name], `no ${name}`)),
  ];
}

/** Halo writes ids as 21, "21" and 21.0. */
function isId(value: unknown): boolean {
  return Number.isInteger(value) || (typeof value === 'string' && /^-?\d+(\.0+)?$/.test(value));
}

function problem(path: Path, text: string): Problem {
  return { path: pathText(path), text };
}

function pathText(path: Path): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`))
    .join('')
    .replace(/^\./, '');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
