import type { ListedRun } from '../../triggers/runs.ts';
import type { RunDocument } from '../../triggers/show/runs.ts';
import { withApi } from '../api.ts';
import type { Api } from '../api.ts';
import type { Outcome } from '../outcome.ts';
import { DEFAULT_LIMIT, withMore } from '../paging.ts';
import type { Page } from '../paging.ts';
import { table } from '../table.ts';
import { span } from '../when.ts';
import { shortId } from './shortId.ts';

export interface RunsOptions {
  readonly org?: string;
  readonly workflow?: string;
  readonly trigger?: string;
  readonly status?: ListedRun['status'];
  readonly ticket?: number;
  readonly since?: Date;
  readonly until?: Date;
  readonly limit?: number;
  /** The beginning of a run's id: only those started before it. */
  readonly before?: string;
}

/** How long it took, or has taken until now. */
export const took = ({ startedAt, durationMs }: RunDocument, now: Date): string =>
  span(durationMs ?? Math.max(0, now.getTime() - new Date(startedAt).getTime()));

/** What `haloflow runs list` does. */
export async function listed(options: RunsOptions): Promise<Outcome> {
  const page = await withApi((api) => pageOf(api, options));
  const now = new Date();
  const drawn = table(
    ['id', 'started', 'workflow', 'organization', 'trigger', 'status', 'took', 'error'],
    page.rows.map((run) => [
      shortId(run.id),
      run.startedAt,
      run.workflow,
      run.organization,
      run.trigger ?? `- (${run.startedBy})`,
      run.status,
      took(run, now),
      run.error?.type ?? '-',
    ]),
  );
  const last = page.rows.at(-1);
  return {
    ok: true,
    json: { ok: true, runs: page.rows, more: page.more },
    text: withMore(drawn, page, {
      nothing: 'No runs.',
      next: `--before ${last && shortId(last.id)} shows older ones`,
    }),
  };
}

async function pageOf(api: Api, options: RunsOptions): Promise<Page<RunDocument>> {
  const { org, workflow, trigger, status, ticket, since, until, limit = DEFAULT_LIMIT, before } = options;
  const { runs, next } = await api.call<{ runs: readonly RunDocument[]; next: string | null }>({
    path: '/runs',
    query: {
      organization: org,
      workflow,
      trigger,
      status,
      ticket,
      since: since?.toISOString(),
      until: until?.toISOString(),
      limit,
      before,
    },
  });
  return { rows: runs, more: next !== null };
}
