/** Polls that come to no end, since their process dies of them, as of a reply that fills its memory. */
import { WorkerDiedError } from '../../errors.ts';
import { settledWithin } from '../../sleep.ts';

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

/** All that have asked for a turn. */
let suspects: Promise<unknown> = Promise.resolve();
/** The one whose turn it is, while it waits for dispatches and while it is polled. */
let suspect: Promise<unknown> = Promise.resolve();
let dispatches: Promise<unknown> = Promise.resolve();

/** Polls a suspect once no other one is polled in this process, and no event dispatched: each would die with it. */
export async function alone<T>(body: () => Promise<T>): Promise<T> {
  const start = suspects.then(() => {
    const before = dispatches;
    suspect = before.then(() => turn);
    return before;
  });
  const mine = start.then(body);
  const turn = turnOf(start, mine);
  suspects = turn;
  return await mine;
}

/** Dispatches once the suspect whose turn it is was polled; the next one waits for this. */
export async function besideNoSuspect<T>(body: () => Promise<T>): Promise<T> {
  const start = suspect;
  const mine = start.then(body);
  const turn = turnOf(start, mine);
  const before = dispatches;
  dispatches = before.then(() => turn);
  return await mine;
}

/** Until it has ended, or for so long after its start. */
async function turnOf(start: Promise<unknown>, mine: Promise<unknown>): Promise<void> {
  await start;
  await settledWithin(mine, TURN_MS);
}
