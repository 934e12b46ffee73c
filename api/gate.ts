/** Back-pressure: so many requests are worked on, so many may wait, the others are told to come again. */
import { unavailable } from './problem.ts';

export interface Gate {
  /** Runs `body` when there is room; throws a 503 when too many wait already. */
  run<T>(body: () => Promise<T>): Promise<T>;
}

/** `active` at the same time, `waiting` behind them. */
export function createGate({ active, waiting }: { readonly active: number; readonly waiting: number }): Gate {
  let running = 0;
  const queue: (() => void)[] = [];
  return {
    async run(body) {
      if (running >= active) {
        if (queue.length >= waiting) throw unavailable('too many deliveries at once: send this one again');
        await new Promise<void>((resolve) => queue.push(resolve));
      } else {
        running += 1;
      }
      try {
        return await body();
      } finally {
        // Whoever waited takes over the place as it is.
        const next = queue.shift();
        if (next) next();
        else running -= 1;
      }
    },
  };
}
