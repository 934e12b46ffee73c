/** Time limits as signals that know how much time is left, so that a wait that is too long can be refused at once. */

const ends = new WeakMap<AbortSignal, number>();

/** Node's timers fire at once for a longer time. */
const LONGEST_MS = 2 ** 31 - 1;

/** A signal aborted after some milliseconds, like AbortSignal.timeout, or when `signal` is aborted. */
export function timeLimit(milliseconds: number, signal?: AbortSignal): AbortSignal {
  const limit = AbortSignal.timeout(Math.min(milliseconds, LONGEST_MS));
  ends.set(limit, performance.now() + milliseconds);
  return signal === undefined ? limit : anyOf(signal, limit);
}

/** Like AbortSignal.any, with the shortest time left of the signals. */
export function anyOf(...signals: readonly AbortSignal[]): AbortSignal {
  const any = AbortSignal.any([...signals]);
  const until = Math.min(...signals.map((signal) => ends.get(signal) ?? Infinity));
  if (until !== Infinity) ends.set(any, until);
  return any;
}

/** Milliseconds until the signal's time limit; Infinity without one. */
export function leftOf(signal: AbortSignal | undefined): number {
  const until = signal === undefined ? undefined : ends.get(signal);
  return until === undefined ? Infinity : until - performance.now();
}
