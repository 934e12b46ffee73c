/** What the command says and how it ends, where nothing has to be started for it. */
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { catalogue } from '../../actions/index.ts';
import { backedUp } from '../../cli/backup/backup.ts';
import { restored } from '../../cli/backup/restore.ts';
import { runAction } from '../../cli/runAction.ts';
import { smokeTest } from '../../cli/smoke.ts';
import { temporaryDirectory } from '../support/programs.ts';
import { run, runJson, start } from './command.ts';

const directory = temporaryDirectory();
const home = path.join(directory.path, 'home');
afterAll(() => directory.remove());

const haloflow = (...args: string[]): ReturnType<typeof run> => run(args, { home });

/** Names each module that is imported on standard error. */
const LISTING = `import { register } from 'node:module';
register('data:text/javascript,' + encodeURIComponent(\`
  import { writeSync } from 'node:fs';
  export function load(url, context, next) {
    writeSync(2, url + '\\\\n');
    return next(url, context);
  }
\`));`;

test.each([
  ['--help', ['--help'], 'Usage: haloflow'],
  ['runs list', ['runs', 'list'], 'does not answer'],
  ['apply', ['apply', 'package.json'], 'does not answer'],
] as const)('%s loads nothing of what only a server needs', async (_, args, message) => {
  const { stdout, stderr } = await run(args, {
    home,
    env: { HALOFLOW_URL: 'http://127.0.0.1:1', HALOFLOW_TOKEN: 'none' },
    node: ['--import', `data:text/javascript,${encodeURIComponent(LISTING)}`],
  });
  expect(stdout + stderr).toContain(message);
  const loaded = stderr.split('\n').filter((line) => line.startsWith('file://'));
  expect(loaded).toContainEqual(expect.stringMatching(/\/cli\/main\.[jt]s/));
  expect(
    loaded.filter((url) => /\/node_modules\/(@temporalio|drizzle-orm|fastify|pg|zod)\//.test(url)),
  ).toEqual([]);
  expect(loaded.filter((url) => /\/(api\/server|sandbox\/sandbox|store\/store)\.[jt]s/.test(url))).toEqual(
    [],
  );
});

describe('a command line that is not understood', () => {
  test.each([
    ['an unknown command', ['smokee'], "unknown command 'smokee'"],
    ['an unknown flag', ['smoke', '--verbose'], "unknown option '--verbose'"],
    ['an unknown flag before a missing one', ['explain', '--bogus'], "unknown option '--bogus'"],
    [
      'an unknown flag of a subcommand',
      ['actions', 'run', 'agents.list', '--orgg', 'a'],
      "unknown option '--orgg'",
    ],
    ['an unknown subcommand', ['actions', 'shwo'], "unknown command 'actions shwo'"],
    ['an argument too many', ['smoke', 'now'], 'too many arguments'],
    ['malformed JSON', ['actions', 'run', 'agents.list', '--org', 'a', '--input', '{oops'], 'it is not JSON'],
  ])('%s ends with 2', async (_, args, message) => {
    const { code, stdout, stderr } = await haloflow(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  test.each([
    ['a missing --org', ['explain'], '--org'],
    ['a missing argument', ['actions', 'show'], "missing required argument 'id'"],
    [
      'what a command needs',
      ['mappings', 'suggest'],
      'haloflow mappings suggest --help shows what there is.',
    ],
    [
      'a bad choice',
      ['explain', '--org', 'a', '--use', 'mine'],
      'default, mapping, connection:ID, name:TEXT',
    ],
    ['a bad fallback', ['explain', '--org', 'a', '--use', 'mapping', '--fallback', 'x'], 'fail or default'],
    ['a fallback from nothing', ['explain', '--org', 'a', '--fallback', 'default'], '--fallback needs --use'],
    ['a bad limit', ['actions', 'run', 'agents.list', '--org', 'a', '--limit', '0'], 'positive whole number'],
    ['a bad port', ['sandbox', '--port', '70000'], '0 to 65535'],
    [
      'an input file that is not there',
      ['actions', 'run', 'x', '--org', 'a', '--input', '@no.json'],
      'no.json',
    ],
  ])('%s ends with 1', async (_, args, message) => {
    const { code, stdout, stderr } = await haloflow(...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(message);
  });

  test("with --json the complaint is the command's document with nothing in it", async () => {
    const smoke = await runJson(['smoke', '--verbose'], { home });
    expect(smoke.code).toBe(2);
    expect(smoke.document).toEqual({
      ok: false,
      rows: [],
      error: { type: 'UsageError', message: expect.stringContaining("unknown option '--verbose'") },
    });
    const run = await runJson(['actions', 'run', 'agents.list', '--use', 'mine'], { home });
    expect(run.code).toBe(1);
    expect(run.document).toMatchObject({ ok: false, output: null, connection: null, workflowId: null });
  });
});

describe('help', () => {
  test('names every command', async () => {
    const { code, stdout } = await haloflow('--help');
    expect(code).toBe(0);
    for (const command of ['start', 'smoke', 'sandbox', 'apply', 'actions', 'explain']) {
      expect(stdout).toMatch(new RegExp(`^ {2}${command}\\b`, 'm'));
    }
  });

  test.each(['start', 'smoke', 'sandbox', 'apply', 'actions', 'actions show', 'actions run', 'explain'])(
    'of %s shows how it is used',
    async (command) => {
      const { code, stdout } = await haloflow(...command.split(' '), '--help');
      expect(code).toBe(0);
      expect(stdout).toMatch(new RegExp(`Examples?:\n {2}haloflow ${command}`));
    },
  );

  test('--version is that of the package', async () => {
    expect(await haloflow('--version')).toMatchObject({ code: 0, stdout: '0.1.0\n' });
  });

  test('starts nothing and leaves nothing behind', () => {
    expect(readdirSync(directory.path)).toEqual([]);
  });
});

test('an old Node is refused with a sentence, before anything else is loaded', async () => {
  const old = path.join(directory.path, 'old.cjs');
  writeFileSync(
    old,
    "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.19.1' } })",
  );
  const { code, stderr } = await run(['smoke'], { home, node: ['--require', old] });
  expect(code).toBe(1);
  expect(stderr).toMatch(/^haloflow needs Node 20\.20 or newer; this is Node 18\.19\.1 .*\n$/);
});

test.each([
  ['explain', ['explain', '--org', 'acme'], { connection: null, because: null, steps: [] }],
  ['smoke', ['smoke'], { rows: [] }],
  ['start', ['start'], { ready: false }],
])('a home that cannot be used is named by %s, with the remedy', async (_, args, blank) => {
  const file = path.join(directory.path, 'file');
  writeFileSync(file, '');
  const { code, document, stderr } = await runJson(args, { home: path.join(file, 'home') });
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  expect(document).toMatchObject({ ok: false, ...blank, error: { type: 'ConfigurationError' } });
  expect(document.error.message).toMatch(/file\/home.*HALOFLOW_HOME/s);
});

describe('actions', () => {
  test.each([
    ['contracts.create', true],
    ['halo.request', true],
    ['tickets.create', false],
    ['contracts.update', false],
  ])('show says of %s whether a lost reply leaves it unknown (%s)', async (id, isUnknown) => {
    const { stdout } = await haloflow('actions', 'show', id);
    expect(stdout.includes('HaloOutcomeUnknownError')).toBe(isUnknown);
  });

  test('lists all of them', async () => {
    const { code, stdout } = await haloflow('actions');
    expect(code).toBe(0);
    const [head, ...lines] = stdout.trim().split('\n');
    expect(head?.split(/ {2,}/)).toEqual(['id', 'title', 'method', 'path']);
    expect(lines.map((line) => line.split(/ {2,}/))).toEqual(
      [...catalogue.values()].map(({ id, title, method, path }) => [id, title, method, path]),
    );
  });

  test('as JSON are whole, with their schemas, also for a slow reader', async () => {
    const program = fileURLToPath(new URL('../../cli/haloflow.js', import.meta.url));
    const child = spawn(process.execPath, [program, 'actions', '--json'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exit = once(child, 'exit');
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    let text = '';
    for await (const chunk of child.stdout.setEncoding('utf8')) text += chunk as string;
    expect(await exit).toEqual([0, null]);
    expect(text.length).toBeGreaterThan(1_000_000);
    const documents = JSON.parse(text) as Record<string, unknown>[];
    expect(documents.map((document) => document['id'])).toEqual([...catalogue.keys()]);
    for (const document of documents) {
      expect(Object.keys(document)).toEqual(['id', 'title', 'method', 'path', 'effect', 'input', 'output']);
      expect(document['input']).toBeInstanceOf(Object);
      expect(document['output']).toBeInstanceOf(Object);
    }
  });

  test('do not mind a reader that has seen enough', async () => {
    const program = fileURLToPath(new URL('../../cli/haloflow.js', import.meta.url));
    const child = spawn(process.execPath, [program, 'actions', '--json'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let complaints = '';
    child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
    child.stdout.once('data', () => child.stdout.destroy());
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(complaints).toBe('');
  });

  test('show what people meet first, in lines that fit the terminal', async () => {
    const { code, stdout } = await run(['actions', 'show', 'tickets.upsert'], {
      home,
      env: { COLUMNS: '80' },
    });
    expect(code).toBe(0);
    const lines = stdout.split('\n');
    expect(lines.slice(0, 2)).toEqual([
      'tickets.upsert: Add or Update Tickets',
      'POST /Tickets, effect: upsert',
    ]);
    expect(stdout).toContain('A record without id needs summary.');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(lines.length).toBeLessThan(200);
    expect(stdout).toMatch(/^summary +string +The ticket's subject line/m);
    expect(stdout).toMatch(/and \d+ more: --all shows them/);
  });

  test('show everything with --all', async () => {
    const { stdout } = await haloflow('actions', 'show', 'tickets.upsert', '--all');
    expect(stdout).toMatch(/^oppjobtitle +string/m);
    expect(stdout).not.toMatch(/--all shows them/);
  });

  test.each(['tickets.list', 'clients.get', 'halo.request', 'reports.preview', 'attachments.upsert'])(
    'show %s',
    async (id) => {
      const { code, stdout } = await haloflow('actions', 'show', id);
      expect(code).toBe(0);
      expect(stdout).toContain(catalogue.get(id)?.title);
      expect(stdout).not.toMatch(/undefined|\[object/);
    },
  );

  test('show as JSON is what the list has', async () => {
    const { document } = await runJson(['actions', 'show', 'agents.list'], { home });
    const { id, title, method, path, effect, input, output } = catalogue.get('agents.list') ?? {};
    expect(document).toEqual({ id, title, method, path, effect, input, output });
  });

  test.each([
    ['show', ['actions', 'show', 'ticket.upsert']],
    ['run', ['actions', 'run', 'ticket.upsert', '--org', 'acme']],
  ])('an unknown one to %s is a failure that says what was meant', async (_, args) => {
    const { code, document } = await runJson(args, { home });
    expect(code).toBe(1);
    expect(document.ok).toBe(false);
    expect(document.error.type).toBe('ConfigurationError');
    expect(document.error.message).toContain('unknown action ticket.upsert. Did you mean tickets.upsert?');
  });
});

describe('sandbox', () => {
  interface Tenants {
    readonly tenants: Record<string, string>[];
  }

  test('says on one line how to get in, serves, and stops with 0', async () => {
    const port = 20_000 + (process.pid % 10_000);
    const sandbox = start(['sandbox', '--port', String(port), '--json'], { home });
    try {
      const { tenants } = JSON.parse(await sandbox.says('\n')) as Tenants;
      expect(tenants.map(({ name, baseUrl }) => [name, baseUrl])).toEqual([
        ['northwind', `http://127.0.0.1:${port}`],
        ['globex', `http://127.0.0.1:${port + 1}`],
      ]);
      for (const tenant of tenants) {
        expect(Object.keys(tenant)).toEqual([
          'name',
          'baseUrl',
          'authUrl',
          'tenant',
          'clientId',
          'clientSecret',
        ]);
        const reply = await fetch(`${tenant['authUrl']}/token?tenant=${tenant['tenant']}`, {
          method: 'POST',
          body: new URLSearchParams({
            grant_type: 'client_credentials',
            client_id: tenant['clientId'] ?? '',
            client_secret: tenant['clientSecret'] ?? '',
            scope: 'all',
          }),
        });
        expect(await reply.json()).toHaveProperty('access_token');
      }
      sandbox.signal('SIGTERM');
      const { code, stdout } = await sandbox.ended;
      expect(code).toBe(0);
      expect(stdout.split('\n')).toHaveLength(2);
    } finally {
      await sandbox.end();
    }
  });

  test('shows people a table and stops on Ctrl-C', async () => {
    const sandbox = start(['sandbox', '--port', '0'], { home });
    try {
      expect(await sandbox.says('globex')).toMatch(/northwind +http:\/\/127\.0\.0\.1:\d+/);
      await sandbox.says('Ctrl-C', 'stderr');
      sandbox.signal('SIGINT');
      expect((await sandbox.ended).code).toBe(0);
    } finally {
      await sandbox.end();
    }
  });

  test.each([0, 1])('says which port is taken (the one of tenant %i)', async (tenant) => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    try {
      const taken = (other.address() as AddressInfo).port;
      const args = ['sandbox', '--port', String(taken - tenant)];
      const { code, stdout, stderr } = await haloflow(...args);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toContain(`port ${taken} for the sandbox is in use`);
      const { document } = await runJson(args, { home });
      expect(document).toMatchObject({ ok: false, tenants: [] });
      expect(document.error.message).toContain(`port ${taken} for the sandbox is in use`);
    } finally {
      other.close();
    }
  });
});

describe('a command for its own machine, while HALOFLOW_URL names another one', () => {
  beforeAll(() => Object.assign(process.env, { HALOFLOW_URL: 'https://elsewhere.example' }));
  afterAll(() => delete process.env['HALOFLOW_URL']);

  test.each([
    ['smoke', () => smokeTest()],
    ['actions run', () => runAction('agents.list', { org: 'acme', input: {} })],
    ['backup', () => backedUp('x.tgz', {})],
    ['restore', () => restored('x.tgz', {})],
  ])('%s is not done here in its stead', async (name, command) => {
    await expect(command()).rejects.toThrow(
      `haloflow ${name} works on its own machine, and HALOFLOW_URL is https://elsewhere.example`,
    );
  });
});
