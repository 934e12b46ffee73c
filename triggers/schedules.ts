/** Makes Temporal's schedules match the `cron` triggers. */
import { createHash } from 'node:crypto';
import { ScheduleAlreadyRunning, ScheduleNotFoundError } from '@temporalio/client';
import type {
  Backfill,
  Client,
  ScheduleOptions,
  ScheduleOptionsStartWorkflowAction,
} from '@temporalio/client';
import type { Workflow } from '@temporalio/common';
import { and, eq, inArray, isNull, ne, or } from 'drizzle-orm';
import { moment } from '../moments.ts';
import { chunks } from '../store/chunks.ts';
import { triggers as triggerRows } from '../store/schema/triggers.ts';
import type { Store } from '../store/store.ts';
import { specOf } from './cron/spec.ts';
import { inTurns } from './inTurns.ts';
import { nextTimes } from './show/nextTimes.ts';
import type { SystemQueue } from './systemQueue.ts';
import type { CronParameters, Trigger } from './types.ts';
import type { CronInput } from './workflows/cron.ts';

type Schedule = ScheduleOptions<ScheduleOptionsStartWorkflowAction<Workflow>>;

export interface Schedules {
  readonly store: Pick<Store, 'db' | 'pool'>;
  readonly client: Client;
  readonly queues: SystemQueue;
  /** Called when this version changes a schedule of an earlier version although its trigger has not changed. */
  readonly onReread?: ((reread: Reread) => void) | undefined;
}

/**
 * The number of the rules for interpreting expressions. A new number updates every schedule, and reports those whose times
 * change. With 1, Temporal interpreted expressions; 2 is triggers/cron/times.ts.
 */
const READING = 2;

/** In the memo of haloflow's own schedules; others have none. */
const OURS = 'haloflow';

/** What is known of a trigger's schedule. */
interface Known {
  readonly trigger: Trigger;
  /** Since when its current parameters apply. */
  readonly dueFrom: Date;
  /** The rules by which Temporal has it ({@link READING}); null before Temporal has it. */
  readonly reading: number | null;
}

interface Wanted extends Known {
  readonly schedule: Schedule;
  /** In its note: a digest of what it was made from. People may write in the note too. */
  readonly mark: string;
}

/**
 * Creates, updates and deletes schedules that differ from their rows; one listing returns those that exist. A schedule is
 * updated in place, so Temporal still starts what was due before. Times that became due after the row changed but before
 * Temporal was updated are backfilled; the event's key prevents duplicates.
 *
 * @throws AggregateError with the failures; the rest is done.
 */
export async function reconcileSchedules(parts: Schedules, triggers: readonly Trigger[]): Promise<void> {
  const now = new Date();
  const wanted = new Map(
    (await knownOf(parts.store, triggers))
      .map((known) => ({ ...known, schedule: scheduleOf(parts.queues, known.trigger, now) }))
      .map((one) => [one.schedule.scheduleId, { ...one, mark: markOf(one.schedule) }]),
  );
  const there = await ownSchedules(parts);
  const removed = [...there.keys()].filter((id) => !wanted.has(id));
  const made = [...wanted].filter(([id, { mark }]) => there.get(id)?.includes(mark) !== true);
  await inTurns([
    ...removed.map((id) => () => remove(parts.client, id)),
    ...made.map(
      ([id, one]) =>
        () =>
          there.has(id) ? change(parts, one) : create(parts, one),
    ),
  ]);
  await noteReading(parts, [...wanted.values()]);
}

/** The enabled ones that have a schedule. */
async function knownOf({ db }: Pick<Store, 'db'>, triggers: readonly Trigger[]): Promise<Known[]> {
  const rows = await db
    .select({ id: triggerRows.id, dueFrom: triggerRows.dueFrom, reading: triggerRows.reading })
    .from(triggerRows)
    .where(and(eq(triggerRows.type, 'cron'), triggerRows.enabled));
  const known = new Map(rows.map((row) => [row.id, row]));
  return triggers.flatMap((trigger) => {
    const row = known.get(trigger.id);
    return row && trigger.type === 'cron' && trigger.enabled ? [{ ...row, trigger }] : [];
  });
}

/** Ids and notes. */
async function ownSchedules({ client, queues }: Schedules): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for await (const { scheduleId, memo, state } of client.schedule.list({ pageSize: 1_000 })) {
    if (memo?.[OURS] !== undefined && scheduleId.startsWith(`${queues.prefix}cron/`))
      found.set(scheduleId, state.note ?? '');
  }
  return found;
}

