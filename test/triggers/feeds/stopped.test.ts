/** A worker that is stopped in the middle of what it looks at: the next one goes on within seconds, however often it looked. */
import type { WorkflowExecutionDescription } from '@temporalio/client';
import { eventually } from '../../worker/helpers.ts';
import { startTestWorker } from '../../support/haloflow.ts';
import { startFeedStack } from './stack.ts';
import type { FeedStack } from './stack.ts';

type Pending = NonNullable<WorkflowExecutionDescription['raw']['pendingActivities']>[number];
type Duration = { readonly seconds?: unknown; readonly nanos?: number | null } | null | undefined;

let stack: FeedStack;
beforeAll(async () => {
  stack = await startFeedStack({
    workflows: new URL('workflows', import.meta.url).pathname,
  });
  await stack.clear();
});
afterAll(() => stack.close());

const startWorker = () => {
  const { store, queues, workflowBundle } = stack.haloflow;
  return startTestWorker({ store, queues, workflowBundle, triggers: true, requestTimeoutMs: 60_000 });
};
const handle = (id: string) =>
  stack.haloflow.starter.client.workflow.getHandle(`${stack.haloflow.queues.prefix}${id}`);
const ms = (time: Duration): number => Number(time?.seconds ?? 0) * 1_000 + (time?.nanos ?? 0) / 1e6;

const pending = async (id: string): Promise<Pending> => {
  const { raw } = await handle(id).describe();
  const [activity] = raw.pendingActivities ?? [];
  if (!activity) throw new Error(`${id} waits for no activity`);
  return activity;
};

/** How long Temporal waits after the last attempt, by its own clock. */
const rest = async (id: string): Promise<number> => {
  const { nextAttemptScheduleTime, lastAttemptCompleteTime } = await pending(id);
  return ms(nextAttemptScheduleTime) - ms(lastAttemptCompleteTime);
};

test('a poll that a stop has cut off is tried again within two seconds, also after many attempts', async () => {
  await stack.trigger('triage', { parameters: { everySeconds: 1 } });
  const worker = await startWorker();
  const feed = 'feed/northwind-halo/tickets';
  // Doubling from a second on, the next wait would be a minute by now.
  await eventually(async () => {
    const attempt = (await pending(feed).catch(() => null))?.attempt ?? 0;
    return attempt > 7 ? true : undefined;
  });
  const { northwind } = stack.haloflow;
  await northwind.fault({ kind: 'delay', delayMs: 120_000, times: 1, match: { path: '/Tickets' } });
  await northwind.clearRequests();
  await eventually(async () => ((await northwind.requests()).length > 0 ? true : undefined));
  await worker.stop();
  await eventually(async () => (Number((await pending(feed)).state) === SCHEDULED ? true : undefined));
  expect(await rest(feed)).toBeGreaterThan(0);
  expect(await rest(feed)).toBeLessThan(3_000);

  // And so it is found by the next worker.
  const id = await stack.ticket();
  const next = await startWorker();
  try {
    await eventually(async () => ((await stack.recordsOf('triage')).includes(id) ? true : undefined));
  } finally {
    await next.stop();
  }
}, 120_000);

const SCHEDULED = 1;

test('so is every other activity of the system workflows', async () => {
  const worker = await startWorker();
  try {
    await stack.trigger('tick', {
      type: 'cron',
      runAs: 'owner',
      workflow: 'sleeping',
      parameters: {
        expression: null,
        everySeconds: 1,
        timeZone: 'UTC',
        jitterSeconds: 0,
        overlap: 'cancel-other',
        catchUpSeconds: 600,
      },
    });
    const found = new Map<string, number>();
    await eventually(async () => {
      const query = `TaskQueue = '${stack.haloflow.queues.feeds}'`;
      for await (const { workflowId, runId } of stack.haloflow.starter.client.workflow.list({ query })) {
        const history = await stack.haloflow.starter.client.workflow
          .getHandle(workflowId, runId)
          .fetchHistory();
        for (const { activityTaskScheduledEventAttributes: scheduled } of history.events ?? []) {
          if (scheduled)
            found.set(scheduled.activityType?.name ?? '', ms(scheduled.retryPolicy?.maximumInterval));
        }
      }
      return found.size === 6 ? true : undefined;
    });
    expect(Object.fromEntries(found)).toEqual({
      'cron.end': 2_000,
      'cron.ended': 2_000,
      'cron.fire': 2_000,
      'feed.poll': 2_000,
      'inbox.dispatch': 2_000,
      'runEnds.read': 2_000,
    });
  } finally {
    await worker.stop();
  }
}, 120_000);
