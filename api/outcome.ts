/** What became of a delivery, for its sender. */
import { WorkflowFailedError } from '@temporalio/client';
import { ActivityFailure, ApplicationFailure } from '@temporalio/common';
import type { EventRow } from '../triggers/types.ts';
import { settledEvents } from '../triggers/webhooks/store.ts';
import { Problem } from './problem.ts';
import type { Serving } from './types.ts';

/** How long a sender waits for the decision of what it sent; after that it runs all the same. */
const DECISION_MS = 10_000;

export interface Answer {
  /** Id of the event, as in `haloflow events list`. */
  readonly event: number;
  readonly status: EventRow['status'];
  /** Why it was filtered or failed. */
  readonly reason: string | null;
  readonly runs: readonly {
    readonly id: string;
    readonly workflow_id: string;
    readonly organization: string | null;
  }[];
}

export function answerOf({ id, status, reason, run, workflowId, organization }: EventRow): Answer {
  const started = status === 'accepted' && workflowId !== null;
  return {
    event: id,
    status,
    reason,
    runs: started ? [{ id: run, workflow_id: workflowId, organization }] : [],
  };
}

/** The row once it is decided, by us or by another dispatcher; as it is when that takes too long. */
export async function decided({ store, dispatch, log }: Serving, row: EventRow): Promise<EventRow> {
  if (row.status !== 'pending') return row;
  try {
    await dispatch([row.id]);
    const [settled = row] = await settledEvents(store, [row.id], DECISION_MS);
    return settled;
  } catch (error) {
    // It is stored, so a dispatcher will find it; to its sender it is accepted.
    log.warn({ err: error, event: row.id }, 'an event could not be dispatched at once');
    return row;
  }
}

/**
 * The result of a run; null when it takes longer, or nobody can say now.
 *
 * @throws Problem 502 when the run failed.
 */
export async function resultOf(
  { client, closing, log }: Serving,
  workflowId: string,
  seconds: number,
): Promise<{ readonly value: unknown } | null> {
  const over = AbortSignal.any([closing, AbortSignal.timeout(seconds * 1_000)]);
  try {
    const value: unknown = await client.withAbortSignal(over, () =>
      client.workflow.getHandle(workflowId).result(),
    );
    return { value };
  } catch (error) {
    if (error instanceof WorkflowFailedError) throw failureOf(error);
    if (!over.aborted) log.warn({ err: error, workflowId }, 'the result of a run could not be read');
    return null;
  }
}

function failureOf(error: WorkflowFailedError): Problem {
  const cause = reasonBehind(error);
  const type = cause instanceof ApplicationFailure ? (cause.type ?? cause.name) : cause.name;
  return new Problem(502, 'Workflow Failed', `${type}: ${cause.message}`, {
    more: { error: { type, message: cause.message } },
  });
}

/** What the action or the workflow said, not that an activity or the workflow failed. */
function reasonBehind(error: Error): Error {
  const wraps = error instanceof WorkflowFailedError || error instanceof ActivityFailure;
  return wraps && error.cause instanceof Error ? reasonBehind(error.cause) : error;
}
