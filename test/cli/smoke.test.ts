/** `haloflow smoke` on homes of its own. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createTestDatabase } from '../support/database.ts';
import { temporaryDirectory } from '../support/programs.ts';
import { run, runJson, start } from './command.ts';
import { NONE, serversOf } from './servers.ts';

const directory = temporaryDirectory();
afterAll(() => directory.remove());

let homes = 0;
const freshHome = (): string => path.join(directory.path, `home-${(homes += 1)}`);

const NOT_INSTALLED = /HaloPSA integration is not installed for Initech.*haloflow apply.*override/s;
const anId = (organization: string): unknown =>
  expect.stringMatching(new RegExp(`^o/${organization}/smoke/listAgents/`));

const demoRow = (organization: string, credentials: object): object => ({
  organization,
  level: organization === 'northwind' ? 'msp' : 'client',
  ...credentials,
  status: 'ok',
  error: null,
  workflowId: anId(organization),
  ms: expect.any(Number),
});

const DEMO_ROWS = [
  demoRow('northwind', { connection: 'northwind-halo', because: 'own default', agents: 14 }),
  demoRow('acme', { connection: 'northwind-halo', because: 'trigger override: mapping', agents: 14 }),
  demoRow('globex', { connection: 'globex-halo', because: 'own default', agents: 5 }),
  {
    ...demoRow('initech', { connection: null, because: null, agents: null }),
    status: 'not installed',
    error: { type: 'ConfigurationError', message: expect.stringMatching(NOT_INSTALLED) },
  },
];

/** The home that the demo was shown on. */
let shown: string;

test('shows the demo on a fresh home, and stops what it started', async () => {
  const home = freshHome();
  const first = await run(['smoke'], { home });
  expect(first.code).toBe(0);
  const lines = first.stdout.split('\n').map((line) => line.split(/ {2,}/));
  expect(lines[0]).toEqual(['organization', 'level', 'connection', 'because', 'agents', 'ms', 'workflow id']);
  expect(lines[1]?.slice(0, 5)).toEqual(['northwind', 'msp', 'northwind-halo', 'own default', '14']);
  expect(lines[2]?.slice(0, 5)).toEqual([
    'acme',
    'client',
    'northwind-halo',
    'trigger override: mapping',
    '14',
  ]);
  expect(lines[3]?.slice(0, 5)).toEqual(['globex', 'client', 'globex-halo', 'own default', '5']);
  expect(lines[4]?.slice(0, 5)).toEqual(['initech', 'client', '-', '-', '-']);
  expect(first.stdout).toMatch(new RegExp(`warning: ${NOT_INSTALLED.source}`, 's'));
  expect(serversOf(home)).toEqual(NONE);
  shown = home;
});

test('does so again, and another folder of workflows does not take it away', async () => {
  const home = shown;
  const workflows = path.join(directory.path, 'flows');
  mkdirSync(workflows);
  writeFileSync(
    path.join(workflows, 'mine.ts'),
    "import { halo } from 'haloflow/sdk';\nexport async function mine() { return await halo.agents.list({}); }\n",
  );
  const second = await runJson(['smoke'], { home, env: { HALOFLOW_WORKFLOWS: workflows } });
  expect(second).toEqual({ code: 0, document: { ok: true, rows: DEMO_ROWS }, stderr: expect.any(String) });
  expect(Object.keys(second.document)).toEqual(['ok', 'rows']);
  for (const row of second.document['rows'] as object[]) {
    expect(Object.keys(row).join()).toBe(
      'organization,level,connection,because,agents,status,error,workflowId,ms',
    );
  }
  expect(serversOf(home)).toEqual(NONE);
});

test('two at once on one fresh home both succeed', async () => {
  const home = freshHome();
  const both = await Promise.all([runJson(['smoke'], { home }), runJson(['smoke'], { home })]);
  for (const { code, document } of both) {
    expect({ code, document }).toEqual({ code: 0, document: { ok: true, rows: DEMO_ROWS } });
  }
  expect(serversOf(home)).toEqual(NONE);
});

test('never loads the demo into a DATABASE_URL', async () => {
  const database = await createTestDatabase();
  const home = freshHome();
  try {
    const { code, document } = await runJson(['smoke'], { home, env: { DATABASE_URL: database.url } });
    expect(code).toBe(1);
    expect(document).toEqual({
      ok: false,
      rows: [],
      error: { type: 'ConfigurationError', message: expect.stringMatching(/DATABASE_URL.*haloflow apply/) },
    });
    expect((await database.store.pool.query('select * from organizations')).rows).toEqual([]);
    expect(serversOf(home)).toEqual(NONE);
  } finally {
    await database.drop();
  }
});

test('stops what it started on Ctrl-C', async () => {
  const home = freshHome();
  const smoke = start(['smoke', '--json'], { home });
  try {
    while (serversOf(home).temporal === null || serversOf(home).postgres === null) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    smoke.signal('SIGINT');
    const { code, stdout } = await smoke.ended;
    expect(code).toBe(130);
    expect(JSON.parse(stdout)).toEqual({
      ok: false,
      rows: [],
      error: { type: 'Interrupted', message: 'stopped by SIGINT' },
    });
    expect(serversOf(home)).toEqual(NONE);
  } finally {
    await smoke.end();
  }
});

test('says what is wrong with workflows that do not compile', async () => {
  const workflows = path.join(directory.path, 'broken');
  mkdirSync(workflows);
  writeFileSync(
    path.join(workflows, 'broken.ts'),
    "import { nothing } from './nowhere.ts';\nexport { nothing };\n",
  );
  const home = freshHome();
  const { code, document } = await runJson(['smoke'], { home, env: { HALOFLOW_WORKFLOWS: workflows } });
  expect(code).toBe(1);
  expect(document.error.type).toBe('ConfigurationError');
  expect(document.error.message).toContain('nowhere.ts');
  expect(serversOf(home)).toEqual(NONE);
});
