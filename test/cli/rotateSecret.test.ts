/** `haloflow connections rotate-secret`: where the secret comes from, and what the command says of it. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { startSandbox } from '../../sandbox/sandbox.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { createTestDatabase } from '../support/database.ts';
import { temporaryDirectory } from '../support/programs.ts';
import { control } from '../support/sandbox.ts';
import { run, runJson } from './command.ts';
import { SECRET, ownConfiguration, toYaml } from './configuration.ts';

const directory = temporaryDirectory();
let sandbox: Sandbox;
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let secret: string;

beforeAll(async () => {
  database = await createTestDatabase();
  sandbox = await startSandbox();
  const [tenant] = sandbox.tenants;
  if (!tenant) throw new Error('the sandbox has no tenants');
  secret = tenant.clientSecret;
  await control(tenant).settings({ clientSecrets: [secret, 'second-secret', 'third-secret'] });
  writeFileSync(path.join(directory.path, 'haloflow.yaml'), toYaml(ownConfiguration(tenant)));
});
afterAll(async () => {
  await sandbox.close();
  await database.drop();
  directory.remove();
});

const where = (more: { input?: string; env?: NodeJS.ProcessEnv } = {}) => ({
  home: path.join(directory.path, 'home'),
  cwd: directory.path,
  input: more.input ?? '',
  env: { DATABASE_URL: database.url, [SECRET]: secret, ...more.env },
});
const command = ['connections', 'rotate-secret', 'umbrella-halo'] as const;

test('takes it from standard input, a file or the environment, and keeps the old one where Halo refuses', async () => {
  expect((await run(['apply'], where())).code).toBe(0);
  const nobody = await run(command, where());
  expect(nobody).toMatchObject({ code: 1, stdout: '' });
  expect(nobody.stderr).toContain('there is nobody to ask for the new secret: give --secret-file');

  const refused = await runJson([...command, '--secret-file', '-'], where({ input: 'wrong-secret\n' }));
  expect(refused).toMatchObject({
    code: 1,
    document: { ok: false, connection: null, error: { type: 'HaloAuthenticationError' } },
  });
  expect(JSON.stringify(refused)).not.toContain('wrong-secret');
  expect((await run(['apply'], where())).stdout).toBe('No changes.\n');

  const done = await run([...command, '--secret-env', 'NEW'], where({ env: { NEW: 'second-secret' } }));
  expect(done.code).toBe(0);
  expect(done.stdout).toContain('Halo took the new secret of umbrella-halo');
  expect(done.stdout).toContain('give its variable the new secret before the next apply');
  const plan = await run(['apply', '--plan'], where());
  expect(plan.stdout).toContain('~ connection umbrella-halo: clientSecret (changed)\n');

  writeFileSync(path.join(directory.path, 'new.txt'), 'third-secret\n');
  const last = await runJson([...command, '--secret-file', 'new.txt'], where());
  expect(last.document).toMatchObject({ ok: true, connection: { id: 'umbrella-halo', origin: 'file' } });
}, 180_000);
