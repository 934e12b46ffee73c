/** Runs and triggers over HTTP with Temporal and Halo behind it, and the same through what commands do with HALOFLOW_URL. */
import { request } from 'undici';
import { LOCAL } from '../../../access/principal.ts';
import { createToken } from '../../../access/tokens.ts';
import type { Role } from '../../../access/principal.ts';
import { listed as listedEvents } from '../../../cli/events.ts';
import { files } from '../../../cli/files.ts';
import { repeatRun, stopRun } from '../../../api/control/operations.ts';
import { cancelled } from '../../../cli/runs/cancel.ts';
import { listed as listedRuns } from '../../../cli/runs/list.ts';
import { shown as shownRun } from '../../../cli/runs/show.ts';
import { fired } from '../../../cli/triggers/fire.ts';
import { listed as listedTriggers } from '../../../cli/triggers/list.ts';
import { backfilled } from '../../../cli/triggers/backfill.ts';
import { removed } from '../../../cli/triggers/remove.ts';
import { rewound } from '../../../cli/triggers/rewind.ts';
import { shown as shownTrigger } from '../../../cli/triggers/show.ts';
import { switched } from '../../../cli/triggers/switch.ts';
import { tested } from '../../../cli/triggers/test.ts';
import { temporaryDirectory } from '../../support/programs.ts';
import { startHaloflow } from '../../support/haloflow.ts';
import type { TestHaloflow } from '../../support/haloflow.ts';
import { workflowNames } from '../../../worker/workflowNames.ts';
import { runJson } from '../../cli/command.ts';
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
  api = await startTestApi(haloflow, {
    files: { ...files, workflowNames: () => workflowNames(workflows) },
  });
  operator = await token('northwind', 'operator');
  Object.assign(process.env, { HALOFLOW_URL: api.url, HALOFLOW_TOKEN: operator });
  await putTrigger(haloflow, { id: 'by-hand', type: 'always-pass', workflow: 'echoes' });
});
afterAll(async () => {
  delete process.env['HALOFLOW_URL'];
  delete process.env['HALOFLOW_TOKEN'];
  await api.close();
  await haloflow.close();
  directory.remove();
});

// Tests look into it by name.
type Body = Readonly<Record<string, unknown>>;

