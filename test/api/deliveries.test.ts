/** A tenant that floods with deliveries, and the deliveries of others meanwhile. */
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
  await agent.close();
  await api.close();
  await database.drop();
});

async function post(trigger: string): Promise<number> {
  const reply = await request(`${api.url}/webhooks/${trigger}/${SECRET}`, {
    dispatcher: agent,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  await reply.body.dump();
  return reply.statusCode;
}

test('where more come than can wait, those of the tenant that floods give way, with however many triggers', async () => {
  expect(await post('other-hook')).toBe(202);
  const client = await database.store.pool.connect();
  await client.query('begin; lock table events in share mode');
  const statuses: number[] = [];
  const flood = Array.from({ length: TRIGGERS }, async (_, n) => statuses.push(await post(`flood-${n + 1}`)));
  await untilTrue(() => statuses.includes(503));
  const others = ['other-hook', 'msp-hook', 'other-hook', 'msp-hook', 'other-hook'].map((id) => post(id));
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
