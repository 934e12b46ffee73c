/** Calls of several requests, waits, cancellation, and workers that stop. */
import { LOCAL } from '../../access/principal.ts';
import { BudgetWait } from '../../calls/budget.ts';
import { resetBudgets } from '../../organizations/budgets.ts';
import { longCalls } from '../../worker/longCalls.ts';
import { forgetBudgets } from '../support/forgetBudgets.ts';
import { startHaloflow, startTestWorker } from '../support/haloflow.ts';
import type { TestHaloflow } from '../support/haloflow.ts';
import type { RunningWorker } from '../../worker/worker.ts';
import { apiRequests, callsOf, eventually } from './helpers.ts';
import type { Answer } from './helpers.ts';
import type { ProbeInput } from './workflows/probes.ts';

let haloflow: TestHaloflow;
let worker: RunningWorker | undefined;
const MSP = { organization: 'northwind' };
/** One place for long calls. */
const SLOTS = 7;

beforeAll(async () => {
  haloflow = await startHaloflow({ worker: false });
  worker = await startTestWorker({ ...haloflow, slots: SLOTS });
});
afterAll(async () => {
  await worker?.stop();
  await haloflow.close();
});
beforeEach(async () => {
  await haloflow.northwind.clearFaults();
  await haloflow.northwind.clearRequests();
  await forgetBudgets(haloflow.store);
});

const list: ProbeInput = {
  action: 'tickets.list',
  input: { page_size: 100 },
  options: { all: true, limit: 250, fields: ['id'] },
};
const notes = (...texts: string[]): ProbeInput => ({
  action: 'actions.create',
  input: texts.map((note) => ({ ticket_id: 1001, outcome: 'Internal Note', note, hiddenfromuser: true })),
});
const refused = (path: string, seconds: number, times = 1) =>
  ({
    kind: 'status',
    status: 429,
    headers: { 'retry-after': String(seconds) },
    match: { path },
    skip: 1,
    times,
  }) as const;

/** What the notes sent say, in order. */
async function sentNotes(): Promise<string[]> {
  const writes = (await apiRequests(haloflow.northwind)).filter(({ method }) => method === 'POST');
  return writes.map(({ body }) => (body as [{ note: string }])[0].note);
}

const pages = async (): Promise<string[]> =>
  (await apiRequests(haloflow.northwind)).map(({ query }) => query['page_no'] ?? '-');

test('a call that a 429 put off for a year asks the budget every minute, and is done once that is reset', async () => {
  const { client } = haloflow.starter;
  await haloflow.northwind.fault({ ...refused('/api/Tickets/1001', 31_536_000), skip: 0 });
  const { handle, run } = await haloflow.start(
    'probe',
    [{ action: 'tickets.get', input: { id: 1001 } }],
    MSP,
  );
  const putOff = (by: string) =>
    eventually(async () => {
      const [call] = (await handle.describe()).raw.pendingActivities ?? [];
      if (call?.lastFailure?.applicationFailureInfo?.type !== by) return undefined;
      return Number(call.currentRetryInterval?.seconds);
    });
  const again = () =>
    client.workflowService.resetActivity({
      namespace: client.options.namespace,
      execution: { workflowId: handle.workflowId },
      id: '1',
    });
  expect(await putOff('HaloRateLimitError')).toBe(60);
  await again();
  expect(await putOff('BudgetWait')).toBe(60);
  expect(await callsOf(haloflow, run)).toMatchObject([{ attempts: 1 }]);
  expect(await apiRequests(haloflow.northwind)).toHaveLength(1);
  await resetBudgets(haloflow.store, LOCAL, { host: new URL(haloflow.sandbox.tenants[0]!.baseUrl).host });
  await again();
  expect(await handle.result()).toMatchObject({ output: { id: 1001 } });
  expect(await callsOf(haloflow, run)).toMatchObject([{ status: 'ok', attempts: 2 }]);
});

