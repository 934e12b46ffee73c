/** Readers: each takes one value of the file and gives it back typed, or reports what is wrong and gives a blank. */
import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { Pair } from 'yaml';
import { didYouMean } from '../../nearest.ts';
import { isReference, substitute } from './environment.ts';
import { follow } from './scope.ts';
import type { Scope, Spot } from './scope.ts';

export interface Reader<T> {
  /** Stands for a value that could not be read; only ever seen beside a problem. */
  readonly blank: T;
  read(spot: Spot, scope: Scope): T;
}

export interface Field<T> {
  readonly reader: Reader<T>;
  /** Taken when the key is absent or empty; without it the key has to be there. */
  readonly otherwise?: { readonly value: T };
}

export type Fields<T> = { readonly [K in keyof T]-?: Field<T[K]> };

export function required<T>(reader: Reader<T>): Field<T> {
  return { reader };
}

export function optional<T>(reader: Reader<T>, value: T): Field<T> {
  return { reader, otherwise: { value } };
}

/** Text that says something, with `${NAME}` put in. */
export const text: Reader<string> = {
  blank: '',
  read(spot, scope) {
    const { node } = spot;
    if (isScalar(node) && typeof node.value === 'string') return readText(node.value, spot, scope);
    const quote = isScalar(node) ? '; put it in quotes' : '';
    scope.report(spot, `expected text, found ${kindOf(spot)}${quote}`);
    return '';
  },
};

/** The problem of a secret that does not stand in the environment. */
export const SECRET_IN_CLEAR =
  'a secret is not written in this file: put it in an environment variable and write ${NAME} here, nothing else';

/** A secret, which only ever stands in the environment. */
export const secret: Reader<string> = {
  blank: '',
  read(spot, scope) {
    const { node } = spot;
    if (isScalar(node) && typeof node.value === 'string' && isReference(node.value)) {
      return readText(node.value, spot, scope);
    }
    scope.report(spot, SECRET_IN_CLEAR);
    return '';
  },
};

export const flag: Reader<boolean> = {
  blank: false,
  read(spot, scope) {
    const value = scalarValue(spot, scope);
    if (value === true || value === 'true') return true;
    if (value === false || value === 'false') return false;
    if (value !== undefined) scope.report(spot, `expected true or false, found ${kindOf(spot)}`);
    return false;
  },
};

/** So much of what somebody wrote is repeated to them. */
const LONGEST_SHOWN = 100;

/** One of a few words. */
export function choice<T extends string>(known: readonly [T, ...T[]]): Reader<T> {
  return {
    blank: known[0],
    read(spot, scope) {
      const said = text.read(spot, scope);
      const found = known.find((word) => word === said);
      if (found !== undefined) return found;
      if (said !== '') scope.report(spot, notAmong(said, known, scope.hidden.has(spot.path)));
      return known[0];
    },
  };
}

function notAmong(said: string, known: readonly string[], isHidden: boolean): string {
  const shown = said.length > LONGEST_SHOWN ? `${said.slice(0, LONGEST_SHOWN)}…` : said;
  const found = isHidden ? 'the value from the environment is not that' : `found "${shown}"`;
  const hint = isHidden ? '' : didYouMean(said, known);
  return `expected one of ${known.join(', ')}; ${found}.${hint}`.replace(/\.$/, '');
}

/** A whole number in a range. */
export function whole(minimum: number, maximum: number): Reader<number> {
  return {
    blank: Number.NaN,
    read(spot, scope) {
      const value = scalarValue(spot, scope);
      if (value === undefined) return Number.NaN;
      const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
      if (typeof number === 'number' && Number.isInteger(number) && number >= minimum && number <= maximum) {
        return number;
      }
      const found = typeof value === 'number' ? String(value) : kindOf(spot);
      scope.report(spot, `expected a whole number from ${minimum} to ${maximum}, found ${found}`);
      return Number.NaN;
    },
  };
}

/** What a column of Postgres holds. */
export const LARGEST = 2_147_483_647;

/** A whole number from 1 up: Halo's ids and our limits. */
export const count: Reader<number> = whole(1, LARGEST);

export function list<T>(reader: Reader<T>): Reader<readonly T[]> {
  return {
    blank: [],
    read(spot, scope) {
      if (!isSeq(spot.node)) {
        scope.report(spot, `expected a list, such as [gold, managed], found ${kindOf(spot)}`);
        return [];
      }
      return spot.node.items.map((item, index) => {
        return reader.read(itemOf(spot, { item, index }, scope), scope);
      });
    },
  };
}

/** A mapping with the keys of `fields` and no others. */
export function record<T extends object>(fields: Fields<T>): Reader<T> {
  const entries = Object.entries<Field<unknown>>(fields);
  const build = (valueOf: (key: string, field: Field<unknown>) => unknown): T =>
    // Fields<T> has exactly the keys of T, each with a reader of its type.
    Object.fromEntries(entries.map(([key, field]) => [key, valueOf(key, field)])) as T;
  return {
    blank: build((_, { reader, otherwise }) => (otherwise ? otherwise.value : reader.blank)),
    read(spot, scope) {
      const children = childrenOf(spot, scope);
      for (const [key, child] of children ?? []) {
        if (Object.hasOwn(fields, key)) continue;
        const known = Object.keys(fields);
        const all = known.length > 0 ? `Known here: ${known.join(', ')}.` : 'There are none here.';
        const hint = didYouMean(key, known) || ` ${all}`;
        scope.report({ ...spot, offset: child.keyOffset }, `unknown key "${key}".${hint}`);
      }
      return build((key, { reader, otherwise }) => {
        const child = children?.get(key);
        if (child?.node) return reader.read(child, scope);
        if (otherwise) return otherwise.value;
        const said = child ? `"${key}" is empty` : `"${key}" is missing`;
        if (children) scope.report({ ...spot, offset: child?.keyOffset ?? spot.offset }, said);
        return reader.blank;
      });
    },
  };
}

