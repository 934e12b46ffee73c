/** The system workflows as `haloflow start` runs them; their histories are recorded here, for replay.test.ts. */
import type { WorkflowHandle } from '@temporalio/client';
import { eventually } from '../worker/helpers.ts';
import { startFeedStack } from '../triggers/feeds/stack.ts';
import type { FeedStack } from '../triggers/feeds/stack.ts';
import { record } from './histories.ts';

let stack: FeedStack;

beforeAll(async () => {
  stack = await startFeedStack({ triggers: true });
});
afterAll(async () => {
  await stack.clear();
  await stack.close();
});

const handle = (name: string): WorkflowHandle =>
  stack.haloflow.starter.client.workflow.getHandle(`${stack.haloflow.queues.prefix}${name}`);

const polls = async (count: number): Promise<void> =>
  void (await eventually(async () =>
    ((await stack.feed().catch(() => null))?.polls ?? 0) >= count ? true : undefined,
  ));

test('a feed is configured, reconfigured and goes on; the inbox and the reader of ends stay', async () => {
  await stack.trigger('slow', { parameters: { everySeconds: 2 } });
  await polls(1);
  await stack.trigger('quick', { parameters: { everySeconds: 1 } });
  await eventually(async () => ((await stack.feed()).everySeconds === 1 ? true : undefined));
  await polls((await stack.feed()).polls + 2);
  for (const [name, id] of [
    ['feed', 'feed/northwind-halo/tickets'],
    ['inbox', 'inbox'],
    ['runEnds', 'runEnds'],
  ] as const) {
    expect((await handle(id).describe()).status.name).toBe('RUNNING');
    await record(`system.${name}`, handle(id));
  }
});

test('a time of a schedule is one event, and its workflow ends', async () => {
  const parameters = {
    expression: null,
    everySeconds: 1,
    timeZone: 'UTC',
    jitterSeconds: 0,
    overlap: 'skip',
    catchUpSeconds: 600,
  };
  await stack.trigger('tick', { type: 'cron', runAs: 'owner', parameters });
  await eventually(async () => {
    const ticks = await stack.eventsOf('tick');
    return ticks.some(({ status }) => status === 'accepted') ? true : undefined;
  });
  const { client } = stack.haloflow.starter;
  const query = `WorkflowType = 'haloflow:cron' AND TaskQueue = '${stack.haloflow.queues.feeds}' AND ExecutionStatus = 'Completed'`;
  const id = await eventually(async () => {
    for await (const { workflowId } of client.workflow.list({ query })) return workflowId;
    return undefined;
  });
  await record('system.cron', client.workflow.getHandle(id));
});
