/** `haloflow start`: what it says, what it survives, how it ends. */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Connection } from '@temporalio/client';
import { readConfiguration } from '../../organizations/configuration.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { openStore } from '../../store/store.ts';
import { createClient } from '../../triggers/client.ts';
import { startRun } from '../../triggers/start.ts';
import { untilTrue } from '../support/polling.ts';
import { temporaryDirectory } from '../support/programs.ts';
import { control } from '../support/sandbox.ts';
import { run, runJson, start } from './command.ts';
import type { Ended, Running } from './command.ts';
import { SECRET, ownConfiguration, toYaml } from './configuration.ts';
import { NONE, serversOf } from './servers.ts';

interface Ready {
  readonly ready: true;
  readonly temporal: string;
  readonly temporalUi: string;
  readonly postgres: string;
  readonly api: string;
}

const directory = temporaryDirectory();
const home = path.join(directory.path, 'home');
const file = path.join(directory.path, 'own.yaml');
const started: Running[] = [];

let sandbox: Sandbox;
let secret: string;

/** `haloflow start --json`, once it is ready. */
async function startStack(): Promise<Running & { readonly addresses: Ready }> {
  const stack = start(['start', '--json'], { home });
  started.push(stack);
  return { ...stack, addresses: JSON.parse(await stack.says('\n')) as Ready };
}

beforeAll(async () => {
  sandbox = await startSandbox();
  const [tenant] = sandbox.tenants;
  if (!tenant) throw new Error('the sandbox has no tenants');
  secret = tenant.clientSecret;
  writeFileSync(file, toYaml(ownConfiguration(tenant)));
});

afterAll(async () => {
  for (const stack of started) await stack.end();
  // Ends what a failed test left behind.
  for (const pid of Object.values(serversOf(home))) if (pid !== null) process.kill(pid as number, 'SIGKILL');
  await sandbox.close();
  directory.remove();
});

test('prints the addresses, then ready; serves; stops on Ctrl-C and leaves nothing running', async () => {
  const stack = start(['start'], { home });
  started.push(stack);
  const lines = (await stack.says('ready\n')).split('\n');
  expect(lines[0]).toMatch(/^temporal +127\.0\.0\.1:\d+$/);
  expect(lines[1]).toMatch(/^temporal ui +http:\/\/127\.0\.0\.1:\d+$/);
  expect(lines[2]).toMatch(
    /^postgres +postgresql:\/\/haloflow@127\.0\.0\.1:\d+\/postgres \(password in .*\)$/,
  );
  expect(lines[3]).toMatch(/^api +http:\/\/127\.0\.0\.1:\d+$/);
  const [, tokenFile = ''] = /^api token +in (\S+) \(for an admin; .*\)$/.exec(lines[4] ?? '') ?? [];
  expect(tokenFile).toBe(path.join(home, 'first-token'));
  expect(lines.join('\n')).not.toContain('hft_');
  expect((statSync(tokenFile).mode & 0o777).toString(8)).toBe('600');
  expect(lines.slice(5)).toEqual(['ready', '']);
  const api = lines[3]?.split(/ +/).at(-1) ?? '';
  const health = await fetch(`${api}/healthz`);
  expect(await health.json()).toEqual({ status: 'ok' });
  const authorization = `Bearer ${readFileSync(tokenFile, 'utf8').trim()}`;
  expect((await fetch(`${api}/api/v1/tokens`, { headers: { authorization } })).status).toBe(200);
  const ui = await fetch(lines[1]?.split(/ +/).at(-1) ?? '');
  expect(ui.status).toBe(200);
  await ui.text();
  const listed = (env: Record<string, string> = {}): Promise<Ended> => run(['runs', 'list'], { home, env });
  const elsewhere = await listed({ HALOFLOW_WORKFLOWS: home });
  expect([elsewhere.code, elsewhere.stderr]).toEqual([
    0,
    expect.stringMatching(
      /^note: HALOFLOW_WORKFLOWS has no effect on this command: .* runs the workflows in .*\/workflows\./,
    ),
  ]);
  const [, folder = ''] = / workflows in (.*)\. Restart/.exec(elsewhere.stderr) ?? [];
  expect((await listed({ HALOFLOW_WORKFLOWS: folder })).stderr).toBe('');
  stack.signal('SIGINT');
  expect(await stack.ended).toMatchObject({ code: 0, stdout: lines.join('\n') });
  expect(serversOf(home)).toEqual(NONE);
});

