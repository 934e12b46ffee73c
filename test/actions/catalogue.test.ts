/** What holds for all declarations. */
import { readFileSync, readdirSync } from 'node:fs';
import { z } from 'zod';
import { catalogue } from '../../actions/index.ts';
import { definitions } from '../../actions/schemas.ts';
import type { Action, JsonSchema } from '../../actions/types.ts';
import { fixtureIds } from '../support/fixtures.ts';

const ROOT = new URL('../../', import.meta.url);
const actions = [...catalogue.values()];
const each = actions.map((action) => [action.id, action] as const);
const records = ['upsert', 'create', 'update'];

type Properties = Readonly<Record<string, JsonSchema>>;

/** The table of the Rewst page on HaloPSA: title, and the endpoint that Halo really has. */
const REWST: readonly (readonly [title: string, request: string])[] = [
  ['Add or Update Actions', 'POST /Actions'],
  ['Add or Update Agents', 'POST /Agent'],
  ['Add or Update Appointments', 'POST /Appointment'],
  ['Add or Update Assets', 'POST /Asset'],
  ['Add or Update Attachments', 'POST /Attachment'],
  ['Add or Update Clients', 'POST /Client'],
  ['Add or Update Contracts', 'POST /ClientContract'],
  ['Add or Update Invoices', 'POST /Invoice'],
  ['Add or Update Items', 'POST /Item'],
  ['Add or Update Knowledge Base Articles', 'POST /KBArticle'],
  ['Add or Update Opportunities', 'POST /Opportunities'],
  ['Add or Update Organisations', 'POST /Organisation'],
  ['Add or Update Projects', 'POST /Projects'],
  ['Add or Update Quotes', 'POST /Quotation'],
  ['Add or Update Reports', 'POST /Report'],
  ['Add or Update Sites', 'POST /Site'],
  ['Add or Update Statuses', 'POST /Status'],
  ['Add or Update Suppliers', 'POST /Supplier'],
  ['Add or Update Teams', 'POST /Team'],
  ['Add or Update Tickets', 'POST /Tickets'],
  ['Delete Action', 'DELETE /Actions/{id}'],
  ['Delete Agent', 'DELETE /Agent/{id}'],
  ['Delete Appointment', 'DELETE /Appointment/{id}'],
  ['Delete Asset', 'DELETE /Asset/{id}'],
  ['Delete Attachment', 'DELETE /Attachment/{id}'],
  ['Delete Client', 'DELETE /Client/{id}'],
  ['Delete Contract', 'DELETE /ClientContract/{id}'],
  ['Delete Invoice', 'DELETE /Invoice/{id}'],
  ['Delete Item', 'DELETE /Item/{id}'],
  ['Get Action', 'GET /Actions/{id}'],
  ['Get Agent', 'GET /Agent/{id}'],
  ['Get Appointment', 'GET /Appointment/{id}'],
  ['Get Asset', 'GET /Asset/{id}'],
  ['List Actions', 'GET /Actions'],
  ['List Agents', 'GET /Agent'],
  ['List Appointments', 'GET /Appointment'],
  ['List Assets', 'GET /Asset'],
  ['List Attachments', 'GET /Attachment'],
  ['List Clients', 'GET /Client'],
  ['List Contracts', 'GET /ClientContract'],
  ['List Invoices', 'GET /Invoice'],
  ['List Items', 'GET /Item'],
  ['List Knowledge Base Articles', 'GET /KBArticle'],
  ['List Opportunities', 'GET /Opportunities'],
  ['List Organisations', 'GET /Organisation'],
  ['List Projects', 'GET /Projects'],
  ['List Quotes', 'GET /Quotation'],
  ['List Reports', 'GET /Report'],
  ['List Sites', 'GET /Site'],
  ['List Statuses', 'GET /Status'],
  ['List Suppliers', 'GET /Supplier'],
  ['List Teams', 'GET /Team'],
  ['List Ticket Types', 'GET /TicketType'],
  ['List Tickets', 'GET /Tickets'],
  ['List Top Levels', 'GET /TopLevel'],
  ['List Users', 'GET /Users'],
  ['Preview Report', 'POST /Report'],
  ['Halo PSA API Request', '* *'],
];

const RESOURCES =
  'actions agents appointments assets attachments clients contracts invoices items knowledgeBaseArticles opportunities organisations projects quotes reports sites statuses suppliers teams ticketTypes tickets topLevels users';

