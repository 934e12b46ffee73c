/** Rate budgets over the API: who sees which, and what a reset forgets. */
import { reset, shown } from '../../../cli/budgets.ts';
import { startPlane } from './plane.ts';
import type { TestPlane } from './plane.ts';

let plane: TestPlane;
beforeAll(async () => {
  plane = await startPlane();
  await plane.store.pool.query(
    `insert into connections (id, organization, is_default, resource_server, client_id, sealed_secret, origin) values
       ('msp-halo', 'msp', true, 'https://shared.example.com', 'a', 'x', 'manual'),
       ('acme-shared', 'acme', false, 'https://shared.example.com', 'a', 'x', 'manual'),
       ('acme-halo', 'acme', true, 'https://acme.example.com', 'a', 'x', 'manual'),
       ('other-halo', 'other', true, 'https://shared.example.com', 'a', 'x', 'manual')`,
  );
});
beforeEach(async () => {
  await plane.store.pool.query('truncate budget_hosts, budget_grants, audit_log');
  await plane.store.pool.query(
    `insert into budget_hosts (tree, host, requests, per_seconds, named_at, horizon, believed, refused_at, refusal,
        virtual_times, version)
      select tree, host, 300, 300, now(), now() + interval '1 hour', 30, now(), 'no more', '{0,0,0}', 1 from (values
        ('msp', 'shared.example.com'), ('msp', 'acme.example.com'), ('other', 'shared.example.com')) as b(tree, host)`,
  );
  await plane.store.pool.query(
    `insert into budget_grants (tree, host, lane, organization, granted_at, expires_at)
      values ('msp', 'shared.example.com', 'normal', 'msp', now(), now() + interval '5 min')`,
  );
});
afterAll(() => plane.close());

type Listed = {
  organization: string;
  host: string;
  allowed: number;
  used: number;
  pausedUntil: string | null;
}[];

async function seen(organization: string | null): Promise<string[]> {
  const { body } = await plane.ask(await plane.token(organization, 'viewer'), 'GET', '/budgets');
  return (body['budgets'] as Listed).map((budget) => `${budget.organization} ${budget.host}`);
}

test('each tree sees its own, and a client those that nobody else of its tree shares', async () => {
  expect(await seen(null)).toEqual([
    'msp acme.example.com',
    'msp shared.example.com',
    'other shared.example.com',
  ]);
  expect(await seen('msp')).toEqual(['msp acme.example.com', 'msp shared.example.com']);
  expect(await seen('other')).toEqual(['other shared.example.com']);
  expect(await seen('acme')).toEqual(['msp acme.example.com']);
});

test('a reset forgets what was believed, in the own tree only, and leaves what was granted', async () => {
  const host = 'shared.example.com';
  const done = await plane.ask(await plane.token('msp', 'operator'), 'POST', '/budgets/reset', { host });
  expect(done).toMatchObject({
    status: 200,
    body: {
      budgets: [{ organization: 'msp', host, allowed: 300, used: 1, pausedUntil: null, refusal: null }],
    },
  });
  const { body } = await plane.ask(await plane.token('other', 'viewer'), 'GET', '/budgets');
  expect(body['budgets']).toMatchObject([{ allowed: 30, pausedUntil: expect.any(String) as string }]);
  const { rows } = await plane.store.pool.query(
    `select action, object, organization from audit_log where action like 'budgets%'`,
  );
  expect(rows).toEqual([{ action: 'budgets.reset', object: `budget ${host}`, organization: 'msp' }]);
});

test('the commands say what is reset, and what each number counts', async () => {
  process.env['HALOFLOW_URL'] = plane.url.replace('/api/v1', '');
  process.env['HALOFLOW_TOKEN'] = await plane.token('msp', 'operator');
  const host = 'shared.example.com';
  expect((await shown()).text).toMatch(
    /configured limit +assumed limit +requests used +requests waiting +paused until[^]* 300 requests in 300 s +30 requests in 300 s +1 +0 +20/,
  );
  expect((await reset(host, {})).text).toMatch(
    /^msp, shared\.example\.com: the assumed limit of 30 requests is back to the configured 300 in 300 s, and the pause until \S+ is over\.\nRequests that were already granted still count\.\n/,
  );
  expect((await reset(host, {})).text).toContain(': there was no assumed limit and no pause to clear.\n');
  delete process.env['HALOFLOW_URL'];
  delete process.env['HALOFLOW_TOKEN'];
});

test('what is shared with others above cannot be reset from below, and is like what is not there', async () => {
  const acme = await plane.token('acme', 'admin');
  const refused = await plane.ask(acme, 'POST', '/budgets/reset', { host: 'shared.example.com' });
  const nothing = await plane.ask(acme, 'POST', '/budgets/reset', { host: 'nobody.example.com' });
  expect([refused.status, nothing.status]).toEqual([404, 404]);
  expect(String(refused.body['detail']).replace('shared', 'nobody')).toBe(nothing.body['detail']);
  const own = await plane.ask(acme, 'POST', '/budgets/reset', { host: 'acme.example.com' });
  expect(own.status).toBe(200);
  const viewer = await plane.token('msp', 'viewer');
  expect((await plane.ask(viewer, 'POST', '/budgets/reset', { host: 'shared.example.com' })).status).toBe(
    403,
  );
});

test('a limit out of bounds is refused wherever it comes in, with the stored part of it', async () => {
  const admin = await plane.token('acme', 'admin');
  const change = (rateLimit: object) => plane.ask(admin, 'PATCH', '/connections/acme-halo', { rateLimit });
  for (const rateLimit of [
    { perSeconds: 2_147_483_647 },
    { perSeconds: 3601 },
    { requests: 2_147_483_647 },
    { requests: 1_000_001 },
    { requests: 1 },
    { requests: 29 },
    { requests: 1, perSeconds: 11 },
    { requests: 359, perSeconds: 3600 },
  ]) {
    const { status, body } = await change(rateLimit);
    expect({ rateLimit, status, code: body['code'] }).toEqual({
      rateLimit,
      status: 400,
      code: 'SchemaError',
    });
  }
  for (const rateLimit of [
    { requests: 360, perSeconds: 3600 },
    { requests: 1, perSeconds: 10 },
  ]) {
    expect((await change(rateLimit)).status).toBe(200);
  }
});
