/** Ends of runs as Temporal has them: which executions have closed, and why. */
import { ChildWorkflowFailure, WorkflowFailedError, WorkflowNotFoundError } from '@temporalio/client';
import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import { TerminatedFailure } from '@temporalio/common';
import { WorkerDiedError } from '../../errors.ts';
import { failureOf } from '../../sdk/errors.ts';
import type { runs } from '../../store/schema/runs.ts';

export type RunStatus = (typeof runs.$inferSelect)['status'];

/** One execution that has closed. */
export interface End {
  readonly workflowId: string;
  /** Temporal's id of the execution. */
  readonly execution: string;
  readonly status: Exclude<RunStatus, 'running'>;
  readonly closedAt: Date;
}

/** The error type of a run that was closed although Temporal does not know it: it may not have been started. */
export const NEVER_SEEN = WorkflowNotFoundError.name;

/** Ends that one request answers. */
export const PAGE = 250;

export interface Reason {
  /** Class name of the error, as sdk's failureOf says it. */
  readonly type: string;
  readonly message: string;
}

const STATUSES: Readonly<Record<string, End['status']>> = {
  COMPLETED: 'completed',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
  TERMINATED: 'terminated',
  TIMED_OUT: 'timed-out',
};

/** The beginning of the reason of a run that was terminated because workers died of it. */
const SET_ASIDE = `${WorkerDiedError.name}: `;
/** The beginning of the reason of a run that was terminated because of another error; its type and message follow. */
const FAILED_WITH = 'haloflow ended this run with ';

/** The reason for which haloflow terminates a run that nothing else can end. To people it has failed with this error. */
export const terminatedBecause = ({ type, message }: Reason): string =>
  type === WorkerDiedError.name ? `${SET_ASIDE}${message}` : `${FAILED_WITH}${type}: ${message}`;

/** The error with which haloflow ended a run; null if somebody else terminated it. */
function setAsideWith(reason: string): Reason | null {
  const isDeath = reason.startsWith(SET_ASIDE);
  if (!isDeath && !reason.startsWith(FAILED_WITH)) return null;
  const text = isDeath ? reason : reason.slice(FAILED_WITH.length);
  const colon = text.indexOf(': ');
  return { type: text.slice(0, colon), message: text.slice(colon + 2) };
}

/** The end that an execution is; null while it runs, and where another execution carries it on. */
function endOf({
  workflowId,
  runId,
  status,
  closeTime,
}: Pick<WorkflowExecutionInfo, 'workflowId' | 'runId' | 'status' | 'closeTime'>): End | null {
  const ended = STATUSES[status.name];
  if (!ended || !closeTime) return null;
  return { workflowId, execution: runId, status: ended, closedAt: closeTime };
}

/**
 * What has closed on a task queue since then, newest first, as far as Temporal's visibility knows: it learns of an end a
 * moment after it, and not in the order of close times.
 */
export async function* endsSince(client: Client, taskQueue: string, since: Date): AsyncGenerator<End> {
  // Quotes are doubled nowhere in this language; a queue's name with one would end the literal.
  const query = `TaskQueue = '${taskQueue.replaceAll("'", "\\'")}' AND CloseTime >= '${since.toISOString()}'`;
  for await (const execution of client.workflow.list({ query, pageSize: PAGE })) {
    const end = endOf(execution);
    if (end) yield end;
  }
}

/** The latest execution of a workflow: its end, `running`, or null where Temporal has no record of it. */
export async function latestOf(client: Client, workflowId: string): Promise<End | 'running' | null> {
  try {
    return endOf(await client.workflow.getHandle(workflowId).describe()) ?? 'running';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}

export interface Outcome {
  readonly result: unknown;
  readonly reason: Reason | null;
  /** haloflow terminated it, or its child, because nothing else could end it. */
  readonly isSetAside: boolean;
}

/** What an execution returned, or why it did not; read from the last event of its history. */
export async function outcomeOf(
  client: Client,
  { workflowId, execution }: Pick<End, 'workflowId' | 'execution'>,
): Promise<Outcome> {
  const handle = client.workflow.getHandle(workflowId, execution, { followRuns: false });
  try {
    return { result: (await handle.result()) as unknown, reason: null, isSetAside: false };
  } catch (error) {
    // Past its retention by now.
    if (error instanceof WorkflowNotFoundError) return { result: null, reason: null, isSetAside: false };
    if (!(error instanceof WorkflowFailedError)) throw error;
    let cause: Error = error.cause ?? error;
    while (cause instanceof ChildWorkflowFailure && cause.cause) cause = cause.cause;
    const why = cause instanceof TerminatedFailure ? setAsideWith(cause.message) : null;
    const reason = why ?? failureOf(cause) ?? { type: cause.name, message: cause.message };
    return { result: null, reason, isSetAside: why !== null };
  }
}
