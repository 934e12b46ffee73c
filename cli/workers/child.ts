/** One process of the worker, seen by `haloflow start`: started, listened to, ended. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { MetricObject } from 'prom-client';
import { ConfigurationError, WorkerDiedError } from '../../errors.ts';
import { identify, isStopped } from '../../home/process.ts';
import type { ProcessIdentity } from '../../home/process.ts';
import { taskKey } from '../../worker/tasks.ts';
import type { Task } from '../../worker/tasks.ts';
import type { KeptBundles } from './bundles.ts';
import { killedForMemory } from './memory.ts';
import type { FromWorker, Role, Surroundings, ToWorker } from './protocol.ts';

/** How a process ended that was not told to. */
export interface Death {
  /** What it did, as in "the worker ended with SIGABRT". */
  readonly why: string;
  /** As if somebody had killed or stopped it, which says nothing about what it was at. */
  readonly fromOutside: boolean;
  /** What it was at, as far as it could tell. */
  readonly tasks: readonly Task[];
  /** What it has ended with, where it could say that itself. */
  readonly error: Error | null;
}

export interface WorkerProcess {
  readonly identity: ProcessIdentity | null;
  begin(surroundings: Surroundings): void;
  /** It works; for ever pending where it ends before. */
  readonly ready: Promise<void>;
  /** Resolves when it has ended; null when it was told to. */
  readonly death: Promise<Death | null>;
  /** Ready, and answering. */
  isWell(): boolean;
  /** What it has counted: now, or when it last said. */
  metrics(): Promise<readonly MetricObject[]>;
  /** Ends it, and waits until it is gone. */
  stop(): Promise<void>;
}

const PROGRAM = fileURLToPath(new URL('../worker.js', import.meta.url));

/** Silence is counted in ticks of this process, so that a machine that was suspended, or both being slow, is none. */
const TICK_MS = 1_000;
const SILENT_TICKS = { whileStarting: 90, atWork: 20, stopped: 3 };
/** It lets what is under way finish for 5 s. */
const STOPS_WITHIN_MS = 12_000;
const METRICS_WITHIN_MS = 1_000;
const LAST_WORDS_WITHIN_MS = 1_000;

export interface Hearing {
  /** It has bundled the workflows: the next one need not. */
  readonly onBundled: (bundles: KeptBundles) => void;
  /** It has done with a task, or only with a try of it. */
  readonly onEnded: (task: Task, isDone: boolean) => void;
}

/** Starts it. */
export function startWorkerProcess(role: Role, { onBundled, onEnded }: Hearing): WorkerProcess {
  const killedBefore = killedForMemory();
  const child = fork(PROGRAM, [JSON.stringify(role)], {
    serialization: 'advanced',
    // Standard output is the command's own, for its document.
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  const tell = (message: ToWorker): void => {
    if (child.connected) child.send(message, () => undefined);
  };
  const tasks = new Map<string, Task>();
  let metrics: readonly MetricObject[] = [];
  let onMetrics: () => void = () => undefined;
  let isReady = false;
  let isOver = false;
  let stopping = false;
  let silentTicks = 0;
  let complaint: Extract<FromWorker, { say: 'failed' }> | undefined;
  let silence: { readonly why: string; readonly wasStopped: boolean } | undefined;
  let onReady: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => (onReady = resolve));
  let onDeath: (death: Death | null) => void = () => undefined;
  const death = new Promise<Death | null>((resolve) => (onDeath = resolve));

  child.on('message', (message: FromWorker) => {
    silentTicks = 0;
    if (message.say === 'ready') {
      isReady = true;
      onReady();
    }
    if (message.say === 'bundled') onBundled(message.bundles);
    if (message.say === 'took') tasks.set(taskKey(message.task), message.task);
    if (message.say === 'ended' || message.say === 'failing') {
      tasks.delete(taskKey(message.task));
      onEnded(message.task, message.say === 'ended');
    }
    if (message.say === 'failed') complaint = message;
    if (message.say === 'metrics') {
      ({ metrics } = message);
      onMetrics();
    }
  });

  const listening = setInterval(() => {
    silentTicks += 1;
    const wasStopped = silentTicks >= SILENT_TICKS.stopped && child.pid !== undefined && isStopped(child.pid);
    const patience = isReady ? SILENT_TICKS.atWork : SILENT_TICKS.whileStarting;
    if (!wasStopped && silentTicks < patience) return;
    silence ??= {
      why: wasStopped ? 'was stopped' : `did not answer for ${silentTicks} s`,
      wasStopped,
    };
    child.kill('SIGKILL');
  }, TICK_MS);

  const over = (code: number | null, signal: NodeJS.Signals | null): void => {
    if (isOver) return;
    isOver = true;
    clearInterval(listening);
    onMetrics();
    const why =
      silence?.why ?? (complaint ? `failed (${complaint.message})` : undefined) ?? wordsFor(code, signal);
    const forMemory = (killedForMemory() ?? 0) > (killedBefore ?? 0);
    const isSignal = signal !== null && FROM_OUTSIDE.has(signal) && !(signal === 'SIGKILL' && forMemory);
    // It ends so only when it is told to.
    const killed = isSignal || code === 0;
    const fromOutside = silence ? silence.wasStopped : !complaint && killed;
    const error = complaint ? failureOf(complaint) : null;
    onDeath(stopping ? null : { why, fromOutside, tasks: [...tasks.values()], error });
  };
  // What it has said last may still be on its way.
  child.once('exit', (code, signal) => {
    if (!child.connected) over(code, signal);
    child.once('disconnect', () => over(code, signal));
    setTimeout(() => over(code, signal), LAST_WORDS_WITHIN_MS).unref();
  });
  // It could not be started at all.
  child.once('error', (error) => {
    if (child.pid === undefined) {
      complaint = { say: 'failed', name: error.name, message: error.message };
      over(1, null);
    }
  });

  return {
    identity: child.pid === undefined ? null : identify(child.pid),
    begin: (surroundings) => tell({ say: 'begin', with: surroundings }),
    ready,
    death,
    isWell: () => isReady && !isOver && silentTicks < SILENT_TICKS.stopped,
    async metrics() {
      if (isOver || !isReady) return metrics;
      const answered = new Promise<void>((resolve) => (onMetrics = resolve));
      tell({ say: 'metrics' });
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, METRICS_WITHIN_MS)));
      await Promise.race([answered, late]);
      clearTimeout(timer);
      return metrics;
    },
    async stop() {
      stopping = true;
      // What stands still, or does not turn any more, hears nothing.
      const isDeaf = child.pid === undefined || silentTicks >= SILENT_TICKS.stopped || isStopped(child.pid);
      if (isDeaf || !isReady) child.kill('SIGKILL');
      else tell({ say: 'stop' });
      const timer = setTimeout(() => child.kill('SIGKILL'), STOPS_WITHIN_MS);
      await death;
      clearTimeout(timer);
    },
  };
}

/** What people and init systems send, and the kernel for memory. */
const FROM_OUTSIDE: ReadonlySet<string> = new Set(['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT']);

function wordsFor(code: number | null, signal: NodeJS.Signals | null): string {
  if (signal === 'SIGABRT') return 'ended with SIGABRT, as when its memory is used up';
  return `ended with ${signal ?? `exit code ${code}`}`;
}

/** What a first start fails with, as if the worker were in this process. */
function failureOf({ name, message }: { readonly name: string; readonly message: string }): Error {
  if (name === ConfigurationError.name) return new ConfigurationError(message);
  return new WorkerDiedError(`the worker could not start: ${name}: ${message}`);
}
