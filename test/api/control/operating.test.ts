/** Runs and triggers over HTTP with Temporal and Halo behind it, and the same through the commands with HALOFLOW_URL. */
import { request } from 'undici';
import { LOCAL } from '../../../access/principal.ts';
import { createToken } from '../../../access/tokens.ts';
import type { Role } from '../../../access/principal.ts';
import { temporaryDirectory } from '../../support/programs.ts';
import { startHaloflow } from '../../support/haloflow.ts';
import type { TestHaloflow } from '../../support/haloflow.ts';
import { run as command, runJson } from '../../cli/command.ts';
import type { Document } from '../../cli/command.ts';
import { putTrigger, startTestApi } from '../intake.ts';
import type { TestApi } from '../intake.ts';

const workflows = new URL('../../triggers/workflows', import.meta.url).pathname;
const directory = temporaryDirectory();

let haloflow: TestHaloflow;
let api: TestApi;
let operator: string;

const token = async (organization: string | null, role: Role): Promise<string> =>
  (await createToken(haloflow.store, LOCAL, { name: `${organization} ${role}`, organization, role })).text;

beforeAll(async () => {
  haloflow = await startHaloflow({ workflows });
  api = await startTestApi(haloflow);
  operator = await token('northwind', 'operator');
  await putTrigger(haloflow, { id: 'by-hand', type: 'always-pass', workflow: 'echoes' });
});
afterAll(async () => {
  await api.close();
  await haloflow.close();
  directory.remove();
});

// Tests look into it by name.
type Body = Readonly<Record<string, unknown>>;

