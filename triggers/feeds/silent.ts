/** Polls that come to no end, since their process dies of them, as of a reply that fills its memory. */
import { WorkerDiedError } from '../../errors.ts';

/**
 * So many in a row. One more than an event may take (dispatch/failure.ts): a feed that is polled while processes die of
 * that is none of it.
 */
const SILENT_POLLS = 5;
/** What is counted of a feed that is set aside: the next poll that comes to no end sets it aside again. */
export const LAST_SILENT_POLL = SILENT_POLLS - 1;
/** Each poll of such a feed costs a process at worst. */
export const SET_ASIDE_MS = 3_600_000;

/** Whether the last poll came to no end: the process may have died of it, or it was there when that died. */
export const isSuspect = (silentPolls: number): boolean => silentPolls > 0;

/** What a feed is set aside with; null for one that is not. */
export function whySetAside(silentPolls: number): WorkerDiedError | null {
  if (silentPolls < SILENT_POLLS) return null;
  return new WorkerDiedError(
    `${SILENT_POLLS} processes that polled it died, all but the first while they tried no other suspect; it is polled again in an hour`,
  );
}

let last: Promise<unknown> = Promise.resolve();

/** Polls a suspect once no other one is polled in this process. */
export async function alone<T>(body: () => Promise<T>): Promise<T> {
  const mine = last.then(body);
  last = mine.catch(() => undefined);
  return await mine;
}
