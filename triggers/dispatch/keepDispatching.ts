/** The dispatch that goes on: takes rows as soon as there is room for them, whatever the rows before them wait for. */
import { settledWithin, sleep } from '../../sleep.ts';
import { besideNoSuspect } from '../feeds/silent.ts';
import type { WakeUp } from '../wakeUp.ts';
import { claim, claimFresh, nextSuspect } from './claim.ts';
import type { Claiming } from './claim.ts';
import { readTriggers } from './dispatching.ts';
import type { Dispatching } from './dispatching.ts';
import { placesBeside } from './places.ts';
import { createShared, workOn } from './workOn.ts';

export interface KeepDispatching {
  readonly signal: AbortSignal;
  /** By `performance.now()`. */
  readonly until: number;
  /** Woken when there are new rows. */
  readonly news: WakeUp;
  /** Called every few seconds. */
  readonly onProgress: () => void;
}

/** Rows become due, and processes that insert may die before they say so. */
const LOOK_EVERY_MS = 2_000;
/** Rows that are done one by one shall not cost a claim each. */
const CLAIM_EVERY_MS = 50;
/** How often a flood is searched for rows of processes that died, unless the last search found one. */
const SUSPECTS_EVERY_MS = 1_000;
/** How long a row that is to be tried alone waits for those under way. Those that are not decided then are given back. */
const GRACE_MS = 5_000;

/**
 * Dispatches what is due and waits for more, until `until` or an error of the database. A row that a process may have died of
 * is tried while no other one is under way, by turns with claims of the others.
 *
 * @throws what Postgres throws, and the signal's reason; rows that are not decided by then are left to others.
 */
export async function keepDispatching(
  parts: Dispatching,
  { signal, until, news, onProgress }: KeepDispatching,
): Promise<void> {
  const { store } = parts;
  const shared = createShared(store, onProgress);
  const held = new Map<number, Held>();
  const underWay = new Set<Promise<void>>();
  const failures: unknown[] = [];
  /** Triggers whose rows took long when one was to be tried alone: they wait while there are such rows of others. */
  const slow = new Set<string>();
  let shift = beginShift(signal);
  let searchedAt = -Infinity;
  let claimedAt = -Infinity;

  /** Claims, and works on without waiting for the end; resolves with how many rows were taken. */
  async function take(
    rowsOf: typeof claim,
    which: Pick<Claiming, 'limit' | 'ids' | 'mayTake' | 'without'>,
  ): Promise<number> {
    return await new Promise((resolve) => {
      const work = besideNoSuspect(async () => {
        shift.signal.throwIfAborted();
        const { batchTriggers, sharerOf } = await readTriggers(parts);
        const rows = await rowsOf(store, { ...which, batchTriggers, sharerOf });
        for (const { id, trigger } of rows) held.set(id, { trigger, path: sharerOf(trigger) });
        resolve(rows.length);
        if (rows.length > 0) await workOn(parts, rows, { shared, signal: shift.signal, onDone });
      });
      const ended: Promise<void> = work
        .catch((error: unknown) => void failures.push(error))
        .finally(() => {
          underWay.delete(ended);
          resolve(0);
          news.wake();
        });
      underWay.add(ended);
    });
  }

  function onDone(id: number): void {
    held.delete(id);
    news.wake();
  }

  async function giveBack(): Promise<void> {
    shift.giveBack();
    await Promise.all(underWay);
    shift = beginShift(signal);
  }

  async function dueSuspect(): Promise<number | null> {
    if (performance.now() - searchedAt < SUSPECTS_EVERY_MS) return null;
    const { batchTriggers } = await readTriggers(parts);
    const id = await nextSuspect(store, { batchTriggers, without: slow });
    searchedAt = id === null ? performance.now() : -Infinity;
    if (id === null) slow.clear();
    return id;
  }

  async function tryAlone(id: number): Promise<void> {
    await settledWithin(Promise.all(underWay), GRACE_MS);
    for (const { trigger } of held.values()) slow.add(trigger);
    await giveBack();
    const began = performance.now();
    await take(claim, { limit: 1, ids: [id] });
    const tried = [...held.values()];
    await Promise.all(underWay);
    if (performance.now() - began < GRACE_MS) return;
    for (const { trigger } of tried) slow.add(trigger);
  }

  async function takeFresh(): Promise<number> {
    const early = claimedAt + CLAIM_EVERY_MS - performance.now();
    if (early > 0) await sleep(early);
    claimedAt = performance.now();
    const mayTake = placesBeside([...held.values()].map(({ path }) => path));
    return await take(claimFresh, { limit: Infinity, mayTake, without: slow });
  }

  try {
    while (performance.now() < until && failures.length === 0) {
      signal.throwIfAborted();
      const suspect = await dueSuspect();
      if (suspect !== null) await tryAlone(suspect);
      const taken = await takeFresh();
      if (taken === 0 && suspect === null) await news.wait(LOOK_EVERY_MS, signal);
    }
  } finally {
    await giveBack();
    shared.end();
  }
  if (failures.length > 0) throw failures[0];
}

/** Rows that are under way together, and what makes them give back those of them that are not decided. */
function beginShift(stopped: AbortSignal) {
  const givingBack = new AbortController();
  return {
    signal: AbortSignal.any([stopped, givingBack.signal]),
    giveBack: () => givingBack.abort(),
  };
}

interface Held {
  readonly trigger: string;
  /** From the root down. */
  readonly path: readonly string[];
}
