/** Keeps one process of the worker up: when it dies, another is started. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { MetricObject } from 'prom-client';
import { pauseBefore } from '../../home/watch.ts';
import { startWorkerProcess } from './child.ts';
import type { Death, Hearing, WorkerProcess } from './child.ts';
import type { Role, Surroundings } from './protocol.ts';

export interface Kept {
  /** One works; rejects with the reason where the first one says that it cannot, and when it is stopped before. */
  readonly ready: Promise<void>;
  /** The processes that there are: one, or none between two. */
  current(): WorkerProcess | undefined;
  stop(): Promise<void>;
}

export interface Keeping extends Hearing {
  /** Of the process that is started next. */
  readonly role: () => Role;
  /** What the processes work with, once it is there. */
  readonly surroundings: Promise<Surroundings>;
  readonly onStart: (process: WorkerProcess) => void;
  /** Is waited for before another is started; `last`: what the process has counted. Answers whether there is to be another. */
  readonly onDeath: (death: Death, last: readonly MetricObject[]) => Promise<boolean>;
}

/** Starts the first one at once. The next after pauses as those of the servers of our own; it never gives up. */
export function keepProcess({ role, surroundings, onStart, onDeath, ...hearing }: Keeping): Kept {
  const stopping = new AbortController();
  let child: WorkerProcess | undefined;
  let isReady = false;
  let onReady: () => void = () => undefined;
  let onFailure: (error: Error) => void = () => undefined;
  const ready = new Promise<void>((resolve, reject) => {
    onReady = resolve;
    onFailure = reject;
  });
  ready.catch(() => undefined);

  function launch(): WorkerProcess {
    child = startWorkerProcess(role(), hearing);
    onStart(child);
    const started = child;
    // Without them nothing begins: whoever opens them stops this then.
    surroundings.then(
      (what) => started.begin(what),
      () => undefined,
    );
    void child.ready.then(() => {
      isReady = true;
      onReady();
    });
    return child;
  }

  async function keep(first: WorkerProcess): Promise<void> {
    let tries: readonly number[] = [];
    for (let current = first; ; current = launch()) {
      const death = await current.death;
      if (!death || stopping.signal.aborted) return;
      child = undefined;
      // Nothing was taken up that it could have died of, and it is not by chance.
      if (!isReady && death.error && death.tasks.length === 0) return onFailure(death.error);
      if (!(await onDeath(death, await current.metrics()))) return;
      tries = tries.filter((at) => at > Date.now() - 60_000);
      const pause = pauseBefore(tries, Date.now());
      await sleep(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      tries = [...tries, Date.now()];
    }
  }

  const first = launch();
  const keeping = keep(first);
  return {
    ready,
    current: () => child,
    async stop() {
      stopping.abort();
      onFailure(new Error('stopped'));
      await child?.stop();
      await keeping;
    },
  };
}
