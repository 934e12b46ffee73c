/** The worker for triggers: system workflows and their activities, and beside it the reconciler. */
import { Worker } from '@temporalio/worker';
import type { NativeConnection, WorkflowBundleOption } from '@temporalio/worker';
import type { ConfigurationReader } from '../organizations/configuration.ts';
import type { Store } from '../store/store.ts';
import { createClient } from '../triggers/client.ts';
import type { HaloPort } from '../triggers/haloPort.ts';
import { keepReconciled } from '../triggers/keepReconciled.ts';
import { triggerReader } from '../triggers/registry.ts';
import { rereadText } from '../triggers/schedules.ts';
import type { Starter } from '../triggers/start.ts';
import { haloWebhookReconciler } from '../triggers/webhooks/reconcile.ts';
import { createCron } from './cron.ts';
import { createFeedPoll } from './feedPoll.ts';
import { createInboxDispatch } from './inbox.ts';
import { describeError } from './failure.ts';
import { log } from './log.ts';
import type { Queues } from './queues.ts';
import { createRunEndsActivity } from './runEnds.ts';

export interface FeedsOptions {
  /** Made by `bundleSystemWorkflows`. */
  readonly workflowBundle: WorkflowBundleOption;
  /** What the URLs that Halo's webhooks call start with; left out, none are made. */
  readonly publicUrl?: string;
}

export interface FeedsParts {
  readonly store: Store;
  readonly configuration: ConfigurationReader;
  readonly halo: HaloPort;
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly queues: Queues;
  /** Whether a worker of runs shares the connection, and may take the first task of a started run. */
  readonly eager: boolean;
}

export interface FeedsWorker {
  readonly worker: Worker;
  /** To be called once the worker runs; stops with `stop`. */
  reconcile(): { stop(): Promise<void> };
}

/** Polls, dispatches and fires at the same time, of all feeds. */
const SLOTS = 100;

/** Failures of the reconciler in a row: which one is told first, and how many later again. */
const TELL_FIRST = 5;
const TELL_EVERY = 30;

/** A worker that does not run yet. */
export async function createFeedsWorker(
  { workflowBundle, publicUrl }: FeedsOptions,
  parts: FeedsParts,
): Promise<FeedsWorker> {
  const { store, configuration, halo, connection, namespace, queues, eager } = parts;
  const triggers = triggerReader(store);
  const client = createClient({ connection, namespace });
  const starter: Starter = { store, client, taskQueue: queues.runs, eager };
  const worker = await Worker.create({
    connection,
    namespace,
    taskQueue: queues.feeds,
    workflowBundle,
    activities: {
      'feed.poll': createFeedPoll({ store, configuration, triggers, halo }),
      'inbox.dispatch': createInboxDispatch({ store, configuration, triggers, halo, starter }),
      'runEnds.read': createRunEndsActivity({
        store,
        client,
        taskQueue: queues.runs,
        configuration,
        triggers,
      }),
      ...createCron({ store, client }),
    },
    // Whatever is under way may be taken up by another worker at any point.
    shutdownGraceTime: '100 milliseconds',
    maxConcurrentActivityTaskExecutions: SLOTS,
    activityTaskPollerBehavior: { type: 'autoscaling', minimum: 2, initial: 5, maximum: 20 },
    workflowTaskPollerBehavior: { type: 'autoscaling', minimum: 2, initial: 2, maximum: 10 },
    maxHeartbeatThrottleInterval: '1 second',
  });
  return {
    worker,
    reconcile: () =>
      keepReconciled(
        {
          store,
          configuration,
          triggers,
          client,
          queues,
          onReread: (reread) => {
            if (reread.gone.length + reread.added.length > 0) log.warn(reread, rereadText(reread));
          },
          ...(publicUrl === undefined
            ? {}
            : {
                reconcileHaloWebhooks: haloWebhookReconciler({
                  store,
                  configuration,
                  triggers,
                  halo,
                  publicUrl,
                }),
              }),
        },
        (error, inARow) => {
          // Servers that are being restarted are no news, and what stays wrong is not worth a line every two seconds.
          if (inARow % TELL_EVERY !== TELL_FIRST) return;
          log.warn({ reasons: reasonsOf(error) }, 'triggers do not all match their rows yet; trying again');
        },
      ),
  };
}

function reasonsOf(error: unknown): string[] {
  if (error instanceof AggregateError) return error.errors.flatMap(reasonsOf);
  const { name, message } = describeError(error);
  return [`${name}: ${message}`];
}
