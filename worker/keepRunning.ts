/** Runs Temporal's workers, and notices the end of one that nobody has asked for. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Worker } from '@temporalio/worker';
import { WorkerDiedError } from '../errors.ts';
import { reasonOf } from '../home/reason.ts';
import { reasonOfEnd } from './logger.ts';

interface Running {
  /** Rejects with WorkerDiedError as soon as one ends by itself; resolves when all have ended as they were told to. */
  readonly done: Promise<void>;
  hasDied(): boolean;
  /** Tells all to end, and waits for those that can. */
  stop(): Promise<void>;
}

const LOOK_EVERY_MS = 100;
/** What the others get, once one has died and its process has to end. */
const OTHERS_END_WITHIN_MS = 2_000;
/** More than the grace of what is under way: a worker that has not ended then does not. */
const ENDS_WITHIN_MS = 15_000;

/**
 * Starts them. `run()` of the SDK rejects late, or never: after "Initiating Worker shutdown" it waits for tasks that its
 * native side will not give back. So their states are looked at, too: what is not running any more takes no tasks.
 */
export function keepRunning(workers: readonly Worker[]): Running {
  let stopping = false;
  let died = false;
  let fail: (error: WorkerDiedError) => void = () => undefined;
  const death = new Promise<never>((_, reject) => (fail = reject));
  death.catch(() => undefined);
  const die = (reason: string | null, cause?: unknown): void => {
    if (died) return;
    died = true;
    const why = reasonOfEnd() ?? reason;
    fail(new WorkerDiedError(`the worker has ended by itself${why === null ? '' : `: ${why}`}`, { cause }));
  };
  const ends = workers.map((worker) =>
    worker.run().then(
      () => {
        if (!stopping) die(null);
      },
      (error: unknown) => die(reasonOf(error), error),
    ),
  );
  const looking = setInterval(() => {
    if (!stopping && workers.some((worker) => worker.getState() !== 'RUNNING')) die(null);
  }, LOOK_EVERY_MS);
  looking.unref();
  const ended = Promise.all(ends).then(() => undefined);
  const done = Promise.race([ended, death]).finally(() => clearInterval(looking));
  // Whoever waits for `done` sees the failure; nobody waiting must not end the process.
  done.catch(() => undefined);
  return {
    done,
    hasDied: () => died,
    async stop() {
      stopping = true;
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      const within = died ? OTHERS_END_WITHIN_MS : ENDS_WITHIN_MS;
      const inTime = ended.then(() => true);
      if (!(await Promise.race([inTime, sleep(within, false, { ref: false })]))) died = true;
    },
  };
}
