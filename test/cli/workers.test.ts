/** The worker of `haloflow start`: what it dies of, who notices, and what goes on all the same. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
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
import { untilTrue } from '../support/polling.ts';
import { temporaryDirectory } from '../support/programs.ts';
import { control } from '../support/sandbox.ts';
import type { Control } from '../support/sandbox.ts';
import { run, runJson, start } from './command.ts';
import type { Running } from './command.ts';
import { SECRET, ownConfiguration, toYaml } from './configuration.ts';
import { NONE, serversOf } from './servers.ts';

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

/** What `haloflow start` says of itself. */
const resident = (): {
  readonly workers: readonly { readonly pid: number }[];
  readonly api: { readonly url: string; readonly token: string };
} => JSON.parse(readFileSync(path.join(home, 'start.json'), 'utf8')) as never;

/** The processes of the worker; empty in the moment between two. */
const workers = (): number[] => resident().workers.map(({ pid }) => pid);

interface Readiness {
  readonly status: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

async function readiness(): Promise<Readiness> {
  const answer = await fetch(`${api}/readyz`);
  return (await answer.json()) as Readiness;
}

/** It works, in one process as usual. */
const isAsUsual = async (): Promise<boolean> => (await readiness()).status === 'ok' && workers().length === 1;

async function starts(
  workflow: string,
  { organization = 'umbrella', args = [] }: { organization?: string; args?: readonly unknown[] } = {},
): Promise<StartedRun> {
  return await startRun({ store, client, taskQueue: 'runs', eager: false }, await readConfiguration(store), {
    workflow,
    args,
    organization,
    owner: 'umbrella',
    overrides: {},
    startedBy: 'test',
  });
}

/** In groups, which the pool has connections for. */
async function innocent(count: number): Promise<StartedRun[]> {
  const started: StartedRun[] = [];
  while (started.length < count) {
    started.push(...(await Promise.all(Array.from({ length: 10 }, () => starts('counts')))));
  }
  return started;
}

async function allComplete(runs: readonly StartedRun[]): Promise<void> {
  const results = await Promise.all(runs.map(({ handle }) => handle.result()));
  expect(results).toEqual(runs.map(() => 14));
}

interface Shown {
  readonly run: Readonly<Record<string, unknown>>;
  readonly calls: readonly Readonly<Record<string, unknown>>[];
}

/** As the API has it, once the run has ended. */
async function ended({ run: id, handle }: StartedRun): Promise<Shown> {
  await expect(handle.result()).rejects.toThrow();
  const { url, token } = resident().api;
  const ask = async (): Promise<Shown> => {
    const answer = await fetch(`${url}/api/v1/runs/${id}`, { headers: { authorization: `Bearer ${token}` } });
    return (await answer.json()) as Shown;
  };
  await untilTrue(async () => (await ask()).run['status'] !== 'running');
  return await ask();
}

async function deathsCounted(): Promise<number> {
  const text = await (await fetch(`${api}/metrics`)).text();
  return Number(/^haloflow_worker_deaths_total (\d+)$/m.exec(text)?.[1]);
}

test('a worker that is killed or stopped is named, replaced, and finishes what had begun, while the API answers', async () => {
  await halo.fault({ times: 2, kind: 'delay', delayMs: 600_000, match: { path: '/Agent' } });
  const begun: StartedRun[] = [];
  for (const signal of ['SIGKILL', 'SIGSTOP'] as const) {
    const before = await deathsCounted();
    await halo.clearRequests();
    begun.push(await starts('counts'));
    await untilTrue(async () => (await halo.requests()).some(({ path: asked }) => asked.endsWith('/Agent')));
    const [killed = 0] = workers();
    process.kill(killed, signal);
    await untilTrue(async () => (await readiness()).dependencies['worker'] === 'unavailable');
    expect(await readiness()).toEqual({
      status: 'unavailable',
      dependencies: { postgres: 'ok', temporal: 'ok', worker: 'unavailable' },
    });
    await untilTrue(isAsUsual);
    expect(workers()).not.toContain(killed);
    expect(await deathsCounted()).toBe(before + 1);
    await untilTrue(() => identify(killed) === null);
  }
  await allComplete(begun);
}, 300_000);

test('a run and a reply that fill the memory are set aside, and a hundred others complete', async () => {
  const first = await innocent(50);
  const run = await starts('allocates');
  const call = await starts('counts', { organization: 'soylent' });
  await allComplete([...first, ...(await innocent(50))]);
  expect((await ended(run)).run).toMatchObject({
    status: 'failed',
    error: { type: 'WorkerDiedError', message: expect.stringContaining('memory') },
  });
  expect(await ended(call)).toMatchObject({
    run: { status: 'failed', error: { type: 'WorkerDiedError' } },
    calls: [{ status: 'failed', error: { type: 'WorkerDiedError' } }],
  });
  await untilTrue(isAsUsual);
  await allComplete(await innocent(10));
}, 600_000);

test('runs that never give control back are set aside, no worker dies, and a hundred others complete', async () => {
  const before = await deathsCounted();
  const first = await innocent(50);
  const loops = await Promise.all(
    ['at once', 'later', 'replayed'].map((when) => starts('loops', { args: [when] })),
  );
  await allComplete([...first, ...(await innocent(50))]);
  for (const loop of loops) {
    expect((await ended(loop)).run).toMatchObject({
      status: 'failed',
      error: { type: 'WorkerDiedError', message: expect.stringContaining('kept all others') },
    });
  }
  expect(await deathsCounted()).toBe(before);
}, 300_000);

test('the worker ends with a parent that is killed', async () => {
  const [worker = 0] = workers();
  stack.signal('SIGKILL');
  await untilTrue(() => identify(worker) === null);
}, 120_000);

test('a command whose own worker dies ends with WorkerDiedError', async () => {
  const HALOFLOW_WORKFLOWS = new URL('dying/workflows', import.meta.url).pathname;
  const { code, document } = await runJson(['actions', 'run', 'agents.list', '--org', 'umbrella'], {
    home,
    env: { HALOFLOW_WORKFLOWS },
  });
  expect({ code, document }).toMatchObject({
    code: 1,
    document: {
      ok: false,
      error: { type: 'WorkerDiedError', message: expect.stringContaining('has ended') },
    },
  });
}, 120_000);

test('Ctrl-C ends everything, also while the worker is stopped', async () => {
  stack = start(['start', '--json'], surroundings);
  await stack.says('\n');
  const [worker = 0] = workers();
  process.kill(worker, 'SIGSTOP');
  stack.signal('SIGINT');
  expect(await stack.ended).toMatchObject({ code: 0 });
  expect(identify(worker)).toBeNull();
  expect(serversOf(home)).toEqual(NONE);
}, 120_000);
