/** The client and the catalogue against the sandbox, as a worker uses them. */
import { catalogue, findAction } from '../../actions/index.ts';
import type { Action } from '../../actions/types.ts';
import { createHaloClient } from '../../halo/client.ts';
import type { HaloCall, HaloClient, HaloCredentials } from '../../halo/types.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import type { Sandbox, SandboxTenant } from '../../sandbox/sandbox.ts';
import { control } from '../support/sandbox.ts';
import type { Control } from '../support/sandbox.ts';
import { countingBudget, rejection } from './fakeHalo.ts';

let sandbox: Sandbox;
let northwind: SandboxTenant;
let globex: SandboxTenant;
let halo: Control;
let client: HaloClient;

beforeAll(async () => {
  sandbox = await startSandbox();
  [northwind, globex] = sandbox.tenants as [SandboxTenant, SandboxTenant];
  halo = control(northwind);
});
afterAll(async () => {
  await sandbox.close();
});
beforeEach(async () => {
  await halo.reset();
  client = createHaloClient();
});
afterEach(async () => {
  await client.close();
});

function credentialsOf(tenant: SandboxTenant, changes: Partial<HaloCredentials> = {}): HaloCredentials {
  return {
    connection: `${tenant.name}-halo`,
    resourceServer: tenant.baseUrl,
    authServer: tenant.authUrl,
    tenant: tenant.tenant,
    onPremise: false,
    clientId: tenant.clientId,
    clientSecret: tenant.clientSecret,
    scope: 'all',
    ...changes,
  };
}

interface CallChanges extends Partial<Pick<HaloCall, 'options' | 'onProgress' | 'budget'>> {
  readonly credentials?: Partial<HaloCredentials>;
}

function call(
  id: string,
  input: unknown = {},
  { credentials, ...changes }: CallChanges = {},
): Promise<unknown> {
  const action = findAction(id);
  if (action === undefined) throw new Error(`there is no action ${id}`);
  const budget = countingBudget();
  return client.execute({
    action,
    input,
    budget,
    ...changes,
    credentials: credentialsOf(northwind, credentials),
  });
}

type Row = Record<string, unknown>;
const rows = (value: unknown): Row[] => value as Row[];
const apiCalls = async (): Promise<string[]> =>
  (await halo.requests())
    .filter(({ path }) => path.startsWith('/api/'))
    .map(({ method, path }) => `${method} ${path}`);

test("each tenant's agents, with its own token", async () => {
  const own = rows(await call('agents.list', {}, { options: { fields: ['id', 'name'] } }));
  const theirs = rows(
    await client.execute({
      action: findAction('agents.list') as Action,
      input: {},
      budget: countingBudget(),
      credentials: credentialsOf(globex, { authServer: null, tenant: null }),
    }),
  );
  expect([own.length, theirs.length]).toEqual([14, 5]);
  expect(Object.keys(own[0] ?? {})).toEqual(['id', 'name']);
  expect(await apiCalls()).toEqual(['GET /api/Agent']);
});

const freeLists = [...catalogue.values()].filter(
  ({ items, needs }) => items !== undefined && needs === undefined,
);
test.each(freeLists.map(({ id }) => id))('%s answers an array of rows', async (id) => {
  const window = { start_date: '2020-01-01T00:00:00', end_date: '2030-01-01T00:00:00' };
  const found = await call(id, id === 'appointments.list' ? window : {});
  expect(Array.isArray(found)).toBe(true);
  for (const row of rows(found)) expect(typeof row).toBe('object');
});

test.each([100, 50])('all tickets under a page cap of %i', async (pageCap) => {
  await halo.settings({ pageCap, rateLimit: { requests: 1000, perSeconds: 1 } });
  const everything = await halo.records('Tickets');
  expect(everything.length).toBeGreaterThan(150);
  const budget = countingBudget();
  const found = rows(await call('tickets.list', {}, { options: { all: true, fields: ['id'] }, budget }));
  expect(new Set(found.map(({ id }) => id))).toEqual(new Set(everything.map(({ id }) => id)));
  expect(found).toHaveLength(everything.length);
  expect(budget.taken).toBe(1 + Math.ceil(everything.length / pageCap));
});

