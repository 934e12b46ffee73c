/** API tokens: made, used, ended, and never more than who makes them. */
import { tmpdir } from 'node:os';
import { request } from 'undici';
import { run } from '../../cli/command.ts';
import { readPage } from '../../docs/markdown.ts';
import { startPlane } from './plane.ts';
import type { TestPlane } from './plane.ts';

let plane: TestPlane;
let admin: string;
beforeAll(async () => {
  plane = await startPlane();
  admin = await plane.token(null, 'admin');
});
afterAll(() => plane.close());

const create = (token: string, body: object) => plane.ask(token, 'POST', '/tokens', body);
const listed = async (token: string): Promise<unknown[]> => {
  const { body } = await plane.ask(token, 'GET', '/tokens');
  return (body['tokens'] as { name: string }[]).map(({ name }) => name);
};

test('a token works until it is revoked, and its secret is nowhere in the database', async () => {
  const made = await create(admin, { name: 'console', role: 'admin' });
  expect(made.status).toBe(201);
  const text = made.body['text'] as string;
  expect(await listed(text)).toContain('console');
  const { id } = made.body['token'] as { id: string };
  const rows = await plane.store.pool.query('select * from api_tokens');
  const log = await plane.store.pool.query('select * from audit_log');
  expect(JSON.stringify([rows.rows, log.rows])).not.toContain(text.slice(-43));
  expect((await plane.ask(admin, 'DELETE', `/tokens/${id}`)).status).toBe(200);
  expect((await plane.ask(text, 'GET', '/tokens')).status).toBe(401);
  const without = await plane.ask('', 'GET', '/tokens');
  expect([without.status, without.body['detail']]).toEqual([
    401,
    expect.stringContaining('no token was given'),
  ]);
  expect((await plane.ask(admin, 'DELETE', `/tokens/${id}`)).status).toBe(404);
});

test('an expired token is like an unknown one', async () => {
  const made = await create(admin, { name: 'short', role: 'admin', expiresAt: '2999-01-01T00:00:00Z' });
  const { id } = made.body['token'] as { id: string };
  await plane.store.pool.query(`update api_tokens set expires_at = now() where id = $1`, [id]);
  const expired = await plane.ask(made.body['text'] as string, 'GET', '/tokens');
  const unknown = await plane.ask(`hft_000000000000_${'A'.repeat(43)}`, 'GET', '/tokens');
  expect(expired).toEqual(unknown);
});

test('a token says what it is, and so does the command line', async () => {
  const expiresAt = '2999-01-01T00:00:00.000Z';
  const acme = { name: 'of acme', role: 'operator', organization: 'acme', expiresAt };
  const made = await create(admin, acme);
  const text = made.body['text'] as string;
  const { id: actor } = made.body['token'] as { id: string };
  expect((await plane.ask(text, 'GET', '/me')).body).toEqual({ actor, ...acme });
  const { stdout } = await run(['tokens', 'whoami'], {
    home: tmpdir(),
    env: { HALOFLOW_URL: plane.url.replace('/api/v1', ''), HALOFLOW_TOKEN: text },
  });
  expect(stdout).toBe(
    `You are the token of acme (${actor}): operator of acme and what is below it; it ends ${expiresAt}.\n`,
  );
});

test('no token makes one that ends later than itself', async () => {
  const latest = '2998-01-01T00:00:00.000Z';
  const made = await create(admin, { name: 'maker', role: 'admin', expiresAt: latest });
  const maker = made.body['text'] as string;
  const later = await create(maker, { name: 'later', role: 'viewer', expiresAt: '2998-01-01T00:00:01Z' });
  expect(later.body).toMatchObject({ status: 403, code: 'ForbiddenError', field: 'body.expiresAt', latest });
  expect(later.body['detail']).toContain(latest);
  const ends = async (body: object): Promise<unknown> => {
    const { token } = (await create(maker, { role: 'viewer', ...body })).body as { token: object };
    return (token as { expiresAt: unknown }).expiresAt;
  };
  expect(await ends({ name: 'as late', expiresAt: latest })).toBe(latest);
  expect(await ends({ name: 'sooner', expiresAt: '2997-01-01T00:00:00Z' })).toBe('2997-01-01T00:00:00.000Z');
  expect(await ends({ name: 'by default' })).toBe(latest);
  expect(await ends({ name: 'by null', expiresAt: null })).toBe(latest);
  expect((await create(admin, { name: 'endless', role: 'admin' })).body).toMatchObject({
    token: { expiresAt: null },
  });
});

test('an admin of one organization sees and makes only what is at or below it', async () => {
  const own = await plane.token('msp', 'admin');
  expect((await create(own, { name: 'for acme', role: 'viewer', organization: 'acme' })).status).toBe(201);
  expect((await create(own, { name: 'default', role: 'viewer' })).body['token']).toMatchObject({
    organization: 'msp',
  });
  const refused = await create(own, { name: 'for other', role: 'viewer', organization: 'other' });
  const unknown = await create(own, { name: 'for other', role: 'viewer', organization: 'nobody' });
  expect([refused.status, refused.body['code']]).toEqual([404, 'NotFoundError']);
  expect(String(refused.body['detail']).replace('other', 'nobody')).toBe(unknown.body['detail']);
  const whole = await create(own, { name: 'for all', role: 'viewer', organization: null });
  expect(whole.body['token']).toMatchObject({ organization: 'msp' });
  const seen = await listed(own);
  expect(seen).toEqual(expect.arrayContaining(['for acme', 'msp admin']));
  expect(seen).not.toContain('all admin');
  const theirs = await plane.token('other', 'admin');
  expect(await listed(theirs)).toEqual(['other admin']);
});

