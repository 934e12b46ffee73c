/** Tricks in what is asked: refused or found to be nothing, and nothing breaks. */
import { sql } from 'drizzle-orm';
import { request } from 'undici';
import { cursorOf } from '../../../api/control/cursor.ts';
import { alone } from '../../../organizations/changing.ts';
import { openStore } from '../../../store/store.ts';
import { routes } from '../../../api/control/routes/index.ts';
import type { Route } from '../../../api/control/types.ts';
import { needed, startPlane } from './plane.ts';
import type { TestPlane } from './plane.ts';

let plane: TestPlane;
let admin: string;
beforeAll(async () => {
  plane = await startPlane();
  admin = await plane.token(null, 'admin');
});
afterAll(() => plane.close());

const TRICKS = [
  `'; drop table organizations; --`,
  `msp' or '1'='1`,
  `%`,
  `_`,
  `(a+)+$`,
  `../../etc/passwd`,
  `\u0000`,
  `$(id)`,
  `{{7*7}}`,
  `\ud83d`,
  'x'.repeat(5_000),
];

const filtered = routes.filter(({ method, query, type }) => method === 'GET' && query && type === undefined);
const named = (each: readonly Route[]): [string, Route][] => each.map((route) => [route.id, route]);

test.each(named(filtered))(
  '%s: filters take tricks for names that nothing has',
  async (_id, { path, query }) => {
    const url = path.replaceAll(/\{\w+\}/g, 'acme');
    for (const name of Object.keys(query?.properties ?? {})) {
      for (const trick of TRICKS) {
        const rest = needed(query, 'acme', name).replace('?', '&');
        const { status, body } = await plane.ask(admin, 'GET', `${url}?${name}=${encode(trick)}${rest}`);
        expect([200, 400, 404]).toContain(status);
        if (status === 200) expect(JSON.stringify(body)).not.toContain('"msp"');
      }
    }
  },
);

const POSITIONS = [...TRICKS, null, true, -1, 1e300, [], {}, ['x', 'y'], { run: ['x', 'y'], event: [] }];
const paged = filtered.filter(({ query }) => query?.properties['cursor']);
test.each(named(paged))('%s: a cursor with a trick in it leads nowhere', async (_id, { path, query }) => {
  const url = path.replaceAll(/\{\w+\}/g, 'acme');
  for (const position of POSITIONS) {
    const rest = needed(query, 'acme', 'cursor').replace('?', '&');
    const { status } = await plane.ask(admin, 'GET', `${url}?cursor=${cursorOf(position)}${rest}`);
    expect([200, 400, 404]).toContain(status);
  }
});

const placed = routes.filter(({ path, type }) => path.includes('{') && type === undefined);
test.each(named(placed))('%s: a place with a trick in it is not there', async (_id, route) => {
  for (const trick of TRICKS) {
    const url = route.path.replaceAll(/\{\w+\}/g, encode(trick));
    const body = route.method === 'GET' || route.method === 'DELETE' ? undefined : {};
    const { status } = await plane.ask(admin, route.method, url, body);
    expect([400, 404, 414, 431]).toContain(status);
  }
});