test('a ticket is created, read, changed and deleted', async () => {
  const made = (await call('tickets.create', { summary: 'Printer on fire', client_id: 12 })) as Row;
  expect(made).toMatchObject({ id: expect.any(Number) as number, summary: 'Printer on fire', client_id: 12 });
  const { id } = made;
  expect(await call('tickets.update', { id, summary: 'Printer put out' })).toMatchObject({
    id,
    client_id: 12,
  });
  expect(await call('tickets.get', { id }, { options: { fields: ['id', 'summary'] } })).toEqual({
    id,
    summary: 'Printer put out',
  });
  expect(await call('tickets.delete', { id })).toMatchObject({ id });
  expect(await rejection(call('tickets.get', { id }))).toMatchObject({
    name: 'HaloNotFoundError',
    status: 404,
  });
});

test('several tickets are one request each, and a bad one says how far it came', async () => {
  const made = rows(await call('tickets.upsert', [{ summary: 'a' }, { summary: 'b' }]));
  expect(made.map(({ summary }) => summary)).toEqual(['a', 'b']);
  const error = await rejection(
    call('tickets.upsert', [{ summary: 'c' }, { client_id: 12 }, { summary: 'd' }]),
  );
  expect(error).toMatchObject({ name: 'HaloValidationError', status: 400, details: { done: 1, element: 1 } });
  expect(error.message).toMatch(/^element 2 of 3 \(1 done before\): POST \/Tickets answered 400/);
  expect((await apiCalls()).filter((line) => line === 'POST /api/Tickets')).toHaveLength(4);
});

test('a ticket does not count as created when Halo answers an error with status 200', async () => {
  const body = { error: 'boom' };
  await halo.fault({ kind: 'status', status: 200, body, match: { path: '/api/Tickets' } });
  const error = await rejection(call('tickets.create', { summary: 'x' }));
  expect(error).toMatchObject({ name: 'HaloOutcomeUnknownError', status: 200 });
  expect(error.message).toContain('boom');
});

test('a file goes up and comes down', async () => {
  const data_base64 = Buffer.from([0, 1, 2, 253, 254, 255]).toString('base64');
  const [ticket] = await halo.records('Tickets');
  const made = (await call('attachments.create', {
    ticket_id: ticket?.['id'],
    filename: 'dump.bin',
    data_base64,
  })) as Row;
  expect(await call('attachments.get', { id: made['id'] })).toMatchObject({
    filename: 'dump.bin',
    size: 6,
    data_base64,
  });
});

test('a report preview has columns and rows, a bad one is an error with the reason', async () => {
  const sql = 'SELECT TOP 2 faultid, symptom FROM faults';
  expect(await call('reports.preview', { sql })).toMatchObject({
    columns: [{ name: 'faultid' }, { name: 'symptom' }],
    rows: [{ faultid: expect.any(String) as string }, {}],
  });
  const error = await rejection(call('reports.preview', { sql: `${sql};` }));
  expect(error).toMatchObject({ name: 'HaloValidationError', retryable: false, status: 200 });
  expect(error.message).toContain('the report failed: ');
});

test('tokens that die between two pages are replaced, and no row is lost', async () => {
  await halo.fault({ kind: 'expire-tokens', match: { path: '/Tickets' }, skip: 1, times: 1 });
  const found = rows(await call('tickets.list', {}, { options: { all: true, fields: ['id'] } }));
  expect(found).toHaveLength((await halo.records('Tickets')).length);
  expect((await halo.requests()).filter(({ path }) => path === '/auth/token')).toHaveLength(2);
});

test('a token of a short life is replaced before it ends: no call is answered 401', async () => {
  await halo.settings({ tokenLifetimeSeconds: 1 });
  for (let round = 0; round < 4; round += 1) {
    await call('statuses.list');
    await new Promise((resolve) => setTimeout(resolve, 400));
  }
  expect((await halo.requests()).map(({ status }) => status)).not.toContain(401);
});

describe('a connection that breaks around a write', () => {
  const titles = async (): Promise<unknown[]> =>
    (await halo.records('Tickets')).map(({ summary }) => summary);

  test.each([
    ['drop-before', false],
    ['drop-after', true],
  ] as const)('%s: the outcome is unknown, and it is sent once', async (kind, written) => {
    await call('statuses.list');
    await halo.fault({ kind, match: { method: 'POST', path: '/Tickets' } });
    const error = await rejection(call('tickets.create', { summary: 'only once' }));
    expect(error).toMatchObject({ name: 'HaloOutcomeUnknownError', retryable: false });
    expect((await titles()).includes('only once')).toBe(written);
  });

  test.each(['drop-before', 'drop-after'] as const)('%s: a read may be tried again', async (kind) => {
    await halo.fault({ kind, match: { path: '/Status' } });
    expect(await rejection(call('statuses.list'))).toMatchObject({
      name: 'HaloConnectionError',
      retryable: true,
    });
    expect(rows(await call('statuses.list')).length).toBeGreaterThan(0);
  });
});

