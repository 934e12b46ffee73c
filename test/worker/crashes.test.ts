/** Workers that die: every run finishes on another one, and nothing is written twice. */
import { startHaloflow } from '../support/haloflow.ts';
import type { TestHaloflow } from '../support/haloflow.ts';
import { startProgram } from '../support/programs.ts';
import type { Program } from '../support/programs.ts';
import { apiRequests, callsOf, eventually } from './helpers.ts';
import type { ProbeInput } from './workflows/probes.ts';

let haloflow: TestHaloflow;
const MSP = { organization: 'northwind' };
const workers: Program[] = [];

beforeAll(async () => {
  haloflow = await startHaloflow({ worker: false });
});
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.kill()));
  await haloflow.close();
});

async function startWorkerProcess(): Promise<Program> {
  const { databaseUrl, queues, workflowBundle } = haloflow;
  const worker = startProgram(new URL('./programs/worker.ts', import.meta.url).pathname, {
    args: [databaseUrl, queues.runs.replace(/-runs$/, ''), workflowBundle.codePath, '6000'],
  });
  workers.push(worker);
  expect(await worker.reply()).toBe('ready');
  return worker;
}

const note = (text: string): ProbeInput => ({
  action: 'actions.create',
  input: { ticket_id: 1001, outcome: 'Internal Note', note: text, hiddenfromuser: true },
  options: { startToCloseTimeout: '6 seconds' },
});

test('runs whose worker was killed in the middle of a call', async () => {
  const { northwind } = haloflow;
  // A result that was recorded, but whose completion never reached Temporal.
  const lost = await haloflow.start('probe', [note('completed before')], MSP);
  const { runId } = await lost.handle.describe();
  const key = `${lost.workflowId}/${runId}/1`;
  await haloflow.store.pool.query(
    `insert into calls (key, run, action, organization, connection, because, status, attempts)
      values ($1, $2, 'actions.create', 'northwind', 'northwind-halo', 'own default', 'running', 1)`,
    [key, lost.run],
  );
  await haloflow.store.pool.query(
    `insert into writes (call, connection, host, action, resource, effect, state, halo_id, result)
      values ($1, 'northwind-halo', 'x:1', 'actions.create', '/Actions', 'create', 'confirmed', '1001/77', $2)`,
    [key, '{"id":77}'],
  );

  const first = await startWorkerProcess();
  expect(await lost.handle.result()).toEqual({ output: { id: 77 } });
  expect(await callsOf(haloflow, lost.run)).toMatchObject([
    { connection: 'northwind-halo', because: 'own default', status: 'ok', attempts: 1 },
  ]);
  expect(await northwind.requests()).toEqual([]);

  await northwind.fault({ kind: 'delay', delayMs: 4000, match: { path: '/api/Agent' } });
  await northwind.fault({ kind: 'delay', delayMs: 4000, match: { path: '/api/Actions' } });
  const reading = await haloflow.start(
    'probe',
    [{ action: 'agents.list', options: { fields: ['id'], startToCloseTimeout: '6 seconds' } }],
    MSP,
  );
  const writing = await haloflow.start('probe', [note('in flight')], MSP);
  const [second] = await Promise.all([
    startWorkerProcess(),
    eventually(async () => ((await apiRequests(northwind)).length === 2 ? true : undefined)).then(() =>
      first.kill(),
    ),
  ]);
  expect(second.pid).not.toBe(first.pid);

  const read = (await reading.handle.result()) as { output: unknown[] };
  expect(read.output).toHaveLength(14);
  expect(await callsOf(haloflow, reading.run)).toMatchObject([{ status: 'ok', attempts: 2 }]);
  // Halo goes on with a request whose sender is dead: the note is there before anybody looks.
  const written = (await writing.handle.result()) as { output: { id: number } };
  const kept = await northwind.records('Actions', { ticket_id: 1001, note: 'in flight' });
  expect(kept.map(({ id }) => id)).toEqual([written.output.id]);
  expect(await callsOf(haloflow, writing.run)).toMatchObject([
    { status: 'ok', connection: 'northwind-halo', attempts: 1 },
  ]);
  const sent = (await apiRequests(northwind)).filter(({ method }) => method === 'POST');
  expect(sent).toHaveLength(1);
  await second.kill();
});

