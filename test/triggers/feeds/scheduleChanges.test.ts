/** Schedules that change: nothing that is due is lost, wherever Temporal was, and what an earlier version made is told of. */
import { rereadEffects } from '../../../api/control/rereads.ts';
import type { Store } from '../../../store/store.ts';
import { eachWithin } from '../../../triggers/client.ts';
import { readTriggers } from '../../../triggers/registry.ts';
import { countUnread, reconcileSchedules, rereads, rereadText } from '../../../triggers/schedules.ts';
import type { Reread, Schedules } from '../../../triggers/schedules.ts';
import type { Trigger } from '../../../triggers/types.ts';
import { eventually } from '../../worker/helpers.ts';
import { startFeedStack } from './stack.ts';
import type { FeedStack } from './stack.ts';

let stack: FeedStack;
beforeAll(async () => {
  stack = await startFeedStack({ triggers: true });
  await stack.clear();
});
afterEach(async () => {
  await stack.clear();
  await eventually(async () => ((await ids()).length === 0 ? true : undefined));
});
afterAll(() => stack.close());

const CRON = {
  expression: null as string | null,
  everySeconds: null as number | null,
  timeZone: 'UTC',
  jitterSeconds: 0,
  overlap: 'allow-all',
  catchUpSeconds: 600,
};
const client = () => stack.haloflow.starter.client;
const idOf = (trigger: string): string => `${stack.haloflow.queues.prefix}cron/${trigger}`;
const handle = (trigger: string) => client().schedule.getHandle(idOf(trigger));

async function ids(): Promise<string[]> {
  const found: string[] = [];
  for await (const { scheduleId } of client().schedule.list()) {
    if (scheduleId.startsWith(idOf(''))) found.push(scheduleId);
  }
  return found;
}

const cron = async (id: string, parameters: Partial<typeof CRON>): Promise<void> =>
  await stack.trigger(id, {
    type: 'cron',
    runAs: 'owner',
    workflow: 'listAgents',
    parameters: { ...CRON, ...parameters },
  });
const due = async (trigger: string): Promise<string[]> =>
  (await stack.eventsOf(trigger)).map(({ key }) => key.slice('cron/'.length)).toSorted();
const installed = async (trigger: string): Promise<void> =>
  void (await eventually(async () => ((await ids()).includes(idOf(trigger)) ? true : undefined)));

/** The whole seconds from one of these times to the other. */
const secondsBetween = (first: string, last: string): string[] =>
  Array.from({ length: (Date.parse(last) - Date.parse(first)) / 1_000 + 1 }, (_, index) =>
    new Date(Date.parse(first) + index * 1_000).toISOString(),
  );

test('a schedule that changes again and again while it is due leaves no time out, and none comes twice', async () => {
  await cron('tick', { everySeconds: 1 });
  await installed('tick');
  await eventually(async () => ((await due('tick')).length > 2 ? true : undefined));
  for (let change = 0; change < 5; change += 1) {
    await cron('tick', { everySeconds: 1, catchUpSeconds: 600 + change });
    await eventually(async () =>
      (await handle('tick').describe()).policies.catchupWindow === (600 + change) * 1_000 ? true : undefined,
    );
  }
  const last = (await due('tick')).at(-1)!;
  await eventually(async () => ((await due('tick')).at(-1)! > last ? true : undefined));
  const found = await due('tick');
  const whole = secondsBetween(found[0]!, last);
  await eventually(async () => {
    const now = new Set(await due('tick'));
    return whole.every((time) => now.has(time)) ? true : undefined;
  });
  expect(new Set(await due('tick')).size).toBe((await due('tick')).length);
}, 60_000);

const told: Reread[] = [];
/** A reconciler by hand, which the one of the worker knows nothing of. */
const apart = (): Schedules => ({
  store: stack.haloflow.store,
  client: eachWithin(client(), 10_000),
  queues: { ...stack.haloflow.queues, prefix: `${stack.haloflow.queues.prefix}apart-` },
  onReread: (reread) => told.push(reread),
});
const handleApart = (trigger: string) =>
  client().schedule.getHandle(`${apart().queues.prefix}cron/${trigger}`);
const rows = async (): Promise<Trigger[]> => await readTriggers(stack.haloflow.store);

/** Puts a row, without a word to the worker. */
async function put(id: string, parameters: Partial<typeof CRON>): Promise<void> {
  await stack.haloflow.store.pool.query(
    `insert into triggers (id, organization, type, workflow, run_as, run_for, overrides, parameters, variables, enabled, origin)
       values ($1, 'northwind', 'cron', 'listAgents', 'owner', '{"owner": true, "organizations": [], "tags": [], "allClients": false}', '{}', $2, '{}', true, 'manual')
       on conflict (id) do update set parameters = excluded.parameters`,
    [id, JSON.stringify({ ...CRON, ...parameters })],
  );
}

