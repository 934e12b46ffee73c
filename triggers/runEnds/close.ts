/** Closes the rows of runs that have ended and, in the same transaction, fires the triggers that follow them. */
import { inArray } from 'drizzle-orm';
import type { Client } from '@temporalio/client';
import type { ConfigurationReader } from '../../organizations/configuration.ts';
import { runs } from '../../store/schema/runs.ts';
import type { Store } from '../../store/store.ts';
import type { TriggerReader } from '../registry.ts';
import { latestOf, outcomeOf } from './ends.ts';
import type { End } from './ends.ts';
import { followersOf } from './followers.ts';
import { recordEnds } from './record.ts';
import type { EndedRun } from './record.ts';

/** What reading the ends of runs needs, made once per worker. */
export interface RunEnds {
  readonly store: Store;
  /** Any client of the namespace. */
  readonly client: Client;
  /** The queue of runs. */
  readonly taskQueue: string;
  readonly configuration: ConfigurationReader;
  readonly triggers: TriggerReader;
}

const NOTHING = { result: null, reason: null };

/** Requests to Temporal at the same time. */
const AT_ONCE = 10;

const { id, workflowId, workflow, organization, trigger, startedAt, closedAt } = runs;
const columns = { id, workflowId, workflow, organization, trigger, startedAt, closedAt };

/** Closes the runs whose ends these are, unless that was done before. Returns how many it closed. */
export async function closeRuns(parts: RunEnds, ends: readonly End[]): Promise<number> {
  const latest = latestByWorkflow(ends);
  if (latest.size === 0) return 0;
  const rows = await parts.store.db
    .select(columns)
    .from(runs)
    .where(inArray(runs.workflowId, [...latest.keys()]));
  const open = rows.flatMap((run) => {
    const end = latest.get(run.workflowId);
    return end && (run.closedAt === null || run.closedAt < end.closedAt) ? [{ run, end }] : [];
  });
  if (open.length === 0) return 0;
  const configuration = await parts.configuration.current();
  const triggers = await parts.triggers.at(configuration.version);
  const complete = async ({ run, end }: (typeof open)[number]): Promise<EndedRun[]> => {
    // A reset terminates the run, and another execution carries it on under the same workflow id.
    if (end.status === 'terminated' && (await latestOf(parts.client, run.workflowId)) === 'running')
      return [];
    const hasReason = end.status === 'failed' || end.status === 'terminated';
    const failure = hasReason ? await outcomeOf(parts.client, end) : null;
    // It was terminated because nothing else ends it; to people it has failed.
    const status = failure?.isSetAside ? 'failed' : end.status;
    const ended = { ...run, status, closedAt: end.closedAt };
    const followers = followersOf(configuration, triggers, ended);
    const isNeeded = end.status === 'completed' && followers.length > 0;
    const { result, reason } = failure ?? (isNeeded ? await outcomeOf(parts.client, end) : NOTHING);
    return [{ ...ended, result, reason, followers }];
  };
  const ended: EndedRun[] = [];
  for (let start = 0; start < open.length; start += AT_ONCE) {
    ended.push(...(await Promise.all(open.slice(start, start + AT_ONCE).map(complete))).flat());
  }
  return await recordEnds(parts.store, ended);
}

function latestByWorkflow(ends: readonly End[]): ReadonlyMap<string, End> {
  const latest = new Map<string, End>();
  for (const end of ends) {
    const known = latest.get(end.workflowId);
    if (!known || known.closedAt < end.closedAt) latest.set(end.workflowId, end);
  }
  return latest;
}
