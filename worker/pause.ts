import { setTimeout as sleep } from 'node:timers/promises';

/** Waits; rejects with the signal's own reason, which says why the activity ends. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(Math.ceil(milliseconds), undefined, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}