test.each([
  [{ kind: 'truncate' }, { name: 'HaloServerError', retryable: true }],
  [{ kind: 'html' }, { name: 'HaloServerError', retryable: false }],
  [{ kind: 'empty' }, { name: 'HaloServerError', retryable: true }],
  [
    { kind: 'status', status: 503 },
    { name: 'HaloServerError', retryable: true, status: 503 },
  ],
  [
    { kind: 'delay', delayMs: 2500 },
    { name: 'HaloConnectionError', retryable: true },
  ],
] as const)('a read that meets %j', async (fault, expected) => {
  if (fault.kind === 'delay') {
    await client.close();
    client = createHaloClient({ requestTimeoutMs: 2000 });
  }
  await call('statuses.list');
  await halo.fault({ ...fault, match: { path: '/Status' } });
  const error = await rejection(call('statuses.list'));
  expect(error).toMatchObject(expected);
  expect(error.message).toContain('northwind-halo');
});

describe('who is not let in', () => {
  test.each<[string, Partial<HaloCredentials>, string]>([
    ['a wrong secret', { clientSecret: 'wrong' }, 'check clientSecret of connection northwind-halo'],
    ['a wrong id', { clientId: '00000000-0000-4000-8000-000000000000' }, 'and its clientId'],
    ['a wrong tenant', { tenant: 'nosuch' }, 'tenant nosuch of connection northwind-halo'],
  ])('%s', async (_what, credentials, remedy) => {
    const error = await rejection(call('agents.list', {}, { credentials }));
    expect(error).toMatchObject({ name: 'HaloAuthenticationError', retryable: false });
    expect(error.message).toContain(remedy);
  });

  test('a wrong tenant that is answered 500', async () => {
    await halo.settings({ unknownTenantStatus: 500 });
    const error = await rejection(call('agents.list', {}, { credentials: { tenant: 'nosuch' } }));
    expect(error).toMatchObject({ name: 'HaloServerError', retryable: true });
    expect(error.message).toContain('and tenant of connection northwind-halo');
  });

  test('a resource server that is none', async () => {
    const credentials = { resourceServer: `${northwind.baseUrl}/elsewhere`, authServer: null };
    const error = await rejection(call('agents.list', {}, { credentials }));
    expect(error).toMatchObject({ name: 'HaloAuthenticationError' });
    expect(error.message).toContain(
      'does not seem to be a Halo; check resourceServer of connection northwind-halo',
    );
  });

  test('an application without the scope', async () => {
    await halo.settings({ scopes: 'read:tickets' });
    const error = await rejection(call('teams.list', {}, { credentials: { scope: 'read:tickets' } }));
    expect(error).toMatchObject({ name: 'HaloPermissionError', status: 403, retryable: false });
    expect(error.message).toContain('all:teams');
    const onWrite = await rejection(
      call('tickets.create', { summary: 'x' }, { credentials: { scope: 'read:tickets' } }),
    );
    expect(onWrite.message).toContain('edit:tickets');
  });

  test('an agent without the module: 401, asked twice, once more later', async () => {
    const [contract] = await halo.records('ClientContract');
    await halo.settings({ missingModules: ['contracts'] });
    const error = await rejection(call('contracts.get', { id: contract?.['id'] }));
    expect(error).toMatchObject({ name: 'HaloAuthenticationError', status: 401 });
    expect(error.message).toContain('no right to this module');
    await rejection(call('contracts.get', { id: contract?.['id'] }));
    expect((await apiCalls()).length).toBe(3);
  });
});

test('the rate limit', async () => {
  await halo.settings({ rateLimit: { requests: 3, perSeconds: 5 } });
  await call('statuses.list');
  await call('statuses.list');
  const budget = countingBudget();
  const error = await rejection(call('statuses.list', {}, { budget }));
  expect(error).toMatchObject({ name: 'HaloRateLimitError', status: 429, retryable: true });
  expect(error.message).toContain('Rate Limit Reached');
  expect(budget.replies).toEqual([{ status: 429, retryAfterMs: expect.any(Number) as number }]);
});
