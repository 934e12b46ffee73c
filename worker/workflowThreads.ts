/** The threads in which Temporal's workers run workflows. */
import workerThreads from 'node:worker_threads';
import type { WorkerOptions } from 'node:worker_threads';
import { join } from 'node:path';
import { root } from './workflowFolders.ts';

const TEMPORALS = /@temporalio[\\/]worker[\\/]lib[\\/]workflow[\\/]workflow-worker-thread\.js$/;
const PRELOADED = join(root, 'worker', 'workflowThread.cjs');
const MENDED = Symbol.for('haloflow.workflowThreads');

/**
 * From now on, Temporal's threads load workflowThread.cjs first, which says what for. The SDK has no place for this of its
 * own (1.24). The options of this process are not theirs: they load neither its loaders nor its modules.
 */
export function mendWorkflowThreads(): void {
  const { Worker } = workerThreads;
  if (MENDED in Worker) return;
  class ThreadWorker extends Worker {
    static readonly [MENDED] = true;

    constructor(file: string | URL, options: WorkerOptions = {}) {
      const execArgv = TEMPORALS.test(String(file)) ? ['--require', PRELOADED] : options.execArgv;
      super(file, execArgv === undefined ? options : { ...options, execArgv });
    }
  }
  workerThreads.Worker = ThreadWorker;
}
