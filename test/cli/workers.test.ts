/** The worker of `haloflow start`: what it dies of, who notices, and what goes on all the same. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import { identify } from '../../home/process.ts';
import { readConfiguration } from '../../organizations/configuration.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { openStore } from '../../store/store.ts';
import type { Store } from '../../store/store.ts';
import { createClient } from '../../triggers/client.ts';
import { startRun } from '../../triggers/start.ts';
import type { StartedRun } from '../../triggers/start.ts';
import { reply, startFakeHalo } from '../halo/fakeHalo.ts';
import type { FakeHalo } from '../halo/fakeHalo.ts';
import { temporaryDirectory } from '../support/programs.ts';
import { control } from '../support/sandbox.ts';
import type { Control } from '../support/sandbox.ts';
import { run, runJson, start } from './command.ts';
import type { Running } from './command.ts';
import { SECRET, ownConfiguration, toYaml } from './configuration.ts';
import { serversOf } from './servers.ts';

const directory = temporaryDirectory();
const home = path.join(directory.path, 'home');
const file = path.join(directory.path, 'own.yaml');
const surroundings = {
  home,
  env: {
    HALOFLOW_WORKFLOWS: new URL('workflows', import.meta.url).pathname,
    // What a workflow, or a reply, fills up sooner than a machine's own.
    NODE_OPTIONS: '--max-old-space-size=256',
  },
};

let sandbox: Sandbox;
let halo: Control;
let fake: FakeHalo;
let stack: Running;
let api: string;
let store: Store;
let connection: Connection;
let client: Client;

beforeAll(async () => {
  sandbox = await startSandbox();
  const [tenant] = sandbox.tenants;
  if (!tenant) throw new Error('the sandbox has no tenants');
  halo = control(tenant);
  await halo.settings({ rateLimit: { requests: 100_000, perSeconds: 300 } });
  // More objects than there is memory, in fewer bytes than a reply may have.
  const huge = `[${'{},'.repeat(8_000_000)}{}]`;
  fake = await startFakeHalo((_seen, response) => reply(response, 200, huge));
  const own = ownConfiguration(tenant);
  writeFileSync(
    file,
    toYaml({
      ...own,
      connections: {
        ...own.connections,
        'umbrella-halo': { ...own.connections['umbrella-halo'], default: true },
        'soylent-halo': {
          ...own.connections['umbrella-halo'],
          organization: 'soylent',
          default: true,
          resourceServer: `${fake.url}/api`,
          authServer: `${fake.url}/auth`,
        },
      },
    }),
  );
  stack = start(['start', '--json'], surroundings);
  const addresses = JSON.parse(await stack.says('\n')) as Record<string, string>;
  const { temporal, postgres } = addresses;
  api = addresses['api'] ?? '';
  const applied = await run(['apply', file], {
    ...surroundings,
    env: { ...surroundings.env, [SECRET]: tenant.clientSecret },
  });
  expect(applied).toMatchObject({ code: 0 });
  const url = new URL(postgres ?? '');
  url.password = readFileSync(path.join(home, 'postgres.password'), 'utf8');
  process.env['HALOFLOW_HOME'] = home;
  store = await openStore({ url: url.href, embedded: true });
  connection = await Connection.connect({ address: temporal ?? '' });
  client = createClient({ connection });
}, 300_000);

afterAll(async () => {
  await connection.close();
  await store.close();
  await stack.end();
  for (const pid of Object.values(serversOf(home))) if (pid !== null) process.kill(pid as number, 'SIGKILL');
  await sandbox.close();
  await fake.close();
  directory.remove();
}, 120_000);

/** The processes of the worker; empty in the moment between two. */
const workers = (): number[] =>
  (
    JSON.parse(readFileSync(path.join(home, 'start.json'), 'utf8')) as { workers: { pid: number }[] }
  ).workers.map(({ pid }) => pid);

