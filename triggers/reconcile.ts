/** Reconciles Temporal with the rows of triggers: feeds, schedules and singleton system workflows. */
import type { Client } from '@temporalio/client';
import type { ConfigurationReader } from '../organizations/configuration.ts';
import type { Store } from '../store/store.ts';
import { releaseHeld } from './dispatch/hold.ts';
import { removeSubscriptions } from './feeds/subscriptions.ts';
import { wantedFeeds } from './feeds/wanted.ts';
import { reconcileFeeds } from './feedWorkflows.ts';
import type { TriggerReader } from './registry.ts';
import { reconcileSchedules } from './schedules.ts';
import type { Reread } from './schedules.ts';
import type { SystemQueue } from './systemQueue.ts';

export interface Reconciling {
  readonly store: Store;
  readonly configuration: ConfigurationReader;
  readonly triggers: TriggerReader;
  readonly client: Client;
  readonly queues: SystemQueue;
  /** Called when this version changes a schedule of an earlier version although its trigger has not changed. */
  readonly onReread?: ((reread: Reread) => void) | undefined;
}

/** System workflows of which an installation has one each. */
const SINGLETONS = ['inbox', 'runEnds'] as const;

/**
 * One pass over feeds, schedules and the singletons, at a version of the configuration. `isNew`: the version differs from
 * that of the last successful pass.
 *
 * @throws AggregateError with the failures; the rest is done.
 */
export async function reconcile(parts: Reconciling, version: number, isNew: boolean): Promise<void> {
  const steps = await stepsOf(parts, version, isNew);
  const results = await Promise.allSettled(steps.map((step) => step()));
  const failures = results.flatMap((result) =>
    result.status === 'rejected' ? [result.reason as unknown] : [],
  );
  if (failures.length > 0) throw new AggregateError(failures, 'could not reconcile triggers with their rows');
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
