/** What was seen is told for so many times as long as it took to see it: looking never takes more than a twentieth. */
const TIMES = 20;

/**
 * Looks for all who ask at the same time together; nobody can make it look more often by asking more. What was seen is told for
 * `longestMs` at most.
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