async function create(parts: Schedules, one: Wanted): Promise<void> {
  const { schedule, mark } = one;
  const missed = await missedBy(parts, one);
  try {
    await parts.client.schedule.create({
      ...schedule,
      memo: { [OURS]: mark },
      state: { note: mark, ...(missed ? { backfill: [missed] } : {}) },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    // The listing lags behind what other processes, and this one, have just done.
    await change(parts, one);
  }
}

async function change(parts: Schedules, one: Wanted): Promise<void> {
  const { trigger, schedule, mark } = one;
  const handle = parts.client.schedule.getHandle(schedule.scheduleId);
  try {
    const before = await handle.describe();
    if (before.state.note?.includes(mark) === true) return;
    if (isUnread(one)) parts.onReread?.(rereadOf(trigger, before.info.nextActionTimes));
    const missed = await missedBy(parts, one);
    const note = `${(before.state.note ?? '').replaceAll(MARK, '').trim()} ${mark}`.trim();
    const put = async (written: string): Promise<void> =>
      await handle.update(({ state: { paused } }) => ({
        spec: schedule.spec,
        action: schedule.action,
        ...(schedule.policies ? { policies: schedule.policies } : {}),
        state: { paused, note: written },
      }));
    // With the mark it counts as done.
    await put(missed ? '' : note);
    if (!missed) return;
    await handle.backfill(missed);
    await put(note);
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
    await create(parts, one);
  }
}

/** The times that became due since the row changed, as far as they may still fire; null if there are none. */
async function missedBy({ store }: Schedules, { trigger, dueFrom }: Known): Promise<Backfill | null> {
  const cron = trigger.parameters as unknown as CronParameters;
  const { rows } = await store.pool.query<{ now: Date }>('select now() as now');
  const now = rows[0]?.now ?? new Date();
  const from = new Date(Math.max(dueFrom.getTime(), now.getTime() - cron.catchUpSeconds * 1_000));
  const [first] = nextTimes(cron, from, 1);
  if (!first || first > now) return null;
  return { start: new Date(first.getTime() - 500), end: now, overlap: OVERLAPS[cron.overlap] };
}

async function remove(client: Client, id: string): Promise<void> {
  try {
    await client.schedule.getHandle(id).delete();
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
  }
}

/** This makes no new version of the configuration, because no user has changed it. */
async function noteReading({ store }: Schedules, wanted: readonly Wanted[]): Promise<void> {
  const ids = wanted.flatMap(({ trigger, reading }) => (reading === READING ? [] : [trigger.id]));
  if (ids.length === 0) return;
  const isOther = or(isNull(triggerRows.reading), ne(triggerRows.reading, READING));
  for (const some of chunks(ids)) {
    await store.db
      .update(triggerRows)
      .set({ reading: READING })
      .where(and(inArray(triggerRows.id, some), isOther));
  }
}

/** A trigger whose times differ in this version's interpretation. */
export interface Reread {
  readonly trigger: string;
  /** The times among Temporal's next ten that are no longer due. */
  readonly gone: readonly Date[];
  /** Those that are due instead. */
  readonly added: readonly Date[];
}

/**
 * The stored triggers whose schedules will change although no user has changed them: Temporal's next ten times differ from
 * those of this version. Changes nothing.
 */
export async function rereads(
  { store, client, queues }: Schedules,
  triggers: readonly Trigger[],
): Promise<Reread[]> {
  const found: Reread[] = [];
  for (const { trigger } of (await knownOf(store, triggers)).filter(isUnread)) {
    try {
      const handle = client.schedule.getHandle(`${queues.prefix}cron/${trigger.id}`);
      found.push(rereadOf(trigger, (await handle.describe()).info.nextActionTimes));
    } catch (error) {
      if (!(error instanceof ScheduleNotFoundError)) throw error;
    }
  }
  return found.filter(({ gone, added }) => gone.length + added.length > 0);
}

/** The number of triggers that may have a schedule from an earlier version. */
export async function countUnread(store: Pick<Store, 'db'>, triggers: readonly Trigger[]): Promise<number> {
  return (await knownOf(store, triggers)).filter(isUnread).length;
}

const isUnread = ({ reading }: Known): boolean => reading !== null && reading !== READING;

function rereadOf({ id, parameters }: Trigger, before: readonly Date[]): Reread {
  const cron = parameters as unknown as CronParameters;
  const until = before.at(-1);
  const after = until ? nextTimes(cron, new Date(), 10).filter((time) => time <= until) : [];
  // Temporal's are later by the jitter.
  const isSame = (old: Date, time: Date): boolean =>
    old >= time && old.getTime() - time.getTime() <= cron.jitterSeconds * 1_000;
  return {
    trigger: id,
    gone: before.filter((old) => !after.some((time) => isSame(old, time))),
    added: after.filter((time) => !before.some((old) => isSame(old, time))),
  };
}

/** `trigger nightly: 2027-10-31T01:30:00Z is not due any more, and 2027-10-31T00:30:00Z is`; for people. */
export function rereadText({ trigger, gone, added }: Reread): string {
  const listed = (times: readonly Date[]): string => times.map(moment).join(', ');
  const parts = [
    ...(gone.length > 0 ? [`no longer due: ${listed(gone)}`] : []),
    ...(added.length > 0 ? [`due instead: ${listed(added)}`] : []),
  ];
  return `this version reads the schedule of trigger ${trigger} differently; of its next ten times, ${parts.join('; ')}`;
}

const markOf = (schedule: Schedule): string =>
  `haloflow-${createHash('sha256').update(JSON.stringify(schedule)).digest('hex').slice(0, 16)}`;
const MARK = /haloflow-[0-9a-f]{16}/g;

const OVERLAPS = {
  skip: 'SKIP',
  'buffer-one': 'BUFFER_ONE',
  'buffer-all': 'BUFFER_ALL',
  'cancel-other': 'CANCEL_OTHER',
  // The schedule knows only the workflow that waits for the run, which ends the run when it is cancelled.
  'terminate-other': 'CANCEL_OTHER',
  'allow-all': 'ALLOW_ALL',
} as const;

function scheduleOf({ feeds, prefix }: SystemQueue, { id, parameters }: Trigger, now: Date): Schedule {
  // Checked and completed by configuration/ when the row was written.
  const cron = parameters as unknown as CronParameters;
  const input: CronInput = {
    trigger: id,
    waits: cron.overlap !== 'allow-all',
    ends: cron.overlap === 'terminate-other' ? 'terminate' : 'cancel',
  };
  return {
    scheduleId: `${prefix}cron/${id}`,
    spec: specOf(cron, now),
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