interface Readiness {
  readonly status: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

async function readiness(): Promise<Readiness> {
  const answer = await fetch(`${api}/readyz`);
  return (await answer.json()) as Readiness;
}

/** Waits for the event, however long that takes; jest's own limit ends what never comes. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(50);
}

const isReady = async (): Promise<boolean> => (await readiness()).status === 'ok';

async function starts(workflow: string, organization = 'umbrella'): Promise<StartedRun> {
  return await startRun({ store, client, taskQueue: 'runs', eager: false }, await readConfiguration(store), {
    workflow,
    args: [],
    organization,
    owner: 'umbrella',
    overrides: {},
    startedBy: 'test',
  });
}

/** As `haloflow runs show` has it. */
async function shown({
  run: id,
}: StartedRun): Promise<{ run: Record<string, unknown>; calls: Record<string, unknown>[] }> {
  const { document } = await runJson(['runs', 'show', id], surroundings);
  return document as never;
}

async function deathsCounted(): Promise<number> {
  const text = await (await fetch(`${api}/metrics`)).text();
  return Number(/^haloflow_worker_deaths_total (\d+)$/m.exec(text)?.[1]);
}

test.each(['SIGKILL', 'SIGSTOP'] as const)(
  'a worker that gets %s is named, replaced, and finishes what had begun, while the API answers',
  async (signal) => {
    await until(isReady);
    const before = await deathsCounted();
    await halo.clearRequests();
    await halo.fault({ times: 1, kind: 'delay', delayMs: 3_000, match: { path: '/Agent' } });
    const begun = await starts('counts');
    await until(async () => (await halo.requests()).some(({ path: asked }) => asked.endsWith('/Agent')));
    const [killed] = workers();
    process.kill(killed ?? 0, signal);
    await until(async () => (await readiness()).dependencies['worker'] === 'unavailable');
    expect(await readiness()).toEqual({
      status: 'unavailable',
      dependencies: { postgres: 'ok', temporal: 'ok', worker: 'unavailable' },
    });
    await until(isReady);
    expect(workers()).not.toContain(killed);
    expect(await begun.handle.result()).toBe(14);
    expect(await deathsCounted()).toBe(before + 1);
    await until(() => identify(killed ?? 0) === null);
  },
  300_000,
);

test('a run that fills the memory is set aside, and a hundred others complete', async () => {
  await until(isReady);
  const some = (count: number): Promise<StartedRun[]> =>
    Promise.all(Array.from({ length: count }, () => starts('counts')));
  const first = await some(50);
  const poison = await starts('allocates');
  const others = [...first, ...(await some(50))];
  const results = await Promise.all(others.map(({ handle }) => handle.result()));
  expect(results).toEqual(others.map(() => 14));
  await expect(poison.handle.result()).rejects.toThrow();
  await until(async () => (await shown(poison)).run['status'] !== 'running');
  expect((await shown(poison)).run).toMatchObject({
    status: 'failed',
    error: { type: 'WorkerDiedError', message: expect.stringMatching(/memory|waiting/) },
  });
  // And as usual again: one process.
  await until(() => workers().length === 1);
  expect(await (await starts('counts')).handle.result()).toBe(14);
}, 900_000);

test('a call whose reply fills the memory fails, with the reason, and other calls do not', async () => {
  await until(async () => (await isReady()) && workers().length === 1);
  const poison = await starts('counts', 'soylent');
  const others = await Promise.all(Array.from({ length: 100 }, () => starts('counts')));
  const results = await Promise.all(others.map(({ handle }) => handle.result()));
  expect(results).toEqual(others.map(() => 14));
  await expect(poison.handle.result()).rejects.toThrow();
  await until(async () => (await shown(poison)).run['status'] !== 'running');
  expect(await shown(poison)).toMatchObject({
    run: { status: 'failed', error: { type: 'WorkerDiedError' } },
    calls: [{ status: 'failed', error: { type: 'WorkerDiedError' } }],
  });
  await until(() => workers().length === 1);
}, 900_000);
