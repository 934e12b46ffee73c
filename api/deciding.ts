/** Which deliveries are decided before they are answered: while few come, so that their senders learn what became of them. */
import type { EventRow } from '../triggers/types.ts';
import { decided } from './outcome.ts';
import type { Serving } from './types.ts';

export interface Deciding {
  /** The rows of a stored event, decided, or as it is where many come or that takes longer: then the worker decides it. */
  rowsOf(trigger: string, row: EventRow): Promise<readonly EventRow[]>;
}

/** At the same time, of one trigger and of all. */
const SHARE = 8;
const ALL = 16;
/** A trigger that more come for is left to the worker until it has been quiet for so long. */
const FLOOD_OVER_AFTER_MS = 1_000;
/** Senders give up, and send again, after 5 to 30 seconds. */
const PATIENCE_MS = 2_000;

/** One for all triggers of a process. */
export function createDeciding(serving: Serving): Deciding {
  const underWay = new Map<string, number>();
  const floods = new Map<string, number>();
  let all = 0;

  function hasRoom(trigger: string): boolean {
    const now = performance.now();
    for (const [flooded, until] of floods) if (until <= now) floods.delete(flooded);
    if (!floods.has(trigger) && all < ALL && (underWay.get(trigger) ?? 0) < SHARE) return true;
    floods.set(trigger, now + FLOOD_OVER_AFTER_MS);
    return false;
  }

  async function decide(trigger: string, row: EventRow): Promise<readonly EventRow[]> {
    all += 1;
    underWay.set(trigger, (underWay.get(trigger) ?? 0) + 1);
    try {
      return await decided(serving, row);
    } finally {
      all -= 1;
      const left = (underWay.get(trigger) ?? 1) - 1;
      if (left > 0) underWay.set(trigger, left);
      else underWay.delete(trigger);
    }
  }

  return {
    async rowsOf(trigger, row) {
      if (!hasRoom(trigger)) return [row];
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<readonly EventRow[]>((resolve) => {
        timer = setTimeout(() => resolve([row]), PATIENCE_MS);
      });
      try {
        return await Promise.race([decide(trigger, row), late]);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
