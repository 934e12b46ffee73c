import { WorkflowFailedError } from '@temporalio/client';
import type { WorkflowHandle } from '@temporalio/client';
import { ActivityFailure, ApplicationFailure } from '@temporalio/common';
import { undertake } from '../access/audit.ts';
import type { Deed } from '../access/audit.ts';
import { LOCAL } from '../access/principal.ts';
import { callsOfRun } from '../calls/record.ts';
import type { Configuration } from '../organizations/types.ts';
import { WorkerDiedError } from '../errors.ts';
import { retrying } from '../store/store.ts';
import { prepareRun, startPrepared } from '../triggers/start.ts';
import type { NewRun, RunRequest } from '../triggers/start.ts';
import { Interrupted, unlessInterrupted } from './interrupt.ts';
import type { ErrorDocument } from './outcome.ts';
import { errorDocument } from './outcome.ts';
import type { Stack } from './stack.ts';

/** How a run ended: what the workflow returned, or the failure that people can act on. */
interface RunEnd {
  readonly output: unknown;
  readonly error: ErrorDocument | null;
  /** The failure says that no credentials were found, which is a matter of set-up and not a failing call. */
  readonly notInstalled: boolean;
}

export interface FinishedRun extends RunEnd {
  readonly workflowId: string;
  /** Of the first call that the run made. */
  readonly connection: string | null;
  readonly because: string | null;
  /** From the request to start it to its end, milliseconds. */
  readonly ms: number;
}

/** The failure that people can act on: what the action said, not that the workflow failed. */
export function reasonBehind(error: unknown): unknown {
  if (error instanceof WorkflowFailedError || error instanceof ActivityFailure) {
    return error.cause ? reasonBehind(error.cause) : error;
  }
  return error;
}

/**
 * Waits for the end of a run, and returns the failure of one that fails as `error`.
 *
 * @throws Interrupted when the command must stop, WorkerDiedError when no worker is left to finish the run.
 */
async function endOf(
  { broken }: Pick<Stack, 'broken'>,
  handle: Pick<WorkflowHandle, 'result'>,
): Promise<RunEnd> {
  try {
    const output: unknown = await unlessInterrupted(Promise.race([handle.result(), broken]));
    return { output, error: null, notInstalled: false };
  } catch (failure) {
    if (failure instanceof Interrupted || failure instanceof WorkerDiedError) throw failure;
    const root = reasonBehind(failure);
    const application = root instanceof ApplicationFailure ? root : undefined;
    const [details] = (application?.details ?? []) as readonly { notInstalled?: unknown }[];
    return {
      output: null,
      error: { ...errorDocument(root), ...(application?.type ? { type: application.type } : {}) },
      notInstalled: details?.notInstalled === true,
    };
  }
}

/**
 * Starts a run by hand, waits for its end, and reads from its calls which credentials it used. `deed` is the action in
 * the audit log. Returns the failure of a run that fails as `error`.
 *
 * @throws ConfigurationError if the run may not start, Interrupted when the command must stop, WorkerDiedError when the
 * worker of this command has died.
 */
export async function finishRun(
  stack: Stack,
  configuration: Configuration,
  request: RunRequest,
  deed: Pick<Deed, 'action' | 'object'>,
): Promise<FinishedRun> {
  const run = prepareRun(configuration, request);
  const { id, workflowId, organization } = run;
  return await undertake(stack.store, LOCAL, {
    ...deed,
    organization,
    after: { run: id, workflowId },
    work: () => finishPrepared(stack, configuration, run),
    tell: ({ connection, error }) => ({
      connection,
      ...(error ? { outcome: 'error', error: error.type } : {}),
    }),
  });
}

async function finishPrepared(
  stack: Stack,
  configuration: Configuration,
  prepared: NewRun,
): Promise<FinishedRun> {
  const began = performance.now();
  const { run, workflowId, handle } = await startPrepared(stack.starter, configuration, prepared);
  const end = await endOf(stack, handle).catch(async (reason: Interrupted | WorkerDiedError) => {
    // Nobody waits for it any more, and the next worker would go on with it.
    await handle.terminate(reason.message).catch(() => undefined);
    throw reason;
  });
  const ms = Math.round(performance.now() - began);
  const [call] = await retrying(() => callsOfRun(stack.store, run));
  return { ...end, workflowId, connection: call?.connection ?? null, because: call?.because ?? null, ms };
}
