/** Temporal, and one tenant's Halo, frozen: whoever changes the configuration does not wait for them, and others neither. */
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { request } from 'undici';
import { LOCAL } from '../../access/principal.ts';
import { createToken } from '../../access/tokens.ts';
import { normaliseServer } from '../../cli/normaliseServer.ts';
import { openTemporal } from '../../engine/server.ts';
import type { SandboxTenant } from '../../sandbox/sandbox.ts';
import { seal } from '../../store/seal.ts';
import { putTrigger, startTestApi } from '../api/intake.ts';
import type { TestApi } from '../api/intake.ts';
import { makeHome } from '../engine/home.ts';
import { startHaloflow, startTestWorker } from '../support/haloflow.ts';
import type { TestHaloflow } from '../support/haloflow.ts';
import { eventually } from './eventually.ts';

/** More than the pool has connections. */
const MANY = 12;

let haloflow: TestHaloflow;
let api: TestApi;
let token: string;
const undo: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  // One of its own, since the others' is not to be frozen.
  const given = process.env['HALOFLOW_HOME'];
  const shared = process.env['HALOFLOW_TEST_TEMPORAL_ADDRESS'];
  const home = await makeHome();
  const temporal = await openTemporal({ onProgress: () => undefined });
  const [pid = 0] = home.servers();
  process.env['HALOFLOW_HOME'] = given;
  process.env['HALOFLOW_TEST_TEMPORAL_ADDRESS'] = temporal.address;
  undo.push(async () => {
    process.kill(pid, 'SIGCONT');
    await temporal.close();
    await home.remove();
    process.env['HALOFLOW_TEST_TEMPORAL_ADDRESS'] = shared;
  });
  frozen.temporal = pid;

  haloflow = await startHaloflow({ worker: false });
  undo.push(() => haloflow.close());
  api = await startTestApi(haloflow);
  undo.push(() => api.close());
  const sandbox = fork(fileURLToPath(new URL('../../bench/sandboxProcess.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
  });
  undo.push(async () => {
    const gone = once(sandbox, 'exit');
    sandbox.kill('SIGKILL');
    await gone;
  });
  const [tenants] = (await once(sandbox, 'message')) as [SandboxTenant[]];
  frozen.halo = sandbox.pid!;
  await connectTo(tenants[0]!);
  const { queues, workflowBundle, store } = haloflow;
  const worker = await startTestWorker({
    store,
    queues,
    workflowBundle,
    triggers: true,
    publicUrl: api.url,
  });
  undo.push(() => worker.stop());
  ({ text: token } = await createToken(store, LOCAL, { name: 'all', organization: null, role: 'admin' }));
  await putTrigger(haloflow, { id: 'nightly', type: 'cron', parameters: NIGHTLY });
  await eventually(() =>
    haloflow.starter.client.schedule.getHandle(`${queues.prefix}cron/nightly`).describe(),
  );
}, 120_000);
afterAll(async () => {
  for (const step of undo.toReversed()) await step();
});

const NIGHTLY = {
  expression: '0 3 * * *',
  everySeconds: null,
  timeZone: 'UTC',
  jitterSeconds: 0,
  overlap: 'skip',
  catchUpSeconds: 600,
};

const frozen = { temporal: 0, halo: 0 };
/** The state of a process as Linux writes it: T is stopped. */
const stateOf = (pid: number): string =>
  /^State:\s+(\w)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '';

/** Runs `body` while the process does nothing, and makes sure of that at its end. */
async function whileFrozen(pid: number, body: () => Promise<void>): Promise<void> {
  process.kill(pid, 'SIGSTOP');
  try {
    await body();
    expect(stateOf(pid)).toBe('T');
  } finally {
    process.kill(pid, 'SIGCONT');
  }
}

async function connectTo(tenant: SandboxTenant): Promise<void> {
  await haloflow.reconfigure(
    `insert into connections (id, organization, is_default, resource_server, auth_server, tenant, client_id, sealed_secret, origin)
       values ('ill-halo', 'northwind', false, $1, $2, $3, $4, $5, 'manual')`,
    [
      normaliseServer(tenant.baseUrl, { field: 'resourceServer', onPremise: false }),
      normaliseServer(tenant.authUrl, { field: 'authServer', onPremise: false }),
      tenant.tenant,
      tenant.clientId,
      await seal(haloflow.store.key, tenant.clientSecret),
    ],
  );
}

async function ask(method: 'PUT' | 'POST' | 'GET', path: string, body?: object): Promise<number> {
  const reply = await request(`${api.url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  await reply.body.dump();
  return reply.statusCode;
}

/** Variables, a trigger switched off and on, a secret rotated, all at once. */
async function changeMuch(): Promise<void> {
  const { clientSecret } = haloflow.sandbox.tenants[0]!;
  const answers = await Promise.all([
    ...Array.from({ length: MANY }, (_, index) =>
      ask('PUT', `/organizations/northwind/variables/v${index}`, { value: Date.now() }),
    ),
    ask('POST', '/triggers/nightly/disable'),
    ask('POST', '/connections/northwind-halo/secret', { clientSecret }),
    ask('GET', '/organizations'),
  ]);
  expect(answers.filter((status) => status !== 200)).toEqual([]);
  expect(await ask('POST', '/triggers/nightly/enable')).toBe(200);
}

test('while Temporal is frozen, changes are made, more at once than the pool has connections', async () => {
  await whileFrozen(frozen.temporal, async () => {
    // The first ones have the reconciler ask Temporal; the others come while it does.
    for (let round = 0; round < 4; round += 1) await changeMuch();
  });
  // It goes on where it was.
  await putTrigger(haloflow, { id: 'weekly', type: 'cron', parameters: NIGHTLY });
  await eventually(() =>
    haloflow.starter.client.schedule.getHandle(`${haloflow.queues.prefix}cron/weekly`).describe(),
  );
}, 120_000);

test("while one tenant's Halo is frozen, changes are made, and the webhooks of the others match them", async () => {
  const listen = (id: string, connection: string, events: readonly string[]): Promise<void> =>
    putTrigger(haloflow, { id, type: 'halo-event', connection, parameters: { events, includeOwn: false } });
  const bound = async (): Promise<number> => (await haloflow.northwind.records('Notification')).length;
  const lookedAtIll = async (): Promise<unknown> =>
    (
      await haloflow.store.pool.query(
        `select webhook, events, error, checked_at from halo_webhooks where connection = 'ill-halo'`,
      )
    ).rows[0];
  await listen('of-ill', 'ill-halo', ['Ticket Closed']);
  await eventually(async () => expect(await lookedAtIll()).toMatchObject({ events: [39], error: null }));
  await whileFrozen(frozen.halo, async () => {
    await listen('of-ill', 'ill-halo', ['Ticket Closed', 'Site created']);
    const before = await lookedAtIll();
    for (const [index, events] of [['Ticket Closed'], ['Ticket Closed', 'Site created'], []].entries()) {
      await listen('of-well', 'northwind-halo', events.length === 0 ? ['Ticket Closed'] : events);
      await eventually(async () => expect(await bound()).toBe([1, 2, 1][index]));
      await changeMuch();
    }
    // All of that came before it was given up.
    expect(await lookedAtIll()).toEqual(before);
  });
  await eventually(async () =>
    expect(
      (await haloflow.store.pool.query(`select events from halo_webhooks where connection = 'ill-halo'`))
        .rows,
    ).toEqual([{ events: [39, 1310] }]),
  );
}, 120_000);
