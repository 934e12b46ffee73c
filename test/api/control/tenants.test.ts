/** One tenant's token in the other one's house: nothing is found, nothing is changed, nothing is told. */
import { routes } from '../../../api/control/routes/index.ts';
import type { Route } from '../../../api/control/types.ts';
import { seal } from '../../../store/seal.ts';
import { needed, startPlane } from './plane.ts';
import type { Answer, TestPlane } from './plane.ts';

const SECRET = 'planted-secret-4711';
const RUN = '7b1f0e0a-0000-4000-8000-00000000abcd';

let plane: TestPlane;
let admin: string;
beforeAll(async () => {
  plane = await startPlane();
  admin = await plane.token('msp', 'admin');
  await plane.token('other', 'admin');
  const { pool, key } = plane.store;
  const sealed = await seal(key, SECRET);
  await pool.query(
    `insert into connections (id, organization, is_default, resource_server, client_id, sealed_secret, origin)
       values ('theirs', 'other', true, 'https://halo.example.com', 'their-application', $1, 'manual')`,
    [sealed],
  );
  await pool.query(
    `insert into mappings (connection, organization, client, origin) values ('theirs', 'other', 12, 'manual')`,
  );
  await pool.query(
    `insert into variables (organization, name, type, value, sealed_value, origin) values
       ('other', 'theirs', 'text', '"their-value"', null, 'manual'),
       ('other', 'key', 'secret', null, $1, 'manual')`,
    [sealed],
  );
  await pool.query(
    `insert into triggers (id, organization, type, workflow, run_as, run_for, overrides, parameters, variables, enabled,
       sealed_secret, origin)
     values ('theirs', 'other', 'always-pass', 'listAgents', 'owner',
       '{"owner":true,"organizations":[],"tags":[],"allClients":false}', '{}', '{}', '{}', true, $1, 'manual')`,
    [sealed],
  );
  await pool.query(
    `insert into runs (id, workflow_id, workflow, owner, organization, overrides, started_by)
       values ('${RUN}', 'o/other/x', 'listAgents', 'other', 'other', '{}', 'cli')`,
  );
  await pool.query(
    `insert into events (trigger, key, organization, status, source)
       values ('theirs', 'manual/theirs', 'other', 'accepted', 'manual')`,
  );
});
afterAll(() => plane.close());

/** What a route is asked with, where it wants a body: a valid one, so that only the right can stand in the way. */
const BODIES: Readonly<Record<string, object>> = {
  'connections.change': { tenant: 'x' },
  'connections.restored': {},
  'connections.rotateSecret': { clientSecret: 'new' },
  'mappings.set': { client: 13 },
  'mappings.ignore': { reason: 'x' },
  'mappings.catch-all': { organization: 'other' },
  'mappings.accept': { exact: true },
  'mappings.undo': {},
  'mappings.import': { rows: [] },
  'mappings.create-organizations': {},
  'mappings.create-clients': {},
  'organizations.change': { name: 'Mine' },
  'variables.set': { type: 'text', value: 'mine' },
  'triggers.change': { workflow: 'smoke' },
  'triggers.fire': {},
  'triggers.test': {},
  'triggers.rewind': { ticket: 1 },
  'triggers.backfill': { since: '2026-01-01T00:00:00Z' },
};

const NAMES: Readonly<Record<string, readonly [theirs: string, nobodys: string]>> = {
  '/connections/{id}': ['theirs', 'nobodys'],
  '/connections/{connection}': ['theirs', 'nobodys'],
  '/organizations/{slug}': ['other', 'nobodys'],
  '/organizations/{organization}': ['other', 'nobodys'],
  '/runs/{id}': [RUN, '7b1f0e0a-0000-4000-8000-00000000ffff'],
  '/triggers/{id}': ['theirs', 'nobodys'],
};

