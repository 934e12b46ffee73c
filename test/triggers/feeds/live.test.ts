/** Feeds as `haloflow start` runs them: on Temporal, with the reconciler and the inbox. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkflowExecutionDescription } from '@temporalio/client';
import { insertEvents } from '../../../triggers/events.ts';
import { rewind } from '../../../triggers/feeds/rewind.ts';
import { readTriggers } from '../../../triggers/registry.ts';
import { feedsOfTrigger } from '../../../triggers/show/feeds.ts';
import type { EventRow } from '../../../triggers/types.ts';
import { eventually } from '../../worker/helpers.ts';
import { startFeedStack } from './stack.ts';
import type { FeedStack } from './stack.ts';

let stack: FeedStack;

beforeAll(async () => {
  stack = await startFeedStack({ triggers: true });
});
afterAll(() => stack.close());
beforeEach(() => stack.clear());

const workflowId = (kind = 'tickets'): string => `${stack.haloflow.queues.prefix}feed/northwind-halo/${kind}`;

const describeFeed = async (): Promise<WorkflowExecutionDescription> =>
  await stack.haloflow.starter.client.workflow.getHandle(workflowId()).describe();

/** Until the feed has polled so often. */
async function polled(times: number): Promise<void> {
  await eventually(async () => {
    const feed = await stack.feed().catch(() => null);
    return (feed?.polls ?? 0) >= times ? true : undefined;
  });
}

const decided = async (trigger: string, count = 1): Promise<EventRow[]> =>
  await eventually(async () => {
    const rows = (await stack.eventsOf(trigger)).filter(({ status }) => status !== 'pending');
    return rows.length >= count ? rows : undefined;
  });

const ended = async (): Promise<string> =>
  await eventually(async () => {
    const { status } = await describeFeed();
    return status.name === 'RUNNING' ? undefined : status.name;
  });

/** How often Halo was asked for a list of tickets. */
const asked = async (): Promise<number> =>
  (await stack.haloflow.northwind.requests()).filter(({ path }) => /^\/api\/tickets$/i.test(path)).length;

const every = (everySeconds: number) => ({ parameters: { everySeconds } });

test('a ticket that is created in Halo starts a run', async () => {
  await stack.trigger('triage', every(1));
  await polled(1);
  const id = await stack.ticket();
  expect(await decided('triage')).toMatchObject([
    {
      record: id,
      key: `tickets/${id}`,
      source: 'poll',
      status: 'accepted',
      organization: expect.any(String) as string,
    },
  ]);
});

test('an idle feed writes nothing to its history and asks once in each interval, with one trigger and with thirty', async () => {
  await stack.trigger('triage', every(1));
  await polled(2);
  /** By how many Halo was asked more often than the feed has polled, between two polls. */
  const ahead = async (): Promise<number> => {
    const from = (await stack.feed()).polls;
    let least = Infinity;
    await eventually(async () => {
      const [before, requests, after] = [await stack.feed(), await asked(), await stack.feed()];
      if (before.polls === after.polls) least = Math.min(least, requests - after.polls);
      return after.polls >= from + 2 && least < Infinity ? true : undefined;
    });
    return least;
  };
  const measure = async () => {
    const [before, from, requests] = [await describeFeed(), (await stack.feed()).polls, await ahead()];
    await polled(from + 5);
    return {
      grown: (await describeFeed()).historyLength - before.historyLength,
      more: (await ahead()) - requests,
    };
  };
  expect(await measure()).toEqual({ grown: 0, more: 0 });
  for (let more = 0; more < 29; more += 1) await stack.trigger(`more-${more}`, every(1));
  await polled((await stack.feed()).polls + 2);
  expect(await measure()).toEqual({ grown: 0, more: 0 });
}, 60_000);

test('the feed follows the smallest interval of its triggers at once, without asking Halo more often', async () => {
  await stack.trigger('slow', every(3600));
  await polled(1);
  const { historyLength } = await describeFeed();
  await stack.trigger('quick', every(2));
  await polled(3);
  await stack.trigger('quick', { enabled: false });
  await eventually(async () => ((await stack.feed()).everySeconds === 3600 ? true : undefined));
  const { polls } = await stack.feed();
  await sleep(3_000);
  expect((await stack.feed()).polls).toBeLessThanOrEqual(polls + 1);
  expect((await describeFeed()).historyLength - historyLength).toBeLessThanOrEqual(2 * 12);
  expect((await describeFeed()).status.name).toBe('RUNNING');
});

test('a change of configuration in the middle of a poll does not make two of them overlap', async () => {
  await stack.trigger('triage', every(3600));
  await polled(1);
  const id = await stack.ticket();
  await stack.lists();
  await stack.haloflow.northwind.fault({
    kind: 'delay',
    delayMs: 600_000,
    times: 1,
    match: { path: '/Tickets' },
  });
  await stack.trigger('other', every(2));
  await eventually(async () =>
    (await stack.haloflow.northwind.requests()).some(({ path }) => /tickets$/i.test(path)) ? true : undefined,
  );
  await stack.trigger('third', every(1));
  expect(await decided('triage')).toMatchObject([{ record: id, status: 'accepted' }]);
  expect((await describeFeed()).status.name).toBe('RUNNING');
  expect((await stack.feed()).errors).toBe(0);
  await polled((await stack.feed()).polls + 2);
  expect(await stack.recordsOf('triage')).toEqual([id]);
});

