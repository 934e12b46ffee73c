/** Senders that flood, and senders with wrong secrets: what becomes of the deliveries of others meanwhile. */
import { Agent, request } from 'undici';
import { startApi } from '../../api/server.ts';
import type { RunningApi } from '../../api/server.ts';
import { configurationReader } from '../../organizations/configuration.ts';
import { organizations } from '../../store/schema/configuration.ts';
import { seal } from '../../store/seal.ts';
import { triggerReader } from '../../triggers/registry.ts';
import type { Starter } from '../../triggers/start.ts';
import { createTestDatabase } from '../support/database.ts';
import { untilTrue } from '../support/polling.ts';
import { noHalo, unasked } from './parts.ts';

const SECRET = 'whk_0a1b2c3d4e5f';
/** More than may wait. */
const TRIGGERS = 530;

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let api: RunningApi;
let agent: Agent;
beforeAll(async () => {
  database = await createTestDatabase();
  const { store } = database;
  await store.db.insert(organizations).values([
    { slug: 'msp', name: 'MSP', origin: 'manual' },
    { slug: 'other', name: 'Other', origin: 'manual' },
    { slug: 'acme', name: 'Acme', parent: 'msp', origin: 'manual' },
  ]);
  const parameters = {
    wait: false,
    waitSeconds: 1,
    maxBodyBytes: 1_000,
    deliveryKey: { headers: [], body: null },
  };
  await store.pool.query(
    `insert into triggers (id, organization, type, workflow, run_as, run_for, overrides, criteria, parameters, variables,
        enabled, sealed_secret, origin)
      select name, organization, 'webhook', 'echo', 'owner', '{}', '{}', null, $1, '{}', true, $2, 'manual' from (
        select 'flood-' || n, 'acme' from generate_series(1, $3::int) n
        union all values ('msp-hook', 'msp'), ('other-hook', 'other')) named(name, organization)`,
    [JSON.stringify(parameters), await seal(store.key, SECRET), TRIGGERS],
  );
  await store.pool.query(
    `insert into connections (id, organization, is_default, resource_server, client_id, sealed_secret, origin)
      values ('other-halo', 'other', true, 'https://other.halopsa.com', 'x', $1, 'manual')`,
    [await seal(store.key, 'x')],
  );
  await store.pool.query(`insert into halo_webhooks (connection, sealed_secret) values ('other-halo', $1)`, [
    await seal(store.key, SECRET),
  ]);
  // Each test has senders of its own.
  process.env['HALOFLOW_TRUST_PROXY'] = 'true';
  api = await startApi(
    {
      store,
      configuration: configurationReader(store),
      triggers: triggerReader(store),
      // The worker's inbox would decide them.
      dispatch: () => Promise.resolve([]),
      starter: { store, taskQueue: 'none' } as Starter,
      halo: noHalo,
      ...unasked,
    },
    { host: '127.0.0.1', port: 0 },
  );
  agent = new Agent({ connections: TRIGGERS * 2 });
});
afterAll(async () => {
  delete process.env['HALOFLOW_TRUST_PROXY'];
  await agent.close();
  await api.close();
  await database.drop();
});

async function post(path: string, { secret = SECRET, address = '192.0.2.1' } = {}): Promise<number> {
  const reply = await request(`${api.url}/${path}/${secret}`, {
    dispatcher: agent,
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
    body: path.startsWith('halo') ? '{"event":"New Ticket Logged","ticket":{"id":1}}' : '{}',
  });
  await reply.body.dump();
  return reply.statusCode;
}

/** The statuses of so many requests, one after the other, and how often they took a connection to the database. */
async function inTurn(
  count: number,
  ask: (n: number) => Promise<number>,
): Promise<{ readonly statuses: number[]; readonly looks: number }> {
  const { pool } = database.store;
  const connect = pool.connect.bind(pool) as (...given: unknown[]) => unknown;
  let looks = 0;
  pool.connect = ((...given: unknown[]) => {
    looks += 1;
    return connect(...given);
  }) as typeof pool.connect;
  const statuses: number[] = [];
  for (let n = 0; n < count; n += 1) statuses.push(await ask(n));
  pool.connect = connect as typeof pool.connect;
  return { statuses, looks };
}

