/** Back-pressure: so many requests are worked on, so many may wait, the others are told to come again. */
import { Shares } from '../shares.ts';
import { unavailable } from './problem.ts';

export interface Gate {
  /**
   * Runs `body` when there is room. Those that wait are let in by turns among the `sharers`, on each level of their path,
   * and where too many wait, the one that has most of them gives way. Throws a 503 for whoever has to.
   */
  run<T>(sharer: readonly string[], body: () => Promise<T>): Promise<T>;
}

interface Waiting {
  enter(): void;
  giveWay(): void;
}

/** `active` at the same time, `waiting` behind them. */
export function createGate({ active, waiting }: { readonly active: number; readonly waiting: number }): Gate {
  let running = 0;
  const line = new Shares<Waiting>();

  function leave(): void {
    const next = line.next();
    // It takes over the place as it is.
    if (next) next.enter();
    else running -= 1;
  }

  async function wait(sharer: readonly string[]): Promise<void> {
    if (line.size >= waiting) {
      const gives = line.giveWay(sharer);
      if (!gives) throw tooMany();
      gives.giveWay();
    }
    await new Promise<void>((resolve, reject) =>
      line.add(sharer, { enter: resolve, giveWay: () => reject(tooMany()) }),
    );
  }

  return {
    async run(sharer, body) {
      if (running >= active) await wait(sharer);
      else running += 1;
      try {
        return await body();
      } finally {
        leave();
      }
    },
  };
}

const tooMany = (): Error => unavailable('too many deliveries at once: send this one again');
