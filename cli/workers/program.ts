/** A process of `haloflow start`: the worker, or one part of it. Told what to do by its parent, and ends with it. */
import { registry } from '../../calls/metrics.ts';
import type { ErrorDocument } from '../outcome.ts';
import { errorDocument } from '../outcome.ts';
import { makeBundles, ownWorker } from '../ownWorker.ts';
import type { Bundles } from '../ownWorker.ts';
import { openStore } from '../../store/store.ts';
import { taskQueues } from '../../worker/queues.ts';
import { keepBundles, loadBundles } from './bundles.ts';
import { BEAT_EVERY_MS } from './protocol.ts';
import type { FromWorker, Role, Surroundings, ToWorker } from './protocol.ts';

/** A snapshot of the counters comes with every so many beats, so that little of them dies with this process. */
const BEATS_PER_SNAPSHOT = 4;

// Only cli/workers/child.ts starts this.
const { part, oneAtATime, bundles } = JSON.parse(process.argv[2] ?? '') as Role;
const worker = ownWorker({
  triggers: part === 'all' || part === 'feeds',
  part,
  oneAtATime,
  bundles: async () => (bundles && loadBundles(bundles)) ?? (await bundle()),
  watcher: {
    took: (task) => tell({ say: 'took', task }),
    ended: (task, isDone) => tell({ say: isDone ? 'ended' : 'failing', task }),
  },
});

function tell(message: FromWorker): void {
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}

async function bundle(): Promise<Bundles> {
  const made = await makeBundles(true);
  tell({ say: 'bundled', bundles: keepBundles(made) });
  return made;
}

async function tellMetrics(): Promise<void> {
  tell({ say: 'metrics', metrics: await registry.getMetricsAsJSON() });
}

/** The message is on its way before the process ends. */
function fail(error: unknown): void {
  const { type, message }: ErrorDocument = errorDocument(error);
  process.send?.({ say: 'failed', name: type, message } satisfies FromWorker, undefined, undefined, () =>
    process.exit(1),
  );
  // Whose parent has gone has nobody to tell.
  if (!process.connected) process.exit(1);
}

async function work({ database, temporal }: Surroundings): Promise<() => Promise<void>> {
  const store = await openStore(database);
  const { connection, namespace } = temporal;
  const running = await worker.start({
    store,
    temporal: { namespace, connectionOptions: () => connection },
    queues: taskQueues(),
  });
  running.done.catch(fail);
  tell({ say: 'ready' });
  return async () => {
    await running.close();
    await store.close();
  };
}

let working: Promise<() => Promise<void>> | undefined;
let stopping = false;

async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  try {
    await (
      await working
    )?.();
    process.exit(0);
  } catch (error) {
    fail(error);
  }
}

// The parent has gone, by whatever way: nobody would start another, and two would be one too many.
process.on('disconnect', () => process.exit(1));
// Ctrl-C and a closed terminal reach the whole group of processes: the parent says when to stop.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.on('SIGTERM', () => void stop());
process.on('message', (message: ToWorker) => {
  if (message.say === 'metrics') void tellMetrics();
  if (message.say === 'stop') void stop();
  if (message.say === 'begin') {
    working = work(message.with);
    working.catch((error: unknown) => {
      if (!stopping) fail(error);
    });
  }
});
worker.prepare();
let beats = 0;
setInterval(() => {
  beats += 1;
  if (beats % BEATS_PER_SNAPSHOT === 0) void tellMetrics();
  tell({ say: 'beat' });
}, BEAT_EVERY_MS);
tell({ say: 'beat' });
