/** The commands as a user has them: `haloflow start` runs, the configuration is his own, Halo is a sandbox elsewhere. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startSandbox } from '../../sandbox/sandbox.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { createTestDatabase } from '../support/database.ts';
import { temporaryDirectory } from '../support/programs.ts';
import { control } from '../support/sandbox.ts';
import type { Control } from '../support/sandbox.ts';
import { run, runJson, start } from './command.ts';
import type { Document, Ended, Running } from './command.ts';
import { SECRET, ownConfiguration, toYaml } from './configuration.ts';
import { NONE, serversOf } from './servers.ts';

const directory = temporaryDirectory();
const home = path.join(directory.path, 'home');
const cwd = path.join(directory.path, 'work');

let sandbox: Sandbox;
let halo: Control;
let stack: Running;
let secret: string;
let own: ReturnType<typeof ownConfiguration>;

const write = (file: object | string, name = 'haloflow.yaml'): void =>
  writeFileSync(path.join(cwd, name), typeof file === 'string' ? file : toYaml(file));
const haloflow = (args: string[], env: NodeJS.ProcessEnv = {}, input = ''): Promise<Ended> =>
  run(args, { home, cwd, env: { [SECRET]: secret, WRONG_SECRET: 'wrong', ...env }, input });
const json = (...args: string[]): ReturnType<typeof runJson> =>
  runJson(args, { home, cwd, env: { [SECRET]: secret } });
const rowsOf = (document: Document): Record<string, unknown>[] =>
  document['rows'] as Record<string, unknown>[];

beforeAll(async () => {
  mkdirSync(cwd);
  sandbox = await startSandbox();
  const [tenant] = sandbox.tenants;
  if (!tenant) throw new Error('the sandbox has no tenants');
  halo = control(tenant);
  secret = tenant.clientSecret;
  own = ownConfiguration(tenant);
  stack = start(['start', '--json'], { home });
  await stack.says('\n');
}, 60_000);

afterAll(async () => {
  const { code } = await stack.end();
  await sandbox.close();
  const left = serversOf(home);
  directory.remove();
  expect({ code, left }).toEqual({ code: 0, left: NONE });
});

describe('apply', () => {
  test('plans, then applies what haloflow.yaml says, then has nothing to do', async () => {
    write(own);
    const plan = await haloflow(['apply', '--plan']);
    expect(plan.code).toBe(0);
    expect(plan.stdout).toMatch(/^\+ organization umbrella \(Umbrella MSP/m);
    expect(plan.stdout).toMatch(/11 to add, 0 to change, 0 to delete\.\n$/);

    const applied = await haloflow(['apply', 'haloflow.yaml']);
    expect(applied).toMatchObject({ code: 0, stdout: plan.stdout });
    expect(await haloflow(['apply'])).toMatchObject({ code: 0, stdout: 'No changes.\n' });
    expect((await json('apply', '--plan')).document).toEqual({ ok: true, applied: false, changes: [] });
  });

  test('a secret behind ${…} that changed is a change, and is not shown', async () => {
    const changed = await haloflow(['apply', '--plan'], { [SECRET]: 'hunter2' });
    expect(changed.code).toBe(0);
    expect(changed.stdout).toMatch(/^~ connection umbrella-halo: clientSecret/m);
    expect(changed.stdout).not.toContain('hunter2');
    expect(changed.stdout).toMatch(/0 to add, 3 to change, 0 to delete\.\n$/);
  });

  test.each<[string, string, RegExp[]]>([
    ['an unknown key', 'organisations: {}', [/wrong\.yaml:1:1: .*organisations/]],
    [
      'a missing variable',
      'organizations: { a: { name: A } }\nconnections:\n  c:\n    organization: a\n    resourceServer: a.halopsa.com\n    clientId: x\n    clientSecret: ${NOT_SET}',
      [/wrong\.yaml:7:19: .*NOT_SET/],
    ],
    [
      'two defaults, a cycle, an unknown organization and a client taken twice',
      [
        'organizations:',
        '  a: { name: A }',
        '  b: { name: B, parent: a }',
        '  c: { name: C, parent: d }',
        '  d: { name: D, parent: c }',
        'connections:',
        '  one: { organization: a, default: true, resourceServer: a.halopsa.com, clientId: x, clientSecret: y }',
        '  two: { organization: a, default: true, resourceServer: b.halopsa.com, clientId: x, clientSecret: y }',
        'mappings:',
        '  one:',
        '    a: { client: 12 }',
        '    b: { client: 12 }',
        '    nobody: { client: 13 }',
      ].join('\n'),
      [
        /wrong\.yaml:[45]:\d+: .*(cycle|parent)/,
        /wrong\.yaml:[78]:\d+: .*default/,
        /wrong\.yaml:1[12]:\d+: .*12/,
        /wrong\.yaml:13:\d+: .*nobody/,
      ],
    ],
    [
      'a secret in clear',
      'organizations: { a: { name: A } }\nconnections:\n  c: { organization: a, resourceServer: a.halopsa.com, clientId: x, clientSecret: hunter2 }',
      [/wrong\.yaml:3:\d+: .*environment variable/],
    ],
    ['what is not YAML', 'organizations: [', [/wrong\.yaml:1:\d+: not valid YAML/]],
    [
      'a private address without onPremise',
      'organizations: { a: { name: A } }\nconnections:\n  c: { organization: a, resourceServer: 10.0.0.5, clientId: x, clientSecret: y }',
      [/wrong\.yaml:3:\d+: .*onPremise: true/],
    ],
  ])('refuses %s, with the place, and writes nothing', async (_, text, messages) => {
    write(text, 'wrong.yaml');
    const { code, document } = await json('apply', 'wrong.yaml');
    expect(code).toBe(1);
    expect(document).toEqual({
      ok: false,
      applied: false,
      changes: [],
      error: { type: 'ConfigurationError', message: expect.any(String) },
    });
    for (const message of messages) expect(document.error.message).toMatch(message);
  });

  test('what was refused changed nothing', async () => {
    expect(await haloflow(['apply'])).toMatchObject({ code: 0, stdout: 'No changes.\n' });
  });

  test('says which file it cannot read', async () => {
    const { code, stdout, stderr } = await haloflow(['apply', 'nowhere.yaml']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('nowhere.yaml cannot be read');
  });

  test('lets an on-premise Halo have a private address', async () => {
    const server = { organization: 'a', clientId: 'x', clientSecret: `\${${SECRET}}` };
    write(
      {
        organizations: { a: { name: 'A' } },
        connections: { c: { ...server, resourceServer: 'http://10.0.0.5/halo/api', onPremise: true } },
      },
      'private.yaml',
    );
    const { code, document } = await json('apply', 'private.yaml', '--plan');
    expect({ code, ok: document.ok }).toEqual({ code: 0, ok: true });
    expect(JSON.stringify(document)).toContain('http://10.0.0.5/halo');
  });
});

describe('smoke', () => {
  const ok = { agents: 14, status: 'ok', error: null };
  const mapped = { level: 'client', connection: 'umbrella-halo', because: 'trigger override: mapping' };

  test('goes to the Halo of the configuration, through what is running', async () => {
    const before = serversOf(home);
    await halo.clearRequests();
    const { code, document } = await json('smoke');
    expect({ code, ok: document.ok }).toEqual({ code: 0, ok: true });
    expect(rowsOf(document)).toMatchObject([
      { organization: 'umbrella', level: 'msp', connection: 'umbrella-halo', because: 'own default', ...ok },
      { organization: 'soylent', level: 'client', connection: null, agents: null, status: 'not installed' },
      { organization: 'tyrell', ...mapped, ...ok },
      { organization: 'tyrell-lab', ...mapped, ...ok },
      { organization: 'wonka', level: 'msp', connection: 'wonka-halo', because: 'own default', ...ok },
    ]);
    expect((await halo.requests()).filter(({ path }) => /agent/i.test(path))).toHaveLength(4);
    expect(serversOf(home)).toEqual(before);
  });

  test('shows a failing call and ends with 1, and the others are not disturbed', async () => {
    write({
      ...own,
      connections: {
        ...own.connections,
        'wonka-halo': { ...own.connections['wonka-halo'], clientSecret: '${WRONG_SECRET}' },
      },
    });
    expect((await haloflow(['apply'])).code).toBe(0);
    const wrong = await json('smoke');
    expect({ code: wrong.code, ok: wrong.document.ok }).toEqual({ code: 1, ok: false });
    expect(
      rowsOf(wrong.document)
        .map((row) => row['status'])
        .join(),
    ).toBe('ok,not installed,ok,ok,failed');
    expect(rowsOf(wrong.document)[4]).toMatchObject({
      connection: 'wonka-halo',
      because: 'own default',
      agents: null,
      error: { type: 'HaloAuthenticationError', message: expect.stringContaining('wonka-halo') },
      workflowId: expect.any(String),
    });

    const nobody = { resourceServer: 'http://127.0.0.1:9', authServer: 'http://127.0.0.1:9/auth' };
    write({
      ...own,
      connections: { ...own.connections, 'wonka-halo': { ...own.connections['wonka-halo'], ...nobody } },
    });
    expect((await haloflow(['apply'])).code).toBe(0);
    const away = await haloflow(['smoke']);
    expect(away.code).toBe(1);
    expect(away.stdout).toMatch(/failed: wonka: HaloConnectionError: /);
    expect(away.stdout).toMatch(/^umbrella +msp +umbrella-halo +own default +14 /m);

    write(own);
    expect((await haloflow(['apply'])).code).toBe(0);
  });
});

describe('actions run', () => {
  test('prints what Halo answered', async () => {
    const { code, stdout } = await haloflow(['actions', 'run', 'agents.list', '--org', 'umbrella']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toHaveLength(14);
    expect(stdout).toMatch(/^\[\n {2}\{\n {4}"/);
  });

  test('as JSON says with whose credentials and why', async () => {
    const { code, document } = await json(
      'actions',
      'run',
      'tickets.list',
      '--org',
      'tyrell-lab',
      '--use',
      'mapping',
      '--input',
      '{"client_id":13}',
      '--limit',
      '3',
      '--fields',
      'id,summary',
    );
    expect(code).toBe(0);
    expect(Object.keys(document).join()).toBe('ok,output,error,connection,because,workflowId');
    expect(document).toEqual({
      ok: true,
      output: Array.from({ length: 3 }, () => ({ id: expect.any(Number), summary: expect.any(String) })),
      error: null,
      connection: 'umbrella-halo',
      because: 'action override: mapping',
      workflowId: expect.stringMatching(/^o\/tyrell-lab\/cli\/runAction\//),
    });
  });

  test('reads every page with --all', async () => {
    const page = await json('actions', 'run', 'tickets.list', '--org', 'umbrella', '--fields', 'id');
    const all = await json('actions', 'run', 'tickets.list', '--org', 'umbrella', '--fields', 'id', '--all');
    const total = (await halo.records('Tickets')).length;
    expect((page.document['output'] as object[]).length).toBeLessThan(total);
    expect((all.document['output'] as object[]).length).toBeGreaterThan(100);
  });

  test.each<[string, string[], string, string]>([
    [
      'the trigger level',
      ['--org', 'tyrell', '--trigger-use', 'mapping'],
      'umbrella-halo',
      'trigger override: mapping',
    ],
    [
      'the action before the trigger',
      ['--org', 'wonka', '--use', 'connection:wonka-test', '--trigger-use', 'default'],
      'wonka-test',
      'action override: connection',
    ],
    ['part of a name', ['--org', 'wonka', '--use', 'name:TEST'], 'wonka-test', 'action override: name'],
    [
      'a fallback',
      ['--org', 'soylent', '--use', 'mapping', '--fallback', 'default'],
      'umbrella-halo',
      'action override: mapping, fallback: default',
    ],
  ])('takes %s', async (_, flags, connection, because) => {
    const { code, document } = await json('actions', 'run', 'teams.list', ...flags);
    expect({ code, error: document.error }).toEqual({ code: 0, error: null });
    expect(document).toMatchObject({ connection, because });
  });

  test('takes its input from a file or standard input', async () => {
    write('\uFEFF{ "client_id": 12 }', 'input.json');
    const run = [
      'actions',
      'run',
      'tickets.list',
      '--org',
      'umbrella',
      '--limit',
      '1',
      '--fields',
      'client_id',
      '--input',
    ];
    const file = await haloflow([...run, '@input.json']);
    const input = await haloflow([...run, '-'], {}, '{ "client_id": 12 }');
    expect(JSON.parse(file.stdout)).toEqual([{ client_id: 12 }]);
    expect(JSON.parse(input.stdout)).toEqual([{ client_id: 12 }]);
  });

  test.each<[string, string[], string, RegExp]>([
    ['a wrong type', ['tickets.get', '--org', 'umbrella', '--input', '{"id":"seven"}'], 'SchemaError', /id/],
    [
      'a record that is not there',
      ['tickets.get', '--org', 'umbrella', '--input', '{"id":99999999}'],
      'HaloNotFoundError',
      /umbrella-halo/,
    ],
    [
      'no credentials',
      ['teams.list', '--org', 'soylent'],
      'ConfigurationError',
      /HaloPSA integration is not installed for Soylent/,
    ],
    [
      'an unknown organization',
      ['teams.list', '--org', 'umbrela'],
      'ConfigurationError',
      /unknown organization umbrela/,
    ],
    [
      'an owner beside',
      ['teams.list', '--org', 'tyrell', '--owner', 'wonka'],
      'ConfigurationError',
      /tyrell is not below wonka/,
    ],
    ['a disabled organization', ['teams.list', '--org', 'hooli'], 'ConfigurationError', /hooli is disabled/],
  ])('%s is a failure with the whole document', async (_, args, type, message) => {
    const { code, document } = await json('actions', 'run', ...args);
    expect(code).toBe(1);
    expect(Object.keys(document).join()).toBe('ok,output,error,connection,because,workflowId');
    expect(document).toMatchObject({
      ok: false,
      output: null,
      error: { type, message: expect.stringMatching(message) },
    });
  });

  test('does not hand work to a worker that knows another database', async () => {
    const database = await createTestDatabase();
    try {
      const { code, stderr } = await haloflow(['actions', 'run', 'teams.list', '--org', 'umbrella'], {
        DATABASE_URL: database.url,
      });
      expect(code).toBe(1);
      expect(stderr).toMatch(/haloflow start \(process \d+\) runs on .* with another database/);
    } finally {
      await database.drop();
    }
  });

  test('tells people of a failure on standard error', async () => {
    const { code, stdout, stderr } = await haloflow(['actions', 'run', 'teams.list', '--org', 'soylent']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^ConfigurationError: HaloPSA integration is not installed for Soylent/);
  });

  test('says that it waits for Halo, and ends its run on Ctrl-C', async () => {
    await halo.fault({ times: 1, match: { path: '/api/Team' }, kind: 'delay', delayMs: 5_000 });
    const command = start(['actions', 'run', 'teams.list', '--org', 'umbrella', '--json'], { home, cwd });
    try {
      await command.says('waiting for Halo', 'stderr');
      command.signal('SIGINT');
      const { code, stdout } = await command.ended;
      expect(code).toBe(130);
      expect(JSON.parse(stdout)).toMatchObject({ ok: false, output: null, error: { type: 'Interrupted' } });
    } finally {
      await command.end();
      await halo.clearFaults();
    }
  });

  test('is in the audit log with its end, and also where the command was killed before that', async () => {
    await halo.fault({ times: 1, match: { path: '/api/Team' }, kind: 'delay', delayMs: 5_000 });
    const command = start(['actions', 'run', 'teams.list', '--org', 'umbrella'], { home, cwd });
    await command.says('waiting for Halo', 'stderr');
    command.signal('SIGKILL');
    await command.end();
    await halo.clearFaults();
    const { document } = await json('audit', 'list', '--org', 'umbrella');
    const told = (document['entries'] as { action: string; object: string; after: object }[]).filter(
      ({ action }) => action === 'actions.run' || action === 'smoke',
    );
    const run = expect.any(String);
    const [killed, interrupted, ...earlier] = told;
    expect(killed).toMatchObject({ object: 'action teams.list', after: { run, outcome: 'begun' } });
    expect(interrupted).toMatchObject({ after: { run, outcome: 'error', error: 'Interrupted' } });
    const done = { run, workflowId: expect.any(String), outcome: 'done', connection: 'umbrella-halo' };
    expect(earlier).toContainEqual(expect.objectContaining({ object: 'action agents.list', after: done }));
    expect(told).toContainEqual(expect.objectContaining({ object: 'organization umbrella' }));
  });
});

describe('explain', () => {
  test('shows each step and its result', async () => {
    const { code, stdout } = await haloflow(['explain', '--org', 'tyrell', '--use', 'mapping']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^level +rule +result$/m);
    expect(stdout).toMatch(/^action override +\S/m);
    expect(stdout).toMatch(/^tyrell uses umbrella-halo \(action override: mapping\)$/m);
  });

  test('as JSON', async () => {
    const { code, document } = await json(
      'explain',
      '--org',
      'tyrell',
      '--use',
      'mapping',
      '--trigger-use',
      'default',
    );
    expect(code).toBe(0);
    expect(Object.keys(document).join()).toBe('ok,connection,because,steps,error');
    expect(document).toMatchObject({
      ok: true,
      connection: 'umbrella-halo',
      because: 'action override: mapping',
      error: null,
    });
    for (const step of document['steps'] as object[])
      expect(Object.keys(step).join()).toBe('level,rule,result');
  });

  test.each<[string, string[], RegExp]>([
    ['no credentials', ['--org', 'soylent'], /HaloPSA integration is not installed for Soylent/],
    ['an unknown organization', ['--org', 'tyrel'], /tyrel/],
    ['two connections of that name', ['--org', 'wonka', '--use', 'name:wonka'], /wonka-halo.*wonka-test/s],
    ['a disabled organization', ['--org', 'hooli'], /disabled/],
  ])('%s is no result', async (_, flags, message) => {
    const { code, document } = await json('explain', ...flags);
    expect(code).toBe(1);
    expect(document).toMatchObject({
      ok: false,
      connection: null,
      because: null,
      steps: expect.any(Array),
      error: { type: 'ConfigurationError', message: expect.stringMatching(message) },
    });
  });
});
