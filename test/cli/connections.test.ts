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
import type { Document, Ended } from './command.ts';

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
const json = (
  args: readonly string[],
  more: More = {},
): Promise<{ code: number | null; document: Document }> => runJson(args, where(more)) as never;

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
  ...['connections', 'add', 'northwind-halo', '--org', 'northwind'],
  ...['--resource-server', `${tenant.baseUrl.toUpperCase()}/api/`, '--client-id', tenant.clientId, ...more],
];

test('without --yes and without somebody to ask, the corrected host is shown and nothing is saved', async () => {
  const ended = await haloflow(add('--secret-file', '-'), { input: `${tenant.clientSecret}\n` });
  expect(ended.code).toBe(1);
  expect(ended.stdout).toContain(`is stored as ${tenant.baseUrl}\n`);
  expect(ended.stderr).toContain('--yes');
  expect(ended.stdout + ended.stderr).not.toContain(tenant.clientSecret);
  expect((await haloflow(['connections', 'list'])).stdout).toContain('No connections');
});

test('without a secret it says how to give one, and no flag takes it', async () => {
  const none = await haloflow(add('--yes'));
  expect([none.code, none.stderr]).toEqual([1, expect.stringContaining('--secret-file')]);
  const flag = await haloflow(add('--secret', tenant.clientSecret, '--yes'));
  expect(flag.code).toBe(2);
});

test('added, listed, shown, looked at and removed', async () => {
  const file = path.join(directory.path, 'secret.txt');
  writeFileSync(file, `${tenant.clientSecret}\r\n`);
  const added = await haloflow(add('--secret-file', file, '--yes'));
  expect([added.code, added.stderr]).toEqual([0, '']);
  expect(added.stdout).toContain(tenant.baseUrl);
  expect(added.stdout).toContain('haloflow doctor --connection northwind-halo');
  const again = await json(add('--secret-env', 'A_SECRET', '--yes'), { env: { A_SECRET: 'x' } });
  expect(again).toMatchObject({ code: 1, document: { ok: false, error: { type: 'ConflictError' } } });
  const { document: shown } = await json(['connections', 'show', 'northwind-halo']);
  expect(shown).toMatchObject({ ok: true, connection: { resourceServer: tenant.baseUrl, default: true } });
  const { rows } = await database.store.pool.query<{ sealed_secret: string }>('select * from connections');
  expect(JSON.stringify(rows)).not.toContain(tenant.clientSecret);

  const looked = await haloflow(['doctor', '--connection', 'northwind-halo']);
  expect([looked.code, looked.stderr]).toEqual([0, '']);
  expect(looked.stdout).toMatch(/^pass {2}token /m);
  expect(looked.stdout).toMatch(/^ {2}\[x\] edit:tickets/m);

  await control(tenant).settings({ scopes: 'read:tickets' });
  const { code, document } = await json(['doctor', '--org', 'northwind']);
  expect([code, document['ok']]).toEqual([1, false]);
  const [report] = document['connections'] as {
    steps: { step: string; verdict: string; remedy: string }[];
  }[];
  const failed = report?.steps.filter(({ verdict }) => verdict === 'fail') ?? [];
  expect(failed.map(({ step }) => step)).toEqual(['scopes', 'teams', 'customers', 'write tickets']);
  expect(failed.every(({ remedy }) => remedy.length > 0)).toBe(true);

  const removed = await haloflow(['connections', 'remove', 'northwind-halo', '--yes']);
  expect([removed.code, removed.stdout]).toEqual([0, 'Connection northwind-halo is deleted.\n']);
  const gone = await json(['doctor', '--connection', 'northwind-halo']);
  expect(gone).toMatchObject({ code: 1, document: { ok: false, error: { type: 'NotFoundError' } } });
  const none = await haloflow(['doctor']);
  expect([none.code, none.stderr]).toEqual([1, expect.stringContaining('haloflow connections add')]);
});
