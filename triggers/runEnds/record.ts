/** Ends of runs in Postgres: the runs' rows, their calls that nobody will finish, and events for who follows. */
import { sql } from 'drizzle-orm';
import { runsEnded } from '../../calls/metrics.ts';
import { payloadBytes, showBytes } from '../../sdk/size.ts';
import { isRefused } from '../../store/store.ts';
import type { Store } from '../../store/store.ts';
import { insertEventsApart } from '../events.ts';
import type { NewEvent } from '../events.ts';
import { storable, storableJson } from '../../store/text.ts';
import type { Trigger } from '../types.ts';
import type { End, Reason } from './ends.ts';

/** A run that has ended, with everything that its row and its followers are told. */
export interface EndedRun {
  /** Of its row. */
  readonly id: string;
  readonly workflow: string;
  readonly organization: string;
  readonly trigger: string | null;
  readonly startedAt: Date;
  readonly status: End['status'];
  readonly closedAt: Date;
  readonly reason: Reason | null;
  /** What the workflow returned; only read for followers. */
  readonly result: unknown;
  readonly followers: readonly Trigger[];
}

const LONGEST_TYPE = 1_000;
const LONGEST_MESSAGE = 4_000;
/** A run can be started with 2 MB; the rest is for its variables, and for what it makes of the result. */
const LARGEST_RESULT = 1_000_000;

/** What becomes of calls that were under way. A try that is still going on records its own end over this. */
const UNFINISHED: Readonly<Record<End['status'], Reason>> = {
  completed: { type: 'CancelledFailure', message: 'the run has completed without waiting for it' },
  failed: { type: 'CancelledFailure', message: 'the run has failed' },
  cancelled: { type: 'CancelledFailure', message: 'the run was cancelled' },
  terminated: { type: 'TerminatedFailure', message: 'the run was terminated' },
  'timed-out': { type: 'TimeoutFailure', message: 'the run has timed out' },
};

/** Replaces a reason that Postgres refuses. */
const UNSTORABLE: Reason = {
  type: 'Error',
  message: 'the reason could not be stored: see Temporal',
};

/**
 * Closes runs and fires their events in one transaction, once per run however often it is called. Returns the number of
 * closed runs. If Postgres refuses a run's reason, that run is closed without it.
 */
export async function recordEnds(store: Store, ended: readonly EndedRun[]): Promise<number> {
  if (ended.length === 0) return 0;
  try {
    return await recordTogether(store, ended);
  } catch (error) {
    if (!isRefused(error)) throw error;
  }
  let closed = 0;
  let refusal: unknown;
  for (const run of ended) {
    try {
      closed += await recordTogether(store, [run]).catch((error: unknown) => {
        if (!isRefused(error)) throw error;
        return recordTogether(store, [{ ...run, reason: run.reason && UNSTORABLE }]);
      });
    } catch (error) {
      refusal ??= error;
    }
  }
  if (refusal !== undefined) throw refusal;
  return closed;
}

async function recordTogether(store: Store, ended: readonly EndedRun[]): Promise<number> {
  const inOrder = ended.toSorted((a, b) => a.closedAt.getTime() - b.closedAt.getTime());
  const closed = await store.db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ id: string }>(closing(inOrder));
    const ids = new Set(rows.map((row) => row.id));
    const written = inOrder.filter(({ id }) => ids.has(id));
    await insertEventsApart(tx, written.flatMap(eventsOf));
    return written;
  });
  for (const { workflow, status } of closed) runsEnded.inc({ workflow, status });
  return closed.length;
}

function closing(ended: readonly EndedRun[]): ReturnType<typeof sql> {
  const given = ended.map(({ id, status, closedAt, reason }) => ({
    id,
    status,
    closed_at: closedAt,
    error_type: reason && storable(reason.type, LONGEST_TYPE),
    error_message: reason && storable(reason.message, LONGEST_MESSAGE),
    call_type: UNFINISHED[status].type,
    call_message: UNFINISHED[status].message,
  }));
  return sql`
    with given as (
      select * from json_to_recordset(${storableJson(given)}::json) as given(id uuid, status text, closed_at timestamptz,
        error_type text, error_message text, call_type text, call_message text)
    ), closed as (
      update runs set status = given.status, closed_at = given.closed_at, error_type = given.error_type,
        error_message = given.error_message
      from given where runs.id = given.id and (runs.closed_at is null or runs.closed_at < given.closed_at)
      returning runs.id
    ), unfinished as (
      update calls set status = 'failed', error_type = given.call_type, error_message = given.call_message,
        duration_ms = least(greatest(extract(epoch from given.closed_at - calls.started_at) * 1000, 0), 2147483647)::int
      from closed join given on given.id = closed.id
      where calls.run = closed.id and calls.status in ('running', 'waiting')
    )
    select id from closed`;
}

function eventsOf(run: EndedRun): NewEvent[] {
  if (run.followers.length === 0) return [];
  const { id, workflow, organization, trigger, status, startedAt, closedAt, reason } = run;
  const payload = {
    run: {
      id,
      workflow,
      organization,
      trigger,
      status,
      started_at: startedAt.toISOString(),
      closed_at: closedAt.toISOString(),
      error: reason,
    },
    ...bounded(run.result),
    organization,
  };
  return run.followers.map((follower) => ({
    trigger: follower.id,
    key: `run/${id}`,
    source: 'run',
    organization,
    payload,
    firedBy: id,
  }));
}

function bounded(result: unknown): { readonly result: unknown; readonly result_omitted?: string } {
  const bytes = payloadBytes(result);
  if (bytes <= LARGEST_RESULT) return { result: result ?? null };
  return {
    result: null,
    result_omitted: `the result of ${showBytes(bytes)} is over the ${showBytes(LARGEST_RESULT)} that an event takes along`,
  };
}
