/** A new client secret: taken only when Halo takes it, and runs under way do not notice. */
import { startTestApi } from '../intake.ts';
import type { TestApi } from '../intake.ts';
import { LOCAL } from '../../../access/principal.ts';
import type { Role } from '../../../access/principal.ts';
import { createToken } from '../../../access/tokens.ts';
import { unseal } from '../../../store/seal.ts';
import { startHaloflow } from '../../support/haloflow.ts';
import type { TestHaloflow } from '../../support/haloflow.ts';

let haloflow: TestHaloflow;
let api: TestApi;
let admin: string;
let old: string;
const NEW = 'another-secret-of-the-application';

beforeAll(async () => {
  haloflow = await startHaloflow();
  api = await startTestApi(haloflow);
  admin = await tokenOf(null, 'admin');
  old = haloflow.sandbox.tenants.find(({ name }) => name === 'northwind')?.clientSecret ?? '';
});
afterAll(async () => {
  await api.close();
  await haloflow.close();
});

async function tokenOf(organization: string | null, role: Role): Promise<string> {
  const name = `${organization} ${role}`;
  return (await createToken(haloflow.store, LOCAL, { name, organization, role })).text;
}

async function rotate(token: string, clientSecret: string, id = 'northwind-halo') {
  const reply = await fetch(`${api.url}/api/v1/connections/${id}/secret`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ clientSecret }),
  });
  return { status: reply.status, body: (await reply.json()) as Record<string, unknown> };
}
const stored = async (): Promise<string> => {
  const { connections } = await haloflow.configuration();
  return await unseal(
    haloflow.store.key,
    connections.find(({ id }) => id === 'northwind-halo')?.sealedSecret ?? '',
  );
};
const agents = { action: 'agents.list', input: {} };

/** Until Halo has been asked for something; it answers later. */
async function asked(): Promise<void> {
  while ((await haloflow.northwind.requests()).length === 0);
}

test('a secret that Halo refuses changes nothing and is not repeated', async () => {
  const { version } = await haloflow.configuration();
  const refused = await rotate(admin, NEW);
  expect([refused.status, refused.body['code']]).toEqual([502, 'HaloAuthenticationError']);
  expect(refused.body['detail']).toContain('Halo refused the client id or secret');
  expect(JSON.stringify(refused)).not.toContain(NEW);
  await haloflow.northwind.fault({ kind: 'status', status: 503, match: { path: '/auth/token' } } as never);
  const down = await rotate(admin, old);
  expect([down.status, down.body['code']]).toEqual([502, 'HaloServerError']);
  await haloflow.northwind.clearFaults();
  expect((await rotate(admin, ' \n ')).status).toBe(400);
  expect(await stored()).toBe(old);
  expect((await haloflow.configuration()).version).toBe(version);
});

test('nobody else gets to do it, and what is not in reach is not there', async () => {
  const other = await rotate(await tokenOf('globex', 'admin'), NEW);
  const unknown = await rotate(admin, NEW, 'no-such-halo');
  expect([other.status, unknown.status]).toEqual([404, 404]);
  expect(String(other.body['detail']).replace('northwind-halo', 'no-such-halo')).toBe(unknown.body['detail']);
  expect((await rotate(await tokenOf('northwind', 'editor'), NEW)).status).toBe(403);
});

test('one that Halo takes is stored and audited, while runs go on with the tokens they have', async () => {
  await haloflow.northwind.settings({ clientSecrets: [old, NEW] });
  await haloflow.run('probe', [agents], { organization: 'northwind' });
  await haloflow.northwind.settings({ latencyMs: 400 });
  await haloflow.northwind.clearRequests();
  const under = await haloflow.start('probeMany', [[agents, agents, agents]], { organization: 'northwind' });
  await asked();
  await haloflow.northwind.clearRequests();
  const done = await rotate(await tokenOf('northwind', 'admin'), `${NEW}\n`);
  expect(done).toEqual({
    status: 200,
    body: { connection: { id: 'northwind-halo', organization: 'northwind', origin: 'demo' } },
  });
  await haloflow.northwind.settings({ clientSecrets: [NEW], latencyMs: 0 });
  await under.handle.result();
  await haloflow.run('probe', [agents], { organization: 'northwind' });
  expect(await stored()).toBe(NEW);
  const tokens = (await haloflow.northwind.requests()).filter(({ path }) => path.endsWith('/token'));
  expect(tokens.map(({ status }) => status)).toEqual([200, 200]);
  const { rows } = await haloflow.store.pool.query<Record<string, unknown>>('select * from audit_log');
  expect(rows).toContainEqual(
    expect.objectContaining({ action: 'connections.rotateSecret', object: 'connection northwind-halo' }),
  );
  expect(JSON.stringify(rows)).not.toContain(NEW);
});

test('a connection that was changed while Halo was asked keeps what it was changed to', async () => {
  await haloflow.northwind.settings({ latencyMs: 500 });
  await haloflow.northwind.clearRequests();
  const rotating = rotate(admin, NEW);
  await asked();
  await haloflow.reconfigure(`update connections set scope = 'all:standard' where id = 'northwind-halo'`);
  expect(await rotating).toMatchObject({ status: 409, body: { code: 'ConflictError' } });
});
