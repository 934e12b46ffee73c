/**
 * Keeps Temporal and Halo in line with the configuration, and purges old runs, in one process at a time. None of these
 * waits for another.
 */
import { CONFIGURATION_CHANNEL } from '../organizations/configuration.ts';
import { LOCKS } from '../store/locks.ts';
import { soleHolder } from '../store/soleHolder.ts';
import { eachWithin } from './client.ts';
import { listen } from './listen.ts';
import { reconcile } from './reconcile.ts';
import type { Reconciling } from './reconcile.ts';
import { createRetention } from './retention.ts';
import { wakeUp } from './wakeUp.ts';
import type { HaloWebhookReconciler } from './webhooks/reconcile.ts';

export interface KeepingReconciled extends Reconciling {
  /** Reconciles Halo's own webhooks. */
  readonly reconcileHaloWebhooks?: HaloWebhookReconciler;
}

const FULL_EVERY_MS = 60_000;
const LOOK_EVERY_MS = 2_000;
/** The time limit of each request to Temporal. */
const ANSWER_WITHIN_MS = 10_000;

/**
 * Reconciles at once, after every change to the configuration, and every minute, until it is stopped; only one process at
 * a time does. Failures are retried after two seconds and reported with the number of failures in a row.
 */
export function keepReconciled(
  parts: KeepingReconciled,
  onError: (error: unknown, inARow: number) => void,
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const { wake, wait } = wakeUp();
  const listener = listen(parts.store, CONFIGURATION_CHANNEL, wake);
  const sole = soleHolder(parts.store, LOCKS.reconciler);
  const retention = createRetention(parts.store);
  const telling = { onError, wake };
  const tasks = [
    task(temporalTask(parts), { ...telling, overlaps: false }),
    task(haloTask(parts.reconcileHaloWebhooks), { ...telling, overlaps: true }),
    task(() => retention.step(), { ...telling, overlaps: false }),
  ];
  let failures = 0;
  const done = (async () => {
    while (!stopping.signal.aborted) {
      try {
        const held = await sole.take();
        // Who has it does the same; we look again after a moment.
        if (held) {
          const { version } = await parts.configuration.current();
          const signal = AbortSignal.any([stopping.signal, held]);
          for (const each of tasks) each.look(version, signal);
        }
        failures = 0;
      } catch (error) {
        failures += 1;
        if (!stopping.signal.aborted) onError(error, failures);
      }
      await wait(LOOK_EVERY_MS, stopping.signal);
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await done;
      await Promise.all(tasks.map((each) => each.end()));
      await sole.close();
      await listener.close();
    },
  };
}

type Work = (version: number, signal: AbortSignal) => Promise<void>;

/** Skips a pass if the configuration has not changed since the last one, less than a minute ago. */
function temporalTask(parts: Reconciling): Work {
  let last = { version: -1, at: -Infinity };
  let before: Promise<unknown> = Promise.resolve();
  return async (version, signal) => {
    const isNew = version !== last.version;
    if (!isNew && performance.now() - last.at < FULL_EVERY_MS) return;
    // One that was given up when the lock was lost asks nothing more, and has to be over when the lock is had again.
    await unlessAborted(before, signal);
    const client = eachWithin(parts.client, ANSWER_WITHIN_MS, signal);
    const pass = reconcile({ ...parts, client }, version, last.version !== -1 && isNew);
    before = pass.catch(() => undefined);
    await unlessAborted(pass, signal);
    last = { version, at: performance.now() };
  };
}

/**
 * Like {@link temporalTask}, but a pass may begin while one is under way: a Halo that does not answer delays only its
 * own connection.
 */
function haloTask(work: HaloWebhookReconciler = () => Promise.resolve()): Work {
  let last = { version: -1, at: -Infinity };
  return async (version, signal) => {
    if (version === last.version && performance.now() - last.at < FULL_EVERY_MS) return;
    last = { version, at: performance.now() };
    try {
      await work(signal);
    } catch (error) {
      last = { version: -1, at: -Infinity };
      throw error;
    }
  };
}

interface Task {
  /** Begins a pass without waiting for its end. */
  look(version: number, signal: AbortSignal): void;
  /** Resolves when no pass is under way. */
  end(): Promise<void>;
}

function task(
  work: Work,
  {
    overlaps,
    onError,
    wake,
  }: {
    readonly overlaps: boolean;
    readonly onError: (error: unknown, inARow: number) => void;
    readonly wake: () => void;
  },
): Task {
  const underWay = new Set<Promise<void>>();
  let failures = 0;
  let isAwaited = false;

  async function carryOut(version: number, signal: AbortSignal): Promise<void> {
    try {
      await work(version, signal);
      failures = 0;
    } catch (error) {
      failures += 1;
      if (!signal.aborted) onError(error, failures);
      return;
    }
    if (isAwaited) wake();
    isAwaited = false;
  }

  return {
    look(version, signal) {
      isAwaited = !overlaps && underWay.size > 0;
      if (isAwaited) return;
      const mine: Promise<void> = carryOut(version, signal).finally(() => underWay.delete(mine));
      underWay.add(mine);
    },
    async end() {
      await Promise.all(underWay);
    },
  };
}

/** Rejects when aborted; the work then ends by itself, unobserved. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let give: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    give = () => reject(signal.reason as Error);
    if (signal.aborted) give();
    else signal.addEventListener('abort', give, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    if (give) signal.removeEventListener('abort', give);
    work.catch(() => undefined);
    aborted.catch(() => undefined);
  }
}
