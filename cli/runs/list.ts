import { findRun, listRuns } from '../../triggers/runs.ts';
import type { ListedRun } from '../../triggers/runs.ts';
import { withStore } from '../openStore.ts';
import { checkOrganizationName } from '../organizationName.ts';
import type { Outcome } from '../outcome.ts';
import { DEFAULT_LIMIT, pageOf, withMore } from '../paging.ts';
import { table } from '../table.ts';
import { checkTriggerName } from '../triggers/find.ts';
import { moment, span } from '../when.ts';
import { shortId } from './shortId.ts';

export interface RunsOptions {
  readonly org?: string;
  readonly workflow?: string;
  readonly trigger?: string;
  readonly status?: ListedRun['status'];
  readonly limit?: number;
  /** The beginning of a run's id: only those started before it. */
  readonly before?: string;
}

/** A run without its input, which may be large. */
export const runDocument = (run: ListedRun): object => ({
  id: run.id,
  workflow: run.workflow,
  workflowId: run.workflowId,
  organization: run.organization,
  owner: run.owner,
  trigger: run.trigger,
  event: run.event,
  startedBy: run.startedBy,
  rerunOf: run.rerunOf,
  status: run.status,
  startedAt: moment(run.startedAt),
  closedAt: run.closedAt && moment(run.closedAt),
  error:
    run.errorMessage === null && run.errorType === null
      ? null
      : { type: run.errorType ?? 'Error', message: run.errorMessage ?? '' },
});

/** How long it took, or has taken until now. */
export const took = ({ startedAt, closedAt }: ListedRun, now: Date): string =>
  span(Math.max(0, (closedAt ?? now).getTime() - startedAt.getTime()));

/** What `haloflow runs list` does. */
export async function listed(options: RunsOptions): Promise<Outcome> {
  const { org, workflow, trigger, status, limit = DEFAULT_LIMIT } = options;
  return await withStore(async (store) => {
    if (trigger !== undefined) await checkTriggerName(store, trigger);
    if (org !== undefined) await checkOrganizationName(store, org);
    const before = options.before === undefined ? undefined : (await findRun(store, options.before)).id;
    const found = await listRuns(store, {
      ...(org === undefined ? {} : { organization: org }),
      ...(workflow === undefined ? {} : { workflow }),
      ...(trigger === undefined ? {} : { trigger }),
      ...(status === undefined ? {} : { status }),
      ...(before === undefined ? {} : { before }),
      limit: limit + 1,
    });
    const now = new Date();
    const page = pageOf(found, limit);
    const drawn = table(
      ['id', 'started', 'workflow', 'organization', 'trigger', 'status', 'took', 'error'],
      page.rows.map((run) => [
        shortId(run.id),
        moment(run.startedAt),
        run.workflow,
        run.organization,
        run.trigger ?? `- (${run.startedBy})`,
        run.status,
        took(run, now),
        run.errorType ?? '-',
      ]),
    );
    const last = page.rows.at(-1);
    return {
      ok: true,
      json: { ok: true, runs: page.rows.map(runDocument), more: page.more },
      text: withMore(drawn, page, {
        nothing: 'No runs.',
        next: `--before ${last && shortId(last.id)} shows older ones`,
      }),
    };
  });
}
