import type { Client } from '@temporalio/client';
import { WorkerDiedError } from '../../errors.ts';
import type { Task } from '../../worker/tasks.ts';
import type { Death } from './child.ts';

/**
 * Has Temporal give out at once what a dead process was at, as far as these are calls: without it, they are waited for until
 * their heartbeat is 30 s late. A try that is counted at Halo stays counted, and a write is looked for as ever.
 */
export async function giveBack(client: Client, { tasks, why }: Death): Promise<void> {
  // Whoever has done with one meanwhile, or cannot be reached: then the time limits of Temporal do it.
  await Promise.allSettled(tasks.map((task) => giveOneBack(client, task, why)));
}

/** By the token of the try: by the activity's id, a later try on another machine would fail. */
async function giveOneBack(client: Client, { token }: Task, why: string): Promise<void> {
  if (token === undefined) return;
  await client.workflowService.respondActivityTaskFailed({
    namespace: client.options.namespace,
    taskToken: Buffer.from(token, 'base64'),
    identity: 'haloflow start',
    failure: {
      message: `the worker that was at it ${why}`,
      source: 'haloflow',
      applicationFailureInfo: { type: WorkerDiedError.name, nonRetryable: false },
    },
  });
}
