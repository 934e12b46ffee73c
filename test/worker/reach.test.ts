/** What a run may reach in Temporal: its own organization's runs and its own queues, and nobody else's. */
import { array, assert, constantFrom, property, string, tuple } from 'fast-check';
import type { WorkflowHandle } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { whyNotChild, whyNotQueue, whyNotRun } from '../../worker/reach.ts';
import type { TestHaloflow } from '../support/haloflow.ts';
import { startFeedStack } from '../triggers/feeds/stack.ts';
import type { FeedStack } from '../triggers/feeds/stack.ts';
import { eventually, historyText } from './helpers.ts';
import { TO_QUEUES, TO_RUNS } from './workflows/reaching.ts';

let stack: FeedStack;
let haloflow: TestHaloflow;
beforeAll(async () => {
  stack = await startFeedStack({ triggers: true });
  haloflow = stack.haloflow;
  await stack.trigger('polled');
});
afterAll(async () => {
  await stack.clear();
  await stack.close();
});

const NORTHWIND = { organization: 'northwind' };
const GLOBEX = { organization: 'globex', owner: 'globex' };

const handleOf = (id: string): WorkflowHandle => haloflow.starter.client.workflow.getHandle(id);

/** The system workflows, by their ids: the execution of each. */
async function systemWorkflows(): Promise<Readonly<Record<string, string>>> {
  const { prefix } = haloflow.queues;
  const found = ['inbox', 'runEnds', 'feed/northwind-halo/tickets'].map(async (name) => {
    const { runId, status } = await eventually(() =>
      handleOf(prefix + name)
        .describe()
        .catch(() => undefined),
    );
    return [prefix + name, `${status.name} ${runId}`] as const;
  });
  return Object.fromEntries(await Promise.all(found));
}

test('a run reaches neither runs of other organizations nor system workflows', async () => {
  const before = await systemWorkflows();
  const theirs = await haloflow.start('waiting', [], GLOBEX);
  const parent = await haloflow.start('waitingChild', [], GLOBEX);
  const child = await eventually(
    async () => (await parent.handle.query<string | null>('child')) ?? undefined,
  );
  const ids = [
    theirs.workflowId,
    parent.workflowId,
    ...Object.keys(before),
    'o/globex/t/x/tickets/1',
    'o//globex',
    'inbox',
    '',
  ];
  const reaching = await haloflow.start('reachRuns', [ids], NORTHWIND);
  const seen = (await reaching.handle.result()) as { type: string; message: string }[];
  expect(seen).toHaveLength(ids.length * Object.keys(TO_RUNS).length);
  for (const one of seen) expect(one).toMatchObject({ type: 'SchemaError' });
  expect(seen.map(({ message }) => ids.findIndex((id) => message.includes(JSON.stringify(id))))).toEqual(
    ids.flatMap((_, index) => Object.keys(TO_RUNS).map(() => index)),
  );
  const { workflowBundle } = haloflow;
  await Worker.runReplayHistory(
    { workflowBundle },
    await reaching.handle.fetchHistory(),
    reaching.workflowId,
  );
  // A child that its author gave no id: nobody may end it, or pass for its parent by starting it again.
  const [started, ...others] = (await haloflow.run(
    'reachRuns',
    [[child], ['child', 'replace', 'signal', 'cancel']],
    NORTHWIND,
  )) as unknown[];
  expect(JSON.stringify(started)).toContain('already started');
  expect(others).toMatchObject([{ type: 'SchemaError' }, { type: 'SchemaError' }, { type: 'SchemaError' }]);

  for (const { handle } of [theirs, { handle: handleOf(child) }]) {
    expect(await historyText(handle)).not.toMatch(/SIGNALED|CANCEL/);
    await handle.signal('go');
  }
  expect(await theirs.handle.result()).toBe('gone on');
  expect(await parent.handle.result()).toBe('gone on');
  expect(await systemWorkflows()).toEqual(before);
});

test('a run reaches its own organization, its children and its parent', async () => {
  const other = await haloflow.start('waiting', [], NORTHWIND);
  const own = await haloflow.start('reachOwn', [other.workflowId], NORTHWIND);
  expect(await own.handle.result()).toBe('gone on,gone on');
  expect(await other.handle.result()).toBe('gone on');
  expect(await historyText(own.handle)).toContain('"hello"');
});

test.each(Object.keys(TO_QUEUES))('a queue of the system is refused at once (%s)', async (way) => {
  const { feeds } = haloflow.queues;
  const { handle } = await haloflow.start('reachQueue', [way, feeds], NORTHWIND);
  const error = (await handle.result().catch((reason: unknown) => reason)) as { cause?: unknown };
  expect(error.cause).toMatchObject({
    type: 'SchemaError',
    message: expect.stringContaining(`the task queue "${feeds}" is out of reach`) as string,
  });
  const { taskQueue } = await handle.describe();
  expect(taskQueue).toBe(haloflow.queues.runs);
  expect(await historyText(handle)).not.toMatch(/ACTIVITY_TASK_SCHEDULED|CHILD_WORKFLOW|CONTINUED_AS_NEW/);
});

const PIECES = ['o', '/', '//', 'north', 'northwind', 'globex', 'acme', 't', '-', 'inbox', 'feed', '..', ' '];
const ids = tuple(array(constantFrom(...PIECES), { maxLength: 8 }), string()).map(([pieces, end]) =>
  pieces.concat(end).join(''),
);

test('of ids of any form only those below the own organization are in reach', () => {
  assert(
    property(
      ids,
      constantFrom('north', 'northwind', null),
      constantFrom('', 'mine-'),
      (id, organization, prefix) => {
        const workflowId = 'o/north/cli/x/1';
        const reach = { workflowId, taskQueue: `${prefix}runs`, organization, family: new Set(['kin']) };
        const rest = id.startsWith(prefix) ? id.slice(prefix.length) : id;
        const [first, second, ...more] = (id.startsWith('o/') ? id : rest).split('/');
        const isOwn =
          (first === 'o' && second === organization && more.join('/') !== '') ||
          (id.startsWith(`${workflowId}/`) && id.length > workflowId.length + 1);
        expect(whyNotChild(reach, id) === null).toBe(isOwn);
        expect(whyNotRun(reach, id) === null).toBe(isOwn || id === workflowId);
        expect(whyNotRun(reach, 'kin')).toBeNull();
        expect(whyNotQueue(reach, id, 'activity')).not.toBeNull();
      },
    ),
    {
      numRuns: 5_000,
      examples: [
        ['o/north', 'north', ''],
        ['o/northwind/x', 'north', ''],
        ['o//north/x', 'north', ''],
      ],
    },
  );
});
