/** Options over the API, read from the sandbox, kept, and told with their age when Halo is away. */
import { createBudgets } from '../../../calls/budget.ts';
import type { Budgets } from '../../../calls/budget.ts';
import { createHaloClient } from '../../../halo/client.ts';
import type { HaloClient } from '../../../halo/types.ts';
import { HaloConnectionError } from '../../../errors.ts';
import { configurationReader } from '../../../organizations/configuration.ts';
import { startSandbox } from '../../../sandbox/sandbox.ts';
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import { connections } from '../../../store/schema/configuration.ts';
import { seal } from '../../../store/seal.ts';
import type { HaloPort } from '../../../triggers/haloPort.ts';
import { createHaloPort } from '../../../worker/haloPort.ts';
import { control } from '../../support/sandbox.ts';
import type { Control } from '../../support/sandbox.ts';
import { startPlane } from './plane.ts';
import type { Answer, TestPlane } from './plane.ts';

let plane: TestPlane;
let sandbox: Sandbox;
let halo: Control;
let budgets: Budgets;
let client: HaloClient;
let port: HaloPort;
let viewer: string;

beforeAll(async () => {
  plane = await startPlane({ halo: { call: (request) => port.call(request) } });
  sandbox = await startSandbox();
  const [tenant] = sandbox.tenants;
  if (!tenant) throw new Error('the sandbox has no tenants');
  halo = control(tenant);
  const { store } = plane;
  await store.db.insert(connections).values({
    id: 'msp-halo',
    organization: 'msp',
    isDefault: true,
    resourceServer: tenant.baseUrl,
    authServer: tenant.authUrl,
    tenant: tenant.tenant,
    clientId: tenant.clientId,
    sealedSecret: await seal(store.key, tenant.clientSecret),
    origin: 'manual',
  });
  budgets = createBudgets(store);
  client = createHaloClient();
  port = createHaloPort({ store, budgets, halo: client, configuration: configurationReader(store) });
  viewer = await plane.token('msp', 'viewer');
});
afterAll(async () => {
  await plane.close();
  await budgets.close();
  await client.close();
  await sandbox.close();
});

const ask = (kind: string, query = ''): Promise<Answer> =>
  plane.ask(viewer, 'GET', `/connections/msp-halo/options/${kind}${query}`);
const asked = async (): Promise<number> =>
  (await halo.requests()).filter(({ path }) => path.toLowerCase().startsWith('/api/')).length;

test.each([
  ['ticket-types', { id: 1, name: 'Incident' }],
  ['statuses', { id: 9, name: 'Closed' }],
  ['priorities', { id: 1, name: 'Critical' }],
  ['teams', { id: expect.any(Number) as number, name: 'Service Desk' }],
  ['agents', { id: 3, name: 'Ada Abbott' }],
  ['categories', { id: expect.any(Number) as number, name: 'Account>Password' }],
  ['outcomes', { id: 7, name: 'Internal Note' }],
  ['custom-fields', null],
  ['slas', { id: 1, name: 'Standard' }],
])('%s are listed with their ids, each once', async (kind, one) => {
  const { status, body } = await ask(kind);
  expect([status, body['connection'], body['kind'], body['problem']]).toEqual([200, 'msp-halo', kind, null]);
  const options = body['options'] as { id: number }[];
  if (one !== null) expect(options).toContainEqual(one);
  expect(new Set(options.map(({ id }) => id)).size).toBe(options.length);
  expect(options.length).toBeGreaterThan(0);
});

test('are asked for once in 15 minutes, unless somebody says otherwise', async () => {
  await ask('statuses');
  const before = await asked();
  const kept = await ask('statuses');
  expect(await asked()).toBe(before);
  expect(kept.body['ageSeconds']).toBeLessThan(60);
  await halo.add('Status', { name: 'Waiting for parts' });
  const names = ({ body }: Answer): string[] =>
    (body['options'] as { name: string }[]).map(({ name }) => name);
  expect(names(await ask('statuses'))).not.toContain('Waiting for parts');
  expect(names(await ask('statuses', '?refresh=true'))).toContain('Waiting for parts');
  await plane.store.pool.query(`update halo_options set fetched_at = now() - interval '16 minutes'`);
  const late = await asked();
  expect((await ask('statuses')).body['ageSeconds']).toBeLessThan(60);
  expect(await asked()).toBe(late + 1);
});

test('are told with their age and the reason when Halo is away', async () => {
  await ask('teams');
  await plane.store.pool.query(`update halo_options set fetched_at = now() - interval '2 hours'`);
  await halo.fault({ kind: 'status', status: 503, match: { path: '/Team' }, times: 2 });
  const stale = await ask('teams');
  expect(stale.status).toBe(200);
  expect(stale.body).toMatchObject({
    ageSeconds: expect.closeTo(7200, -2) as number,
    problem: expect.stringContaining('HaloServerError: GET /Team answered 503') as string,
  });
  await plane.store.pool.query('delete from halo_options');
  const never = await ask('teams');
  expect([never.status, never.body['code']]).toEqual([502, 'HaloServerError']);
});

test('a Halo that refuses the connection is not taken for the database', async () => {
  const before = port;
  const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  port = { call: () => Promise.reject(new HaloConnectionError('GET /SLA was not sent', { cause })) };
  const { status, body } = await ask('slas', '?refresh=true');
  port = before;
  expect([status, body['code'], body['detail']]).toEqual([
    504,
    'HaloConnectionError',
    'GET /SLA was not sent',
  ]);
});

test('what an error tells beside takes no member of the problem document', async () => {
  const before = port;
  const details = { code: 'ERR_SSL', status: 418, title: 'odd', detail: 'other', sent: false };
  port = { call: () => Promise.reject(new HaloConnectionError('TLS failed', { details })) };
  const { status, body } = await ask('slas', '?refresh=true');
  port = before;
  expect({ status, body }).toEqual({
    status: 504,
    body: {
      type: 'about:blank',
      title: 'Gateway Timeout',
      status: 504,
      detail: 'TLS failed',
      code: 'HaloConnectionError',
      sent: false,
    },
  });
});

test('what came from the Halo that the connection had before is not kept', async () => {
  const admin = await plane.token('msp', 'admin');
  const change = (tenant: string | null): Promise<Answer> =>
    plane.ask(admin, 'PATCH', '/connections/msp-halo', { tenant });
  const before = port;
  port = {
    call: async (request) => {
      const listed = await before.call(request);
      await change('elsewhere');
      return listed;
    },
  };
  expect((await ask('slas', '?refresh=true')).status).toBe(200);
  port = before;
  const { rows } = await plane.store.pool.query<object>('select kind from halo_options');
  expect(rows).toEqual([]);
  await change(sandbox.tenants[0]?.tenant ?? null);
});

test('another organization finds no connection, and an unknown kind names the nearest', async () => {
  const other = await plane.token('other', 'admin');
  const theirs = await plane.ask(other, 'GET', '/connections/msp-halo/options/teams');
  expect([theirs.status, theirs.body['code']]).toEqual([404, 'NotFoundError']);
  const acme = await plane.token('acme', 'admin');
  expect((await plane.ask(acme, 'GET', '/connections/msp-halo/options/teams')).status).toBe(404);
  const misspelt = await ask('ticket-type');
  expect([misspelt.status, misspelt.body['code']]).toEqual([404, 'NotFoundError']);
  expect(misspelt.body['detail']).toContain('Did you mean "ticket-types"?');
});