async function ask(
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  body?: object,
  as = operator,
): Promise<[number, Body]> {
  const reply = await request(`${api.url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${as}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return [reply.statusCode, (await reply.body.json()) as Body];
}

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
  expect((await shownRun(run.slice(0, 13))).json).toEqual({ ok: true, ...body });
});

test('a run is cancelled once, by the API or a command, and started again; the audit log knows who did', async () => {
  const { run } = await haloflow.start('neverEnds', [], { organization: 'northwind' });
  expect((await ask('POST', `/runs/${run}/cancel`))[0]).toBe(200);
  expect((await ended(run))['run']).toMatchObject({ status: 'cancelled' });
  await expect(cancelled(run)).rejects.toMatchObject({
    name: 'ConfigurationError',
    message: expect.stringMatching(/has ended already \(cancelled\)/),
  });
  const [status, repeat] = await ask('POST', `/runs/${run}/rerun`);
  expect([status, repeat['rerunOf']]).toEqual([201, run]);
  const outcome = await cancelled(String(repeat['run']));
  expect(outcome.json).toMatchObject({ ok: true, run: { id: repeat['run'], status: 'cancelled' } });
  const { rows } = await haloflow.store.pool.query(
    `select actor, action, object, after from audit_log where action like 'runs.%' order by id`,
  );
  const actor = operator.slice(0, 16);
  const after = { outcome: 'done' };
  expect(rows).toEqual([
    { actor, action: 'runs.cancel', object: `run ${run}`, after },
    { actor, action: 'runs.rerun', object: `run ${run}`, after: { ...after, run: repeat['run'] } },
    { actor, action: 'runs.cancel', object: `run ${String(repeat['run'])}`, after },
  ]);
});

const lines = async (object: string): Promise<unknown[]> => {
  const query = 'select action, after from audit_log where object = $1 order by id';
  return (await haloflow.store.pool.query(query, [object])).rows;
};

test('what Temporal is asked to do by hand is in the audit log before it is asked, and then how that ended', async () => {
  const { run, handle } = await haloflow.start('neverEnds', [], { organization: 'northwind' });
  const during: unknown[] = [];
  const { workflow } = haloflow.starter.client;
  const asked = async (): Promise<never> => {
    // What a process leaves behind that is killed here.
    during.push(...(await lines(`run ${run}`)));
    throw new TypeError('nobody there');
  };
  const cancelling = import.meta.jest
    .spyOn(workflow, 'getHandle')
    .mockReturnValue({ ...handle, cancel: asked });
  await expect(stopRun(haloflow.starter, LOCAL, run)).rejects.toThrow('nobody there');
  cancelling.mockRestore();
  await handle.terminate();
  const first = { id: run, organization: 'northwind' };
  const starting = import.meta.jest.spyOn(workflow, 'start').mockImplementation(asked);
  await expect(repeatRun(haloflow.starter, LOCAL, first)).rejects.toThrow('nobody there');
  starting.mockRestore();

  const cancel = (after: object) => ({ action: 'runs.cancel', after });
  const rerun = (after: object) => ({ action: 'runs.rerun', after: { run: expect.any(String), ...after } });
  const failed = { outcome: 'error', error: 'TypeError' };
  expect(during).toEqual([cancel({ outcome: 'begun' }), cancel(failed), rerun({ outcome: 'begun' })]);
  expect(await lines(`run ${run}`)).toEqual([cancel(failed), rerun(failed)]);
});

test('what is fired by hand is not fired where its line in the audit log cannot be written', async () => {
  const { store } = haloflow;
  await putTrigger(haloflow, {
    id: 'unheard',
    type: 'new-ticket-record',
    workflow: 'echoes',
    parameters: { everySeconds: 60, deliver: 'each', webhook: false, includeOwn: false },
  });
  await store.pool.query(`alter table audit_log add constraint deaf check (object <> 'trigger unheard')`);
  for (const [verb, body] of [
    ['fire', { record: { id: 1 } }],
    ['rewind', { since: '2020-01-01T00:00:00Z' }],
    ['backfill', { since: '2020-01-01T00:00:00Z' }],
  ] as const) {
    expect((await ask('POST', `/triggers/unheard/${verb}`, body))[0]).toBe(500);
  }
  expect((await store.pool.query(`select 1 from events where trigger = 'unheard'`)).rows).toEqual([]);
});

test('a trigger is fired by hand, which is audited, and the command waits for the end of its run', async () => {
  const [status, answer] = await ask('POST', '/triggers/by-hand/fire', { record: { why: 'test' } });
  expect([status, answer['event']]).toMatchObject([200, { status: 'accepted', reason: null }]);
  const [started] = answer['runs'] as Body[];
  expect((await ended(String(started?.['run'])))['run']).toMatchObject({ result: { why: 'test' } });
  expect((await fired('by-hand', { record: { n: 1 }, wait: true })).json).toMatchObject({
    ok: true,
    trigger: 'by-hand',
    runs: [{ organization: 'northwind', result: { n: 1 } }],
  });
  const { rows } = await haloflow.store.pool.query(
    `select object, organization, after from audit_log where action = 'triggers.fire' order by id limit 1`,
  );
  expect(rows).toEqual([
    {
      object: 'trigger by-hand',
      organization: 'northwind',
      after: { event: (answer['event'] as Body)['id'], organization: null },
    },
  ]);
});

test.each([
  ['by-hand', { record: [1] }, 'body.record'],
  ['by-hand', { record: 'text' }, 'body.record'],
  ['by-hand', { record: null }, 'body.record'],
  ['by-hand', { ticket: 1 }, 'body.ticket'],
  ['by-hand', { ticket: 1, record: {} }, 'body.record'],
  ['by-hand', { ticket: -1 }, 'body.ticket'],
  ['by-hand', { colour: 'red' }, 'body.colour'],
  ['hears-tickets', {}, 'body.record'],
  ['hears-tickets', { record: 'text' }, 'body.record'],
])('%s cannot be fired with %j: the field is named', async (trigger, body, field) => {
  await putTrigger(haloflow, { id: 'hears-tickets', type: 'new-ticket-record', enabled: false });
  const [status, answer] = await ask('POST', `/triggers/${trigger}/fire`, body);
  expect([status, answer['code']]).toEqual([400, 'SchemaError']);
  expect(answer['errors']).toEqual([expect.objectContaining({ field })]);
});

test('tickets of the past are tried, counted and looked at once more through the API', async () => {
  await putTrigger(haloflow, {
    id: 'fresh',
    type: 'new-ticket-record',
    workflow: 'echoes',
    parameters: { everySeconds: 60, deliver: 'each', webhook: false, includeOwn: false },
  });
  const tests = (await tested('fresh', { limit: 2 })).json as { tickets: Body[] };
  expect(tests.tickets).toHaveLength(2);
  const [newest] = tests.tickets;
  expect(newest).toMatchObject({ kind: 'tickets', status: expect.any(String), predicates: [] });
  const to = { ticket: Number(tests.tickets[1]?.['id']) };
  const events = async (): Promise<number> =>
    (await haloflow.store.pool.query(`select 1 from events where trigger = 'fresh'`)).rows.length;
  const planned = await rewound('fresh', { to, plan: true });
  expect(planned.json).toMatchObject({ trigger: 'fresh', records: 2, unknown: 2, wanted: 2, done: false });
  expect(await events()).toBe(0);
  expect((await rewound('fresh', { to, yes: true })).json).toMatchObject({ fired: 2, done: true });
  expect(await events()).toBe(2);
  expect((await backfilled('fresh', { since: new Date(0), limit: 3, yes: true })).json).toMatchObject({
    records: 3,
    fired: 3,
  });
  const { rows } = await haloflow.store.pool.query(
    `select action, after from audit_log where object = 'trigger fresh' order by id`,
  );
  expect(rows).toEqual([
    { action: 'triggers.rewind', after: { records: 2, fired: 2 } },
    { action: 'triggers.backfill', after: { records: 3, fired: 3 } },
  ]);
  for (const body of [{}, { ticket: 1, since: '2026-01-01T00:00:00Z' }, { since: 'yesterday' }]) {
    expect((await ask('POST', '/triggers/fresh/rewind', body))[0]).toBe(400);
  }
});

test('lists through the API read like those of the local store', async () => {
  const { code, document } = await runJson(['runs', 'list', '--trigger', 'by-hand', '--limit', '1'], {
    home: directory.path,
    env: { HALOFLOW_URL: api.url, HALOFLOW_TOKEN: operator, DATABASE_URL: 'postgresql://nowhere.test/none' },
  });
  expect({ code, document }).toMatchObject({
    code: 0,
    document: { runs: [{ trigger: 'by-hand' }], more: true },
  });
  const [first] = document['runs'] as { id: string }[];
  const older = await listedRuns({ trigger: 'by-hand', before: first?.id ?? '' });
  expect(older.text).toMatch(/^[0-9a-f]{8} +\S+Z +echoes +northwind +by-hand +(running|completed) +\d/m);
  expect(older.text).not.toContain(first?.id.slice(0, 8));
  expect((await listedEvents({ trigger: 'by-hand' })).text).toMatch(
    /^\d+ +\S+Z +by-hand +manual\/\S+ +northwind +accepted +run [0-9a-f]{8}$/m,
  );
  expect((await listedTriggers({})).text).toMatch(
    /^by-hand +always-pass +northwind +echoes +yes +accepted .* ago +-$/m,
  );
  expect((await shownTrigger('by-hand', {})).text).toMatch(
    /^url +add --url to see it: it holds the secret$/m,
  );
  await expect(rewound('by-hand', { to: { ticket: 1 }, yes: true })).rejects.toMatchObject({
    name: 'ConfigurationError',
    message: expect.stringContaining('by-hand'),
  });
  await expect(switched('by-hand', false)).rejects.toMatchObject({ name: 'ForbiddenError' });
});

test('a trigger that is made starts runs at once, as its criteria say, and none once it is deleted', async () => {
  const editor = await token('northwind', 'editor');
  const fire = async (record: object): Promise<unknown> =>
    (await ask('POST', '/triggers/made/fire', { record }))[1]['event'];
  const [made] = await ask(
    'POST',
    '/triggers',
    {
      id: 'made',
      organization: 'northwind',
      type: 'always-pass',
      workflow: 'echoes',
      criteria: { field: 'level', greater: 3 },
    },
    editor,
  );
  expect(made).toBe(201);
  expect(await fire({ level: 3 })).toMatchObject({
    status: 'filtered',
    reason: expect.stringContaining('level'),
  });
  expect(await fire({ level: 4 })).toMatchObject({ status: 'accepted' });
  await ask('PATCH', '/triggers/made', { criteria: null }, editor);
  expect(await fire({ level: 1 })).toMatchObject({ status: 'accepted' });
  process.env['HALOFLOW_TOKEN'] = editor;
  const gone = await removed('made', { json: true });
  expect(gone.json).toMatchObject({ ok: true, trigger: { id: 'made', workflow: 'echoes' }, removed: true });
  expect((await ask('POST', '/triggers/made/fire', {}))[0]).toBe(404);
  const [, past] = await ask('GET', '/events?trigger=made&status=accepted');
  expect(past['events']).toHaveLength(2);
});
