/** Many streams of the API at a time. */
import type { Stack } from '../stack.ts';

export interface Streams {
  readonly open: number;
  /** The last answer: 200, or why there were no more. 0: none. */
  readonly last: number;
  close(): void;
}

/** Opens up to so many with each token, until one is refused. */
export async function openStreams(
  stack: Stack,
  tokens: readonly string[],
  mostOfOne = Infinity,
): Promise<Streams> {
  const ending = new AbortController();
  let open = 0;
  let last = 0;
  for (const token of tokens) {
    for (let own = 0; own < mostOfOne; own += 1) {
      last = await stack.open('/stream', token, ending.signal);
      if (last !== 200) break;
      open += 1;
    }
  }
  return { open, last, close: () => ending.abort() };
}
