/** `haloflow backup` and `restore`: another home is what this one was, with a run that is still open. */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Connection } from '@temporalio/client';
import { create, extract } from 'tar';
import { checkedManifest } from '../../cli/backup/manifest.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { createClient } from '../../triggers/client.ts';
import { temporaryDirectory } from '../support/programs.ts';
import { run, runJson, start } from './command.ts';
import type { Running } from './command.ts';
import { SECRET, ownConfiguration, toYaml } from './configuration.ts';
import { NONE, serversOf } from './servers.ts';

const directory = temporaryDirectory();
const home = path.join(directory.path, 'home');
const other = path.join(directory.path, 'elsewhere', 'other');
const archive = path.join(directory.path, 'haloflow.tgz');
const file = path.join(directory.path, 'own.yaml');
const started: Running[] = [];

let sandbox: Sandbox;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  sandbox = await startSandbox();
  const [tenant] = sandbox.tenants;
  if (!tenant) throw new Error('the sandbox has no tenants');
  env = {
    [SECRET]: tenant.clientSecret,
    HALOFLOW_WORKFLOWS: path.resolve('test/cli/workflows'),
  };
  const nap = { organization: 'umbrella', type: 'always-pass', workflow: 'nap' };
  writeFileSync(file, toYaml({ ...ownConfiguration(tenant), triggers: { nap } }));
});
afterAll(async () => {
  for (const stack of started) await stack.end();
  const left = [serversOf(home), serversOf(other)];
  await sandbox.close();
  directory.remove();
  expect(left).toEqual([NONE, NONE]);
});

async function startStack(at: string): Promise<Running & { readonly temporal: string }> {
  const stack = start(['start', '--json'], { home: at, env });
  started.push(stack);
  return { ...stack, ...(JSON.parse(await stack.says('\n')) as { temporal: string }) };
}
const ask = (at: string, ...args: string[]) => runJson(args, { home: at, env });
test('an installation goes on in another home, with its data, its secrets and an open run', async () => {
  const first = await startStack(home);
  expect((await run(['apply', file], { home, env })).code).toBe(0);
  const fired = await ask(home, 'triggers', 'fire', 'nap');
  const [nap] = fired.document['runs'] as { workflowId: string }[];

  const refused = await ask(home, 'backup', archive);
  expect(refused.code).toBe(1);
  expect(refused.document.error.message).toContain(`process ${first.pid}`);
  expect(existsSync(archive)).toBe(false);
  await first.end();

  const made = await ask(home, 'backup', archive);
  expect(made.document).toMatchObject({ ok: true, file: archive, manifest: { postgres: 18, key: true } });
  expect(statSync(archive).mode & 0o777).toBe(0o600);
  expect(existsSync(path.join(home, 'backup.json'))).toBe(false);
  expect(serversOf(home)).toEqual(NONE);
  expect((await ask(home, 'backup', archive)).document.error.message).toContain('is there already');

  const back = await ask(other, 'restore', archive);
  expect(back.document).toMatchObject({ ok: true, home: other, replaced: null });
  expect(readFileSync(path.join(other, 'key'), 'utf8')).toBe(readFileSync(path.join(home, 'key'), 'utf8'));
  expect(statSync(path.join(other, 'postgres')).mode & 0o777).toBe(0o700);
  expect(statSync(path.join(other, 'key')).mode & 0o777).toBe(0o600);
  expect(readdirSync(other).filter((name) => name.startsWith('restore'))).toEqual([]);

  const second = await startStack(other);
  expect((await run(['apply', file], { home: other, env })).stdout).toBe('No changes.\n');
  const agents = await ask(other, 'actions', 'run', 'agents.list', '--org', 'umbrella');
  expect(agents.document).toMatchObject({ ok: true, connection: 'umbrella-halo' });
  const connection = await Connection.connect({ address: second.temporal });
  const handle = createClient({ connection }).workflow.getHandle(nap?.workflowId ?? '');
  expect((await handle.describe()).status.name).toBe('RUNNING');
  await handle.signal('wake');
  expect(await handle.result()).toBe('rested');
  await connection.close();
  await second.end();
}, 180_000);

test('a home with data is left alone, unless somebody says so: then that is put aside', async () => {
  const refused = await ask(other, 'restore', archive);
  expect(refused.document.error.message).toContain(`${other} is not empty`);
  const forced = await ask(other, 'restore', archive, '--force');
  const replaced = forced.document['replaced'] as string;
  expect(path.dirname(replaced)).toBe(other);
  expect(readdirSync(replaced)).toEqual(expect.arrayContaining(['key', 'postgres', 'temporal']));
  expect((await run(['apply', file], { home: other, env })).stdout).toBe('No changes.\n');
});

test('what is no backup, cut off, or of another version restores nothing', async () => {
  const fresh = path.join(directory.path, 'fresh');
  const bad = path.join(directory.path, 'bad.tgz');
  const refusal = async (bytes: Buffer): Promise<string> => {
    writeFileSync(bad, bytes);
    const { code, document } = await ask(fresh, 'restore', bad);
    expect(code).toBe(1);
    expect(existsSync(path.join(fresh, 'key')) || existsSync(path.join(fresh, 'postgres'))).toBe(false);
    return document.error.message;
  };
  const whole = readFileSync(archive);
  expect(await refusal(Buffer.from('not an archive'))).toContain('it is no backup of haloflow');
  expect(await refusal(whole.subarray(0, whole.length / 2))).toContain('it is damaged');
  expect((await ask(fresh, 'restore', path.join(directory.path, 'none'))).document.error.message).toContain(
    'is not there',
  );

  const unpacked = path.join(directory.path, 'unpacked');
  mkdirSync(unpacked);
  await extract({ file: archive, cwd: unpacked, filter: (entry) => entry === 'backup.json' });
  const manifest = JSON.parse(readFileSync(path.join(unpacked, 'backup.json'), 'utf8')) as object;
  const change = (changes: object): void =>
    writeFileSync(path.join(unpacked, 'backup.json'), JSON.stringify({ ...manifest, ...changes }));
  const update = 'haloflow 99.0.0 made it, which is newer than';
  change({ version: '99.0.0' });
  await create({ file: bad, cwd: unpacked, gzip: true }, ['backup.json']);
  expect(await refusal(readFileSync(bad))).toContain(update);

  const checked = async (changes: object): Promise<unknown> => {
    change(changes);
    return await checkedManifest(unpacked, bad);
  };
  await expect(checked({ version: '99.0.0', migrations: 9999 })).rejects.toThrow(update);
  await expect(checked({ format: 2, version: '99.0.0' })).rejects.toThrow(update);
  await expect(checked({ postgres: 17 })).rejects.toThrow(
    'its data is of PostgreSQL 17, and 18 is here: use haloflow',
  );
  await expect(checked({ version: undefined })).rejects.toThrow('it is no backup of haloflow');
  await expect(checked({ version: '0.0.1-rc.1' })).rejects.toThrow('it is damaged: it should hold');
  await expect(checked({ files: 'many' })).rejects.toThrow('it is damaged: it should hold');
}, 60_000);

test('a database of another server is left to the tools of that', async () => {
  mkdirSync(path.join(directory.path, 'third'));
  const where = { home: path.join(directory.path, 'third'), env: { DATABASE_URL: 'postgresql://h/d' } };
  expect((await run(['backup', `${archive}.2`], where)).stderr).toContain('pg_dump');
  expect((await run(['restore', archive], where)).stderr).toContain('pg_restore');
  const nothing = await run(['backup', `${archive}.2`], { ...where, env: {} });
  expect(nothing.stderr).toContain('there is nothing to back up');
});
