import { ConfigurationError } from '../../errors.ts';
import type { Fired } from '../../triggers/dispatch/fire.ts';
import { withApi } from '../api.ts';
import { facts } from '../facts.ts';
import { unlessInterrupted } from '../interrupt.ts';
import type { Outcome } from '../outcome.ts';
import { endLines } from '../runs/endLines.ts';
import { endOf } from '../runs/endOf.ts';
import type { RunEnd } from '../runs/endOf.ts';
import { tellIfSlow } from '../slow.ts';

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
  const { record, ticket, org, wait = false } = options;
  if (record !== undefined && ticket !== undefined) {
    throw new ConfigurationError('--record and --ticket exclude each other: a ticket is the record');
  }
  return await withApi(
    async (api) => {
      const asking = api.call<{ event: FiredEvent; runs: readonly StartedRun[] }>({
        method: 'POST',
        path: `/triggers/${encodeURIComponent(id)}/fire`,
        body: { record, ticket, organization: org },
      });
      const { event, runs } = await unlessInterrupted(tellIfSlow('waiting for Halo …', asking));
      const waits = wait || api.works === 'here';
      const ended = async (run: StartedRun): Promise<FiredRun> => ({
        ...run,
        end: waits ? await endOf(api, run.run) : null,
      });
      return outcome(id, event, await Promise.all(runs.map(ended)));
    },
    { needs: 'worker' },
  );
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