test('what was due before Temporal heard of a new row, or of a changed one, comes all the same', async () => {
  const { pool } = stack.haloflow.store;
  await put('changed', { expression: '0 3 1 1 *' });
  await reconcileSchedules(apart(), await rows());
  await put('changed', { everySeconds: 1 });
  await put('new', { everySeconds: 1 });
  await put('hasty', { everySeconds: 1, catchUpSeconds: 10 });
  // As if Temporal had been away for 30 seconds since.
  const { rows: since } = await pool.query<{ due_from: Date; hasty: Date }>(
    `update triggers set due_from = now() - interval '30 seconds' returning due_from`,
  );
  await reconcileSchedules(apart(), await rows());
  const from = Math.ceil(since[0]!.due_from.getTime() / 1_000) * 1_000;
  const late = secondsBetween(new Date(from + 1_000).toISOString(), new Date(from + 29_000).toISOString());
  await eventually(async () => {
    const [changed, fresh] = [new Set(await due('changed')), new Set(await due('new'))];
    return late.every((time) => changed.has(time) && fresh.has(time)) ? true : undefined;
  });
  await eventually(async () => ((await due('hasty')).length > 5 ? true : undefined));
  // Nothing from before the row, and nothing later than it may be.
  expect((await due('changed'))[0]! >= since[0]!.due_from.toISOString()).toBe(true);
  expect((await due('hasty'))[0]! > late[15]!).toBe(true);
  await reconcileSchedules(apart(), []);
}, 90_000);

/** A schedule as versions up to 9670c98 made them. */
async function old(trigger: string, expression: object): Promise<void> {
  await client().schedule.create({
    scheduleId: `${apart().queues.prefix}cron/${trigger}`,
    spec: expression,
    action: {
      type: 'startWorkflow',
      workflowType: 'haloflow:cron',
      workflowId: idOf(trigger),
      taskQueue: stack.haloflow.queues.feeds,
      args: [{ trigger, waits: false, ends: 'cancel' }],
    },
    policies: { overlap: 'ALLOW_ALL', catchupWindow: 600_000 },
    memo: { haloflow: '0123456789abcdef' },
  });
}

test('schedules of an earlier version that will be due at other times are named before, and when they change', async () => {
  await old('sundays', {
    calendars: [
      { minute: 17, hour: 3, dayOfMonth: [{ start: 1, end: 7 }] },
      { minute: 17, hour: 3, dayOfWeek: 'SUNDAY' },
    ],
    timezone: 'UTC',
  });
  await old('daily', { calendars: [{ minute: 0, hour: 8 }], timezone: 'Europe/Berlin' });
  const created = (await handleApart('sundays').describe()).info.createdAt;
  await put('sundays', { expression: '17 03 1-7 * */7' });
  await put('daily', { expression: '0 8 * * *', timeZone: 'Europe/Berlin' });
  await stack.haloflow.store.pool.query('update triggers set reading = 1');
  const parts = apart();
  const triggers = await rows();
  expect(await countUnread(parts.store, triggers)).toBe(2);
  const found = await rereads(parts, triggers);
  expect(found.map(({ trigger }) => trigger)).toEqual(['sundays']);
  expect(found[0]!.gone.length).toBeGreaterThan(5);
  expect(found[0]!.gone.every((at) => at.getUTCDay() !== 0 || at.getUTCDate() > 7)).toBe(true);
  expect(rereadText(found[0]!)).toMatch(
    /^this version reads the schedule of trigger sundays differently; of its next ten times, no longer due: 20/,
  );

  // As a plan says it; the command asks once more with Temporal where it was not there.
  const control = { store: parts.store as Store, taskQueue: `${parts.queues.prefix}runs` };
  const asked = await rereadEffects({ ...control, starter: () => Promise.resolve(stack.haloflow.starter) });
  expect(asked).toEqual({ effects: [rereadText(found[0]!)], unasked: false });
  const unasked = await rereadEffects({ ...control, starter: () => Promise.reject(new Error('not here')) });
  expect(unasked).toEqual({ effects: [], unasked: true });

  await reconcileSchedules(parts, triggers);
  expect(told.filter(({ gone, added }) => gone.length + added.length > 0)).toEqual(found);
  expect(await countUnread(parts.store, triggers)).toBe(0);
  const after = await handleApart('sundays').describe();
  expect(after.info.createdAt).toEqual(created);
  expect(after.info.nextActionTimes.every((at) => at.getUTCDay() === 0 && at.getUTCDate() <= 7)).toBe(true);
  told.splice(0);
  await reconcileSchedules(parts, triggers);
  expect(told).toEqual([]);
  await reconcileSchedules(parts, []);
});

test('a schedule that somebody has paused stays so, and what they wrote is kept', async () => {
  await cron('paused', { expression: '0 3 * * *' });
  await installed('paused');
  await handle('paused').pause('Anna: until Monday');
  await cron('paused', { expression: '0 4 * * *' });
  const after = await eventually(async () => {
    const found = await handle('paused').describe();
    return found.info.nextActionTimes[0]?.getUTCHours() === 4 ||
      found.spec.calendars?.[0]?.hour[0]?.start === 4
      ? found
      : undefined;
  });
  expect(after.state.paused).toBe(true);
  expect(after.state.note).toMatch(/^Anna: until Monday haloflow-[0-9a-f]{16}$/);
});
