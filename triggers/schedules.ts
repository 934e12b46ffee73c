/** Makes Temporal's schedules match the `cron` triggers. */
import { createHash } from 'node:crypto';
import { DAYS_OF_WEEK, MONTHS, ScheduleAlreadyRunning, ScheduleNotFoundError } from '@temporalio/client';
import type {
  Client,
  ScheduleOptions,
  ScheduleOptionsStartWorkflowAction,
  ScheduleSpec,
} from '@temporalio/client';
import type { Workflow } from '@temporalio/common';
import { cronCalendars } from './catalogue/cronExpression.ts';
import { inTurns } from './inTurns.ts';
import type { SystemQueue } from './systemQueue.ts';
import type { CronParameters, Trigger } from './types.ts';
import type { CronInput } from './workflows/cron.ts';

type Schedule = ScheduleOptions<ScheduleOptionsStartWorkflowAction<Workflow>>;

export interface Schedules {
  readonly client: Client;
  readonly queues: SystemQueue;
}

/** In a schedule's memo: a digest of what it was made from. Others' schedules have none. */
const MADE_FROM = 'haloflow';

/**
 * Creates, replaces and removes what differs; the schedules that there are come from one listing.
 *
 * @throws AggregateError with what could not be done; the rest is done.
 */
export async function reconcileSchedules(parts: Schedules, triggers: readonly Trigger[]): Promise<void> {
  const wanted = new Map(
    triggers
      .filter(({ type, enabled }) => type === 'cron' && enabled)
      .map((trigger) => scheduleOf(parts.queues, trigger))
      .map((schedule) => [schedule.scheduleId, { schedule, madeFrom: digest(schedule) }]),
  );
  const there = await ownSchedules(parts);
  const removed = [...there.keys()].filter((id) => !wanted.has(id));
  const made = [...wanted].filter(([id, { madeFrom }]) => there.get(id) !== madeFrom);
  await inTurns([
    ...removed.map((id) => () => remove(parts.client, id)),
    ...made.map(
      ([id, { schedule, madeFrom }]) =>
        () =>
          create(parts.client, { ...schedule, memo: { [MADE_FROM]: madeFrom } }, there.has(id)),
    ),
  ]);
}

/** Ids and what they were made from. */
async function ownSchedules({ client, queues }: Schedules): Promise<Map<string, unknown>> {
  const found = new Map<string, unknown>();
  for await (const { scheduleId, memo } of client.schedule.list({ pageSize: 1_000 })) {
    const madeFrom = memo?.[MADE_FROM];
    if (madeFrom !== undefined && scheduleId.startsWith(`${queues.prefix}cron/`))
      found.set(scheduleId, madeFrom);
  }
  return found;
}

/** An update would keep the old one's header (and what else it was created with), so a change is a new schedule. */
async function create(client: Client, schedule: Schedule, replaces: boolean): Promise<void> {
  if (replaces) await remove(client, schedule.scheduleId);
  try {
    await client.schedule.create(schedule);
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    // The listing lags behind what other processes, and this one, have just done.
    const { memo } = await client.schedule.getHandle(schedule.scheduleId).describe();
    if (memo?.[MADE_FROM] === schedule.memo?.[MADE_FROM]) return;
    await remove(client, schedule.scheduleId);
    await client.schedule.create(schedule);
  }
}

async function remove(client: Client, id: string): Promise<void> {
  try {
    await client.schedule.getHandle(id).delete();
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
  }
}

const digest = (schedule: Schedule): string =>
  createHash('sha256').update(JSON.stringify(schedule)).digest('hex').slice(0, 16);

const OVERLAPS = {
  skip: 'SKIP',
  'buffer-one': 'BUFFER_ONE',
  'buffer-all': 'BUFFER_ALL',
  'cancel-other': 'CANCEL_OTHER',
  // The schedule knows only the workflow that waits for the run, which ends the run when it is cancelled.
  'terminate-other': 'CANCEL_OTHER',
  'allow-all': 'ALLOW_ALL',
} as const;

function scheduleOf({ feeds, prefix }: SystemQueue, { id, parameters }: Trigger): Schedule {
  // Checked and completed by configuration/ when the row was written.
  const cron = parameters as unknown as CronParameters;
  const input: CronInput = {
    trigger: id,
    waits: cron.overlap !== 'allow-all',
    ends: cron.overlap === 'terminate-other' ? 'terminate' : 'cancel',
  };
  return {
    scheduleId: `${prefix}cron/${id}`,
    spec: specOf(cron),
    action: {
      type: 'startWorkflow',
      workflowType: 'haloflow:cron',
      workflowId: `${prefix}cron/${id}`,
      taskQueue: feeds,
      args: [input],
    },
    policies: { overlap: OVERLAPS[cron.overlap], catchupWindow: cron.catchUpSeconds * 1000 },
  };
}

function specOf({ expression, everySeconds, timeZone, jitterSeconds }: CronParameters): ScheduleSpec {
  const jitter = jitterSeconds > 0 ? { jitter: jitterSeconds * 1000 } : {};
  if (expression === null) return { intervals: [{ every: (everySeconds ?? 0) * 1000 }], ...jitter };
  const calendars = cronCalendars(expression).map(
    ({ month, dayOfWeek, second, minute, hour, dayOfMonth }) => ({
      second: [...second],
      minute: [...minute],
      hour: [...hour],
      dayOfMonth: [...dayOfMonth],
      month: month.map((number) => MONTHS[number - 1]!),
      dayOfWeek: dayOfWeek.map((number) => DAYS_OF_WEEK[number]!),
    }),
  );
  return { calendars, timezone: timeZone, ...jitter };
}
