/**
 * A result is reused for this many times as long as it took to get: so at most a twentieth of the time is spent on it.
 */
const TIMES = 20;

/**
 * Shares one `look` among all callers, so that more calls do not cause more looks. A result is reused for at most
 * `longestMs` milliseconds.
 */
export function sharedLook<T>(look: () => Promise<T>, longestMs: number): () => Promise<T> {
  let last: { readonly seen: Promise<T>; readonly until: number } | undefined;
  return () => {
    if (last && performance.now() < last.until) return last.seen;
    const began = performance.now();
    const seen = look();
    // Until it is there, everybody waits for this one.
    last = { seen, until: Infinity };
    const keep = (): void => {
      const now = performance.now();
      last = { seen, until: now + Math.min(longestMs, (now - began) * TIMES) };
    };
    seen.then(keep, () => (last = undefined));
    return seen;
  };
}
