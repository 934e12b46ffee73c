/** What a dot path reaches in an event's JSON Schema: its types, or that there is no such field. */
import type { JsonSchema } from '../../actions/types.ts';
import { nearest } from '../../nearest.ts';
import { isIndex, segmentsOf } from './path.ts';

export type FieldType = 'string' | 'number' | 'boolean' | 'object' | 'any';

export interface Field {
  /** Of the values that the path reaches; `any` where the schema leaves it open. */
  readonly types: ReadonlySet<FieldType>;
  /** The path ends at a list. */
  readonly isList: boolean;
  /** The only values it may have, where the schema names them. */
  readonly choices: readonly unknown[] | null;
}

export interface NoField {
  /** The path as far as the schema knows it: `ticket`; empty for the event itself. */
  readonly known: string;
  readonly missing: string;
  /** The whole path that was meant, probably. */
  readonly meant: string | undefined;
  /** Names that could stand in its place. */
  readonly names: readonly string[];
}

type Schema = JsonSchema | boolean;

/** The field at a path of the event. An object whose schema names no properties, or says that it has more, takes any path. */
export function fieldAt(schema: JsonSchema, path: string): Field | NoField {
  const segments = segmentsOf(path);
  const { reached, steps } = follow(schema, segments);
  if (steps === segments.length) return describe(reached, schema);
  return {
    known: segments.slice(0, steps).join('.'),
    missing: segments[steps] ?? '',
    meant: meant({ schema, reached, segments, at: steps }),
    names: reached.flatMap((variant) => namesOf(variant, schema)),
  };
}

/** As far as the schema knows the path: how many of its segments, and what they reach. */
function follow(
  schema: JsonSchema,
  segments: readonly string[],
): { readonly reached: readonly Schema[]; readonly steps: number } {
  let reached = variantsOf(schema, schema);
  for (const [steps, segment] of segments.entries()) {
    const next = reached.flatMap((variant) => step(variant, segment, schema));
    if (next.length === 0) return { reached, steps };
    reached = next.flatMap((variant) => variantsOf(variant, schema));
  }
  return { reached, steps: segments.length };
}

/** The schemas that a value may follow: references, `oneOf`, `anyOf` and `allOf` opened. */
function variantsOf(schema: Schema, root: JsonSchema, seen: ReadonlySet<unknown> = new Set()): Schema[] {
  if (typeof schema === 'boolean') return schema ? [{}] : [];
  if (seen.has(schema)) return [];
  const visited = new Set([...seen, schema]);
  if (typeof schema.$ref === 'string') return variantsOf(target(schema.$ref, root), root, visited);
  const inner = ['oneOf', 'anyOf', 'allOf'].flatMap((keyword) => list(schema[keyword]));
  if (inner.length === 0) return [schema];
  const own = 'properties' in schema || 'items' in schema ? [schema] : [];
  return [...own, ...inner.flatMap((part) => variantsOf(part, root, visited))];
}

/** The place that a local reference names; an open schema where there is none, nothing being known then. */
function target(ref: string, root: JsonSchema): Schema {
  if (!ref.startsWith('#')) return {};
  const tokens = ref.split('/').slice(1);
  let place: unknown = root;
  for (const token of tokens) {
    const name = token.replaceAll('~1', '/').replaceAll('~0', '~');
    place =
      typeof place === 'object' && place !== null && Object.hasOwn(place, name)
        ? Reflect.get(place, name)
        : {};
  }
  return asSchema(place);
}

const asSchema = (part: unknown): Schema =>
  typeof part === 'boolean' ? part : typeof part === 'object' && part !== null ? (part as JsonSchema) : {};

const list = (part: unknown): Schema[] => (Array.isArray(part) ? part.map(asSchema) : []);

function step(variant: Schema, segment: string, root: JsonSchema): Schema[] {
  if (typeof variant === 'boolean') return variant ? [{}] : [];
  const kinds = kindsOf(variant);
  if (kinds.has('any')) return [{}];
  const inArray = kinds.has('array') ? throughArray(variant, segment, root) : [];
  return kinds.has('object') ? [...inArray, ...property(variant, segment)] : inArray;
}

function throughArray(variant: JsonSchema, segment: string, root: JsonSchema): Schema[] {
  const items = itemsOf(variant).flatMap((item) => variantsOf(item, root));
  if (isIndex(segment)) return items;
  return items.flatMap((item) => {
    const own = step(item, segment, root);
    return own.length > 0 ? own : namedValue(item);
  });
}