const placed = routes.flatMap((route): [string, Route, readonly [string, string]][] => {
  const [start = ''] = /^\/\w+\/\{\w+\}/.exec(route.path) ?? [];
  const names = NAMES[start];
  return names ? [[route.id, route, names]] : [];
});

/** The first parameter is the name in question, the others are anything that fits. */
function pathOf({ path }: Route, name: string): string {
  const rest: Readonly<Record<string, string>> = {
    client: '12',
    kind: 'teams',
    organization: 'acme',
    name: 'x',
  };
  return path
    .replace(/\{\w+\}/, name)
    .replaceAll(/\{(\w+)\}/g, (_, parameter: string) => rest[parameter] ?? 'x');
}

const shown = (answer: Answer, name: string): unknown =>
  JSON.parse(JSON.stringify([answer.status, answer.body]).replaceAll(name, 'it')) as unknown;

test('every route below something of a tenant is held to this', () => {
  const others = routes.filter(({ path }) => path.includes('{') && !path.startsWith('/tokens/'));
  expect(placed.map(([id]) => id).toSorted()).toEqual(others.map(({ id }) => id).toSorted());
});

test.each(placed)('%s: what is of another tenant is like what is not there', async (id, route, names) => {
  const before = await everything();
  const [theirs, nobodys] = await Promise.all(
    names.map((name) => plane.ask(admin, route.method, pathOf(route, name), BODIES[id])),
  );
  if (!theirs || !nobodys) throw new Error('two were asked');
  expect(theirs.body).toMatchObject({ status: 404, code: 'NotFoundError' });
  expect(shown(theirs, names[0])).toEqual(shown(nobodys, names[1]));
  expect(await everything()).toEqual(before);
});

async function everything(): Promise<unknown> {
  const tables = [
    'organizations',
    'connections',
    'mappings',
    'variables',
    'triggers',
    'runs',
    'events',
    'audit_log',
  ];
  const { pool } = plane.store;
  const rows = await Promise.all(
    tables.map(async (table) => (await pool.query(`select * from ${table} order by 1, 2`)).rows as unknown[]),
  );
  return rows;
}

const lists = routes.filter(
  ({ method, path, type }) => method === 'GET' && !path.includes('{') && type === undefined,
);
test.each(lists.map((route): [string, Route] => [route.id, route]))(
  '%s: lists nothing of another tenant',
  async (_id, { path, query }) => {
    const { status, body } = await plane.ask(admin, 'GET', path + needed(query, 'msp'));
    expect(status).toBe(200);
    expect(JSON.stringify(body)).not.toMatch(/theirs|"other"|o\/other\/|their-/i);
  },
);

const narrowed = lists.flatMap((route): [string, string, string][] => {
  const filter = ['organization', 'parent'].find((name) => route.query?.properties[name] !== undefined);
  return filter === undefined ? [] : [[route.id, route.path, filter]];
});
test.each(narrowed)(
  '%s: an organization above or beside is like one that is not there',
  async (_id, path, filter) => {
    const acme = await plane.token('acme', 'admin');
    const [above, beside, nobodys] = await Promise.all(
      ['msp', 'other', 'nobody'].map(async (name) =>
        shown(await plane.ask(acme, 'GET', `${path}?${filter}=${name}`), name),
      ),
    );
    expect([above, beside]).toEqual([nobodys, nobodys]);
  },
);

test('whoever may see everything still sees no secret', async () => {
  const all = await plane.token(null, 'admin');
  for (const route of routes.filter(({ method, type }) => method === 'GET' && type === undefined)) {
    const [start = ''] = /^\/\w+\/\{\w+\}/.exec(route.path) ?? [];
    const { body } = await plane.ask(all, 'GET', pathOf(route, NAMES[start]?.[0] ?? 'x'));
    // The URL of a trigger is what an editor copies; nothing else holds what is sealed.
    if (route.id !== 'triggers.show') expect(JSON.stringify(body)).not.toContain(SECRET);
  }
});