/** A mapping from keys of the user's choice. */
export function keyed<T>(
  reader: Reader<T>,
  checkKey: (key: string) => string | null,
): Reader<ReadonlyMap<string, T>> {
  return {
    blank: new Map(),
    read(spot, scope) {
      const values = new Map<string, T>();
      for (const [key, child] of childrenOf(spot, scope) ?? []) {
        const problem = checkKey(key);
        if (problem !== null) scope.report({ ...spot, offset: child.keyOffset }, problem);
        scope.places.set(child.path, scope.placeOf(child.keyOffset));
        values.set(key, reader.read({ ...child, offset: child.keyOffset }, scope));
      }
      return values;
    },
  };
}

/** An element of a list, counted from 1 as people do. */
export function itemOf(
  spot: Spot,
  { item, index }: { readonly item: unknown; readonly index: number },
  scope: Scope,
): Spot {
  const offset = offsetOf(item) ?? spot.offset;
  const path = `${spot.path}.${index + 1}`;
  scope.places.set(path, scope.placeOf(offset));
  return { path, node: follow(item, scope), offset };
}

type Child = Spot & { readonly keyOffset: number };

/** The pairs of a mapping by key; an empty value counts as an empty mapping. Null, and a problem, for anything else. */
export function childrenOf(spot: Spot, scope: Scope): Map<string, Child> | null {
  if (spot.node === null) return new Map();
  if (!isMap(spot.node)) {
    scope.report(spot, `expected a mapping ("key: value"), found ${kindOf(spot)}`);
    return null;
  }
  const children = new Map<string, Child>();
  for (const pair of spot.node.items) {
    const keyOffset = offsetOf(pair.key) ?? spot.offset;
    const key = keyText(pair);
    const first = key === null ? undefined : children.get(key);
    if (key === null) {
      scope.report({ ...spot, offset: keyOffset }, 'a key has to be plain text');
    } else if (first) {
      const place = scope.placeOf(first.keyOffset);
      scope.report({ ...spot, offset: keyOffset }, `the key "${key}" is there twice (first at ${place})`);
    } else if (key === '<<') {
      scope.report({ ...spot, offset: keyOffset }, 'merge keys (<<) are not supported: write the keys out');
    } else {
      const node = follow(pair.value, scope);
      const path = spot.path === '' ? key : `${spot.path}.${key}`;
      const offset = node === null ? keyOffset : (offsetOf(pair.value) ?? keyOffset);
      scope.places.set(path, scope.placeOf(offset));
      if (node === null && isAlias(pair.value)) {
        scope.report({ path, node, offset }, `nothing is anchored as &${pair.value.source}`);
      } else {
        children.set(key, { path, node, offset, keyOffset });
      }
    }
  }
  return children;
}

/** Keys count as they are written: `007`, `yes` and `null` too. */
function keyText({ key }: Pair): string | null {
  if (!isScalar(key)) return null;
  return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
}

/** A text with `${NAME}` put in, and the variables that were; null, and a problem, where one is missing. */
export function substituted(
  written: string,
  spot: Spot,
  scope: Scope,
): { readonly value: string; readonly variables: readonly string[] } | null {
  const { text: value, variables, problems } = substitute(written, scope.source.env);
  for (const problem of problems) scope.report(spot, problem);
  if (problems.length > 0) return null;
  if (variables.length > 0) scope.hidden.add(spot.path);
  return { value, variables };
}

function readText(written: string, spot: Spot, scope: Scope): string {
  const found = substituted(written, spot, scope);
  if (found === null) return '';
  const { value, variables } = found;
  const origin = variables.length > 0 ? ` (with the value of ${variables.join(', ')} in it)` : '';
  if (value.trim() === '') {
    scope.report(spot, `expected text, found an empty one${origin}`);
    return '';
  }
  if (/\p{Cc}/u.test(value)) {
    scope.report(spot, `the text holds a line break or another control character${origin}`);
    return '';
  }
  return value;
}

/** Numbers and flags may come from the environment too; undefined, and a problem, when the variable is missing. */
function scalarValue(spot: Spot, scope: Scope): unknown {
  if (!isScalar(spot.node)) return null;
  const { value } = spot.node;
  if (typeof value !== 'string' || !isReference(value)) return typeof value === 'string' ? null : value;
  const written = readText(value, spot, scope);
  return written === '' ? undefined : written;
}

/** What stands there, in the words of a message; a value of the environment is told by its reference only. */
export function kindOf({ node }: Spot): string {
  if (isMap(node)) return 'a mapping';
  if (isSeq(node)) return 'a list';
  const value = isScalar(node) ? node.value : null;
  if (typeof value === 'string') return isReference(value) ? `the value of ${value}` : 'text';
  if (typeof value === 'number' || typeof value === 'bigint') return 'a number';
  if (typeof value === 'boolean') return `${value}`;
  return 'nothing';
}

function offsetOf(node: unknown): number | undefined {
  const range: unknown =
    typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined;
  const start: unknown = Array.isArray(range) ? range[0] : undefined;
  return typeof start === 'number' ? start : undefined;
}
