import { findRun, listRuns } from '../../triggers/runs.ts';
import type { ListedRun } from '../../triggers/runs.ts';
import { runDocument } from '../../triggers/show/runs.ts';
import type { RunDocument } from '../../triggers/show/runs.ts';
import { remoteOrNull } from '../api.ts';
import type { Api } from '../api.ts';
import { withStore } from '../openStore.ts';
import { checkOrganizationName } from '../organizationName.ts';
import type { Outcome } from '../outcome.ts';
import { DEFAULT_LIMIT, pageOf, withMore } from '../paging.ts';
import type { Page } from '../paging.ts';
import { table } from '../table.ts';
import { checkTriggerName } from '../triggers/find.ts';
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
  const remote = remoteOrNull();
  const page = await (remote ? remotePage(remote, options) : localPage(options));
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

async function localPage(options: RunsOptions): Promise<Page<RunDocument>> {
  const { org, trigger, limit = DEFAULT_LIMIT, ...filters } = options;
  return await withStore(async (store) => {
    if (trigger !== undefined) await checkTriggerName(store, trigger);
    if (org !== undefined) await checkOrganizationName(store, org);
    const before = filters.before === undefined ? undefined : (await findRun(store, filters.before)).id;
    const found = await listRuns(store, { ...filters, trigger, organization: org, before, limit: limit + 1 });
    const { rows, more } = pageOf(found, limit);
    return { rows: rows.map(runDocument), more };
  });
}

async function remotePage(api: Api, options: RunsOptions): Promise<Page<RunDocument>> {
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
