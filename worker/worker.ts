/**
 * The composition root for Temporal: wires the parts into one worker for workflows, one for actions, one for triggers.
 */
import { NativeConnection, Worker } from '@temporalio/worker';
import type { NativeConnectionOptions, WorkflowBundleOption } from '@temporalio/worker';
import { createBudgets } from '../calls/budget.ts';
import { createHaloClient } from '../halo/client.ts';
import { configurationReader } from '../organizations/configuration.ts';
import '../protobufTexts.ts';
import type { Store } from '../store/store.ts';
import { createClient } from '../triggers/client.ts';
import { triggerReader } from '../triggers/registry.ts';
import { createBelow } from './below.ts';
import { createExecute } from './execute.ts';
import { createFire } from './fire.ts';
import { createFeedsWorker } from './feedsWorker.ts';
import type { FeedsOptions, FeedsWorker } from './feedsWorker.ts';
import { createHaloPort } from './haloPort.ts';
import { endHopeless } from './hopeless.ts';
import { keepRunning } from './keepRunning.ts';
import { REQUEST_TIMEOUT_MS } from './hostBudget.ts';
import { installRuntime } from './logger.ts';
import { longCalls } from './longCalls.ts';
import type { Queues } from './queues.ts';
import { runHeaderInterceptor } from './runHeader.ts';
import { activityTasks, watchWorkflowTasks } from './tasks.ts';
import type { TaskWatcher } from './tasks.ts';
import { createGetVariable } from './variables.ts';
import { mendWorkflowThreads } from './workflowThreads.ts';
import { createWriteMemory } from './writeMemory.ts';

export interface WorkerOptions {
  readonly store: Store;
  readonly temporal: { readonly connection: NativeConnectionOptions; readonly namespace: string };
  readonly queues: Queues;
  /** Made by `bundleWorkflows`. */
  readonly workflowBundle: WorkflowBundleOption;
  /** Actions executed at the same time; default 100. */
  readonly slots?: number;
  /** What makes triggers work, too; left out where only runs are wanted. */
  readonly feeds?: FeedsOptions | undefined;
  /** Time limit of one request to Halo, default 60 s. */
  readonly requestTimeoutMs?: number;
  /** The part of the work for this process; default all. */
  readonly part?: Part;
  /** Runs one workflow task, or one activity of a call, at a time, without a cache. */
  readonly oneAtATime?: boolean;
  /** Observes the tasks of the workers of runs and calls. */
  readonly watcher?: TaskWatcher;
}

/** The parts of a worker's work: authors' workflows, the activities of their calls, triggers. */
export type Part = 'all' | 'runs' | 'actions' | 'feeds';

export interface RunningWorker {
  /** Shared with clients of this process, so that their starts may be eager. */
  readonly connection: NativeConnection;
  /** Rejects with WorkerDiedError as soon as a worker ends by itself. */
  readonly done: Promise<void>;
  /** Takes no more work, lets what is under way finish for a few seconds, closes what it opened. */
  stop(): Promise<void>;
}

/** Actions that one worker executes at the same time. */
export const DEFAULT_SLOTS = 100;

/** Replies of Halo over 256 KiB that are read at a time: 32 MiB of JSON take up to 1 GB. */
const LARGE_REPLIES = 4;

/** Pollers grow with the work; the older maxConcurrent…Polls options are silently ignored by this SDK. */
export const POLLER = { type: 'autoscaling', minimum: 2, initial: 5, maximum: 20 } as const;
/** A call that is still waiting after this is handed to another worker. */
const GRACE = '5 seconds';

/** Starts polling the queues. */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  installRuntime();
  mendWorkflowThreads();
  const { store, temporal, queues, workflowBundle, part = 'all', oneAtATime = false, watcher } = options;
  const { slots = oneAtATime ? 1 : DEFAULT_SLOTS } = options;
  const does = (one: Part): boolean => part === 'all' || part === one;
  if (watcher && does('runs')) {
    watchWorkflowTasks({ queue: queues.runs, oneAtATime }, watcher);
  }
  const configuration = configurationReader(store);
  const { requestTimeoutMs = REQUEST_TIMEOUT_MS } = options;
  const connection = await NativeConnection.connect(temporal.connection);
  const halo = createHaloClient({ requestTimeoutMs, largeReplies: LARGE_REPLIES });
  const budgets = createBudgets(store);
  const common = { connection, namespace: temporal.namespace, shutdownGraceTime: GRACE } as const;
  const createRuns = async (): Promise<Worker> => {
    const worker = await Worker.create({
      ...common,
      taskQueue: queues.runs,
      workflowBundle,
      ...(oneAtATime
        ? { maxConcurrentWorkflowTaskExecutions: 1, maxCachedWorkflows: 0 }
        : { workflowTaskPollerBehavior: POLLER }),
    });
    endHopeless(worker, createClient({ connection, namespace: temporal.namespace }));
    return worker;
  };
  const createActions = (): Promise<Worker> =>
    Worker.create({
      ...common,
      taskQueue: queues.actions,
      activities: {
        'organizations.below': createBelow(store),
        'variables.get': createGetVariable(store),
        'triggers.fire': createFire({ store, configuration, triggers: triggerReader(store) }),
        default: createExecute({
          store,
          configuration,
          budgets,
          halo,
          longCalls: longCalls(slots),
          requestTimeoutMs,
          writes: createWriteMemory(),
        }),
      },
      interceptors: {
        activity: [...(watcher ? [activityTasks(watcher)] : []), runHeaderInterceptor],
      },
      maxConcurrentActivityTaskExecutions: slots,
      ...(oneAtATime ? {} : { activityTaskPollerBehavior: POLLER }),
      maxHeartbeatThrottleInterval: '5 seconds',
    });
  const createWorkers = (): Promise<Worker[]> =>
    Promise.all([...(does('runs') ? [createRuns()] : []), ...(does('actions') ? [createActions()] : [])]);
  const createFeeds = async (): Promise<FeedsWorker | undefined> =>
    options.feeds && does('feeds')
      ? await createFeedsWorker(options.feeds, {
          store,
          configuration,
          halo: createHaloPort({ store, budgets, halo, configuration }),
          connection,
          namespace: temporal.namespace,
          queues,
          eager: part === 'all',
        })
      : undefined;
  const [own, feeds] = await Promise.all([createWorkers(), createFeeds()]).catch(async (error: unknown) => {
    await connection.close();
    throw error;
  });
  const workers = feeds ? [...own, feeds.worker] : own;
  const running = keepRunning(workers);
  const reconciling = feeds?.reconcile();
  return {
    connection,
    done: running.done,
    async stop() {
      await reconciling?.stop();
      await running.stop();
      await budgets.close();
      await halo.close();
      // The native side of a worker that has died may hold it for ever.
      await connection.close().catch((error: unknown) => {
        if (!running.hasDied()) throw error;
      });
    },
  };
}
