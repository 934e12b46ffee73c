/** Runs a piece of work again and again, so many at a time, for so long, and says how long each took. */

export interface Measurement {
  readonly runs: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

/** Milliseconds of one run each; work that was begun before the end is waited for and counted. */
export async function measure(
  work: () => Promise<unknown>,
  { atATime, seconds }: { readonly atATime: number; readonly seconds: number },
): Promise<readonly number[]> {
  const took: number[] = [];
  const end = performance.now() + seconds * 1_000;
  const one = async (): Promise<void> => {
    while (performance.now() < end) {
      const began = performance.now();
      await work();
      took.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: atATime }, one));
  return took;
}

/** Throughput by Little's law, so that rounds of different lengths can be added up. */
export function summarize(took: readonly number[], atATime: number): Measurement {
  const sorted = took.toSorted((a, b) => a - b);
  const total = sorted.reduce((sum, ms) => sum + ms, 0);
  return {
    runs: sorted.length,
    perSecond: (sorted.length * atATime * 1_000) / total,
    p50: percentile(sorted, 0.5),
    p95: percentile(sorted, 0.95),
    p99: percentile(sorted, 0.99),
  };
}
