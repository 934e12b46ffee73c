import { ConfigurationError } from '../../errors.ts';
import { LOCAL } from '../../access/principal.ts';
import { fireTrigger } from '../../api/control/operations.ts';
import type { Fired } from '../../triggers/dispatch/fire.ts';
import { remoteOrNull } from '../api.ts';
import type { Api } from '../api.ts';
import { withHalo } from '../dispatching.ts';
import { facts } from '../facts.ts';
import { unlessInterrupted } from '../interrupt.ts';
import type { Outcome } from '../outcome.ts';
import { endOf } from '../run.ts';
import type { RunEnd } from '../run.ts';
import { endLines } from '../runs/endLines.ts';
import { remoteEnd } from '../runs/remoteEnd.ts';
import { withStack } from '../stack.ts';
import type { Stack } from '../stack.ts';
import { tellIfSlow } from '../slow.ts';
import { findTrigger } from './find.ts';

export interface FireOptions {
  readonly record?: unknown;
  readonly ticket?: number;
  readonly org?: string;
  readonly wait?: boolean;
}

type StartedRun = Fired['runs'][number];
type FiredEvent = Pick<Fired['event'], 'id' | 'key' | 'status' | 'reason'>;

/** A run with its end, once that was waited for. */
interface FiredRun extends StartedRun {
  readonly end: RunEnd | null;
}

/** What `haloflow triggers fire` does. */
export async function fired(id: string, options: FireOptions): Promise<Outcome> {
  if (options.record !== undefined && options.ticket !== undefined) {
    throw new ConfigurationError('--record and --ticket exclude each other: a ticket is the record');
  }
  const remote = remoteOrNull();
  return await (remote ? fireThere(remote, id, options) : fireHere(id, options));
}

async function fireThere(api: Api, id: string, options: FireOptions): Promise<Outcome> {
  const { record, ticket, org, wait } = options;
  const asking = api.call<{ event: FiredEvent; runs: readonly StartedRun[] }>({
    method: 'POST',
    path: `/triggers/${encodeURIComponent(id)}/fire`,
    body: { record, ticket, organization: org },
  });
  const { event, runs } = await unlessInterrupted(tellIfSlow('waiting for haloflow …', asking));
  const ended = async (run: StartedRun): Promise<FiredRun> => ({
    ...run,
    end: wait ? await tellIfSlow(`waiting for run ${run.run} …`, remoteEnd(api, run.run)) : null,
  });
  return outcome(id, event, await Promise.all(runs.map(ended)));
}

async function fireHere(id: string, options: FireOptions): Promise<Outcome> {
  const { record, ticket, org } = options;
  return await withStack({ worker: 'missing' }, async (stack) => {
    const { organization: owner } = await findTrigger(stack.store, id);
    const { event, runs } = await withHalo(stack.store, (parts) =>
      unlessInterrupted(
        tellIfSlow(
          'waiting for Halo …',
          fireTrigger({ ...parts, starter: stack.starter }, LOCAL, {
            trigger: id,
            owner,
            ...(ticket === undefined ? {} : { record: ticket }),
            ...(record === undefined ? {} : { record }),
            ...(org === undefined ? {} : { organization: org }),
          }),
        ),
      ),
    );
    // Without a `haloflow start`, the worker that runs it is this process's.
    const waits = options.wait === true || stack.starter.eager;
    return outcome(id, event, await Promise.all(runs.map((run) => follow(stack, run, waits))));
  });
}

async function follow(stack: Stack, run: StartedRun, waits: boolean): Promise<FiredRun> {
  if (!waits) return { ...run, end: null };
  const handle = stack.starter.client.workflow.getHandle(run.workflowId);
  return { ...run, end: await tellIfSlow(`waiting for run ${run.run} …`, endOf(stack, handle)) };
}

function outcome(id: string, event: FiredEvent, runs: readonly FiredRun[]): Outcome {
  const failed = runs.filter(({ end }) => end?.error);
  const ok = runs.length > 0 && failed.length === 0;
  const why = event.reason === null ? '' : `: ${event.reason}`;
  const remedy = event.reason?.startsWith('unmapped client') ? ' (--org says for whom)' : '';
  const nothing = `Nothing was started: event ${event.id} is ${event.status}${why}${remedy}`;
  return {
    ok,
    json: {
      ok,
      trigger: id,
      event: { id: event.id, key: event.key, status: event.status, reason: event.reason },
      runs: runs.map(({ run, workflowId, organization, end }) => ({
        run,
        workflowId,
        organization,
        result: end?.output ?? null,
        error: end?.error ?? null,
      })),
      error: ok ? null : errorOf(failed[0], nothing),
    },
    text: runs.length === 0 ? '' : [`event ${event.id}`, ...runs.map(page)].join('\n\n'),
    ...(runs.length === 0 ? { complaint: nothing } : {}),
  };
}

const errorOf = (failed: FiredRun | undefined, nothing: string): object =>
  failed?.end?.error ?? { type: 'NothingStarted', message: nothing };

function page({ run, workflowId, organization, end }: FiredRun): string {
  return facts([['run', run], ['workflow id', workflowId], ['organization', organization], ...endLines(end)]);
}