describe('a 429 in the middle of a call', () => {
  test('of several elements is waited for in place: none is lost, none is written twice', async () => {
    await haloflow.northwind.fault(refused('/api/Actions', 1, 2));
    const { handle, run } = await haloflow.start('probe', [notes('a', 'b', 'c')], MSP);
    const { output } = (await handle.result()) as { output: { note: string }[] };
    expect(output.map(({ note }) => note)).toEqual(['a', 'b', 'c']);
    expect(await sentNotes()).toEqual(['a', 'b', 'b', 'b', 'c']);
    const kept = await haloflow.northwind.records('Actions', { ticket_id: 1001 });
    expect(
      kept.map(({ note }) => note).filter((note) => ['a', 'b', 'c'].includes(String(note))),
    ).toHaveLength(3);
    expect(await callsOf(haloflow, run)).toMatchObject([{ status: 'ok', attempts: 1 }]);
  });

  test('of several pages does not start it again', async () => {
    await haloflow.northwind.fault(refused('/api/Tickets', 1));
    const { output } = (await haloflow.run('probe', [list], MSP)) as { output: { id: number }[] };
    expect(new Set(output.map(({ id }) => id)).size).toBe(250);
    expect(await pages()).toEqual(['1', '2', '2', '3']);
  });
});

describe('an element that fails', () => {
  test('with its reply lost is settled and the call goes on, and what was done is not sent again', async () => {
    await haloflow.northwind.fault({ kind: 'status', status: 500, match: { path: '/api/Actions' }, skip: 1 });
    const { output } = (await haloflow.run('probe', [notes('d', 'e', 'f')], MSP)) as {
      output: { note: string }[];
    };
    expect(output.map(({ note }) => note)).toEqual(['d', 'e', 'f']);
    expect(await sentNotes()).toEqual(['d', 'e', 'e', 'f']);
  });

  test('for good says how many were done before', async () => {
    await haloflow.northwind.fault({ kind: 'status', status: 400, match: { path: '/api/Actions' }, skip: 1 });
    const { failure } = (await haloflow.run('probe', [notes('g', 'h', 'i')], MSP)) as Answer;
    expect(failure?.type).toBe('HaloValidationError');
    expect(failure?.message).toMatch(/^element 2 of 3 \(1 done before\).*connection northwind-halo/);
    expect(await sentNotes()).toEqual(['g', 'h']);
  });
});

describe('calls of several requests', () => {
  test('hold at most a quarter of the slots, so that the others go on', async () => {
    await haloflow.northwind.fault({ kind: 'delay', delayMs: 600_000, match: { path: '/api/Tickets' } });
    const long = await haloflow.start('probe', [list], MSP);
    await eventually(async () => ((await pages()).length > 0 ? true : undefined));
    const other = await haloflow.start('probe', [list], MSP);
    const waiting = await eventually(async () =>
      (await callsOf(haloflow, other.run)).find(({ status }) => status === 'waiting'),
    );
    expect(waiting).toMatchObject({ attempts: 0, error_type: 'BudgetWait' });
    const short = (await haloflow.run('probe', [{ action: 'agents.list' }], MSP)) as { output: unknown[] };
    expect(short.output).toHaveLength(14);
    expect(await callsOf(haloflow, long.run)).toMatchObject([{ status: 'running' }]);
    await haloflow.northwind.clearFaults();
    await Promise.all([long.handle.result(), other.handle.result()]);
    expect(await callsOf(haloflow, other.run)).toMatchObject([
      { status: 'ok', attempts: 1, error_type: null },
    ]);
  });

  test.each([
    [100, 25],
    [7, 1],
    [1, 1],
  ])('of %d slots have %d', (slots, places) => {
    const calls = longCalls(slots);
    const leave = Array.from({ length: places }, () => calls.enter());
    expect(() => calls.enter()).toThrow(BudgetWait);
    expect(() => calls.enter()).toThrow(
      /^Waiting for a place among the calls of several requests; to be tried/,
    );
    leave[0]?.();
    expect(() => calls.enter()).not.toThrow();
  });
});

