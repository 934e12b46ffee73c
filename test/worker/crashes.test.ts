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
    args: [databaseUrl, queues.runs.replace(/-runs$/, ''), workflowBundle.codePath],
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
  await haloflow.store.pool.query('insert into writes (call, result) values ($1, $2)', [key, '{"id":77}']);

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
  expect(await writing.handle.result()).toEqual({
    failure: {
      type: 'HaloOutcomeUnknownError',
      message: expect.stringContaining('sent (connection northwind-halo) and its reply is lost') as string,
    },
  });
  expect(await callsOf(haloflow, writing.run)).toMatchObject([
    { status: 'failed', connection: 'northwind-halo', attempts: 1, error_type: 'HaloOutcomeUnknownError' },
  ]);
  const sent = (await apiRequests(northwind)).filter(({ method }) => method === 'POST');
  expect(sent).toHaveLength(1);
});
