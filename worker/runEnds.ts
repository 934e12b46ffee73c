import { Context } from '@temporalio/activity';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import type { RunEnds } from '../triggers/runEnds/close.ts';
import { readRunEnds } from '../triggers/runEnds/read.ts';
import { describeError } from './failure.ts';

const HEARTBEAT_MS = 1_000;
/** After a look that found something, after one that did not, and after one that failed. */
const BUSY_MS = 1_000;
const IDLE_MS = 2_000;
const BROKEN_MS = 5_000;

/**
 * The activity `runEnds.read`: one look at which runs have ended. Every look is a try that fails benignly and says when
 * to look again, so that it never completes and writes nothing into its workflow's history (design §7).
 *
 * @throws ApplicationFailure only, with the error's class name as type after a look that failed; or the cancellation.
 */
export function createRunEndsActivity(parts: RunEnds): () => Promise<never> {
  return async function readEnds(): Promise<never> {
    const context = Context.current();
    const beating = setInterval(() => context.heartbeat(), HEARTBEAT_MS);
    try {
      const closed = await readRunEnds(parts, context.cancellationSignal);
      throw again('RunEndsRead', `${closed} runs had ended`, closed === 0 ? IDLE_MS : BUSY_MS);
    } catch (error) {
      context.cancellationSignal.throwIfAborted();
      if (error instanceof ApplicationFailure) throw error;
      const { name, message } = describeError(error);
      throw again(name, message, BROKEN_MS);
    } finally {
      clearInterval(beating);
    }
  };
}

function again(type: string, message: string, nextRetryDelay: number): ApplicationFailure {
  return ApplicationFailure.create({
    type,
    message,
    nextRetryDelay,
    category: ApplicationFailureCategory.BENIGN,
  });
}
