/** Time limits as signals that also tell how long they have left, so that what cannot be done in time is refused at once. */

const ends = new WeakMap<AbortSignal, number>();

/** A timer of Node takes no more, and would be over at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** Aborted, as AbortSignal.timeout does it, after some milliseconds; with `signal`, when that is aborted as well. */
export function timeLimit(milliseconds: number, signal?: AbortSignal): AbortSignal {
  const limit = AbortSignal.timeout(Math.min(milliseconds, LONGEST_MS));
  ends.set(limit, performance.now() + milliseconds);
  return signal === undefined ? limit : anyOf(signal, limit);
}

/** As AbortSignal.any, with the time that the shortest of them has left. */
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