test('bad input names the field and what to do', async () => {
  const bad = await create(admin, { name: 7, role: 'root', colour: 'red' });
  expect([bad.status, bad.body['code']]).toEqual([400, 'SchemaError']);
  const fields = (bad.body['errors'] as { field: string }[]).map(({ field }) => field);
  expect(fields.toSorted()).toEqual(['body.colour', 'body.name', 'body.role']);
  const missing = await create(admin, {});
  expect(String(missing.body['detail'])).toContain('body.name is missing');
  const twice = [
    await create(admin, { name: 'twin', role: 'viewer' }),
    await create(admin, { name: 'twin', role: 'viewer' }),
  ];
  expect(twice.map(({ status }) => status)).toEqual([201, 409]);
  const past = await create(admin, { name: 'past', role: 'viewer', expiresAt: '2001-01-01T00:00:00Z' });
  expect([past.status, past.body['field']]).toEqual([400, 'body.expiresAt']);
  expect(past.body['errors']).toEqual([{ field: 'body.expiresAt', message: past.body['detail'] }]);
  const malformed = await plane.ask(admin, 'POST', '/tokens', '{"name":');
  expect([malformed.status, malformed.body['code']]).toEqual([400, 'SchemaError']);
  const large = await create(admin, { name: 'x'.repeat(2_000_000), role: 'viewer' });
  expect(large.status).toBe(413);
});

test('the audit log has each of them, in pages, and only for who may see it', async () => {
  const own = await plane.token('msp', 'admin');
  const first = await plane.ask(own, 'GET', '/audit?limit=1');
  const second = await plane.ask(own, 'GET', `/audit?limit=1&cursor=${String(first.body['next'])}`);
  const ids = [first, second].map(({ body }) => (body['entries'] as { id: number }[])[0]?.id ?? 0);
  expect(ids[0]).toBeGreaterThan(ids[1] ?? Infinity);
  const all = await plane.ask(own, 'GET', '/audit');
  const organizations = (all.body['entries'] as { organization: string }[]).map(
    ({ organization }) => organization,
  );
  expect(new Set(organizations)).toEqual(new Set(['msp', 'acme']));
  const odd = await plane.ask(own, 'GET', '/audit?cursor=bm9uc2Vuc2U');
  expect([odd.status, odd.body['field']]).toEqual([400, 'query.cursor']);
});

test('the log is searched by what was done, to what and when', async () => {
  const admin = await plane.token('acme', 'admin');
  for (const value of [1, 2]) {
    const answer = await plane.ask(admin, 'PUT', '/organizations/acme/variables/urgent', { value });
    expect(answer.status).toBe(200);
  }
  const found = async (query: string): Promise<unknown[]> => {
    const { body } = await plane.ask(admin, 'GET', `/audit?${query}`);
    return (body['entries'] as { action: string; object: string }[]).map(({ object }) => object);
  };
  const both = ['variable acme/urgent', 'variable acme/urgent'];
  expect(await found('action=variables')).toEqual(both);
  expect(await found('action=variables.set&object=acme/urgent')).toEqual(both);
  for (const none of [
    'action=variable',
    'action=variables.%25',
    'object=acme/%25',
    'until=2026-01-01T00:00:00Z',
  ]) {
    expect(await found(none)).toEqual([]);
  }
  expect(await found('object=urgent&since=2026-01-01T00:00:00Z')).toEqual(both);
  const { stdout } = await run(['audit', 'list', '--action', 'variables'], {
    home: tmpdir(),
    env: { HALOFLOW_URL: plane.url.replace('/api/v1', ''), HALOFLOW_TOKEN: admin },
  });
  expect(stdout).toMatch(/variable acme\/urgent +acme +value 1 -> 2\n/);
});

test.each(['runs', 'events', 'audit'])('%s are listed until a time to come, too', async (noun) => {
  const token = await plane.token('acme', 'admin');
  const { code, stderr } = await run([noun, 'list', '--until', '2999-01-01'], {
    home: tmpdir(),
    env: { HALOFLOW_URL: plane.url.replace('/api/v1', ''), HALOFLOW_TOKEN: token },
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

test('a name is taken within an organization only: what tokens of others are called is not told', async () => {
  const named = { name: 'dashboard', role: 'viewer' };
  const make = async (token: string): Promise<number> =>
    (await plane.ask(token, 'POST', '/tokens', named)).status;
  const theirs = await plane.token('other', 'admin');
  const ours = await plane.token('acme', 'admin');
  expect([await make(theirs), await make(ours), await make(ours)]).toEqual([201, 201, 409]);
});

test.each([
  ['/nothing', 404, 'NotFoundError'],
  ['/runs/%zz', 400, 'SchemaError'],
])('%s, which nothing is served at, is told with a code, too', async (path, status, code) => {
  const answer = await plane.ask(await plane.token(null, 'admin'), 'GET', path);
  expect(answer.type).toMatch('application/problem+json');
  expect(answer.body).toMatchObject({ status, code });
});

test('so many requests a minute are allowed as the page says', async () => {
  const reply = await request(`${plane.url}/tokens`, { headers: { authorization: `Bearer ${admin}` } });
  await reply.body.dump();
  const limit = Number(reply.headers['x-ratelimit-limit']).toLocaleString('en');
  expect(readPage('docs/api.md').text).toContain(`may send ${limit} requests a minute`);
});
