/** The worker of `haloflow start`: processes of its own, so that what they die of leaves the API and this process alone. */
import type { Client } from '@temporalio/client';
import { AggregatorRegistry, Counter } from 'prom-client';
import type { MetricObject, PrometheusContentType } from 'prom-client';
import { registry } from '../../calls/metrics.ts';
import { reasonOf } from '../../home/reason.ts';
import type { ProcessIdentity } from '../../home/process.ts';
import { settledWithin } from '../../sleep.ts';
import { setAside } from '../../triggers/runEnds/setAside.ts';
import type { RunEnds } from '../../triggers/runEnds/close.ts';
import type { Task } from '../../worker/tasks.ts';
import type { Part } from '../../worker/worker.ts';
import { say } from '../outcome.ts';
import type { KeptBundles } from './bundles.ts';
import type { Death, WorkerProcess } from './child.ts';
import { keepProcess } from './keep.ts';
import type { Kept } from './keep.ts';
import { giveBack } from './giveBack.ts';
import type { Surroundings } from './protocol.ts';
import { stillOpen } from './stillOpen.ts';
import { createSuspicion } from './suspicion.ts';

export interface Workers {
  /** Gives them what they work with; resolves when they work, rejects with the reason where they cannot. */
  begin(surroundings: Surroundings, parts: RunEnds): Promise<void>;
  /** Whether all of them work and answer. */
  areWell(): boolean;
  /** What they have counted, those that have died too. */
  metrics(): Promise<readonly MetricObject[]>;
  close(): Promise<void>;
}

/** One process for everything, or one for each part, in which suspects are alone. */
type Mode = 'together' | 'apart';
const PARTS: Readonly<Record<Mode, readonly Part[]>> = {
  together: ['all'],
  apart: ['runs', 'actions', 'feeds'],
};

const ASK_EVERY_MS = 2_000;
/** What is known of suspects when another process is started. */
const ANSWERS_WITHIN_MS = 2_000;
const diedOf = (why: string): string =>
  `workers that took it up died; the last one did nothing else, and ${why}`;

const deaths = new Counter({
  name: 'haloflow_worker_deaths_total',
  help: 'Processes of the worker that have died and were replaced',
  registers: [registry],
});

/** Starts loading at once; `onProcesses` hears who they are whenever that changes. */
export function startWorkers(onProcesses: (processes: readonly ProcessIdentity[]) => void): Workers {
  const suspicion = createSuspicion();
  let given: (surroundings: Surroundings) => void = () => undefined;
  const surroundings = new Promise<Surroundings>((resolve) => (given = resolve));
  let parts: RunEnds | undefined;
  let bundles: KeptBundles | null = null;
  let buried: readonly MetricObject[] = [];
  let closing = false;
  let mode: Mode = 'together';
  let kept: readonly Kept[] = [];
  /** What the last change of the mode leaves behind. */
  let leaving: readonly Kept[] = [];
  let changing: Promise<void> = Promise.resolve();

  const processes = (): WorkerProcess[] => [...kept, ...leaving].flatMap((one) => one.current() ?? []);

  function keep(wanted: Mode): readonly Kept[] {
    return PARTS[wanted].map((part) =>
      keepProcess({
        role: () => ({ part, oneAtATime: wanted === 'apart', bundles }),
        surroundings,
        onStart: () => setImmediate(tellProcesses),
        onBundled: (made) => (bundles = made),
        onEnded: (task, isDone) => {
          if (mode !== 'apart' || wanted !== 'apart') return;
          if (isDone) suspicion.clear(task);
          else suspicion.noteHarmless(task);
        },
        onDeath: (death, last) => bury(death, last, { part, of: wanted }),
      }),
    );
  }

  function tellProcesses(): void {
    if (!closing) onProcesses(processes().flatMap(({ identity }) => identity ?? []));
  }

  /** Says whether another one is to be started in its place. */
  async function bury(
    death: Death,
    last: readonly MetricObject[],
    { part, of }: { readonly part: Part; readonly of: Mode },
  ): Promise<boolean> {
    deaths.inc();
    buried = await sum([buried, last]);
    const what = part === 'all' ? 'the worker' : `the worker (${part})`;
    say(`${what} ${death.why}; another one is started`);
    const culprit = suspicion.note(death, of === 'apart');
    if (culprit && parts) await putAside(parts, culprit, diedOf(death.why));
    if (parts) {
      const { client } = parts;
      // Temporal may be away: nothing waits for it for long.
      await settledWithin(Promise.all([giveBack(client, death), clearThose(client)]), ANSWERS_WITHIN_MS);
    }
    if (closing || of !== mode) return false;
    if (mode === 'together' && suspicion.suspects().length > 0) {
      change('apart');
      return false;
    }
    return true;
  }

  async function putAside(ends: RunEnds, culprit: Task, reason: string): Promise<void> {
    const what = culprit.activity === null ? 'a run' : 'a call of a run';
    try {
      await setAside(ends, culprit, reason);
      suspicion.clear(culprit);
      say(`${what} is set aside, ${culprit.workflowId}: ${reason}`);
    } catch (error) {
      // It is tried again when it has killed the next one.
      say(
        `${what} that workers die of could not be set aside yet: ${culprit.workflowId}: ${reasonOf(error)}`,
      );
    }
  }

  function change(to: Mode): void {
    mode = to;
    const before = kept;
    kept = keep(to);
    leaving = before;
    say(
      to === 'apart'
        ? `${suspicion.suspects().length} suspects are tried alone, while everything goes on more slowly`
        : 'no suspects are left: everything goes on as usual',
    );
    const next = kept;
    changing = changing.then(async () => {
      // Work goes on there until it does here.
      await Promise.allSettled(next.map(({ ready }) => ready));
      await Promise.all(before.map((one) => one.stop()));
      if (leaving === before) leaving = [];
      tellProcesses();
    });
  }

  /** Suspects that are gone, or were done with when the worker died: what it told last came from before. */
  async function clearThose(client: Client): Promise<void> {
    for (const task of suspicion.suspects()) {
      if (!(await stillOpen(client, task))) suspicion.clear(task);
    }
  }

  /** Suspects that are gone by other ways, and the way back. */
  async function look(): Promise<void> {
    if (mode !== 'apart' || !parts) return;
    await clearThose(parts.client);
    if (mode === 'apart' && !closing && suspicion.suspects().length === 0) change('together');
  }

  kept = keep('together');
  let looking = Promise.resolve();
  const timer = setInterval(() => {
    // Temporal may be away: whoever is suspected stays it.
    looking = looking.then(() => look().catch(() => undefined));
  }, ASK_EVERY_MS);
  timer.unref();

  return {
    async begin(what, ends) {
      parts = ends;
      given(what);
      await Promise.all(kept.map(({ ready }) => ready));
    },
    areWell: () =>
      [kept, leaving].some(
        (some) => some.length > 0 && some.every((one) => one.current()?.isWell() === true),
      ),
    async metrics() {
      return await sum([buried, ...(await Promise.all(processes().map((one) => one.metrics())))]);
    },
    async close() {
      closing = true;
      clearInterval(timer);
      await Promise.all([...kept, ...leaving].map((one) => one.stop()));
      await changing;
    },
  };
}

async function sum(all: readonly (readonly MetricObject[])[]): Promise<readonly MetricObject[]> {
  const some = all.filter(({ length }) => length > 0).map((metrics) => [...metrics]);
  return await AggregatorRegistry.aggregate<PrometheusContentType>(some).getMetricsAsJSON();
}
