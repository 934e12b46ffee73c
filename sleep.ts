/** Waits for a number of milliseconds from outside: a reply, the configuration, the database. */
import { setTimeout as timer } from 'node:timers/promises';

/** Callers divide a longer wait into steps, so that they notice changes meanwhile. */
export const LONGEST_SLEEP_MS = 60_000;

/**
 * Sleeps for at most a minute; for a longer wait, the caller checks again and sleeps again. Does not sleep for NaN or a
 * negative number.
 *
 * @throws AbortError when the signal is aborted.
 */
export async function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  await timer(sleepable(milliseconds), undefined, signal ? { signal } : {});
}

/** Sleeps for the whole time, in steps of a minute. */
export async function sleepThrough(milliseconds: number, signal?: AbortSignal): Promise<void> {
  const until = performance.now() + milliseconds;
  for (let left = milliseconds; left > 0; left = until - performance.now()) await sleep(left, signal);
}

/** Waits until the work is over, however it ends, but for no longer than this, and never for more than a minute. */
export async function settledWithin(work: Promise<unknown>, milliseconds: number): Promise<void> {
  const isOver = new AbortController();
  const late = timer(sleepable(milliseconds), undefined, { ref: false, signal: isOver.signal });
  await Promise.race([Promise.allSettled([work]), late]);
  isOver.abort();
}

/** The part of a wait for one sleep, in whole milliseconds: Node's timers accept at most 2^31 - 1. */
export const sleepable = (milliseconds: number): number =>
  milliseconds > 0 ? Math.min(Math.ceil(milliseconds), LONGEST_SLEEP_MS) : 0;
