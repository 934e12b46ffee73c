import type { WorkflowBundle } from '@temporalio/worker';
import type { TemporalServer } from '../engine/server.ts';
import type { Store } from '../store/store.ts';
import { bundleWorkflows } from '../worker/bundle.ts';
import { workflowsFolder } from '../worker/workflowFolders.ts';
import { temporalLogger } from '../worker/logger.ts';
import type { Queues } from '../worker/queues.ts';
import { startWorker } from '../worker/worker.ts';
import type { RunningWorker } from '../worker/worker.ts';

export interface OwnWorker {
  /** Bundles the workflows ahead of `start`. */
  prepare(): void;
  /** Starts a worker; throws ConfigurationError when the workflows cannot be bundled. */
  start(parts: {
    readonly store: Store;
    readonly temporal: TemporalServer;
    readonly queues: Queues;
  }): Promise<RunningWorker & { close(): Promise<void> }>;
}

/** A worker of this process, not started yet. */
export function ownWorker(): OwnWorker {
  let bundling: Promise<WorkflowBundle> | undefined;
  const bundle = (): Promise<WorkflowBundle> =>
    (bundling ??= Promise.resolve().then(() => bundleWorkflows(workflowsFolder(), temporalLogger)));
  return {
    prepare() {
      // `start` reports the failure.
      bundle().catch(() => undefined);
    },
    async start({ store, temporal, queues }) {
      const worker = await startWorker({
        store,
        temporal: { connection: temporal.connectionOptions(), namespace: temporal.namespace },
        queues,
        workflowBundle: await bundle(),
      });
      return { ...worker, close: () => worker.stop() };
    },
  };
}