const repeated = (status: number, count: number): number[] => Array<number>(count).fill(status);

test('where more come than can wait, those of the tenant that floods give way, with however many triggers', async () => {
  expect(await post('webhooks/other-hook')).toBe(202);
  const client = await database.store.pool.connect();
  await client.query('begin; lock table events in share mode');
  const statuses: number[] = [];
  const flood = Array.from({ length: TRIGGERS }, async (_, n) =>
    statuses.push(await post(`webhooks/flood-${n + 1}`)),
  );
  await untilTrue(() => statuses.includes(503));
  const others = ['other-hook', 'msp-hook', 'other-hook', 'msp-hook', 'other-hook'].map((id) =>
    post(`webhooks/${id}`),
  );
  // One for each of them: each has found a place.
  await untilTrue(() => statuses.filter((status) => status === 503).length >= TRIGGERS - 508 + others.length);
  await client.query('commit');
  client.release();
  expect(await Promise.all(others)).toEqual([202, 202, 202, 202, 202]);
  await Promise.all(flood);
  expect(new Set(statuses)).toEqual(new Set([202, 503]));
  const { rows } = await database.store.pool.query<{ trigger: string; stored: number }>(
    `select trigger, count(*)::int as stored from events where trigger not like 'flood-%' group by trigger order by trigger`,
  );
  expect(rows).toEqual([
    { trigger: 'msp-hook', stored: 2 },
    { trigger: 'other-hook', stored: 4 },
  ]);
});

test.each(['webhooks/other-hook', 'halo/other-halo'])(
  'POST /%s with the same wrong secret is looked up so often, and then refused before the database is asked',
  async (path) => {
    const sender = { secret: `wrong-${path.length}`, address: `192.0.2.${path.length}` };
    const first = await inTurn(200, () => post(path, sender));
    expect(first.statuses).toEqual(repeated(401, 200));
    const then = await inTurn(30, () => post(path, sender));
    expect(then).toEqual({ statuses: repeated(429, 30), looks: 0 });
    // Whoever knows it comes from the same address.
    expect(await post(path, { address: sender.address })).toBe(202);
  },
);

test('who tries one secret after the other is held up by address, and stops neither Halo nor others behind it', async () => {
  const address = '198.51.100.7';
  const paths = ['webhooks/other-hook', 'halo/other-halo'];
  expect((await inTurn(2, (n) => post(paths[n] ?? '', { address }))).statuses).toEqual([202, 202]);
  const tries = Array.from({ length: 600 }, (_, n) =>
    post(paths[n % 2] ?? '', { secret: `try-${n}`, address }),
  );
  expect(await Promise.all(tries)).toEqual(repeated(401, 600));
  // One of these may be looked up as if it were a newcomer's.
  const more = await inTurn(3, (n) => post(paths[n % 2] ?? '', { secret: `more-${n}`, address }));
  expect(more.statuses).toContain(429);
  expect((await inTurn(20, (n) => post(paths[n % 2] ?? '', { address }))).statuses).toEqual(
    repeated(202, 20),
  );
  // Another address is another one, and a newcomer with the right secret gets in.
  expect(await post('webhooks/other-hook', { secret: 'more-9', address: '198.51.100.8' })).toBe(401);
  await untilTrue(async () => (await post('webhooks/msp-hook', { address })) === 202);

  const statuses: number[] = [];
  const { looks } = await inTurn(1, async () => {
    const asked = Array.from({ length: 50 }, (_, n) =>
      post('halo/other-halo', { secret: `at-once-${n}`, address }),
    );
    statuses.push(...(await Promise.all(asked)));
    return 0;
  });
  const lookedUp = statuses.filter((status) => status === 401).length;
  expect(lookedUp).toBeLessThan(50);
  expect(looks).toBe(lookedUp);
});
