/** The activity that reads the ends of runs for ever: every look is a try that "fails" and says when to try again. */
import { Context } from '@temporalio/activity';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import type { RunEnds } from './close.ts';
import { readRunEnds } from './read.ts';

const HEARTBEAT_MS = 5_000;
/** After a look that found something, after one that did not, and after one that failed. */
const BUSY = '1 second';
const IDLE = '2 seconds';
const BROKEN = '5 seconds';

/**
 * Never completes, and writes nothing into its workflow's history (design §7).
 *
 * @throws ApplicationFailure: benign after each look, with the error's class name as type after one that failed; or the
 * cancellation.
 */
export function createRunEndsActivity(parts: RunEnds): () => Promise<never> {
  return async function readEnds(): Promise<never> {
    const { cancellationSignal, heartbeat } = Context.current();
    const beating = setInterval(() => heartbeat(), HEARTBEAT_MS);
    try {
      const closed = await readRunEnds(parts, cancellationSignal);
      throw ApplicationFailure.create({
        message: closed === 0 ? 'no run has ended' : `closed ${closed} runs`,
        type: 'RunEndsRead',
        category: ApplicationFailureCategory.BENIGN,
        nextRetryDelay: closed === 0 ? IDLE : BUSY,
      });
    } catch (error) {
      cancellationSignal.throwIfAborted();
      if (error instanceof ApplicationFailure) throw error;
      const { name = 'Error', message = String(error) } = (error ?? {}) as Partial<Error>;
      throw ApplicationFailure.create({ message, type: name, nextRetryDelay: BROKEN });
    } finally {
      clearInterval(beating);
    }
  };
}
