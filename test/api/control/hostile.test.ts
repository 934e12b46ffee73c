/** Tricks in what is asked: refused or found to be nothing, and nothing breaks. */
import { request } from 'undici';
import { cursorOf } from '../../../api/control/cursor.ts';
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

const LEAP = '2026-06-30T23:59:60Z';
test.each([
  ['GET', `/runs?since=${LEAP}`, undefined],
  ['GET', `/events?until=${LEAP}`, undefined],
  ['GET', `/audit?since=${LEAP}`, undefined],
  ['POST', '/tokens', { name: 'leap', role: 'viewer', expiresAt: LEAP }],
  ['POST', '/triggers/watch/rewind', { since: LEAP }],
  ['POST', '/triggers/watch/backfill', { since: LEAP }],
] as const)('%s %s refuses a second that is in no clock', async (method, path, asked) => {
  const { status, body } = await plane.ask(admin, method, path, asked);
  expect([status, body['detail']]).toEqual([400, expect.stringContaining('is no time')]);
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

const json = { 'content-type': 'application/json' };
test.each([
  ['no JSON', json, '{"name":', 400, 'the body is no JSON'],
  ['nothing', json, '', 400, 'the body is no JSON: it is empty'],
  ['a prototype', json, '{"name":"Acme","__proto__":{"slug":"msp"}}', 400, 'the body is no JSON'],
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

/** Also what encodeURIComponent refuses: half a character. */
function encode(text: string): string {
  return [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
}
