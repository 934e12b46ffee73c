/** What the tests of the worker look at: the record, the history, what the sandbox saw. */
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { WorkflowHandle } from '@temporalio/client';
import type { LoggedRequest } from '../../sandbox/http/requestLog.ts';
import type { Control } from '../support/sandbox.ts';
import type { TestHaloflow, TestRun } from '../support/haloflow.ts';
import type { ProbeInput } from './workflows/probes.ts';

export interface Answer {
  readonly output?: unknown;
  readonly failure?: { readonly type: string; readonly message: string } | null;
}

export interface CallRow {
  readonly action: string;
  readonly organization: string;
  readonly connection: string | null;
  readonly because: string | null;
  readonly attempts: number;
  readonly status: string;
  readonly error_type: string | null;
  readonly error_message: string | null;
  readonly duration_ms: number | null;
}

/** The record of a run's calls, in order. */
export async function callsOf({ store }: TestHaloflow, run: string): Promise<CallRow[]> {
  const { rows } = await store.pool.query<CallRow>(
    `select action, organization, connection, because, attempts, status, error_type, error_message, duration_ms
      from calls where run = $1 order by started_at, key`,
    [run],
  );
  return rows;
}

/** One call in a run of its own: what an author's catch sees, and what the record says. */
export async function probe(
  haloflow: TestHaloflow,
  input: ProbeInput,
  run: TestRun = { organization: 'northwind' },
): Promise<Answer & { readonly calls: CallRow[]; readonly run: string }> {
  const started = await haloflow.start('probe', [input], run);
  const answer = (await started.handle.result()) as Answer;
  return { ...answer, calls: await callsOf(haloflow, started.run), run: started.run };
}

interface HistoryEvent {
  readonly eventType: string;
  readonly activityTaskScheduledEventAttributes?: {
    readonly activityType: { readonly name: string };
    readonly taskQueue: { readonly name: string };
  };
}

export async function historyText(handle: WorkflowHandle): Promise<string> {
  return historyToJSON(await handle.fetchHistory());
}

/** The activities that a run scheduled: `agents.list on test-x-actions`. */
export async function activitiesOf(handle: WorkflowHandle): Promise<string[]> {
  const { events } = JSON.parse(await historyText(handle)) as { events: HistoryEvent[] };
  return events.flatMap(({ activityTaskScheduledEventAttributes: scheduled }) =>
    scheduled ? [`${scheduled.activityType.name} on ${scheduled.taskQueue.name}`] : [],
  );
}

/** What a tenant was asked below `/api`. */
export async function apiRequests(tenant: Control): Promise<LoggedRequest[]> {
  return (await tenant.requests()).filter(({ path }) => path.toLowerCase().startsWith('/api/'));
}

/** Lifts the rate limit, for tests of something else. */
export async function plentyOfRequests(haloflow: TestHaloflow): Promise<void> {
  const rateLimit = { requests: 100_000, perSeconds: 300 };
  await haloflow.northwind.settings({ rateLimit });
  await haloflow.reconfigure('update connections set rate_requests = 100000');
}

/** Asks again until the answer is not undefined. */
export { untilFound as eventually } from '../support/polling.ts';
