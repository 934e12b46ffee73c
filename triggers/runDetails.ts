/** One run with everything that is known about it: its event, its calls and what they answered, its result. */
import { WorkflowNotFoundError } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import { asc, eq, inArray } from 'drizzle-orm';
import { callsOfRun } from '../calls/record.ts';
import { events } from '../store/schema/events.ts';
import { runs } from '../store/schema/runs.ts';
import type { calls } from '../store/schema/runs.ts';
import { writes } from '../store/schema/writes.ts';
import type { Store } from '../store/store.ts';
import { latestOf, outcomeOf } from './runEnds/ends.ts';
import { asItIs, findRun } from './runs.ts';
import type { RunRow } from './runs.ts';
import type { EventRow } from './types.ts';

/** Something that Temporal keeps until its retention is over. */
export interface Kept {
  readonly known: boolean;
  readonly value: unknown;
}

interface CallDetails {
  readonly call: typeof calls.$inferSelect;
  /** What the action answered the workflow; not known of calls that did not come back with an answer. */
  readonly result: Kept;
}

/** A call under way, as Temporal has it. */
interface PendingCall {
  readonly action: string;
  readonly attempt: number;
  /** When the next try begins; null while one is going on. */
  readonly nextAttemptAt: Date | null;
  /** Of the last try; null before the first has failed. */
  readonly lastError: string | null;
}

export interface RunDetails {
  /** As it is now, whatever its row says. */
  readonly run: RunRow;
  /** What started it; null for a run started by hand. */
  readonly event: EventRow | null;
  /** In the order in which they began. */
  readonly calls: readonly CallDetails[];
  /** Of a run that is still running. */
  readonly pending: readonly PendingCall[];
  /** Ids of the runs that repeat it. */
  readonly reruns: readonly string[];
  /** What the workflow returned; not known unless it has completed. */
  readonly result: Kept;
}

const NOT_KNOWN: Kept = { known: false, value: null };

/**
 * A run by its id, the beginning of it, or its workflow id.
 *
 * @throws ConfigurationError when there is none, or when several begin so.
 */
export async function showRun(store: Store, client: Client, id: string): Promise<RunDetails> {
  const run = await asItIs(client, await findRun(store, id));
  const [event] =
    run.event === null ? [] : await store.db.select().from(events).where(eq(events.id, run.event));
  const reruns = await store.db
    .select({ id: runs.id })
    .from(runs)
    .where(eq(runs.rerunOf, run.id))
    .orderBy(asc(runs.startedAt));
  return {
    ...(await ending(client, run)),
    event: event ?? null,
    calls: await callsWithResults(store, client, run),
    pending: run.status === 'running' ? await pendingOf(client, run) : [],
    reruns: reruns.map((rerun) => rerun.id),
  };
}

/** The run's result, and its error where the row does not have it yet. */
async function ending(client: Client, run: RunRow): Promise<Pick<RunDetails, 'run' | 'result'>> {
  const isUnread = run.status !== 'running' && run.status !== 'completed' && run.errorMessage === null;
  if (run.status !== 'completed' && !isUnread) return { run, result: NOT_KNOWN };
  const end = await latestOf(client, run.workflowId);
  if (end === null || end === 'running') return { run, result: NOT_KNOWN };
  const { result, reason } = await outcomeOf(client, end);
  if (reason && isUnread) {
    return { run: { ...run, errorType: reason.type, errorMessage: reason.message }, result: NOT_KNOWN };
  }
  return { run, result: run.status === 'completed' ? { known: true, value: result ?? null } : NOT_KNOWN };
}

async function pendingOf(client: Client, { workflowId }: RunRow): Promise<PendingCall[]> {
  try {
    const { raw } = await client.workflow.getHandle(workflowId).describe();
    return (raw.pendingActivities ?? []).map(
      ({ activityType, attempt, nextAttemptScheduleTime: next, lastFailure }) => ({
        action: activityType?.name ?? '',
        attempt: attempt ?? 1,
        nextAttemptAt: next ? new Date(Number(next.seconds) * 1000 + (next.nanos ?? 0) / 1e6) : null,
        lastError: lastFailure?.message ?? null,
      }),
    );
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return [];
    throw error;
  }
}

/** Executions whose histories are read: a run's own, and those of its children. */
const EXECUTIONS = 20;

async function callsWithResults(store: Store, client: Client, run: RunRow): Promise<CallDetails[]> {
  const made = await callsOfRun(store, run.id);
  if (made.length === 0) return [];
  const executions = new Map(made.map(({ key }) => [executionOf(key).join('/'), executionOf(key)]));
  const answers = new Map<string, unknown>();
  for (const [workflowId, execution] of [...executions.values()].slice(0, EXECUTIONS)) {
    for (const [key, value] of await answersOf(client, workflowId, execution)) answers.set(key, value);
  }
  const written = await store.db
    .select({ call: writes.call, result: writes.result })
    .from(writes)
    .where(
      inArray(
        writes.call,
        made.map(({ key }) => key),
      ),
    );
  const kept = new Map(
    written.filter(({ result }) => result !== null).map(({ call, result }) => [call, result]),
  );
  return made.map((call) => {
    const source = [answers, kept].find((each) => each.has(call.key));
    return { call, result: source ? { known: true, value: source.get(call.key) } : NOT_KNOWN };
  });
}

/** Workflow id and execution of a call's key, `workflow id / execution / activity id`; the first may have slashes itself. */
function executionOf(key: string): readonly [string, string] {
  const parts = key.split('/');
  return [parts.slice(0, -2).join('/'), parts.at(-2) ?? ''];
}

/** What the activities of an execution answered, by call key. */
async function answersOf(
  client: Client,
  workflowId: string,
  execution: string,
): Promise<ReadonlyMap<string, unknown>> {
  const answers = new Map<string, unknown>();
  try {
    const { events: history } = await client.workflow.getHandle(workflowId, execution).fetchHistory();
    const activities = new Map<string, string>();
    for (const { eventId, activityTaskScheduledEventAttributes: scheduled, ...event } of history ?? []) {
      if (scheduled) activities.set(String(eventId), scheduled.activityId ?? '');
      const completed = event.activityTaskCompletedEventAttributes;
      const activity = completed && activities.get(String(completed.scheduledEventId));
      if (!completed || activity === undefined) continue;
      const [payload] = completed.result?.payloads ?? [];
      answers.set(
        `${workflowId}/${execution}/${activity}`,
        payload ? defaultPayloadConverter.fromPayload(payload) : null,
      );
    }
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
  return answers;
}
