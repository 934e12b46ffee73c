import { WorkflowFailedError } from '@temporalio/client';
import { ActivityFailure, ApplicationFailure } from '@temporalio/common';
import { callsOfRun } from '../calls/record.ts';
import type { Configuration } from '../organizations/types.ts';
import { retrying } from '../store/store.ts';
import { startRun } from '../triggers/start.ts';
import type { RunRequest } from '../triggers/start.ts';
import { Interrupted, unlessInterrupted } from './interrupt.ts';
import type { ErrorDocument } from './outcome.ts';
import { errorDocument } from './outcome.ts';
import type { Stack } from './stack.ts';

export interface FinishedRun {
  readonly workflowId: string;
  readonly output: unknown;
  readonly error: ErrorDocument | null;
  /** The failure says that no credentials were found, which is a matter of set-up and not a failing call. */
  readonly notInstalled: boolean;
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
 * Starts a run, waits for its end, and reads from its calls which credentials it used.
 *
 * @throws ConfigurationError when it may not start, Interrupted when the command is to stop; a run that fails is `error`.
 */
export async function finishRun(
  stack: Stack,
  configuration: Configuration,
  request: RunRequest,
): Promise<FinishedRun> {
  const began = performance.now();
  const { run, workflowId, handle } = await startRun(stack.starter, configuration, request);
  let output: unknown = null;
  let error: ErrorDocument | null = null;
  let notInstalled = false;
  try {
    output = await unlessInterrupted(Promise.race([handle.result(), stack.broken]));
  } catch (failure) {
    if (failure instanceof Interrupted) {
      // Nobody waits for it any more, and the next worker would go on with it.
      await handle.terminate(failure.message).catch(() => undefined);
      throw failure;
    }
    const root = reasonBehind(failure);
    const application = root instanceof ApplicationFailure ? root : undefined;
    error = { ...errorDocument(root), ...(application?.type ? { type: application.type } : {}) };
    const [details] = (application?.details ?? []) as readonly { notInstalled?: unknown }[];
    notInstalled = details?.notInstalled === true;
  }
  const ms = Math.round(performance.now() - began);
  const [call] = await retrying(() => callsOfRun(stack.store, run));
  return {
    workflowId,
    output,
    error,
    notInstalled,
    connection: call?.connection ?? null,
    because: call?.because ?? null,
    ms,
  };
}
