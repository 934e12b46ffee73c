/** What a command needs running: the store, Temporal, a worker. It uses what is there and starts what is missing. */
import type { ConnectionLike } from '@temporalio/client';
import { connect } from '../engine/rpc.ts';
import { openTemporal } from '../engine/server.ts';
import type { TemporalServer } from '../engine/server.ts';
import { configurationReader } from '../organizations/configuration.ts';
import { createClient } from '../triggers/client.ts';
import { triggerReader } from '../triggers/registry.ts';
import type { Starter } from '../triggers/start.ts';
import { taskQueues } from '../worker/queues.ts';
import { Closing } from './closing.ts';
import { unlessInterrupted } from './interrupt.ts';
import { openOnlyStore } from './openStore.ts';
import type { OpenedStore } from './openStore.ts';
import { say } from './outcome.ts';
import type { OwnWorker } from './ownWorker.ts';
import { databaseOf, hasResident, residentServes, untilResidentStops } from './resident.ts';
import type { Work } from './resident.ts';
import { tellIfSlow } from './slow.ts';
import type { Workers } from './workers/workers.ts';

export interface Stack extends Pick<OpenedStore, 'postgres' | 'store'> {
  readonly temporal: TemporalServer;
  readonly starter: Starter;
  /** What a worker of this stack does. */
  readonly work: Work;
  /** Rejects once there is no worker any more that could finish a run; never resolves. */
  readonly broken: Promise<never>;
}

/** Who talks to Temporal, and whether starts may be handed to a worker on the same connection at once. */
interface Connected {
  readonly connection: ConnectionLike;
  readonly eager: boolean;
}

export interface StackOptions {
  /** Temporal's web UI. */
  readonly ui?: boolean;
  /**
   * Worker processes with triggers (`haloflow start`); `missing`: a worker in this process, unless `haloflow start` runs
   * one; `none`: for commands that only read.
   */
  readonly worker: Workers | 'missing' | 'none';
}

/** Runs `body` with everything that a run needs, and closes it whatever comes of that. */
export async function withStack<T>(options: StackOptions, body: (stack: Stack) => Promise<T>): Promise<T> {
  const closing = new Closing();
  try {
    return await body(await open(closing, options));
  } finally {
    await tellIfSlow('stopping …', closing.close());
  }
}

async function open(closing: Closing, { ui = false, worker: wanted }: StackOptions): Promise<Stack> {
  const opening = Promise.all([
    closing.open(openOnlyStore()),
    closing.open(tellIfSlow('starting Temporal …', openTemporal({ ui, onProgress: say }))),
  ]);
  // It is waited for below, if all goes well until then.
  opening.catch(() => undefined);
  if (typeof wanted === 'object') closing.add(() => wanted.close());
  // Loading it and bundling the workflows take one core for a second, in which the servers start on another.
  const worker = wanted === 'missing' && !hasResident() ? preparedWorker() : undefined;
  worker?.catch(() => undefined);
  const [{ store, postgres }, temporal] = await unlessInterrupted(opening);
  const queues = taskQueues();
  const work: Work = {
    queue: [temporal.address, temporal.namespace, queues.runs].join(' '),
    database: databaseOf(postgres.url),
  };

  let fail: (reason: unknown) => void;
  const broken = new Promise<never>((_, reject) => (fail = reject));
  // Whoever waits for a run sees it; nobody waiting must not end the process.
  broken.catch(() => undefined);
  const startOwn = async (): Promise<Connected> => {
    const starting = (worker ?? preparedWorker()).then((own) => own.start({ store, temporal, queues }));
    const { connection, done } = await closing.open(starting);
    done.catch(fail);
    return { connection, eager: true };
  };
  const connectOnly = async (): Promise<Connected> => {
    const connection = await closing.open(connect(temporal.connectionOptions()));
    return { connection, eager: false };
  };
  const useResident = async (): Promise<Connected> => {
    const watching = new AbortController();
    closing.add(() => Promise.resolve(watching.abort()));
    untilResidentStops(work, watching.signal).then(startOwn).catch(fail);
    return await connectOnly();
  };

  const connecting = (): Promise<Connected> => {
    if (wanted !== 'missing') return connectOnly();
    return residentServes(work) ? useResident() : startOwn();
  };
  const { connection, eager } = await unlessInterrupted(connecting());
  const client = createClient({ connection, namespace: temporal.namespace });
  const starter: Starter = { store, client, taskQueue: queues.runs, eager };
  if (typeof wanted === 'object')
    await unlessInterrupted(begin(wanted, { store, postgres, temporal, starter }));
  return { store, postgres, temporal, starter, work, broken };
}

/** Resolves when the worker processes are ready. */
async function begin(
  workers: Workers,
  { store, postgres, temporal, starter }: Pick<Stack, 'store' | 'postgres' | 'temporal' | 'starter'>,
): Promise<void> {
  await workers.begin(
    {
      database: { url: postgres.url, embedded: postgres.embedded },
      temporal: { connection: temporal.connectionOptions(), namespace: temporal.namespace },
    },
    {
      store,
      client: starter.client,
      taskQueue: starter.taskQueue,
      configuration: configurationReader(store),
      triggers: triggerReader(store),
    },
  );
}

/** A command that a `haloflow start` serves need not load any of it. */
async function preparedWorker(): Promise<OwnWorker> {
  const { ownWorker } = await import('./ownWorker.ts');
  const worker = ownWorker({ triggers: false });
  worker.prepare();
  return worker;
}