/** One record (or query) of an input or output. */
function recordOf(schema: JsonSchema): JsonSchema {
  const one = ((schema.oneOf as readonly JsonSchema[] | undefined)?.[0] ??
    schema.items ??
    schema) as JsonSchema;
  if (typeof one.$ref !== 'string') return one;
  return (schema.definitions as Properties)[one.$ref.replace('#/definitions/', '')] as JsonSchema;
}

function propertiesOf(schema: JsonSchema): Properties {
  return (recordOf(schema).properties ?? {}) as Properties;
}

/** Every schema inside a schema, the schema itself included. */
function parts(schema: unknown): JsonSchema[] {
  if (Array.isArray(schema)) return schema.flatMap(parts);
  if (typeof schema !== 'object' || schema === null) return [];
  return [schema as JsonSchema, ...Object.values(schema).flatMap(parts)];
}

test('all 58 actions of the Rewst page are there, once each, under their titles', () => {
  expect(REWST).toHaveLength(58);
  for (const [title, request] of REWST) {
    const found = actions.filter((action) => action.title === title);
    expect(found.map(({ method, path }) => `${method} ${path}`)).toEqual([request]);
  }
});

test('every resource that can be listed can be read one by one', () => {
  const listed = RESOURCES.split(' ');
  expect(
    actions
      .filter(({ id }) => id.endsWith('.list'))
      .map(({ id }) => id.slice(0, -5))
      .sort(),
  ).toEqual(listed);
  for (const resource of listed) expect(catalogue.has(`${resource}.get`)).toBe(true);
});

test('titles are unique, and no two actions have the same id', () => {
  expect(new Set(actions.map(({ title }) => title)).size).toBe(actions.length);
  expect(actions.every(({ id }) => catalogue.get(id)?.id === id)).toBe(true);
});

