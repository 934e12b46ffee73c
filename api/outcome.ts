/** What became of a call, for its sender. */
import { WorkflowFailedError } from '@temporalio/client';
import { ActivityFailure, ApplicationFailure } from '@temporalio/common';
import type { EventRow } from '../triggers/types.ts';
import { Problem } from './problem.ts';
import type { Serving } from './types.ts';
import { timeLimit } from '../timeLimit.ts';

interface Run {
  readonly id: string;
  readonly workflow_id: string;
  readonly organization: string | null;
}

export interface Answer {
  /** Id of the event, as in `haloflow events list`. */
  readonly event: number | null;
  readonly status: EventRow['status'];
  /** Why it was filtered or failed, or is still pending. */
  readonly reason: string | null;
  readonly runs: readonly Run[];
}

/** Of the event that a call made, and of those that were made from it, one for each organization. */
export function answerOf([row, ...others]: readonly EventRow[]): Answer {
  const runs = [...(row ? [row] : []), ...others].flatMap(
    ({ status, run, workflowId, organization }): Run[] =>
      status === 'accepted' && workflowId !== null
        ? [{ id: run, workflow_id: workflowId, organization }]
        : [],
  );
  return { event: row?.id ?? null, status: row?.status ?? 'pending', reason: row?.reason ?? null, runs };
}

/** The rows of an event once it is decided, by us or by another dispatcher; as they are when that takes too long. */
export async function decided({ dispatch, log }: Serving, row: EventRow): Promise<readonly EventRow[]> {
  try {
    const rows = await dispatch([row.id]);
    return rows.length > 0 ? rows : [row];
  } catch (error) {
    // It is stored, so a dispatcher will find it; to its sender it is accepted.
    log.warn({ err: error, event: row.id }, 'an event could not be dispatched at once');
    return [row];
  }
}

type Result =
  { readonly value: unknown } | { readonly error: { readonly type: string; readonly message: string } };

/**
 * The document with the results of all runs; null when one takes longer, or nobody can say now.
 *
 * @throws Problem 502 when a run failed.
 */
export async function resultsOf(
  serving: Serving,
  { event, runs }: Answer,
  seconds: number,
): Promise<Readonly<Record<string, unknown>> | null> {
  const over: Over = {
    signal: timeLimit(seconds * 1_000, serving.closing),
    deadline: Date.now() + seconds * 1_000,
  };
  const ended = await Promise.all(
    runs.map(async (run) => ({ run, result: await resultOf(serving, run.workflow_id, over) })),
  );
  const shown = ended.flatMap(({ run, result }) =>
    result === null
      ? []
      : [{ ...run, ...('error' in result ? { error: result.error } : { result: result.value ?? null }) }],
  );
  const failed = ended.find(({ result }) => result !== null && 'error' in result)?.result;
  if (failed && 'error' in failed) {
    const { type, message } = failed.error;
    const more = { error: failed.error, event, runs: shown };
    throw new Problem(502, 'Workflow Failed', `${type}: ${message}`, { more });
  }
  if (shown.length < runs.length) return null;
  const [only] = ended;
  if (!only || runs.length > 1) return { event, runs: shown };
  return { event, run: only.run, result: only.result && 'value' in only.result ? only.result.value : null };
}

interface Over {
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly deadline: number;
}

async function resultOf(
  { starter: { client }, log }: Serving,
  workflowId: string,
  { signal, deadline }: Over,
): Promise<Result | null> {
  let stop: () => void = () => undefined;
  const stopped = new Promise<null>((resolve) => (stop = () => resolve(null)));
  signal.addEventListener('abort', stop);
  try {
    // The deadline ends the question itself: a worker's connection knows no abort signals.
    const running = client.withDeadline(deadline, () => client.workflow.getHandle(workflowId).result());
    return await Promise.race([running.then((value: unknown) => ({ value: value ?? null })), stopped]);
  } catch (error) {
    if (error instanceof WorkflowFailedError) return { error: documentOf(reasonBehind(error)) };
    if (Date.now() < deadline) log.warn({ err: error, workflowId }, 'the result of a run could not be read');
    return null;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function documentOf(error: Error): { readonly type: string; readonly message: string } {
  const type = error instanceof ApplicationFailure ? (error.type ?? error.name) : error.name;
  return { type, message: error.message };
}

/** What the action or the workflow said, not that an activity or the workflow failed. */
function reasonBehind(error: Error): Error {
  const wraps = error instanceof WorkflowFailedError || error instanceof ActivityFailure;
  return wraps && error.cause instanceof Error ? reasonBehind(error.cause) : error;
}
