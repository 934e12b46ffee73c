/** What connections of others to the same Halo do to a tenant's calls: nothing. */
import { forgetBudgets } from '../support/forgetBudgets.ts';
import { startHaloflow } from '../support/haloflow.ts';
import type { TestHaloflow } from '../support/haloflow.ts';
import { probe } from './helpers.ts';

let haloflow: TestHaloflow;
let server: string;
beforeAll(async () => {
  haloflow = await startHaloflow();
  server = haloflow.sandbox.tenants.find(({ name }) => name === 'northwind')!.baseUrl;
});
afterAll(() => haloflow.close());
beforeEach(async () => {
  await forgetBudgets(haloflow.store);
  await haloflow.reconfigure(`delete from connections where id like 'other-%'`);
});

/** Another connection to Northwind's Halo, with a secret that nobody can open. */
async function connect(
  id: string,
  fields: { organization: string; requests: number; perSeconds: number; enabled?: boolean },
): Promise<void> {
  const { organization, requests, perSeconds, enabled = true } = fields;
  await haloflow.store.pool.query(
    `insert into organizations (slug, name, origin) values ($1, $1, 'manual') on conflict do nothing`,
    [organization],
  );
  await haloflow.reconfigure(
    `insert into connections (id, organization, is_default, enabled, resource_server, client_id, sealed_secret,
        rate_requests, rate_per_seconds, origin)
      select $1, $2, false, $3, $4, 'stolen', sealed_secret, $5, $6, 'manual' from connections where id = 'northwind-halo'`,
    [id, organization, enabled, server, requests, perSeconds],
  );
}

/** Twelve calls, of which none had to be put off. */
async function callsAreLetThrough(): Promise<void> {
  for (let time = 0; time < 12; time += 1) {
    const { failure, calls } = await probe(haloflow, { action: 'agents.list', options: { fields: ['id'] } });
    expect(failure).toBeUndefined();
    expect(calls).toMatchObject([{ status: 'ok', attempts: 1 }]);
  }
  const { rows } = await haloflow.store.pool.query<{ live: number; requests: number }>(
    `select live, requests from budget_hosts where tree = 'northwind'`,
  );
  expect(rows).toMatchObject([{ requests: 300 }]);
  expect(rows[0]!.live).toBeGreaterThanOrEqual(12);
}

test("another tree's limit, whatever it is, counts for that tree", async () => {
  await connect('other-slow', { organization: 'umbrella', requests: 1, perSeconds: 2_147_483_647 });
  await connect('other-hour', { organization: 'umbrella', requests: 360, perSeconds: 3600 });
  await callsAreLetThrough();
});

test('the limit of a connection that is disabled, or that Halo gives no token, counts for no other one', async () => {
  await connect('other-disabled', { organization: 'northwind', requests: 1, perSeconds: 10, enabled: false });
  await connect('other-secret', { organization: 'acme', requests: 1, perSeconds: 10 });
  const using = { use: 'connection', connection: 'other-secret' } as const;
  const wrong = await probe(haloflow, { action: 'agents.list', using }, { organization: 'acme' });
  expect(wrong.failure?.type).toBe('HaloAuthenticationError');
  await callsAreLetThrough();
});

test('two connections of one tree that Halo has taken share the smaller limit, and lose it with the connection', async () => {
  const own = haloflow.sandbox.tenants.find(({ name }) => name === 'northwind')!;
  await connect('other-good', { organization: 'northwind', requests: 20, perSeconds: 100 });
  await haloflow.reconfigure(`update connections set client_id = $1 where id = 'other-good'`, [own.clientId]);
  const using = { use: 'connection', connection: 'other-good' } as const;
  expect((await probe(haloflow, { action: 'agents.list', using })).failure).toBeUndefined();
  const limit = async (): Promise<number | undefined> => {
    expect(
      (await probe(haloflow, { action: 'agents.list', options: { fields: ['id'] } })).failure,
    ).toBeUndefined();
    const { rows } = await haloflow.store.pool.query<{ requests: number }>(
      `select requests from budget_hosts where tree = 'northwind'`,
    );
    return rows[0]?.requests;
  };
  while ((await limit()) !== 20) await haloflow.configuration();
  await haloflow.reconfigure(`update connections set enabled = false where id = 'other-good'`);
  expect(await limit()).toBe(300);
});
