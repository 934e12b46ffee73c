/** Turns the table of a resource into its actions: ids, methods, effects, and `create` and `update` from `upsert`. */
import { bundle, definition } from './schemas.ts';
import type { Action, Effect, JsonSchema, Method, Need } from './types.ts';

/** What one row of a resource's table says: exactly one of `get`, `post`, `delete`, `any`, and Halo's habits there. */
interface Declaration extends Pick<
  Action,
  | 'title'
  | 'description'
  | 'items'
  | 'paged'
  | 'query'
  | 'queryInput'
  | 'body'
  | 'needs'
  | 'stamp'
  | 'reconcile'
  | 'identity'
  | 'ticket'
  | 'oneAtATime'
  | 'download'
  | 'unwrap'
  | 'errorKey'
> {
  readonly get?: string;
  readonly post?: string;
  readonly delete?: string;
  /** The generic request, whose input names method and path. */
  readonly any?: '*';
  /** What the call may do, where the method does not say it. */
  readonly effect?: Effect;
  /** The name of a schema in actions/schemas. */
  readonly input: string;
  /** The name of a schema in actions/schemas: of one row for a list, of one record otherwise. */
  readonly output: string;
}

/** `upsert`: the singular for the titles of `create` and `update`, and what a create needs. */
interface Upsert extends Declaration {
  readonly post: string;
  readonly one: string;
  readonly createNeeds: readonly Need[];
}

/** The table of one resource: verb to declaration. */
type Resource = Readonly<Record<string, Declaration | Upsert>>;

const ROUTES: readonly (readonly [
  key: 'get' | 'post' | 'delete' | 'any',
  method: Method | '*',
  effect: Effect,
])[] = [
  ['get', 'GET', 'read'],
  ['post', 'POST', 'upsert'],
  ['delete', 'DELETE', 'delete'],
  ['any', '*', 'upsert'],
];

/** The actions of one resource, `<resource>.<verb>` each, in the order of the table. Throws on an unknown schema. */
export function defineResource(resource: string, table: Resource): readonly Action[] {
  return Object.entries(table).flatMap(([verb, declaration]) =>
    'createNeeds' in declaration
      ? writes(resource, declaration)
      : [single(`${resource}.${verb}`, declaration)],
  );
}

function single(id: string, declaration: Declaration): Action {
  const { get, post, delete: remove, any, effect, input, output, ...habits } = declaration;
  const paths = { get, post, delete: remove, any };
  const [key, method, usual] = ROUTES.find(([candidate]) => paths[candidate] !== undefined) ?? noRoute(id);
  const [asked, answered] = [definition(input), definition(output)];
  const row = { $ref: `#/definitions/${output}` };
  return withSchemas(
    { id, ...habits, method, path: paths[key] ?? '*', effect: effect ?? usual },
    () => bundle({ title: input, ...asked }),
    () =>
      declaration.items === undefined
        ? bundle({ title: output, ...answered })
        : bundle({ type: 'array', items: row }, { [output]: answered }),
  );
}

function noRoute(id: string): never {
  throw new Error(`${id} declares none of get, post, delete, any`);
}

/** `upsert` as declared, `create` that refuses an id, `update` that requires one. */
function writes(resource: string, declaration: Upsert): readonly Action[] {
  const { post, one, input, output, createNeeds, effect: _, ...habits } = declaration;
  const { properties, ...record } = definition(input);
  const { id, ...others } = properties as Readonly<Record<string, JsonSchema>>;
  const answered = definition(output);
  const write = (effect: 'upsert' | 'create' | 'update', own: Partial<Action>, asked: JsonSchema): Action =>
    withSchemas(
      { ...habits, ...own, id: `${resource}.${effect}`, effect, method: 'POST', path: post },
      () => oneOrMany(writeName(input, effect), { ...record, ...asked, additionalProperties: false }),
      () => oneOrMany(output, answered),
    );
  const derivedFrom = `${resource}.upsert`;
  return [
    write('upsert', { createNeeds }, { properties: { id, ...others } }),
    write(
      'create',
      { title: `Create ${one}`, derivedFrom, createNeeds },
      { properties: others, required: createNeeds.filter((need) => typeof need === 'string') },
    ),
    write(
      'update',
      { title: `Update ${one}`, derivedFrom },
      { properties: { id, ...others }, required: ['id'] },
    ),
  ];
}

/** The name of one record going into a write, such as `TicketCreate`. */
function writeName(record: string, effect: Effect): string {
  return record + effect.charAt(0).toUpperCase() + effect.slice(1);
}

/** One record, or an array of them: one request each, in order. */
function oneOrMany(name: string, record: JsonSchema): JsonSchema {
  const one = { $ref: `#/definitions/${name}` };
  return bundle({ oneOf: [one, { type: 'array', items: one, minItems: 1 }] }, { [name]: record });
}

/** The bundles of the whole catalogue are 8 MB, so each is made when somebody asks for it. */
function withSchemas(
  action: Omit<Action, 'input' | 'output'>,
  input: () => JsonSchema,
  output: () => JsonSchema,
): Action {
  return Object.defineProperties(action, { input: once(input), output: once(output) }) as Action;
}

function once(make: () => JsonSchema): PropertyDescriptor {
  let made: JsonSchema | undefined;
  return { enumerable: true, get: () => (made ??= make()) };
}
