/** The JSON Schemas of actions/schemas, found by name and bundled so that each stands alone. */
import { readdirSync, readFileSync } from 'node:fs';
import { packageRoot } from '../packageRoot.ts';
import type { JsonSchema } from './types.ts';

const FOLDER = new URL('actions/schemas/', packageRoot);

/** Every definition of actions/schemas by name; a name is unique over all files. */
export const definitions: ReadonlyMap<string, JsonSchema> = readDefinitions();

function readDefinitions(): Map<string, JsonSchema> {
  const found = new Map<string, JsonSchema>();
  for (const file of readdirSync(FOLDER).sort()) {
    const document = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as {
      definitions: Record<string, JsonSchema>;
    };
    for (const [name, schema] of Object.entries(document.definitions)) {
      if (found.has(name)) throw new Error(`actions/schemas/${file}: ${name} is defined twice`);
      found.set(name, schema);
    }
  }
  return found;
}

/** The definition of that name. Throws when actions/schemas has none. */
export function definition(name: string): JsonSchema {
  const schema = definitions.get(name);
  if (schema === undefined) throw new Error(`no schema ${name} in actions/schemas`);
  return schema;
}

/** The definition that a `$ref` of our files or of a bundle names. */
export function nameOf(ref: string): string {
  return ref.slice(ref.lastIndexOf('/') + 1);
}

/** One record (or row) inside the schema of one or many: its schema, and the name it is defined under. */
export function recordSchema(schema: JsonSchema): { readonly name: string; readonly record: JsonSchema } {
  const alternatives = schema.oneOf as readonly JsonSchema[] | undefined;
  const one = (alternatives?.[0] ?? schema.items ?? schema) as JsonSchema;
  if (typeof one.$ref !== 'string') return { name: String(one.title), record: one };
  const name = nameOf(one.$ref);
  const own = schema.definitions as Readonly<Record<string, JsonSchema>> | undefined;
  return { name, record: own?.[name] ?? one };
}

/**
 * Makes a schema stand alone: the definitions it refers to come along under `definitions`, with their own
 * references opened to plain objects, because Halo's records nest without end (a ticket's assets have tickets).
 */
export function bundle(schema: JsonSchema, own: Readonly<Record<string, JsonSchema>> = {}): JsonSchema {
  const names = new Set<string>();
  const collect = (ref: string): JsonSchema => {
    const name = nameOf(ref);
    if (!(name in own)) names.add(name);
    return { $ref: `#/definitions/${name}` };
  };
  const top = replaceRefs(schema, collect) as JsonSchema;
  const included = Object.fromEntries(
    Object.entries(own).map(([name, part]) => [name, replaceRefs(part, collect)]),
  );
  for (const name of names) included[name] = flat(name);
  return names.size === 0 && Object.keys(own).length === 0 ? top : { ...top, definitions: included };
}

const flattened = new Map<string, unknown>();

function flat(name: string): unknown {
  const known = flattened.get(name) ?? replaceRefs(definition(name), () => ({ type: 'object' }));
  flattened.set(name, known);
  return known;
}

function replaceRefs(part: unknown, replace: (ref: string) => JsonSchema): unknown {
  if (Array.isArray(part)) return part.map((element) => replaceRefs(element, replace));
  if (typeof part !== 'object' || part === null) return part;
  if ('$ref' in part && typeof part.$ref === 'string') return replace(part.$ref);
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, replaceRefs(value, replace)]));
}
