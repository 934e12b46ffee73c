/** Large replies are read by turns: what is made of one takes many times its bytes. */
import { Shares } from '../shares.ts';

/** A reply with more bytes than this needs a place before the rest of it is read. */
export const LARGE_BYTES = 256 * 1024;

/** The place of one call, for one reply after the other. */
export interface Place {
  /** Waits until there is one, unless it is taken already. */
  take(): Promise<void>;
  /** Gives it to the next, or waits for none any more: then `take` never ends. */
  leave(): void;
}

/** So many places. Connections take turns. */
export function createPlaces(places: number): (connection: string) => Place {
  let free = places;
  const line = new Shares<() => void>();
  return (connection) => {
    let isTaken = false;
    let waiting: (() => void) | null = null;
    return {
      async take() {
        if (isTaken) return;
        if (free > 0) {
          free -= 1;
          isTaken = true;
          return;
        }
        await new Promise<void>((resolve) => {
          waiting = () => {
            waiting = null;
            isTaken = true;
            resolve();
          };
          line.add([connection], waiting);
        });
      },
      leave() {
        if (waiting) line.remove([connection], waiting);
        waiting = null;
        if (!isTaken) return;
        isTaken = false;
        const next = line.next();
        if (next) next();
        else free += 1;
      },
    };
  };
}