test('a call that runs out of time, and a cancelled one, is answered before Halo answers, and the record is true', async () => {
  await haloflow.northwind.fault({ kind: 'delay', delayMs: 600_000, match: { path: '/api/Status' } });
  await haloflow.northwind.fault({ kind: 'delay', delayMs: 600_000, match: { path: '/api/Team' } });
  const over = await haloflow.start(
    'probe',
    [{ action: 'statuses.list', options: { scheduleToCloseTimeout: '1 second' } }],
    MSP,
  );
  // Temporal gives its first try up after five seconds; the second is answered at once, and before the first one notices.
  const again = await haloflow.start(
    'probe',
    [{ action: 'teams.list', options: { fields: ['id'], startToCloseTimeout: '5 seconds' } }],
    MSP,
  );
  expect(await over.handle.result()).toEqual({
    failure: {
      type: 'TimeoutFailure',
      message: expect.stringMatching(/^statuses\.list: no result within its time limits/) as string,
    },
  });
  expect(await again.handle.result()).toMatchObject({ output: expect.any(Array) as unknown[] });
  await haloflow.northwind.clearRequests();

  await haloflow.northwind.fault({ kind: 'delay', delayMs: 600_000, match: { path: '/api/Agent' } });
  await haloflow.northwind.fault(refused('/api/Actions', 600));
  const reading = await haloflow.start('probe', [{ action: 'agents.list' }], MSP);
  await eventually(async () => ((await apiRequests(haloflow.northwind)).length === 1 ? true : undefined));
  const writing = await haloflow.start('probe', [notes('g', 'h')], MSP);
  await eventually(async () => ((await sentNotes()).length === 2 ? true : undefined));
  const queued = await haloflow.start('probe', [{ action: 'statuses.list' }], MSP);
  await eventually(async () =>
    (await callsOf(haloflow, queued.run)).find(({ status }) => status === 'waiting'),
  );

  await Promise.all([reading, writing, queued].map(({ handle }) => handle.cancel()));
  // A read has nothing to tell; a write that may have happened does.
  expect(await reading.handle.result()).toEqual({ failure: null });
  expect(await queued.handle.result()).toEqual({ failure: null });
  expect(await writing.handle.result()).toMatchObject({
    failure: { type: 'HaloOutcomeUnknownError', message: expect.stringContaining('interrupted') as string },
  });
  expect(await callsOf(haloflow, reading.run)).toMatchObject([
    { status: 'failed', error_type: 'CancelledFailure' },
  ]);
  expect(await callsOf(haloflow, writing.run)).toMatchObject([
    { status: 'failed', error_type: 'HaloOutcomeUnknownError' },
  ]);
  const ended = await eventually(async () =>
    (await callsOf(haloflow, over.run)).find(({ status }) => status !== 'running'),
  );
  expect(ended).toMatchObject({ status: 'failed', error_type: 'TimeoutFailure' });
  expect(await callsOf(haloflow, again.run)).toMatchObject([{ status: 'ok', attempts: 2, error_type: null }]);
});

test('a worker that is stopped finishes what is in flight, and hands over what waits', async () => {
  await haloflow.northwind.fault({ kind: 'delay', delayMs: 1500, match: { path: '/api/Actions' } });
  const writing = await haloflow.start('probe', [notes('last words')], MSP);
  await eventually(async () => ((await sentNotes()).length === 1 ? true : undefined));
  await haloflow.northwind.fault(refused('/api/Tickets', 600));
  const waiting = await haloflow.start('probe', [list], MSP);
  await eventually(async () => ((await pages()).includes('2') ? true : undefined));

  await worker?.stop();
  expect(await callsOf(haloflow, writing.run)).toMatchObject([{ status: 'ok', attempts: 1 }]);
  expect(await callsOf(haloflow, waiting.run)).toMatchObject([
    { status: 'waiting', connection: 'northwind-halo' },
  ]);

  await forgetBudgets(haloflow.store);
  worker = await startTestWorker({ ...haloflow, slots: SLOTS });
  const { output } = (await writing.handle.result()) as { output: { note: string }[] };
  expect(output).toMatchObject([{ note: 'last words' }]);
  expect(((await waiting.handle.result()) as { output: unknown[] }).output).toHaveLength(250);
  expect(await sentNotes()).toEqual(['last words']);
});
