/** Workflows that reach for other runs and other queues. */
import {
  ContinueAsNew,
  defineQuery,
  executeChild,
  getExternalWorkflowHandle,
  makeContinueAsNewFunc,
  proxyActivities,
  setHandler,
  sleep,
  startChild,
  workflowInfo,
} from '@temporalio/workflow';
import { failureOf } from 'haloflow/sdk';
import { echo, waiting } from './hostile.ts';

const poll = { connection: 'northwind-halo', kind: 'tickets' };
const NEXT = { workflowType: 'haloflow:inbox', arguments: [], headers: {} };

/** Ways to a run, by its id. */
export const TO_RUNS: Readonly<Record<string, (id: string) => Promise<unknown>>> = {
  cancel: (id) => getExternalWorkflowHandle(id).cancel(),
  signal: (id) => getExternalWorkflowHandle(id).signal('go'),
  child: (id) => executeChild(echo, { args: [1], workflowId: id }),
  replace: (id) =>
    executeChild(echo, { args: [1], workflowId: id, workflowIdReusePolicy: 'TERMINATE_IF_RUNNING' }),
};

/** Ways to a queue, by its name. */
export const TO_QUEUES: Readonly<Record<string, (queue: string) => unknown>> = {
  child: (taskQueue) => executeChild('haloflow:inbox', { taskQueue }),
  activity: (taskQueue) => proxyActivities({ taskQueue, scheduleToCloseTimeout: 5_000 })['feed.poll']?.(poll),
  next: (taskQueue) => makeContinueAsNewFunc({ taskQueue, workflowType: 'haloflow:inbox' })(),
  thrown: (taskQueue) => {
    throw new ContinueAsNew({ ...NEXT, taskQueue });
  },
};

/** Tries each way to each run, and returns what came of it: `null` where it got there. */
export async function reachRuns(ids: readonly string[], ways = Object.keys(TO_RUNS)): Promise<unknown> {
  const seen: unknown[] = [];
  for (const id of ids) {
    for (const way of ways) {
      seen.push(
        await TO_RUNS[way]?.(id).then(
          () => null,
          (error: unknown) => failureOf(error) ?? String(error),
        ),
      );
    }
  }
  return seen;
}

export async function reachQueue(way: string, queue: string): Promise<unknown> {
  return await TO_QUEUES[way]?.(queue);
}

/** What was recorded before there were refusals (test/histories/reachedBefore.json). */
export async function reachedBefore(id: string, queue: string): Promise<string> {
  await TO_RUNS['signal']?.(id);
  await TO_RUNS['cancel']?.(id);
  await executeChild(echo, { args: [1], workflowId: `ours-${queue}` });
  const activities = proxyActivities({ taskQueue: queue, scheduleToCloseTimeout: 500 });
  await activities['x']?.().catch(() => null);
  await sleep(1);
  return 'reached';
}

/** All that a run may reach; its own child, too, after the handle is lost. */
export async function reachOwn(other: string): Promise<string> {
  const { workflowId } = workflowInfo();
  const unnamed = await startChild(waiting);
  const named = await startChild(waiting, { workflowId: `${workflowId}/named` });
  await getExternalWorkflowHandle(unnamed.workflowId).signal('go');
  await named.signal('go');
  await getExternalWorkflowHandle(other).signal('go');
  await executeChild(signalParent, { workflowId: `o/northwind/${workflowId}` });
  return [await unnamed.result(), await named.result()].join();
}

export async function signalParent(): Promise<void> {
  const { parent } = workflowInfo();
  if (parent) await getExternalWorkflowHandle(parent.workflowId).signal('hello');
}

/** Waits for a child without an id of its own; the query `child` tells which id the SDK gave it. */
export async function waitingChild(): Promise<string> {
  let id: string | null = null;
  setHandler(defineQuery('child'), () => id);
  const child = await startChild(waiting);
  id = child.workflowId;
  return await child.result();
}
