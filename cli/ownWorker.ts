import type { WorkflowBundle, WorkflowBundleOption } from '@temporalio/worker';
import type { TemporalServer } from '../engine/server.ts';
import { apiAddress } from '../home/apiAddress.ts';
import type { Store } from '../store/store.ts';
import { bundleSystemWorkflows, bundleWorkflows } from '../worker/bundle.ts';
import { workflowsFolder } from '../worker/workflowFolders.ts';
import { temporalLogger } from '../worker/logger.ts';
import type { Queues } from '../worker/queues.ts';
import { startWorker } from '../worker/worker.ts';
import type { RunningWorker, WorkerOptions } from '../worker/worker.ts';

export interface OwnWorker {
  /** Bundles the workflows ahead of `start`. */
  prepare(): void;
  /** Starts a worker; throws ConfigurationError when the workflows cannot be bundled. */
  start(parts: {
    readonly store: Store;
    readonly temporal: Pick<TemporalServer, 'connectionOptions' | 'namespace'>;
    readonly queues: Queues;
  }): Promise<RunningWorker & { close(): Promise<void> }>;
}

interface OwnWorkerOptions extends Pick<WorkerOptions, 'part' | 'oneAtATime' | 'watcher'> {
  readonly triggers: boolean;
  /** Where its workflows come from, instead of their folders. */
  readonly bundles?: () => Promise<Bundles>;
}

/** A worker of this process, not started yet; with `triggers`, one that makes them work, too. */
export function ownWorker({ triggers, bundles, ...options }: OwnWorkerOptions): OwnWorker {
  let bundling: Promise<Bundles> | undefined;
  const bundle = (): Promise<Bundles> =>
    (bundling ??= Promise.resolve().then(() => (bundles ?? makeBundles)(triggers)));
  return {
    prepare() {
      // `start` reports the failure.
      bundle().catch(() => undefined);
    },
    async start({ store, temporal, queues }) {
      const { authored, system } = await bundle();
      const worker = await startWorker({
        ...options,
        store,
        temporal: { connection: temporal.connectionOptions(), namespace: temporal.namespace },
        queues,
        workflowBundle: authored,
        feeds: system && { workflowBundle: system, publicUrl: (await apiAddress()).publicUrl },
      });
      return { ...worker, close: () => worker.stop() };
    },
  };
}

export interface Bundles {
  readonly authored: WorkflowBundleOption;
  /** Those of triggers, where it makes them work. */
  readonly system: WorkflowBundleOption | undefined;
}

/** With their code at hand. */
export interface MadeBundles extends Bundles {
  readonly authored: WorkflowBundle;
  readonly system: WorkflowBundle | undefined;
}

/** @throws ConfigurationError when the workflows cannot be bundled. */
export async function makeBundles(triggers: boolean): Promise<MadeBundles> {
  const [authored, system] = await Promise.all([
    bundleWorkflows(workflowsFolder(), temporalLogger),
    triggers ? bundleSystemWorkflows(temporalLogger) : undefined,
  ]);
  return { authored, system };
}