/** In a list of `{ name, value }` any name stands for its value (path.ts). */
function namedValue(item: Schema): Schema[] {
  const properties = propertiesOf(item);
  return properties && Object.hasOwn(properties, 'name') && Object.hasOwn(properties, 'value')
    ? [asSchema(properties.value)]
    : [];
}

function itemsOf({ items }: JsonSchema): Schema[] {
  return Array.isArray(items) ? list(items) : [asSchema(items)];
}

function propertiesOf(schema: Schema): Readonly<Record<string, unknown>> | undefined {
  if (typeof schema === 'boolean' || typeof schema.properties !== 'object') return undefined;
  return (schema.properties ?? undefined) as Readonly<Record<string, unknown>> | undefined;
}

function property(schema: JsonSchema, name: string): Schema[] {
  const properties = propertiesOf(schema);
  if (properties && Object.hasOwn(properties, name)) return [asSchema(properties[name])];
  if (schema.patternProperties !== undefined) return [{}];
  // JSON Schema leaves an object open unless it says otherwise. Here names that a schema lists are all there are:
  // a misspelt field would else wait for ever in silence.
  const more = schema.additionalProperties ?? (properties === undefined ? {} : false);
  return more === false ? [] : [asSchema(more === true ? {} : more)];
}

/** JSON Schema's types of a variant; `any` where it says nothing. */
function kindsOf(schema: JsonSchema): ReadonlySet<string> {
  if (Array.isArray(schema.type)) return new Set(schema.type.map(String));
  if (typeof schema.type === 'string') return new Set([schema.type]);
  if ('properties' in schema || 'additionalProperties' in schema) return new Set(['object']);
  if ('items' in schema) return new Set(['array']);
  const choices = choicesOf(schema);
  return new Set(choices ? choices.map((choice) => (choice === null ? 'null' : typeof choice)) : ['any']);
}

function choicesOf(schema: JsonSchema): readonly unknown[] | null {
  if ('const' in schema) return [schema.const];
  return Array.isArray(schema.enum) ? (schema.enum as unknown[]) : null;
}

function describe(variants: readonly Schema[], root: JsonSchema): Field {
  const types = new Set<FieldType>();
  const choices: unknown[] = [];
  let isList = false;
  let isClosed = true;
  const visit = (variant: Schema, depth: number): void => {
    const schema = asSchema(variant === true ? {} : variant);
    if (typeof schema === 'boolean') return;
    const own = choicesOf(schema);
    if (own) choices.push(...own);
    for (const kind of kindsOf(schema)) {
      if (kind === 'null') continue;
      if (kind === 'array') {
        isList = true;
        const items = itemsOf(schema).flatMap((item) => variantsOf(item, root));
        if (depth < MAXIMUM_NESTING) for (const item of items) visit(item, depth + 1);
        continue;
      }
      if (!own) isClosed = false;
      types.add(kind === 'integer' ? 'number' : (kind as FieldType));
    }
  };
  for (const variant of variants) visit(variant, 0);
  if (types.size === 0) types.add('any');
  return { types, isList, choices: isClosed && choices.length > 0 ? choices : null };
}

/** Lists in lists; a schema may refer to itself. */
const MAXIMUM_NESTING = 8;

function namesOf(variant: Schema, root: JsonSchema): string[] {
  if (typeof variant === 'boolean') return [];
  const items = kindsOf(variant).has('array')
    ? itemsOf(variant).flatMap((item) => variantsOf(item, root))
    : [];
  return [variant, ...items].flatMap((one) => Object.keys(propertiesOf(one) ?? {}));
}

interface Miss {
  readonly schema: JsonSchema;
  readonly reached: readonly Schema[];
  readonly segments: readonly string[];
  readonly at: number;
}

/** The path with the segment put right; or one that says where to begin: `ticket.tickettype_id` for `tickettype_id`. */
function meant({ schema, reached, segments, at }: Miss): string | undefined {
  const missing = segments[at] ?? '';
  const names = reached.flatMap((variant) => namesOf(variant, schema));
  const put = (...instead: string[]): string | undefined => {
    const path = [...segments.slice(0, at), ...instead, ...segments.slice(at + 1)];
    return follow(schema, path).steps === path.length ? path.join('.') : undefined;
  };
  const sibling = nearest(missing, names);
  const corrected = sibling === undefined ? undefined : put(sibling);
  if (corrected !== undefined) return corrected;
  for (const name of names) {
    const below = follow(schema, [...segments.slice(0, at), name]).reached;
    const child = nearest(
      missing,
      below.flatMap((variant) => namesOf(variant, schema)),
    );
    const completed = child === undefined ? undefined : put(name, child);
    if (completed !== undefined) return completed;
  }
  return undefined;
}
