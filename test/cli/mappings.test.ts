/** `haloflow mappings` as an operator has it: on the local store, with a sandbox as Halo. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startSandbox } from '../../sandbox/sandbox.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { createTestDatabase } from '../support/database.ts';
import { temporaryDirectory } from '../support/programs.ts';
import { run, runJson } from './command.ts';
import type { Ended } from './command.ts';
import { toYaml } from './configuration.ts';

const directory = temporaryDirectory();
const cwd = path.join(directory.path, 'work');
let sandbox: Sandbox;
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let where: { readonly home: string; readonly cwd: string; readonly env: NodeJS.ProcessEnv };

const mappings = (...args: string[]): Promise<Ended> =>
  run(['mappings', ...args, '--connection', 'umbrella-halo'], where);
const json = async (...args: string[]) =>
  (await runJson(['mappings', ...args, '--connection', 'umbrella-halo'], where)).document;

beforeAll(async () => {
  mkdirSync(cwd);
  [sandbox, database] = await Promise.all([startSandbox(), createTestDatabase()]);
  const [tenant] = sandbox.tenants;
  if (!tenant) throw new Error('the sandbox has no tenants');
  where = {
    home: path.join(directory.path, 'home'),
    cwd,
    env: { OWN_SECRET: tenant.clientSecret, DATABASE_URL: database.url },
  };
  const file = {
    organizations: {
      umbrella: { name: 'Umbrella MSP' },
      acme: { name: 'ACME Ltd.', parent: 'umbrella' },
      globex: { name: 'Globex', parent: 'umbrella' },
    },
    connections: {
      'umbrella-halo': {
        organization: 'umbrella',
        resourceServer: tenant.baseUrl,
        authServer: tenant.authUrl,
        tenant: tenant.tenant,
        clientId: tenant.clientId,
        clientSecret: '${OWN_SECRET}',
      },
    },
  };
  writeFileSync(path.join(cwd, 'haloflow.yaml'), toYaml(file));
  expect(await run(['apply'], where)).toMatchObject({ code: 0 });
}, 60_000);
afterAll(async () => {
  await sandbox.close();
  await database.drop();
  directory.remove();
});

test('an operator maps his customers: sees, accepts, corrects, ignores, and takes back', async () => {
  const seen = await mappings('suggest');
  expect(seen.stdout).toMatch(
    /^0\.97 +12 +Acme +acme +ACME Ltd\. +same name but for the form of the company$/m,
  );
  expect(seen.stdout).toContain('2 suggestions. `haloflow mappings accept --exact` would map 2');
  const accepted = await mappings('accept', '--exact');
  expect(accepted.stdout).toMatch(/^\+ globex: client 13\n\+ acme: client 12\n2 mapped\.\n.*mappings undo /);
  expect((await mappings('set', 'acme', '12', '--site', '5', '--no-use')).stdout).toBe(
    'acme is client 12 of umbrella-halo.\n',
  );
  expect((await mappings('ignore', '14', '--reason', 'a supplier')).code).toBe(0);
  const undone = await mappings('undo');
  expect(undone.stdout).toBe('- globex: client 13\n1 taken back.\n');
  const listed = await mappings('list', '--state', 'mapped');
  expect(listed.stdout).toMatch(/^12 +Acme +mapped +acme +site 5$/m);
  expect(listed.stdout).toContain('1 mapped, 16 unmapped, 1 ignored');
  expect(await json('set', 'acme', '12', '--no-site')).toMatchObject({ mapping: { site: null } });
}, 60_000);

test.each(['csv', 'yaml'])(
  'mappings as %s go out and come back',
  async (format) => {
    const file = path.join(cwd, `mappings.${format}`);
    expect(await mappings('export', file)).toMatchObject({ code: 0 });
    expect(readFileSync(file, 'utf8')).toContain('a supplier');
    const back = await mappings('import', file);
    expect(back).toMatchObject({ code: 0, stdout: '0 changed, 2 are so already, 0 not taken.\n' });
  },
  60_000,
);

test('bad rows of a file are named by their lines', async () => {
  const file = path.join(cwd, 'new.csv');
  const lines = ['organization;client;reason', 'globex;13;', '"nobody";15;"of two', 'lines"', ';16;'];
  writeFileSync(file, lines.join('\r\n'));
  const planned = await mappings('import', file, '--plan');
  expect(planned.stdout).toBe('+ globex: client 13\n1 would change, 0 are so already, 2 not taken.\n');
  expect(planned.stderr).toBe(
    `${file}:3: there is no organization nobody\n${file}:5: organization: is missing, and the client is not ignored either\n`,
  );
  expect(planned.code).toBe(1);
}, 60_000);

test('what is wrong with a command is said, with its remedy', async () => {
  const errorOf = async (...args: string[]) => (await json(...args)).error;
  expect(await errorOf('accept')).toMatchObject({ type: 'ConfigurationError' });
  expect(await errorOf('accept', 'globex', '12')).toMatchObject({ type: 'ConflictError' });
  expect((await mappings('catch-all', 'acme')).stdout).toBe(
    'acme stands for clients of umbrella-halo that are mapped to nobody.\n',
  );
}, 60_000);
