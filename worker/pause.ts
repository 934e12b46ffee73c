import { sleep } from '../sleep.ts';

/** Waits for at most a minute; rejects with the signal's reason, which says why the activity ends. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(milliseconds, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}
