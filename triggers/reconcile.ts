/** Makes feeds, schedules and Halo's webhooks match the rows of `triggers`, in one process at a time; the nightly purge, too. */
import { sql } from 'drizzle-orm';
import type { Client } from '@temporalio/client';
import { CONFIGURATION_CHANNEL } from '../organizations/configuration.ts';
import type { ConfigurationReader } from '../organizations/configuration.ts';
import type { Store } from '../store/store.ts';
import { releaseHeld } from './dispatch/hold.ts';
import { removeSubscriptions } from './feeds/subscriptions.ts';
import { wantedFeeds } from './feeds/wanted.ts';
import { reconcileFeeds } from './feedWorkflows.ts';
import { listen } from './listen.ts';
import type { TriggerReader } from './registry.ts';
import { createRetention } from './retention.ts';
import { reconcileSchedules } from './schedules.ts';
import type { SystemQueue } from './systemQueue.ts';
import { wakeUp } from './wakeUp.ts';

export interface Reconciling {
  readonly store: Store;
  readonly configuration: ConfigurationReader;
  readonly triggers: TriggerReader;
  readonly client: Client;
  readonly queues: SystemQueue;
  /** Makes Halo's own webhooks match; called after the rest, with every pass. */
  readonly reconcileHaloWebhooks?: () => Promise<void>;
}

interface Reconciler {
  /** Does nothing but purge when the configuration is the one of the last pass and that was less than a minute ago. */
  reconcile(): Promise<void>;
}

/** System workflows of which an installation has one each. */
const SINGLETONS = ['inbox', 'runEnds'] as const;

const FULL_EVERY_MS = 60_000;
const LOOK_EVERY_MS = 2_000;
/** Any number that nobody else uses for an advisory lock in this database. */
const RECONCILER_LOCK = 4_831_207_116;

function createReconciler(parts: Reconciling): Reconciler {
  let last = { version: -1, at: -Infinity };
  const retention = createRetention(parts.store);

  async function pass(): Promise<void> {
    const { version } = await parts.configuration.current();
    const isNew = version !== last.version;
    if (!isNew && performance.now() - last.at < FULL_EVERY_MS) return;
    const steps = await stepsOf(parts, version, last.version !== -1 && isNew);
    const results = await Promise.allSettled(steps.map((step) => step()));
    const failures = results.flatMap((result) =>
      result.status === 'rejected' ? [result.reason as unknown] : [],
    );
    if (failures.length > 0)
      throw new AggregateError(failures, 'triggers could not be made to match their rows');
    last = { version, at: performance.now() };
  }

  return {
    async reconcile() {
      await parts.store.db.transaction(async (tx) => {
        const { rows } = await tx.execute<{ free: boolean }>(
          sql`select pg_try_advisory_xact_lock(${RECONCILER_LOCK}) as free`,
        );
        // Who holds it does the same; we look again after a moment.
        if (!rows[0]?.free) return;
        // Neither waits for the other's failure to be remedied.
        try {
          await pass();
        } finally {
          await retention.step();
        }
      });
    },
  };
}

async function stepsOf(
  parts: Reconciling,
  version: number,
  isNew: boolean,
): Promise<(() => Promise<void>)[]> {
  const triggers = await parts.triggers.at(version);
  const configuration = await parts.configuration.at(version);
  const wanted = wantedFeeds(configuration, triggers);
  // Subscriptions of a feed that rests are kept, so that it misses nothing.
  const polled = new Map([...wanted].filter(([, { paused }]) => !paused));
  return [
    () => removeSubscriptions(parts.store.db, wanted),
    () => startSingletons(parts),
    () => reconcileFeeds(parts, { wanted: polled, version, isNew }),
    () => reconcileSchedules(parts, triggers),
    ...(isNew ? [() => releaseHeld(parts.store, configuration)] : []),
    ...(parts.reconcileHaloWebhooks ? [parts.reconcileHaloWebhooks] : []),
  ];
}

async function startSingletons({ client, queues }: Reconciling): Promise<void> {
  for (const name of SINGLETONS) {
    await client.workflow.start(`haloflow:${name}`, {
      workflowId: `${queues.prefix}${name}`,
      taskQueue: queues.feeds,
      workflowIdConflictPolicy: 'USE_EXISTING',
    });
  }
}

/**
 * Reconciles at once, after every change of configuration, and every minute, until it is stopped. What fails is tried
 * again after two seconds; who wants to know is told, with how many times in a row it has failed.
 */
export function keepReconciled(
  parts: Reconciling,
  onError: (error: unknown, inARow: number) => void,
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const { wake, wait } = wakeUp();
  const listener = listen(parts.store, CONFIGURATION_CHANNEL, wake);
  const reconciler = createReconciler(parts);
  let failures = 0;
  const done = (async () => {
    while (!stopping.signal.aborted) {
      try {
        // A signal of its own, since every request to Temporal listens to it.
        const signal = AbortSignal.any([stopping.signal]);
        await parts.client.withAbortSignal(signal, () => reconciler.reconcile());
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
      await listener.close();
    },
  };
}
