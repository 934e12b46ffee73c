/** Cron triggers on Temporal's schedules: made, replaced and removed with their rows; one event for each nominal time. */
import type { Trigger } from '../../../triggers/types.ts';
import { eventually } from '../../worker/helpers.ts';
import { startFeedStack } from './stack.ts';
import type { FeedStack } from './stack.ts';

let stack: FeedStack;

beforeAll(async () => {
  stack = await startFeedStack({
    triggers: true,
    workflows: new URL('workflows', import.meta.url).pathname,
  });
});
afterAll(async () => {
  await stack.clear();
  await eventually(async () => ((await schedules()).length === 0 ? true : undefined));
  await stack.close();
});
beforeEach(() => stack.clear());

const CRON = {
  expression: null,
  everySeconds: null,
  timeZone: 'UTC',
  jitterSeconds: 0,
  overlap: 'skip',
  catchUpSeconds: 600,
};

const cron = async (id: string, parameters: object, changes: Partial<Trigger> = {}): Promise<void> =>
  await stack.trigger(id, {
    type: 'cron',
    runAs: 'owner',
    workflow: 'listAgents',
    ...changes,
    parameters: { ...CRON, ...parameters },
  });

const client = () => stack.haloflow.starter.client;

async function schedules(): Promise<string[]> {
  const found: string[] = [];
  for await (const { scheduleId } of client().schedule.list()) {
    if (scheduleId.startsWith(stack.haloflow.queues.prefix)) {
      found.push(scheduleId.slice(stack.haloflow.queues.prefix.length));
    }
  }
  return found.toSorted();
}

const scheduled = async (...ids: string[]): Promise<void> =>
  void (await eventually(async () => ((await schedules()).join() === ids.join() ? true : undefined)));

const spec = async (id: string) =>
  await client().schedule.getHandle(`${stack.haloflow.queues.prefix}cron/${id}`).describe();

test('each nominal time is one event, with the time it was due, and one run', async () => {
  await cron('tick', { everySeconds: 1, overlap: 'allow-all' });
  const rows = await eventually(async () => {
    const found = (await stack.eventsOf('tick')).filter(({ status }) => status === 'accepted');
    return found.length >= 3 ? found : undefined;
  });
  for (const { key, source, payload } of rows) {
    const { scheduled_at: due, fired_at: fired } = payload as { scheduled_at: string; fired_at: string };
    expect(key).toBe(`cron/${due}`);
    expect(source).toBe('cron');
    expect(Date.parse(due) % 1_000).toBe(0);
    expect(Date.parse(fired)).toBeGreaterThanOrEqual(Date.parse(due));
  }
  expect(new Set(rows.map(({ run }) => run)).size).toBe(rows.length);
  // The same times once more, as when a schedule is made anew or Temporal repeats itself.
  const keys = (await stack.eventsOf('tick')).length;
  const from = new Date(Date.now() - 3_000);
  await stack.trigger('tick', { type: 'cron', enabled: false, parameters: { ...CRON, everySeconds: 1 } });
  await scheduled();
  await cron('tick', { everySeconds: 1, overlap: 'allow-all', jitterSeconds: 0, catchUpSeconds: 700 });
  await scheduled('cron/tick');
  await client()
    .schedule.getHandle(`${stack.haloflow.queues.prefix}cron/tick`)
    .backfill({ start: from, end: new Date(), overlap: 'ALLOW_ALL' });
  await eventually(async () => ((await stack.eventsOf('tick')).length > keys + 2 ? true : undefined));
  const all = (await stack.eventsOf('tick')).map(({ key }) => key);
  expect(new Set(all).size).toBe(all.length);
});

test('schedules follow their triggers, and others stay', async () => {
  const { queues } = stack.haloflow;
  await client().schedule.create({
    scheduleId: `${queues.prefix}cron/somebody-elses`,
    spec: { intervals: [{ every: '1 day' }] },
    action: { type: 'startWorkflow', workflowType: 'x', taskQueue: queues.feeds },
  });
  try {
    await cron('nightly', {
      expression: '30 2 * * mon-fri',
      timeZone: 'Europe/Berlin',
      catchUpSeconds: 3600,
    });
    await cron('hourly', { everySeconds: 3600, overlap: 'buffer-one' });
    await scheduled('cron/hourly', 'cron/nightly', 'cron/somebody-elses');
    const nightly = await spec('nightly');
    expect(nightly.spec.timezone).toBe('Europe/Berlin');
    expect(nightly.policies).toMatchObject({ overlap: 'SKIP', catchupWindow: 3_600_000 });
    const [next] = nightly.info.nextActionTimes;
    expect(next?.toLocaleTimeString('de', { timeZone: 'Europe/Berlin' })).toBe('02:30:00');
    expect((await spec('hourly')).policies.overlap).toBe('BUFFER_ONE');
    const { createdAt } = (await spec('hourly')).info;

    await cron('nightly', { expression: '45 3 * * *', timeZone: 'Europe/Berlin', catchUpSeconds: 3600 });
    await eventually(async () => {
      const [at] = (await spec('nightly').catch(() => null))?.info.nextActionTimes ?? [];
      return at?.toLocaleTimeString('de', { timeZone: 'Europe/Berlin' }) === '03:45:00' ? true : undefined;
    });
    expect((await spec('hourly')).info.createdAt).toEqual(createdAt);

    await cron('nightly', { expression: '45 3 * * *' }, { enabled: false });
    await scheduled('cron/hourly', 'cron/somebody-elses');
    await stack.haloflow.reconfigure('delete from triggers');
    await scheduled('cron/somebody-elses');
  } finally {
    await client().schedule.getHandle(`${queues.prefix}cron/somebody-elses`).delete();
  }
});

test('day of month and day of week: either may match, as in cron', async () => {
  await cron('either', { expression: '0 12 13 * fri' });
  await scheduled('cron/either');
  const days = (await spec('either')).info.nextActionTimes.map((at) => [at.getUTCDate(), at.getUTCDay()]);
  expect(days.length).toBeGreaterThan(3);
  expect(days.every(([date, day]) => date === 13 || day === 5)).toBe(true);
  expect(days.some(([date, day]) => date !== 13 && day === 5)).toBe(true);
});

test.each([
  ['skip', 'COMPLETED'],
  ['cancel-other', 'CANCELLED'],
  ['terminate-other', 'TERMINATED'],
])(
  'with overlap %s, a run that goes on when the next time comes ends as %s, and runs do not overlap',
  async (overlap, end) => {
    await cron(`${overlap}-slow`, { everySeconds: 2, overlap }, { workflow: 'sleeping' });
    const rows = await eventually(async () => {
      const found = (await stack.eventsOf(`${overlap}-slow`)).filter(({ status }) => status === 'accepted');
      return found.length >= 3 ? found : undefined;
    });
    await cron(`${overlap}-slow`, { everySeconds: 2, overlap }, { enabled: false });
    const ends = await Promise.all(
      rows
        .slice(0, 2)
        .map(async ({ workflowId }) => await client().workflow.getHandle(workflowId!).describe()),
    );
    expect(ends.map(({ status }) => status.name)).toEqual([end, end]);
    const second = await client().workflow.getHandle(rows[1]!.workflowId!).describe();
    expect(second.startTime.getTime()).toBeGreaterThanOrEqual(ends[0]!.closeTime!.getTime());
  },
  60_000,
);