describe('over a restart', () => {
  let first: Awaited<ReturnType<typeof startStack>>;
  let workflowId: string | undefined;

  test('a start takes a file and runs what is in it', async () => {
    first = await startStack();
    expect(Object.keys(first.addresses)).toEqual(['ready', 'temporal', 'temporalUi', 'postgres', 'api']);
    expect((await run(['apply', file], { home, env: { [SECRET]: secret } })).code).toBe(0);
    const smoke = await runJson(['smoke'], { home });
    const [row] = smoke.document['rows'] as { workflowId: string }[];
    workflowId = row?.workflowId;
  });

  test('it is the only one on its home, and stops on SIGTERM', async () => {
    const other = await runJson(['start'], { home });
    expect(other.code).toBe(1);
    expect(other.document).toEqual({
      ok: false,
      ready: false,
      error: { type: 'ConfigurationError', message: expect.stringContaining(`process ${first.pid}`) },
    });
    first.signal('SIGTERM');
    expect((await first.ended).code).toBe(0);
    expect(serversOf(home)).toEqual(NONE);
  });

  test('the next one has its addresses, its runs and its configuration', async () => {
    const second = await startStack();
    expect(second.addresses).toEqual(first.addresses);
    const connection = await Connection.connect({ address: second.addresses.temporal });
    const client = createClient({ connection });
    expect(await client.workflow.getHandle(workflowId ?? '').result()).toEqual({ agents: 14 });
    await connection.close();
    expect((await run(['apply', file], { home, env: { [SECRET]: secret } })).stdout).toBe('No changes.\n');
    await second.end();
  });
});

test('what a killed one left is used by the next start', async () => {
  const killed = await startStack();
  const orphans = serversOf(home);
  killed.signal('SIGKILL');
  await killed.ended;
  expect(serversOf(home)).toEqual(orphans);

  const next = await startStack();
  expect(serversOf(home)).toEqual(orphans);
  expect(next.addresses).toEqual(killed.addresses);
  await next.end();
});

test('what a killed one left is used by the next command, and ended with it', async () => {
  const killed = await startStack();
  killed.signal('SIGKILL');
  await killed.ended;
  const smoke = await runJson(['smoke'], { home });
  expect({ code: smoke.code, ok: smoke.document.ok }).toEqual({ code: 0, ok: true });
  expect(serversOf(home)).toEqual(NONE);
});

test('a command that counts on its worker finishes when it stops', async () => {
  const [tenant] = sandbox.tenants;
  if (!tenant) throw new Error('the sandbox has no tenants');
  const halo = control(tenant);
  const stack = await startStack();
  await halo.fault({ times: 3, kind: 'delay', delayMs: 1_500 });
  await halo.clearRequests();
  const smoke = runJson(['smoke'], { home });
  await untilTrue(async () => (await halo.requests()).length > 0);
  stack.signal('SIGTERM');
  expect(await smoke).toMatchObject({ code: 0, document: { ok: true } });
  expect((await stack.ended).code).toBe(0);
  await halo.reset();
  expect(serversOf(home)).toEqual(NONE);
});

test('restarts a Postgres and a Temporal that are killed, and every run finishes', async () => {
  const [tenant] = sandbox.tenants;
  if (!tenant) throw new Error('the sandbox has no tenants');
  const halo = control(tenant);
  await halo.settings({ latencyMs: 300, rateLimit: { requests: 100_000, perSeconds: 300 } });
  const stack = await startStack();
  const { addresses } = stack;
  const url = new URL(addresses.postgres);
  url.password = readFileSync(path.join(home, 'postgres.password'), 'utf8');
  process.env['HALOFLOW_HOME'] = home;
  const store = await openStore({ url: url.href, embedded: true });
  const connection = await Connection.connect({ address: addresses.temporal });
  const client = createClient({ connection });
  try {
    const configuration = await readConfiguration(store);
    const startForty = (): Promise<{ handle: { result(): Promise<unknown> } }[]> =>
      Promise.all(
        Array.from({ length: 40 }, () =>
          startRun({ store, client, taskQueue: 'runs', eager: false }, configuration, {
            workflow: 'listAgents',
            args: [],
            organization: 'umbrella',
            owner: 'umbrella',
            overrides: {},
            startedBy: 'test',
          }),
        ),
      );
    for (const server of ['postgres', 'temporal'] as const) {
      await halo.clearRequests();
      const runs = await startForty();
      await untilTrue(async () => (await halo.requests()).length > 0);
      const before = serversOf(home);
      process.kill(before[server] ?? 0, 'SIGKILL');
      const smoke = runJson(['smoke'], { home });
      const results = await Promise.all(runs.map(({ handle }) => handle.result()));
      expect(results).toEqual(Array.from({ length: 40 }, () => ({ agents: 14 })));
      expect(await smoke).toMatchObject({ code: 0, document: { ok: true } });
      await untilTrue(() => ![null, before[server]].includes(serversOf(home)[server]));
      await stack.says(`${server === 'postgres' ? 'PostgreSQL' : 'Temporal'} had ended`, 'stderr');
    }
  } finally {
    await connection.close();
    await store.close();
  }
  const { code } = await stack.end();
  expect({ code, left: serversOf(home) }).toEqual({ code: 0, left: NONE });
}, 120_000);
