/** Which deliveries are decided before they are answered: while few come, so that their senders learn what became of them. */
import { Shares } from '../shares.ts';
import type { EventRow } from '../triggers/types.ts';
import { decided } from './outcome.ts';
import type { Serving } from './types.ts';

export interface Deciding {
  /** `path` is whose it is, the trigger last. The rows of a stored event, decided, or as it is where many come or that takes longer: then the worker decides it. */
  rowsOf(path: readonly string[], row: EventRow): Promise<readonly EventRow[]>;
}

/** At the same time, of one trigger, of the triggers of one tree of organizations, and of all. */
const OF_TRIGGER = 8;
const OF_TREE = 12;
const ALL = 16;
/** A trigger that more come for is left to the worker until it has been quiet for so long. */
const FLOOD_OVER_AFTER_MS = 1_000;
/** Senders give up, and send again, after 5 to 30 seconds. */
const PATIENCE_MS = 2_000;

/** One for all triggers of a process. */
export function createDeciding(serving: Serving): Deciding {
  const underWay = new Shares<EventRow>();
  const floods = new Map<string, number>();

  function hasRoom(path: readonly string[]): boolean {
    const now = performance.now();
    const trigger = path.at(-1) ?? '';
    for (const [flooded, until] of floods) if (until <= now) floods.delete(flooded);
    const isFull =
      underWay.size >= ALL ||
      underWay.sizeOf(path.slice(0, 1)) >= OF_TREE ||
      underWay.sizeOf(path) >= OF_TRIGGER;
    if (!floods.has(trigger) && !isFull) return true;
    floods.set(trigger, now + FLOOD_OVER_AFTER_MS);
    return false;
  }

  async function decide(path: readonly string[], row: EventRow): Promise<readonly EventRow[]> {
    underWay.add(path, row);
    try {
      return await decided(serving, row);
    } finally {
      underWay.remove(path, row);
    }
  }

  return {
    async rowsOf(path, row) {
      if (!hasRoom(path)) return [row];
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<readonly EventRow[]>((resolve) => {
        timer = setTimeout(() => resolve([row]), PATIENCE_MS);
      });
      try {
        return await Promise.race([decide(path, row), late]);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
