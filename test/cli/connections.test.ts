/** `haloflow connections` and `haloflow doctor`, as commands on the local store and on a haloflow elsewhere. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { organizations } from '../../store/schema/configuration.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import type { Sandbox, SandboxTenant } from '../../sandbox/sandbox.ts';
import { createTestDatabase } from '../support/database.ts';
import { temporaryDirectory } from '../support/programs.ts';
import { control } from '../support/sandbox.ts';
import { run, runJson } from './command.ts';
import type { Ended } from './command.ts';

// A command takes seconds where other tests run beside this one.
const TIMEOUT_MS = 240_000;

const directory = temporaryDirectory();
const home = path.join(directory.path, 'home');
const key = 'x7Qm1v0pS3uKc9aZ5bN8dR2fT6gH4jLwYeXoViUsPkM';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let sandbox: Sandbox;
let tenant: SandboxTenant;

interface More {
  readonly input?: string;
  readonly env?: NodeJS.ProcessEnv;
}
const where = ({ input, env = {} }: More) => ({
  home,
  env: { DATABASE_URL: database.url, HALOFLOW_KEY: key, ...env },
  ...(input === undefined ? {} : { input }),
});
const haloflow = (args: readonly string[], more: More = {}): Promise<Ended> => run(args, where(more));
const json = (args: readonly string[], more: More = {}): ReturnType<typeof runJson> =>
  runJson(args, where(more));

beforeAll(async () => {
  [database, sandbox] = await Promise.all([createTestDatabase(), startSandbox()]);
  tenant = sandbox.tenants[0]!;
  await database.store.db
    .insert(organizations)
    .values({ slug: 'northwind', name: 'Northwind', origin: 'manual' });
});
afterAll(async () => {
  await sandbox.close();
  await database.drop();
});

const add = (...more: readonly string[]): string[] => [
  'connections',
  'add',
  'northwind-halo',
  '--org',
  'northwind',
  '--resource-server',
  `${tenant.baseUrl.toUpperCase()}/api/`,
  '--client-id',
  tenant.clientId,
  ...more,
];

test(
  'nothing is saved without --yes where nobody can be asked, and without a secret',
  async () => {
    const [unasked, none, flag] = await Promise.all([
      haloflow(add('--secret-file', '-'), { input: `${tenant.clientSecret}\n` }),
      haloflow(add('--yes')),
      haloflow(add('--secret', tenant.clientSecret, '--yes')),
    ]);
    expect(unasked.code).toBe(1);
    expect(unasked.stdout).toContain(`is stored as ${tenant.baseUrl}\n`);
    expect(unasked.stderr).toContain('--yes');
    expect(unasked.stdout + unasked.stderr).not.toContain(tenant.clientSecret);
    expect([none.code, none.stderr]).toEqual([1, expect.stringContaining('--secret-file')]);
    expect(flag.code).toBe(2);
    expect((await haloflow(['connections', 'list'])).stdout).toContain('No connections');
  },
  TIMEOUT_MS,
);

test(
  'added, listed, shown, looked at and removed',
  async () => {
    const file = path.join(directory.path, 'secret.txt');
    writeFileSync(file, `${tenant.clientSecret}\r\n`);
    const added = await haloflow(add('--secret-file', file, '--yes'));
    expect([added.code, added.stderr]).toEqual([0, '']);
    expect(added.stdout).toContain(tenant.baseUrl);
    expect(added.stdout).toContain('haloflow doctor --connection northwind-halo');
    const [again, { document: shown }, looked] = await Promise.all([
      json(add('--secret-env', 'A_SECRET', '--yes'), { env: { A_SECRET: 'x' } }),
      json(['connections', 'show', 'northwind-halo']),
      haloflow(['doctor', '--connection', 'northwind-halo']),
    ]);
    expect(again).toMatchObject({ code: 1, document: { ok: false, error: { type: 'ConflictError' } } });
    expect(shown).toMatchObject({ ok: true, connection: { resourceServer: tenant.baseUrl, default: true } });
    const { rows } = await database.store.pool.query<{ sealed_secret: string }>('select * from connections');
    expect(JSON.stringify(rows)).not.toContain(tenant.clientSecret);

    // Slow machines are told what is waited for.
    expect([looked.code, looked.stderr]).toEqual([0, expect.stringMatching(/^(looking at .*\n)?$/)]);
    expect(looked.stdout).toMatch(/^pass {2}token /m);
    expect(looked.stdout).toMatch(/^ {2}\[x\] edit:tickets/m);

    const disabled = await haloflow(['connections', 'disable', 'northwind-halo']);
    expect([disabled.code, disabled.stdout]).toEqual([0, 'northwind-halo is disabled.\n']);
    const [twice, list, doubted] = await Promise.all([
      json(['connections', 'disable', 'northwind-halo']),
      haloflow(['connections', 'list']),
      haloflow(['doctor', '--connection', 'northwind-halo']),
    ]);
    expect(twice).toMatchObject({
      code: 0,
      document: { ok: true, changed: false, connection: { enabled: false } },
    });
    expect(list.stdout).toMatch(/^northwind-halo +northwind +yes +no +http/m);
    expect([doubted.code, doubted.stdout]).toEqual([0, expect.stringMatching(/^warn {2}enabled /m)]);
    const { document: enabled } = await json(['connections', 'enable', 'northwind-halo']);
    expect(enabled).toMatchObject({ ok: true, changed: true, connection: { enabled: true } });

    await control(tenant).settings({ scopes: 'read:tickets' });
    const { code, document } = await json(['doctor', '--org', 'northwind']);
    expect([code, document['ok']]).toEqual([1, false]);
    const [report] = document['connections'] as {
      steps: { step: string; verdict: string; remedy: string }[];
    }[];
    const failed = report?.steps.filter(({ verdict }) => verdict === 'fail') ?? [];
    expect(failed.map(({ step }) => step)).toEqual(['scopes', 'teams', 'customers', 'write tickets']);
    expect(failed.every(({ remedy }) => remedy.length > 0)).toBe(true);

    const change = ['connections', 'change', 'northwind-halo'];
    const flags = ['--resource-server', 'HTTPS://Support.Northwind.example/api/', '--tenant', 'northwind'];
    const [unasked, nothing, wrong] = await Promise.all([
      haloflow([...change, ...flags]),
      haloflow([...change, '--yes']),
      json([...change, '--resource-server', 'intranet', '--yes']),
    ]);
    expect([unasked.code, unasked.stderr]).toEqual([1, expect.stringContaining('--yes')]);
    expect(unasked.stdout).toContain('is stored as https://support.northwind.example\n');
    expect([nothing.code, nothing.stderr]).toEqual([1, expect.stringContaining('nothing to change')]);
    expect(wrong).toMatchObject({
      code: 1,
      document: { saved: false, error: { type: 'ConfigurationError' } },
    });
    const changed = await json(
      [...change, ...flags, '--requests', '500', '--write-settle', '120', '--secret-env', 'S', '--yes'],
      { env: { S: 'the new one' } },
    );
    expect(changed).toMatchObject({
      code: 0,
      document: {
        saved: true,
        connection: {
          resourceServer: 'https://support.northwind.example',
          tenant: 'northwind',
          clientId: tenant.clientId,
          rateLimit: { requests: 500, perSeconds: 300 },
          writeSettleSeconds: 120,
        },
      },
    });
    const back = [...change, '--tenant', '', '--write-settle', 'default', '--yes'];
    const emptied = await haloflow(back);
    expect([emptied.code, emptied.stderr]).toEqual([0, '']);
    expect(emptied.stdout).toMatch(/^tenant {16}\(as Halo says\)$/m);

    const removed = await haloflow(['connections', 'remove', 'northwind-halo', '--yes']);
    expect([removed.code, removed.stdout]).toEqual([0, 'Connection northwind-halo is deleted.\n']);
    const [gone, none, nobody] = await Promise.all([
      json(['doctor', '--connection', 'northwind-halo']),
      haloflow(['doctor']),
      json(['doctor', '--org', 'nobody']),
    ]);
    expect(nobody).toMatchObject({ code: 1, document: { error: { type: 'NotFoundError' } } });
    expect(gone).toMatchObject({ code: 1, document: { ok: false, error: { type: 'NotFoundError' } } });
    expect([none.code, none.stderr]).toEqual([1, expect.stringContaining('haloflow connections add')]);
  },
  TIMEOUT_MS,
);
