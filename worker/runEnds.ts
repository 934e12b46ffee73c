import { cancellationSignal } from '@temporalio/activity';
import type { RunEnds } from '../triggers/runEnds/close.ts';
import { readRunEnds } from '../triggers/runEnds/read.ts';
import { again, heartbeating } from './feedPoll.ts';
import { describeError } from './failure.ts';

const EVERY_MS = 2_000;
const AFTER_ERROR_MS = 5_000;

/** The activity `runEnds.read`: one look at which runs have ended, then a benign failure until the next. */
export function createRunEndsActivity(parts: RunEnds): () => Promise<never> {
  return async function readEnds() {
    const signal = cancellationSignal();
    const closed = await heartbeating(async () => await readRunEnds(parts, signal)).catch(
      (error: unknown) => {
        if (signal.aborted) throw error;
        const { name, message } = describeError(error);
        throw again(name, message, AFTER_ERROR_MS);
      },
    );
    throw again('RunEndsRead', `${closed} runs had ended`, EVERY_MS);
  };
}
