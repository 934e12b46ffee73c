/** Waiting for a number of milliseconds that comes from elsewhere: a reply, the configuration, the database. */
import { setTimeout as timer } from 'node:timers/promises';

/** Longer ones are slept in steps by whoever waits, so that what changes meanwhile is noticed. */
export const LONGEST_SLEEP_MS = 60_000;

/**
 * Sleeps, for a minute at most; who has to wait longer looks again and sleeps on. What is no number, or is below zero, is
 * no wait.
 *
 * @throws AbortError when the signal is aborted.
 */
export async function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  await timer(sleepable(milliseconds), undefined, signal ? { signal } : {});
}

/** Sleeps for as long as it is said, in steps of a minute. */
export async function sleepThrough(milliseconds: number, signal?: AbortSignal): Promise<void> {
  const until = performance.now() + milliseconds;
  for (let left = milliseconds; left > 0; left = until - performance.now()) await sleep(left, signal);
}

/** The part of a wait that may be slept at once, in whole milliseconds: a timer of Node takes no more than 2^31 - 1. */
export const sleepable = (milliseconds: number): number =>
  milliseconds > 0 ? Math.min(Math.ceil(milliseconds), LONGEST_SLEEP_MS) : 0;
