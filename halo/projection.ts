import { isObject } from './json.ts';
import type { JsonObject } from './json.ts';

/** Names to keep, each with what to keep below it (null: all of it). */
type Kept = Map<string, Kept | null>;

/**
 * Keeps only the named properties of a row or record; `a.b` keeps b of a, also when a is a list of objects.
 * A name that is not there stays absent. Without names the value is returned as it is.
 */
export function project(value: unknown, fields: readonly string[] | undefined): unknown {
  return fields === undefined ? value : keep(value, tree(fields));
}

function tree(fields: readonly string[]): Kept {
  const root: Kept = new Map();
  for (const field of fields) {
    const names = field.split('.');
    let level = root;
    for (const [depth, name] of names.entries()) {
      const below = level.get(name);
      if (below === null) break;
      if (depth === names.length - 1) {
        level.set(name, null);
      } else {
        const next: Kept = below ?? new Map();
        level.set(name, next);
        level = next;
      }
    }
  }
  return root;
}

function keep(value: unknown, names: Kept): unknown {
  if (Array.isArray(value)) return value.map((entry) => keep(entry, names));
  if (!isObject(value)) return value;
  return Object.fromEntries([...names].flatMap(([name, below]) => property(value, name, below)));
}

function property(value: JsonObject, name: string, below: Kept | null): [string, unknown][] {
  if (!Object.hasOwn(value, name)) return [];
  const found = value[name];
  if (below === null) return [[name, found]];
  return typeof found === 'object' && found !== null ? [[name, keep(found, below)]] : [];
}
