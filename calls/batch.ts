import { setImmediate as tick, setTimeout as sleep } from 'node:timers/promises';
import { isUnavailable, retrying } from '../store/store.ts';

/** Collects items that are written together. */
export interface Batch<T> {
  /** Resolves when the statement that holds the item is committed. */
  add(item: T): Promise<void>;
  /** Writes what is waiting, and waits for it; an item that cannot be written is not this call's failure. */
  flush(): Promise<void>;
}

interface Waiting<T> {
  readonly item: T;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * One statement is under way at a time; what is added meanwhile shares the next, so that a lone item waits for nobody
 * and a crowd costs few commits. An item that Postgres refuses does not take the others with it.
 */
export function createBatch<T>(options: {
  /** Writes them all in one commit; may run again after a lost connection. */
  readonly write: (items: readonly T[]) => Promise<void>;
  /** How long an item may wait for company, in milliseconds. */
  readonly delayMs: number;
}): Batch<T> {
  let waiting: Waiting<T>[] = [];
  let writing: Promise<void> | undefined;
  let gathering = false;

  async function write(items: readonly Waiting<T>[]): Promise<void> {
    try {
      await retrying(() => options.write(items.map(({ item }) => item)));
      for (const { resolve } of items) resolve();
    } catch (error) {
      if (items.length > 1 && !isUnavailable(error)) {
        for (const one of items) await write([one]);
        return;
      }
      for (const { reject } of items) reject(error);
    }
  }

  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      const items = waiting;
      waiting = [];
      await write(items);
    }
    writing = undefined;
  }

  async function start(): Promise<void> {
    if (waiting.length > 0) writing ??= writeAll();
    await writing;
  }

  async function gather(): Promise<void> {
    gathering = true;
    await (options.delayMs > 0 ? sleep(options.delayMs) : tick());
    gathering = false;
    await start();
  }

  return {
    add(item) {
      const added = new Promise<void>((resolve, reject) => waiting.push({ item, resolve, reject }));
      if (!writing && !gathering) void gather();
      return added;
    },
    flush: start,
  };
}
