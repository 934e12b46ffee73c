/** Back-pressure: so many requests are worked on, so many may wait, the others are told to come again. */
import { unavailable } from './problem.ts';

export interface Gate {
  /**
   * Runs `body` when there is room. Those that wait are let in by turns among the `sharers`, and where too many wait, the
   * one that has most of them gives way. Throws a 503 for whoever has to.
   */
  run<T>(sharer: string, body: () => Promise<T>): Promise<T>;
}

interface Waiting {
  enter(): void;
  giveWay(): void;
}

/** `active` at the same time, `waiting` behind them. */
export function createGate({ active, waiting }: { readonly active: number; readonly waiting: number }): Gate {
  let running = 0;
  let inLine = 0;
  // In the order of turns: whoever has had one goes to the end.
  const lines = new Map<string, Waiting[]>();

  function leave(): void {
    const [turn] = lines;
    if (!turn) {
      running -= 1;
      return;
    }
    const [sharer, line] = turn;
    const next = line.shift();
    inLine -= 1;
    lines.delete(sharer);
    if (line.length > 0) lines.set(sharer, line);
    // It takes over the place as it is.
    next?.enter();
  }

  function makeRoomFor(sharer: string): boolean {
    const longest = [...lines.values()].toSorted((a, b) => b.length - a.length)[0] ?? [];
    if (longest.length <= (lines.get(sharer)?.length ?? 0) + 1) return false;
    inLine -= 1;
    longest.pop()?.giveWay();
    return true;
  }

  async function wait(sharer: string): Promise<void> {
    if (inLine >= waiting && !makeRoomFor(sharer)) throw tooMany();
    inLine += 1;
    const line = lines.get(sharer) ?? [];
    lines.set(sharer, line);
    await new Promise<void>((resolve, reject) =>
      line.push({ enter: resolve, giveWay: () => reject(tooMany()) }),
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