test('a feed that nobody needs ends, and begins again with the next trigger', async () => {
  await stack.trigger('triage', every(600));
  await polled(1);
  await stack.trigger('triage', { enabled: false, ...every(600) });
  expect(await ended()).toBe('COMPLETED');
  await eventually(async () => {
    const { everySeconds, nextPollAt } = await stack.feed();
    return everySeconds === null && nextPollAt === null ? true : undefined;
  });
  await sleep(10);
  const missed = await stack.ticket();
  await sleep(10);
  await stack.trigger('triage', every(1));
  await eventually(async () => ((await describeFeed()).status.name === 'RUNNING' ? true : undefined));
  await polled(2);
  const id = await stack.ticket();
  expect((await decided('triage')).map(({ record }) => record)).toEqual([id]);
  expect(await stack.recordsOf('triage')).not.toContain(missed);
});

test('the feed of a disabled connection rests and misses nothing: each ticket starts its run, once', async () => {
  const enable = (enabled: boolean): Promise<void> =>
    stack.haloflow.reconfigure(`update connections set enabled = $1 where id = 'northwind-halo'`, [enabled]);
  await stack.trigger('triage', every(1));
  await polled(1);
  const ids = [await stack.ticket()];
  await decided('triage');
  await enable(false);
  try {
    expect(await ended()).toBe('COMPLETED');
    await eventually(async () => ((await stack.feed()).everySeconds === null ? true : undefined));
    const { mark } = await stack.feed();
    await stack.lists();
    ids.push(await stack.ticket(), await stack.ticket());
    // What comes in on other ways waits.
    const [first] = ids.slice(-2);
    const row = { trigger: 'triage', connection: 'northwind-halo', kind: 'tickets', record: first! } as const;
    await insertEvents(stack.parts.store.db, [{ ...row, source: 'halo', key: `tickets/${first}` }]);
    await eventually(async () => {
      const [held] = (await stack.eventsOf('triage')).filter(({ record }) => record === first);
      return held?.reason?.includes('haloflow connections enable northwind-halo') ? true : undefined;
    });
    const configuration = await stack.haloflow.configuration();
    const [trigger] = await readTriggers(stack.parts.store);
    expect(await feedsOfTrigger(stack.parts.store, configuration, trigger!)).toMatchObject([
      { health: 'paused: connection northwind-halo is disabled' },
    ]);
    expect(await stack.haloflow.northwind.requests()).toEqual([]);
    expect((await stack.feed()).mark).toBe(mark);
    expect((await stack.eventsOf('triage')).map(({ status }) => status)).toEqual(['accepted', 'pending']);
  } finally {
    await enable(true);
  }
  const events = await decided('triage', 3);
  expect(events.map(({ record, status }) => [record, status])).toEqual(ids.map((id) => [id, 'accepted']));
  await polled((await stack.feed()).polls + 2);
  expect(await stack.recordsOf('triage')).toEqual(ids);
});

test('a feed that somebody cancels ends as cancelled, and is started again', async () => {
  await stack.trigger('triage', every(1));
  await polled(1);
  const handle = stack.haloflow.starter.client.workflow.getHandle(workflowId());
  const { runId } = await handle.describe();
  await handle.cancel();
  const first = stack.haloflow.starter.client.workflow.getHandle(workflowId(), runId);
  await eventually(async () => ((await first.describe()).status.name === 'CANCELLED' ? true : undefined));
  const query = `WorkflowId = '${workflowId()}' AND ExecutionStatus = 'Running'`;
  await eventually(async () => {
    const { count } = await stack.haloflow.starter.client.workflow.count(query);
    return count === 0 ? true : undefined;
  });
  // A change of configuration, or the next minute, makes the reconciler look.
  await stack.trigger('other', every(2));
  await eventually(async () => ((await describeFeed()).status.name === 'RUNNING' ? true : undefined));
});

test('an error of Halo is recorded and over with the next success; a change of configuration tries again at once', async () => {
  await stack.trigger('triage', every(600));
  await polled(1);
  await stack.haloflow.northwind.fault({
    kind: 'status',
    status: 403,
    times: 100,
    match: { path: '/Tickets' },
  });
  await stack.trigger('quick', every(2));
  await eventually(async () => ((await stack.feed()).errors > 0 ? true : undefined));
  expect(await stack.feed()).toMatchObject({
    error: expect.stringContaining('HaloPermissionError') as string,
  });
  expect((await describeFeed()).status.name).toBe('RUNNING');
  await stack.haloflow.northwind.clearFaults();
  // By itself it would rest for an hour.
  await stack.haloflow.reconfigure(`update feeds set next_poll_at = now() + interval '1 hour'`);
  await eventually(async () => ((await stack.feed()).errors === 0 ? true : undefined));
});

test('a ticket of a client without a mapping is a visible failure, and runs after rewind once the mapping exists', async () => {
  const { northwind } = stack.haloflow;
  const client = Number((await northwind.add('Client', { name: 'Unmapped Ltd' }))['id']);
  await stack.trigger('triage', every(1));
  await polled(1);
  const id = await stack.ticket({ client_id: client });
  expect(await decided('triage')).toMatchObject([
    { record: id, status: 'failed', reason: `unmapped client ${client}`, source: 'poll' },
  ]);
  await stack.haloflow.reconfigure(
    `insert into organizations (slug, name, parent, origin) values ('unmapped-ltd', 'Unmapped Ltd', 'northwind', 'manual')`,
  );
  await stack.haloflow.reconfigure(
    `insert into mappings (connection, organization, client, origin) values ('northwind-halo', 'unmapped-ltd', $1, 'manual')`,
    [client],
  );
  const [trigger] = await readTriggers(stack.parts.store);
  expect(await rewind(stack.parts, { trigger: trigger!, to: id })).toMatchObject({ refused: 1, fired: 1 });
  expect(await decided('triage')).toMatchObject([
    { record: id, status: 'accepted', organization: 'unmapped-ltd', source: 'rewind' },
  ]);
});
