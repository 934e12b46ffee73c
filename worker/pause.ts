import { sleep } from '../sleep.ts';

/** Waits, for a minute at most; rejects with the signal's own reason, which says why the activity ends. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(milliseconds, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}
