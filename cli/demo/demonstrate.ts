import { setTimeout as sleep } from 'node:timers/promises';
import { relative } from 'node:path';
import { applyDemo } from '../../configuration/apply/apply.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import type { Sandbox, SandboxTenant } from '../../sandbox/sandbox.ts';
import { DEMO_TRIGGER, watchingFile } from '../demo.ts';
import { facts } from '../facts.ts';
import { interruption, unlessInterrupted } from '../interrupt.ts';
import { normaliseServer } from '../normaliseServer.ts';
import { say } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { sleepThrough } from '../../sleep.ts';
import { workflowNames } from '../../worker/workflowNames.ts';
import { withServing } from '../serving.ts';
import { tellIfSlow } from '../slow.ts';
import type { Stack } from '../stack.ts';
import { addTicket } from './halo.ts';
import { inDemoHome } from './home.ts';
import { DEMO_HEAD, demoLine } from './lines.ts';
import type { DemoLine } from './lines.ts';
import { DEMO_TICKETS } from './tickets.ts';
import { untilWatched } from './untilWatched.ts';
import { watch } from './watch.ts';
import type { Counts } from './watch.ts';

export interface DemoOptions {
  /** Seconds; without it, until Ctrl-C. */
  readonly for?: number;
  /** Seconds between two tickets. */
  readonly every?: number;
  readonly json?: boolean;
}

const DEFAULT_EVERY_S = 3;
/** How long runs under way, and tickets that no poll has seen yet, may take once no more tickets come. */
const FINISHES_WITHIN_MS = 60_000;
/** After Ctrl-C: a poll's interval and a little. */
const STOPS_WITHIN_MS = 12_000;
const LOOK_EVERY_MS = 100;

/** What `haloflow demo` does. */
export async function demonstrate(options: DemoOptions): Promise<Outcome> {
  say('starting PostgreSQL, Temporal, a worker and a local Halo …');
  return await inDemoHome(async (home) => {
    const sandbox = await startSandbox();
    try {
      return await withServing((stack) => play({ home, sandbox, stack, options }));
    } finally {
      await sandbox.close();
    }
  });
}

interface Playing {
  readonly home: string;
  readonly sandbox: Sandbox;
  readonly stack: Stack;
  readonly options: DemoOptions;
}

async function play({ home, sandbox, stack, options }: Playing): Promise<Outcome> {
  const { store, starter, temporal, broken } = stack;
  const [halo] = sandbox.tenants;
  if (!halo) throw new Error('the sandbox has no tenants');
  await applyDemo(store, { file: 'demo', ...watchingFile(sandbox.tenants), normaliseServer, workflowNames });
  const watched = Promise.race([untilWatched(store), broken]);
  await unlessInterrupted(tellIfSlow('waiting for the first poll …', watched));

  const print = (line: string): void =>
    void (options.json ? process.stderr : process.stdout).write(`${line}\n`);
  print(opening({ home, halo, ui: temporal.uiUrl, options }));
  const watching = watch({
    store,
    client: starter.client,
    halo,
    print: (line: DemoLine) => print(demoLine(line)),
  });
  const failing = Promise.race([watching.done, broken]);
  const began = performance.now();
  const { tickets, interrupted } = await sendTickets(halo, { options, failing, print });
  if (interrupted) print('stopping: runs under way finish first (Ctrl-C again ends at once)');
  const deadline = performance.now() + (interrupted ? STOPS_WITHIN_MS : FINISHES_WITHIN_MS);
  while (!watching.isDone(tickets) && performance.now() < deadline) {
    await Promise.race([sleep(LOOK_EVERY_MS), failing]);
  }
  await watching.stop();
  return summary({
    seconds: Math.round((performance.now() - began) / 1_000),
    tickets: tickets.size,
    counts: watching.counts(),
    interrupted,
  });
}

/** A ticket now and then, until time is up or somebody presses Ctrl-C. */
async function sendTickets(
  halo: SandboxTenant,
  {
    options,
    failing,
    print,
  }: {
    readonly options: DemoOptions;
    readonly failing: Promise<void>;
    readonly print: (line: string) => void;
  },
): Promise<{ readonly tickets: ReadonlySet<number>; readonly interrupted: boolean }> {
  const everyMs = (options.every ?? DEFAULT_EVERY_S) * 1_000;
  const ends = options.for === undefined ? Number.POSITIVE_INFINITY : performance.now() + options.for * 1_000;
  const tickets = new Set<number>();
  const stopping = new AbortController();
  const stopped = interruption().then(() => stopping.abort());
  for (let index = 0; !stopping.signal.aborted && performance.now() < ends; index += 1) {
    const ticket = DEMO_TICKETS[index % DEMO_TICKETS.length];
    if (!ticket) break;
    const id = await addTicket(halo, ticket);
    tickets.add(id);
    print(demoLine({ ticket: id, who: ticket.client, what: 'ticket', rest: ticket.summary }));
    // A timer may be a little early, and the end would come twice.
    const pause = Math.min(everyMs, ends - performance.now() + 10);
    await Promise.race([sleepThrough(pause, stopping.signal).catch(() => undefined), stopped, failing]);
  }
  return { tickets, interrupted: stopping.signal.aborted };
}

/** As somebody in this directory would type it. */
function shownPath(path: string): string {
  const near = relative(process.cwd(), path);
  return near.startsWith('..') ? path : near;
}

function opening(about: {
  readonly home: string;
  readonly halo: SandboxTenant;
  readonly ui: string | null;
  readonly options: DemoOptions;
}): string {
  const { every = DEFAULT_EVERY_S, for: seconds } = about.options;
  return [
    `A ticket comes to Northwind's local Halo (${about.halo.baseUrl}) every ${every} s. The trigger ${DEMO_TRIGGER} looks`,
    'at each: triageNewTicket runs for the client it is from, and leaves a private note on it.',
    '',
    `Look inside meanwhile:  HALOFLOW_HOME=${shownPath(about.home)} npx haloflow events list`,
    ...(about.ui === null ? [] : [`Temporal's web UI:      ${about.ui}`]),
    seconds === undefined ? 'Ctrl-C ends it.' : `It ends by itself after ${seconds} s.`,
    '',
    DEMO_HEAD,
  ].join('\n');
}

function summary(end: {
  readonly seconds: number;
  readonly tickets: number;
  readonly counts: Counts;
  readonly interrupted: boolean;
}): Outcome {
  const { seconds, tickets, interrupted } = end;
  const { events, runs, notes } = end.counts;
  const seen = events.accepted + events.filtered + events.failed;
  const isWhole = seen === tickets && runs.completed === events.accepted && notes === runs.completed;
  const text = facts([
    ['tickets', `${tickets} in ${seconds} s`],
    ['events', `${seen}: ${events.accepted} accepted, ${events.filtered} filtered, ${events.failed} failed`],
    ['runs', `${runs.completed + runs.failed}: ${runs.completed} completed, ${runs.failed} failed`],
    ['notes', notes],
  ]);
  const ok = interrupted || isWhole;
  return {
    ok,
    json: { ok, seconds, tickets, events, runs, notes },
    text: `\n${text}`,
    ...(ok
      ? {}
      : { complaint: 'Not every ticket had its event, not every run completed, or a note is missing.' }),
  };
}