const connection = { resourceServer: 'halo.example.com', clientId: 'x', clientSecret: 'x' };
const json = { 'content-type': 'application/json' };
test.each([
  ['no JSON', json, '{"name":', 400, 'the body is not JSON'],
  [
    'nothing',
    json,
    '',
    400,
    'the JSON body is missing: send one, such as {}, or leave out the header content-type',
  ],
  ['a prototype', json, '{"name":"Acme","__proto__":{"slug":"msp"}}', 400, 'the body is not JSON'],
  ['a list', json, '[]', 400, 'must be object'],
  [
    'a form',
    { 'content-type': 'application/x-www-form-urlencoded' },
    'name=A',
    415,
    'send JSON (application',
  ],
  ['text', { 'content-type': 'text/plain' }, '{"name":"A"}', 415, 'send JSON (application/json)'],
  ['something packed', { ...json, 'content-encoding': 'gzip' }, '{"name":"A"}', 415, 'without compression'],
  ['too much', json, JSON.stringify({ name: 'x'.repeat(1_100_000) }), 413, 'may have 1048576 bytes at most'],
])('a body that is %s is refused, and the message says why', async (_what, headers, body, status, detail) => {
  const reply = await request(`${plane.url}/organizations/acme`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${admin}`, ...headers },
    body,
  });
  expect(reply.headers['content-type']).toMatch('application/problem+json');
  expect(await reply.body.json()).toMatchObject({
    status,
    code: 'SchemaError',
    detail: expect.stringContaining(detail) as string,
  });
});

test.each([
  ['half a character', 'name', '"\\ud800"', 'body.name holds half a character'],
  ['a key with half of one', 'name', '{"a\\udc00":1}', 'body.name holds half a character'],
  ['a number of 20 digits', 'name', '12345678901234567890', 'body.name is a number that would become'],
  ['one in a list', 'name', '[{"a":[1,0.12345678901234567891]}]', 'body.name.0.a.1 is a number that'],
  ['depths', 'name', `${'['.repeat(5_000)}${']'.repeat(5_000)}`, 'body is nested more than 200 levels deep'],
  ['a leap second', 'expiresAt', '"9999-12-31T23:59:60Z"', 'body.expiresAt must be a time such as'],
  ['no year of ours', 'expiresAt', '"9999-12-31T23:59:59-14:00"', 'body.expiresAt must be a time such as'],
])('a field with %s is named, and nothing comes of it', async (_what, field, text, detail) => {
  const body = JSON.stringify({ name: 'x', role: 'viewer', [field]: 0 }).replace(':0', `:${text}`);
  const answer = await plane.ask(admin, 'POST', '/tokens', body);
  expect(answer.body).toMatchObject({
    status: 400,
    code: 'SchemaError',
    detail: expect.stringContaining(detail) as string,
    errors: [{ field: detail.split(' ')[0] }],
  });
});

test('times that are none are no filter', async () => {
  for (const path of ['/runs', '/events', '/audit']) {
    const { body } = await plane.ask(admin, 'GET', `${path}?since=${encode('9999-12-31T23:59:59-14:00')}`);
    expect(body).toMatchObject({ status: 400, errors: [{ field: 'query.since' }] });
  }
});

test('of very many bad fields the first are named', async () => {
  const fields = Array.from({ length: 20_000 }, (_, index) => [`x${index}`, 1]);
  const { body } = await plane.ask(admin, 'PATCH', '/organizations/acme', Object.fromEntries(fields));
  expect(body['errors']).toHaveLength(100);
  expect(body['detail']).toMatch(/body.x0 there is no such field.* and 19900 more like these$/);
});

test.each([
  ['organizations.create', 'POST', '/organizations', { slug: 'x', name: 'X', parent: 'gone' }],
  ['organizations.change', 'PATCH', '/organizations/acme', { parent: 'gone' }],
  ['connections.create', 'POST', '/connections', { ...connection, id: 'x', organization: 'gone' }],
  ['connections.change', 'PATCH', '/connections/moving', { organization: 'gone' }],
  ['tokens.create', 'POST', '/tokens', { name: 'of gone', role: 'viewer', organization: 'gone' }],
])('%s: what is deleted while it is asked for is not there', async (_id, method, path, body) => {
  const { pool } = plane.store;
  await pool.query(`insert into organizations (slug, name, origin) values ('gone', 'Gone', 'manual')`);
  await pool.query(
    `insert into connections (id, organization, is_default, resource_server, client_id, sealed_secret, origin)
       values ('moving', 'msp', true, 'https://halo.example.com', 'x', 'x', 'manual') on conflict do nothing`,
  );
  // Another process: within one, changes wait for each other before they ask the database.
  const other = await openStore({ url: pool.options.connectionString!, embedded: true });
  const asked = await alone(other, async (tx) => {
    await tx.execute(sql`delete from organizations where slug = 'gone'`);
    const answer = plane.ask(admin, method, path, body);
    await waiting();
    return [answer];
  });
  await other.close();
  const [answer] = await Promise.all(asked);
  const named = 'parent' in body ? 'body.parent' : 'body.organization';
  expect(answer?.body).toMatchObject({ status: 404, code: 'NotFoundError', errors: [{ field: named }] });
});

test('a URL that cannot be decoded is not repeated, and what to write is said', async () => {
  const { body } = await plane.ask(admin, 'GET', '/organizations/%ff');
  expect(body).toMatchObject({ status: 400, code: 'SchemaError', errors: [{ field: 'url' }] });
  expect(body['detail']).toMatch(/^the URL cannot be decoded: write every % in it as %25/);
});

test('headers that are too long are refused like the rest', async () => {
  const reply = await request(`${plane.url}/organizations?name=${'x'.repeat(20_000)}`);
  expect(reply.headers['content-type']).toBe('application/problem+json');
  expect(await reply.body.json()).toMatchObject({ status: 431, code: 'SchemaError' });
});

test('everything is still there', async () => {
  const { body } = await plane.ask(admin, 'GET', '/organizations');
  expect((body['organizations'] as { slug: string }[]).map(({ slug }) => slug).toSorted()).toEqual([
    'acme',
    'msp',
    'other',
  ]);
});

/** Until some transaction waits for another one. */
async function waiting(): Promise<void> {
  for (;;) {
    const { rows } = await plane.store.pool.query(
      `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (rows.length > 0) return;
  }
}

/** Also what encodeURIComponent refuses: half a character. */
function encode(text: string): string {
  return [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
}