test('each resource is one file of its name, and holds declarations only', () => {
  const folder = new URL('actions/resources/', ROOT);
  const files = readdirSync(folder);
  expect(files.map((file) => file.replace('.ts', '')).sort()).toEqual(
    [...RESOURCES.split(' '), 'halo'].sort(),
  );
  for (const file of files) {
    const text = readFileSync(new URL(file, folder), 'utf8');
    expect(text).toContain(`defineResource('${file.replace('.ts', '')}', {`);
    expect(text).not.toMatch(/\bif \(|=>|function|\?/);
  }
});

test('there is one fixture for each action, and none besides', () => {
  expect([...fixtureIds()].sort()).toEqual([...catalogue.keys()].sort());
});

test('the page in the docs has a section for each action', () => {
  const page = readFileSync(new URL('docs/actions.md', ROOT), 'utf8');
  for (const { id, title } of actions) expect(page).toContain(`\n### ${id}\n\n**${title}**`);
});

test.each(each)('%s: every placeholder of the path is a required input', (_id, action) => {
  const placeholders = [...action.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
  expect(recordOf(action.input).required ?? []).toEqual(expect.arrayContaining(placeholders));
});

test('reads are GET, but for the report preview; the effect of the generic request goes by its method', () => {
  const odd = actions.filter((action) => (action.method === 'GET') !== (action.effect === 'read'));
  expect(odd.map(({ id }) => id)).toEqual(['reports.preview']);
  expect(actions.filter(({ method }) => method === 'DELETE').every(({ effect }) => effect === 'delete')).toBe(
    true,
  );
  expect(actions.filter(({ method }) => method === '*').map(({ id }) => id)).toEqual(['halo.request']);
});

test.each(each.filter(([id]) => id.endsWith('.upsert')))(
  '%s: create and update are derived from it',
  (id, upsert) => {
    const [create, update] = ['create', 'update'].map(
      (verb) => catalogue.get(id.replace('upsert', verb)) as Action,
    );
    for (const derived of [create, update] as Action[]) {
      const { path, method, output, stamp, queryInput } = upsert;
      expect(derived).toMatchObject({ path, method, output, derivedFrom: id });
      expect([derived.stamp, derived.queryInput]).toEqual([stamp, queryInput]);
    }
    expect(Object.keys(propertiesOf(create?.input as JsonSchema))).toEqual(
      Object.keys(propertiesOf(upsert.input)).filter((name) => name !== 'id'),
    );
    expect(create?.createNeeds).toEqual(upsert.createNeeds);
    expect(upsert.createNeeds?.length).toBeGreaterThan(0);
    expect(recordOf(update?.input as JsonSchema).required).toEqual(['id']);
    expect(update?.createNeeds).toBeUndefined();
  },
);

test.each(each)('%s: every name that the declaration speaks of is one of its properties', (_id, action) => {
  const input = Object.keys(propertiesOf(action.input));
  const named = [...(action.createNeeds ?? []), ...(action.needs ?? []), action.queryInput ?? []].flat();
  expect(input).toEqual(expect.arrayContaining([...named, ...Object.keys(action.query ?? {})]));
  if (action.stamp !== undefined) {
    expect(input).toContain(action.stamp);
    expect(Object.keys(propertiesOf(action.output))).toContain(action.stamp);
  }
});

test.each(each)('%s: the input is closed, the output is open', (id, action) => {
  expect(recordOf(action.input).additionalProperties).toBe(false);
  const outputs = parts(action.output).filter((part) => 'additionalProperties' in part);
  expect([id, outputs]).toEqual([id, []]);
});

test('every schema compiles, and every reference resolves', () => {
  for (const [name, schema] of definitions) {
    const refs = parts(schema).flatMap((part) => (typeof part.$ref === 'string' ? [part.$ref] : []));
    const unknown = refs.filter((ref) => !definitions.has(ref.replace(/^.*\//, '')));
    expect([name, unknown]).toEqual([name, []]);
    const alone = JSON.parse(
      JSON.stringify(schema).replaceAll(/"\$ref":"[^"]+"/g, '"type":"object"'),
    ) as never;
    expect(() => z.fromJSONSchema(alone, { defaultTarget: 'draft-7' })).not.toThrow();
  }
});

test('a reference names the file that holds the definition', () => {
  const folder = new URL('actions/schemas/', ROOT);
  const documents = new Map(
    readdirSync(folder).map((file) => [
      file,
      JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as { definitions: Properties },
    ]),
  );
  const dangling = [...documents].flatMap(([file, document]) =>
    parts(document)
      .flatMap(({ $ref }) => (typeof $ref === 'string' ? [$ref] : []))
      .filter((ref) => {
        const [place = '', name = ''] = ref.split('#/definitions/');
        const target = documents.get(place === '' ? file : place.replace('./', ''));
        return target === undefined || !(name in target.definitions);
      })
      .map((ref) => `${file}: ${ref}`),
  );
  expect(dangling).toEqual([]);
});

test('schemas carry no formats, and spell nullable as a type list', () => {
  const keywords = new Set(
    [...definitions.values()].flatMap(parts).flatMap((part) => ('type' in part ? Object.keys(part) : [])),
  );
  expect(keywords).not.toContain('format');
  expect(keywords).not.toContain('nullable');
});

test.each(each.filter(([, { method }]) => method !== 'POST'))(
  '%s: every input is described',
  (_id, action) => {
    for (const [name, schema] of Object.entries(propertiesOf(action.input))) {
      expect([name, schema.description]).toEqual([name, expect.stringMatching(/.{10}/)]);
    }
  },
);

test.each(each.filter(([, { id }]) => records.includes(id.split('.')[1] as string)))(
  '%s: what people fill in is described',
  (_id, action) => {
    const properties = propertiesOf(action.input);
    const needed = [
      ...(action.createNeeds ?? []),
      action.stamp ?? [],
      recordOf(action.input).required ?? [],
    ].flat(2);
    for (const name of needed as string[])
      expect([name, properties[name]?.description]).toEqual([name, expect.any(String)]);
    const described = Object.values(properties).filter(({ description }) => description !== undefined);
    expect(described.length).toBeGreaterThanOrEqual(Math.min(15, Object.keys(properties).length));
  },
);

test('no description only repeats the name of its property', () => {
  const plain = (text: unknown): string =>
    String(text)
      .toLowerCase()
      .replaceAll(/[^a-z]/g, '')
      .replace(/^the/, '');
  const empty = [...definitions].flatMap(([name, schema]) =>
    Object.entries((schema.properties ?? {}) as Properties)
      .filter(([property, { description }]) => plain(description) === plain(property))
      .map(([property]) => `${name}.${property}`),
  );
  expect(empty).toEqual([]);
});

test('zod is imported in one place', () => {
  const sources = [
    'actions/',
    'actions/resources/',
    'halo/',
    'worker/',
    'sdk/',
    'organizations/',
    'calls/',
    'store/',
    'cli/',
  ];
  const importers = sources.flatMap((folder) =>
    readdirSync(new URL(folder, ROOT))
      .filter((file) => file.endsWith('.ts'))
      .map((file) => `${folder}${file}`)
      .filter((file) => /from 'zod'/.test(readFileSync(new URL(file, ROOT), 'utf8'))),
  );
  expect(importers).toEqual(['actions/validate.ts']);
});
