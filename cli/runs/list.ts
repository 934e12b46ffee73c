import { and, desc, eq, sql } from 'drizzle-orm';
import { runs } from '../../store/schema/runs.ts';
import { withStore } from '../openStore.ts';
import { checkOrganizationName } from '../organizationName.ts';
import type { Outcome } from '../outcome.ts';
import { DEFAULT_LIMIT, pageOf, withMore } from '../paging.ts';
import { table } from '../table.ts';
import { checkTriggerName } from '../triggers/find.ts';
import { moment, span } from '../when.ts';
import { findRun, shortId } from './find.ts';
import type { RunRow } from './find.ts';

export interface RunsOptions {
  readonly org?: string;
  readonly workflow?: string;
  readonly trigger?: string;
  readonly status?: RunRow['status'];
  readonly limit?: number;
  /** The beginning of a run's id: only those started before it. */
  readonly before?: string;
}

/** A run without its input, which may be large. */
export const runDocument = (run: RunRow): object => ({
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
export const took = ({ startedAt, closedAt }: RunRow, now: Date): string =>
  span(Math.max(0, (closedAt ?? now).getTime() - startedAt.getTime()));

/** What `haloflow runs list` does. */
export async function listed(options: RunsOptions): Promise<Outcome> {
  const { org, workflow, trigger, status, limit = DEFAULT_LIMIT } = options;
  return await withStore(async (store) => {
    if (trigger !== undefined) await checkTriggerName(store, trigger);
    if (org !== undefined) await checkOrganizationName(store, org);
    const before = options.before === undefined ? undefined : await findRun(store, options.before);
    const found = await store.db
      .select()
      .from(runs)
      .where(
        and(
          org === undefined ? undefined : eq(runs.organization, org),
          workflow === undefined ? undefined : eq(runs.workflow, workflow),
          trigger === undefined ? undefined : eq(runs.trigger, trigger),
          status === undefined ? undefined : eq(runs.status, status),
          // By the row itself: a time that went through JavaScript has lost its microseconds.
          before &&
            sql`(${runs.startedAt}, ${runs.id}) < (select started_at, id from runs where id = ${before.id})`,
        ),
      )
      .orderBy(desc(runs.startedAt), desc(runs.id))
      .limit(limit + 1);
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