async function ask(method: 'GET' | 'POST', path: string, body?: object): Promise<[number, Body]> {
  const reply = await request(`${api.url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${operator}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return [reply.statusCode, (await reply.body.json()) as Body];
}

const cli = (...args: string[]): Promise<{ code: number | null; document: Document }> =>
  runJson(args, {
    home: directory.path,
    env: { HALOFLOW_URL: api.url, HALOFLOW_TOKEN: operator, DATABASE_URL: 'postgresql://nowhere.test/none' },
  });

async function ended(id: string): Promise<Body> {
  for (;;) {
    const [, body] = await ask('GET', `/runs/${id}`);
    if ((body['run'] as Body)['status'] !== 'running') return body;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

test('a run shows its actions, which connection each used and why, its errors grouped, and its result', async () => {
  const { run, handle } = await haloflow.start('asksHalo', [{ limit: 3 }], {
    organization: 'acme',
    overrides: { halo: { use: 'mapping' } },
  });
  await handle.result();
  const body = await ended(run);
  expect(body['run']).toMatchObject({
    id: run,
    organization: 'acme',
    owner: 'northwind',
    status: 'completed',
    input: [{ limit: 3 }],
    result: '3 agents, no such ticket',
    resultKnown: true,
  });
  const decided = { organization: 'acme', connection: expect.any(String), because: expect.any(String) };
  expect(body['calls']).toMatchObject([
    { ...decided, action: 'agents.list', attempts: 1, status: 'ok', error: null },
    { ...decided, action: 'tickets.get', status: 'failed', error: { type: 'HaloNotFoundError' } },
  ]);
  expect(body['actions']).toMatchObject([
    { ...decided, action: 'agents.list', calls: 1, statuses: { ok: 1 }, errors: [] },
    {
      action: 'tickets.get',
      statuses: { failed: 1 },
      errors: [{ type: 'HaloNotFoundError', calls: 1, message: expect.stringContaining('999999') }],
    },
  ]);
  const { document } = await cli('runs', 'show', run.slice(0, 13));
  expect(document).toEqual({ ok: true, ...body });
});

test('a run is cancelled once, by the API or a command, and started again; the audit log knows who did', async () => {
  const { run } = await haloflow.start('neverEnds', [], { organization: 'northwind' });
  expect((await ask('POST', `/runs/${run}/cancel`))[0]).toBe(200);
  expect((await ended(run))['run']).toMatchObject({ status: 'cancelled' });
  const again = await cli('runs', 'cancel', run);
  expect([again.code, again.document.error.type]).toEqual([1, 'ConfigurationError']);
  expect(again.document.error.message).toMatch(/has ended already \(cancelled\)/);
  const [status, repeat] = await ask('POST', `/runs/${run}/rerun`);
  expect([status, repeat['rerunOf']]).toEqual([201, run]);
  const cancelled = await cli('runs', 'cancel', String(repeat['run']));
  expect(cancelled.document).toMatchObject({ ok: true, run: { id: repeat['run'], status: 'cancelled' } });
  const { rows } = await haloflow.store.pool.query(
    `select actor, action, object from audit_log where action like 'runs.%' order by id`,
  );
  const actor = operator.slice(0, 16);
  expect(rows).toEqual([
    { actor, action: 'runs.cancel', object: `run ${run}` },
    { actor, action: 'runs.rerun', object: `run ${run}` },
    { actor, action: 'runs.cancel', object: `run ${String(repeat['run'])}` },
  ]);
});

test('a trigger is fired by hand, which is audited, and the command waits for the end of its run', async () => {
  const [status, fired] = await ask('POST', '/triggers/by-hand/fire', { record: { why: 'test' } });
  expect([status, fired['event']]).toMatchObject([200, { status: 'accepted', reason: null }]);
  const [started] = fired['runs'] as Body[];
  expect((await ended(String(started?.['run'])))['run']).toMatchObject({ result: { why: 'test' } });
  const { code, document } = await cli('triggers', 'fire', 'by-hand', '--record', '{"n": 1}', '--wait');
  expect({ code, document }).toMatchObject({
    code: 0,
    document: { ok: true, trigger: 'by-hand', runs: [{ organization: 'northwind', result: { n: 1 } }] },
  });
  const { rows } = await haloflow.store.pool.query(
    `select object, organization, after from audit_log where action = 'triggers.fire' order by id limit 1`,
  );
  expect(rows).toEqual([
    {
      object: 'trigger by-hand',
      organization: 'northwind',
      after: {
        event: (fired['event'] as Body)['id'],
        organization: null,
        status: 'accepted',
        runs: [started?.['run']],
      },
    },
  ]);
  for (const body of [{ record: [1] }, { ticket: 1, record: {} }, { ticket: -1 }, { colour: 'red' }]) {
    expect((await ask('POST', '/triggers/by-hand/fire', body))[0]).toBeGreaterThanOrEqual(400);
  }
});

test('lists through the API read like those of the local store', async () => {
  const { document } = await cli('runs', 'list', '--trigger', 'by-hand', '--limit', '1');
  expect(document).toMatchObject({ ok: true, runs: [{ trigger: 'by-hand' }], more: true });
  const [first] = document['runs'] as Body[];
  const where = {
    home: directory.path,
    env: { HALOFLOW_URL: api.url, HALOFLOW_TOKEN: operator, DATABASE_URL: 'postgresql://nowhere.test/none' },
  };
  const [events, triggers, shown, older] = await Promise.all([
    command(['events', 'list', '--trigger', 'by-hand'], where),
    command(['triggers', 'list'], where),
    command(['triggers', 'show', 'by-hand'], where),
    command(['runs', 'list', '--trigger', 'by-hand', '--before', String(first?.['id'])], where),
  ]);
  expect(events.stdout).toMatch(/^\d+ +\S+Z +by-hand +manual\/\S+ +northwind +accepted +run [0-9a-f]{8}$/m);
  expect(triggers.stdout).toMatch(/^by-hand +always-pass +northwind +echoes +yes +accepted .* ago +-$/m);
  expect(shown.stdout).toMatch(/^url +add --url to see it: it holds the secret$/m);
  expect(older.stdout).not.toContain(String(first?.['id']).slice(0, 8));
  const refused = await cli('triggers', 'rewind', 'by-hand', '--to', '1', '--yes');
  expect(refused.document.error.message).toMatch(/works on the local store only/);
  const forbidden = await cli('triggers', 'disable', 'by-hand');
  expect(forbidden.document.error.type).toBe('ForbiddenError');
});