test('an array whose worker was killed halfway goes on with what is not confirmed', async () => {
  const { northwind } = haloflow;
  await northwind.clearRequests();
  const texts = ['first', 'second', 'third', 'fourth'].map((text) => `${text} of four`);
  const worker = await startWorkerProcess();
  await northwind.fault({
    kind: 'delay',
    delayMs: 3000,
    skip: 2,
    match: { method: 'POST', path: '/api/Actions' },
  });
  const run = await haloflow.start(
    'probe',
    [
      {
        action: 'actions.create',
        input: texts.map((text) => note(text).input),
        options: { fields: ['id', 'note'], startToCloseTimeout: '8 seconds' },
      },
    ],
    MSP,
  );
  const posts = async (): Promise<number> =>
    (await apiRequests(northwind)).filter(({ method }) => method === 'POST').length;
  await eventually(async () => ((await posts()) === 3 ? true : undefined));
  await Promise.all([worker.kill(), startWorkerProcess()]);
  const { output } = (await run.handle.result()) as { output: { id: number; note: string }[] };
  expect(output.map((action) => action.note)).toEqual(texts);
  for (const [index, text] of texts.entries()) {
    const kept = await northwind.records('Actions', { ticket_id: 1001, note: text });
    expect(kept.map(({ id }) => id)).toEqual([output[index]?.id]);
  }
  expect(await posts()).toBe(4);
});

describe('creates that take turns', () => {
  const ticket = (summary: string): ProbeInput => ({
    action: 'tickets.create',
    input: { summary, client_id: 12 },
    options: { fields: ['id'], startToCloseTimeout: '8 seconds' },
  });
  const start = (summaries: readonly string[]) =>
    Promise.all(summaries.map((summary) => haloflow.start('probe', [ticket(summary)], MSP)));
  const creates = async () =>
    (await apiRequests(haloflow.northwind)).filter(
      ({ method, path }) => method === 'POST' && path === '/api/Tickets',
    );
  const LATENCY_MS = 100;

  beforeEach(async () => {
    await haloflow.northwind.clearRequests();
    await haloflow.northwind.clearFaults();
    await haloflow.northwind.settings({
      latencyMs: LATENCY_MS,
      rateLimit: { requests: 100_000, perSeconds: 300 },
    });
  });
  afterAll(() => haloflow.northwind.settings({ latencyMs: 0 }));

  test('never overlap at Halo, also from two processes', async () => {
    const pair = await Promise.all([startWorkerProcess(), startWorkerProcess()]);
    const summaries = Array.from({ length: 20 }, (_, index) => `In turn ${index}`);
    const runs = await start(summaries);
    await Promise.all(runs.map(({ handle }) => handle.result()));
    const times = (await creates()).map(({ time }) => time);
    expect(times).toHaveLength(20);
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(LATENCY_MS);
    await Promise.all(pair.map((worker) => worker.kill()));
  });

  test('are only delayed when the process that has its turn is killed, and its ticket is made once', async () => {
    const { northwind } = haloflow;
    await northwind.fault({ kind: 'delay', delayMs: 2000, match: { method: 'POST', path: '/api/Tickets' } });
    const holder = await startWorkerProcess();
    const first = await start(['Held']);
    await eventually(async () => ((await creates()).length === 1 ? true : undefined));
    const [, next] = await Promise.all([holder.kill(), startWorkerProcess()]);
    const summaries = ['Held', 'Waiting 1', 'Waiting 2'];
    const runs = [...first, ...(await start(summaries.slice(1)))];
    const answers = await Promise.all(runs.map(({ handle }) => handle.result()));
    for (const [index, summary] of summaries.entries()) {
      const kept = await northwind.records('Tickets', { summary });
      expect(answers[index]).toEqual({ output: { id: kept[0]?.['id'] } });
      expect(kept).toHaveLength(1);
    }
    const [held, ...rest] = (await creates()).map(({ time }) => time);
    expect(rest).toHaveLength(2);
    expect(Math.min(...rest) - (held ?? 0)).toBeGreaterThanOrEqual(2000);
    await next.kill();
  });
});
