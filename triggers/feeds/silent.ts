/** Polls that come to no end, since their process dies of them, as of a reply that fills its memory. */
import { setTimeout as sleep } from 'node:timers/promises';
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

/** Whether it was under way at two deaths in a row, as a task is suspected (cli/workers/suspicion.ts). */
export const isSuspect = (silentPolls: number): boolean => silentPolls >= 2;

/** What a feed is set aside with; null for one that is not. */
export function whySetAside(silentPolls: number): WorkerDiedError | null {
  if (silentPolls < SILENT_POLLS) return null;
  return new WorkerDiedError(
    `${SILENT_POLLS} processes that polled it died, all but the first two while they polled no other suspect; it is polled again in an hour`,
  );
}

/** A process that lives on for so long does not die of the poll: its Halo is slow, which others need not wait for. */
const TURN_MS = 30_000;

let last: Promise<unknown> = Promise.resolve();

/** Polls a suspect once no other one is polled in this process. */
export async function alone<T>(body: () => Promise<T>): Promise<T> {
  const mine = last.then(body);
  const turn = last.then(async () => await sleep(TURN_MS, undefined, { ref: false }));
  last = Promise.race([mine.catch(() => undefined), turn]);
  return await mine;
}
