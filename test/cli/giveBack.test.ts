/** What a worker was at when it died is given out again, and nothing else. */
import { giveBack } from '../../cli/workers/giveBack.ts';
import type { Task } from '../../worker/tasks.ts';
import { startHaloflow, startTestWorker } from '../support/haloflow.ts';
import type { TestHaloflow } from '../support/haloflow.ts';
import { untilFound } from '../support/polling.ts';
import type { RunningWorker } from '../../worker/worker.ts';

let haloflow: TestHaloflow;
let runs: RunningWorker;
beforeAll(async () => {
  haloflow = await startHaloflow({ worker: false });
  runs = await startTestWorker({ ...haloflow, part: 'runs' });
});
afterAll(async () => {
  await runs.stop();
  await haloflow.close();
});

interface Tried extends Task {
  readonly attempt: number;
  readonly lastError: string | undefined;
}

/** Takes the next try of a call, as a worker on another machine does. */
async function take(): Promise<Tried> {
  const { client } = haloflow.starter;
  const { namespace } = client.options;
  return await untilFound(async () => {
    const taken = await client.workflowService.pollActivityTaskQueue({
      namespace,
      taskQueue: { name: haloflow.queues.actions },
      identity: 'elsewhere',
    });
    if (taken.taskToken.length === 0) return undefined;
    const { workflowId, runId } = taken.workflowExecution ?? {};
    const { pendingActivities } = await client.workflowService.describeWorkflowExecution({
      namespace,
      execution: { workflowId: workflowId ?? '', runId: runId ?? '' },
    });
    return {
      workflowId: workflowId ?? '',
      execution: runId ?? '',
      activity: taken.activityId,
      token: Buffer.from(taken.taskToken).toString('base64'),
      attempt: taken.attempt,
      lastError: pendingActivities[0]?.lastFailure?.message ?? undefined,
    };
  });
}

const died = async (task: Task): Promise<void> =>
  await giveBack(haloflow.starter.client, {
    why: 'ended with SIGABRT',
    tasks: [task, { ...task, activity: null }],
    fromOutside: false,
    error: null,
  });

test('a try that died is given out at once, and a later one that runs elsewhere is left alone', async () => {
  const { handle } = await haloflow.start('probe', [{ action: 'tickets.get', input: { id: 1001 } }], {
    organization: 'northwind',
  });
  const first = await take();
  await died(first);
  const second = await take();
  expect(second).toMatchObject({
    attempt: 2,
    activity: first.activity,
    lastError: 'the worker that was at it ended with SIGABRT',
  });
  // Told again, or late, of the first try.
  await died(first);
  const { client } = haloflow.starter;
  await client.workflowService.respondActivityTaskCompleted({
    namespace: client.options.namespace,
    taskToken: Buffer.from(second.token ?? '', 'base64'),
    result: {
      payloads: [{ metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from('{"id":7}') }],
    },
  });
  expect(await handle.result()).toMatchObject({ output: { id: 7 } });
});
