/** Large replies are read by turns: what is made of one takes many times its bytes. */
import { Shares } from '../shares.ts';

/** A reply with more bytes than this needs a place before the rest of it is read. */
export const LARGE_BYTES = 256 * 1024;

/** How long a place is kept while others wait. */
const PATIENCE_MS = 15_000;

/** The place of one call, for one reply after the other. */
export interface Place {
  /**
   * Waits until there is one, unless it is taken already. `giveUp` is called when it has been kept for long and others wait:
   * a reply that trickles in, or never ends, holds nobody else up.
   */
  take(giveUp: () => void): Promise<void>;
  /** Gives it to the next, or waits for none any more: then `take` never ends. */
  leave(): void;
}

/** So many places. Connections take turns. */
export function createPlaces(places: number): (connection: string) => Place {
  let free = places;
  const line = new Shares<() => void>();
  /** What those call that have kept their place for long, and nobody has waited so far. */
  const late = new Set<() => void>();
  return (connection) => {
    let taken: { readonly giveUp: () => void; readonly timer: NodeJS.Timeout } | null = null;
    let waiting: (() => void) | null = null;
    const begin = (giveUp: () => void): void => {
      const timer = setTimeout(() => {
        if (line.size > 0) giveUp();
        else late.add(giveUp);
      }, PATIENCE_MS).unref();
      taken = { giveUp, timer };
    };
    return {
      async take(giveUp) {
        if (taken) return;
        if (free > 0) {
          free -= 1;
          begin(giveUp);
          return;
        }
        await new Promise<void>((resolve) => {
          waiting = () => {
            waiting = null;
            begin(giveUp);
            resolve();
          };
          line.add([connection], waiting);
          for (const each of late) each();
          late.clear();
        });
      },
      leave() {
        if (waiting) line.remove([connection], waiting);
        waiting = null;
        if (!taken) return;
        clearTimeout(taken.timer);
        late.delete(taken.giveUp);
        taken = null;
        const next = line.next();
        if (next) next();
        else free += 1;
      },
    };
  };
}
