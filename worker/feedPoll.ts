import { cancellationSignal, heartbeat } from '@temporalio/activity';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { createPoll } from '../triggers/feeds/poll.ts';
import type { Polling } from '../triggers/feeds/poll.ts';
import type { FeedInput } from '../triggers/workflows/feed.ts';
import { describeError } from './failure.ts';

/** Well below the heartbeat timeout of 5 s. */
const HEARTBEAT_MS = 1_000;
/** After an error that could not be recorded: Postgres is away. */
const STORE_AWAY_MS = 2_000;

/** Benign: Temporal tries again after the delay, and the history of the workflow does not grow. */
export function again(type: string, message: string, delayMs: number): ApplicationFailure {
  return ApplicationFailure.create({
    type,
    message,
    category: ApplicationFailureCategory.BENIGN,
    // Zero would mean: do not try again.
    nextRetryDelay: Math.max(1, Math.ceil(delayMs)),
  });
}

/** Heartbeats while `body` works: how a killed worker is noticed, and how the activity hears that it is cancelled. */
export async function heartbeating<T>(body: () => Promise<T>): Promise<T> {
  const beating = setInterval(() => heartbeat(), HEARTBEAT_MS);
  try {
    return await body();
  } finally {
    clearInterval(beating);
  }
}

/** The activity `feed.poll`: one poll, then a benign failure until the next; it returns when nobody needs the feed. */
export function createFeedPoll(parts: Polling): (input: FeedInput) => Promise<void> {
  const poll = createPoll(parts);
  return async function feedPoll({ connection, kind }) {
    const signal = cancellationSignal();
    const outcome = await heartbeating(async () => await poll({ connection, kind }, signal)).catch(
      (error: unknown) => {
        if (signal.aborted) throw error;
        const { name, message } = describeError(error);
        throw again(name, message, STORE_AWAY_MS);
      },
    );
    if (!outcome) return;
    const { error, nextInMs } = outcome;
    if (error === null) throw again('FeedWaits', 'waiting for the next poll', nextInMs);
    const { name, message } = describeError(error);
    throw again(name, message, nextInMs);
  };
}
