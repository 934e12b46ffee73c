/** Runs for those who watch over them: list, show, cancel, start again. */
import { WorkflowNotFoundError } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import { and, desc, eq, getTableColumns, gte, lt, sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { ConfigurationError } from '../errors.ts';
import { readConfiguration } from '../organizations/configuration.ts';
import type { Overrides } from '../organizations/types.ts';
import { events } from '../store/schema/events.ts';
import { runs } from '../store/schema/runs.ts';
import type { Store } from '../store/store.ts';
import type { Reach } from '../store/subtree.ts';
import { aboutTicket } from './events.ts';
import { latestOf } from './runEnds/ends.ts';
import type { RunStatus } from './runEnds/ends.ts';
import { fewOf, inScope } from './scope.ts';
import type { Scope } from './scope.ts';
import { prepareRun, startPrepared } from './start.ts';
import type { NewRun, StartedRun, Starter } from './start.ts';

export type RunRow = typeof runs.$inferSelect;

const { input: _input, ...listed } = {
  ...getTableColumns(runs),
  startedAtMicros: sql<number>`(extract(epoch from ${runs.startedAt}) * 1000000)::bigint`.mapWith(Number),
};

/** A run without its input, which may be large. */
export type ListedRun = Omit<RunRow, 'input'>;

/** A run of a list. */
export interface FoundRun extends ListedRun {
  /** The start in microseconds, which a Date has not. */
  readonly startedAtMicros: number;
}

export interface RunFilters extends Scope {
  readonly workflow?: string | undefined;
  readonly trigger?: string | undefined;
  readonly status?: RunStatus | undefined;
  /** Started at or after it. */
  readonly since?: Date | undefined;
  /** Started before it. */
  readonly until?: Date | undefined;
  /** Started by an event about the ticket with this id. */
  readonly ticket?: number | undefined;
  /** At most so many. */
  readonly limit: number;
  /** Only runs that started before this one: the full id of the last one of the page before. */
  readonly before?: string | undefined;
  /** The same by where the page before ended, whether that run is still there or not. */
  readonly behind?: Pick<FoundRun, 'startedAtMicros' | 'id'> | undefined;
}

/** Runs, newest first. Runs outlive their organization, so that it need not exist any more. */
export async function listRuns(store: Pick<Store, 'db'>, filters: RunFilters): Promise<FoundRun[]> {
  const few = await fewOf(store, filters);
  return await store.db
    .select(listed)
    .from(runs)
    .where(few ? amongNewest(few, filters) : and(...filtered(runs, filters)))
    .orderBy(desc(runs.startedAt), desc(runs.id))
    .limit(filters.limit);
}

/** The newest of all are among the newest of each organization. */
function amongNewest(organizations: SQL, filters: RunFilters): SQL {
  // The same table under another name.
  const own = alias(runs, 'own') as unknown as typeof runs;
  return sql`${runs.id} = any(array(
    select newest.id from (${organizations}) few(slug) cross join lateral (
      select ${own.id} as id from ${runs} own
      where ${and(sql`${own.organization} = few.slug`, ...filtered(own, filters))}
      order by ${own.startedAt} desc, ${own.id} desc limit ${filters.limit}
    ) newest))`;
}

function filtered(table: typeof runs, filters: RunFilters): (SQL | undefined)[] {
  const { workflow, trigger, status, since, until, ticket, before, behind } = filters;
  return [
    inScope(table.organization, filters),
    workflow === undefined ? undefined : eq(table.workflow, workflow),
    trigger === undefined ? undefined : eq(table.trigger, trigger),
    status === undefined ? undefined : eq(table.status, status),
    since === undefined ? undefined : gte(table.startedAt, since),
    until === undefined ? undefined : lt(table.startedAt, until),
    ticket === undefined
      ? undefined
      : sql`${table.id} = any(array(select ${events.run} from ${events} where ${aboutTicket(ticket)}))`,
    // By the row itself: a time that went through JavaScript has lost its microseconds.
    before === undefined
      ? undefined
      : sql`(${table.startedAt}, ${table.id}) < (select started_at, id from runs where id = ${before})`,
    behind === undefined
      ? undefined
      : sql`(${table.startedAt}, ${table.id}) < (timestamptz 'epoch' + ${behind.startedAtMicros}::bigint * interval '1 microsecond', ${behind.id}::uuid)`,
  ];
}

/** At most two runs with this id, or whose id begins so, or the latest one with this workflow id; without `reach` of all. */
export async function findRuns(store: Pick<Store, 'db'>, id: string, reach?: Reach): Promise<RunRow[]> {
  const found = id.includes('/') ? eq(runs.workflowId, id) : beginningWith(id.toLowerCase());
  if (found === null) return [];
  return await store.db
    .select()
    .from(runs)
    .where(and(found, reach?.(runs.organization)))
    .orderBy(desc(runs.startedAt))
    .limit(id.includes('/') ? 1 : 2);
}

/** The primary key serves a range of uuids, not a prefix of texts. */
function beginningWith(prefix: string): SQL | null {
  const digits = prefix.replaceAll('-', '');
  if (!/^[0-9a-f]{1,32}$/.test(digits)) return null;
  const [lowest, highest] = [digits.padEnd(32, '0'), digits.padEnd(32, 'f')];
  return sql`${runs.id} between ${lowest}::uuid and ${highest}::uuid`;
}

/** What to say of an id that several runs begin with. */
export function severalRuns(id: string, found: readonly RunRow[]): string {
  const examples = found.map((each) => each.id.slice(0, 13)).join(' or ');
  return `several runs have an id that begins with ${id}: give more of it, for example ${examples}`;
}

/**
 * The run with this id, the only one whose id begins so, or the one with this workflow id.
 *
 * @throws ConfigurationError when there is none, or when several begin so.
 */
export async function findRun(store: Pick<Store, 'db'>, id: string): Promise<RunRow> {
  const found = await findRuns(store, id);
  const [run] = found;
  if (!run) {
    throw new ConfigurationError(`there is no run ${id}: \`haloflow runs list\` shows the latest ones`);
  }
  if (found.length > 1) throw new ConfigurationError(severalRuns(id, found));
  return run;
}

/** The run as it is now: its row says `running` until its end has been read (triggers/runEnds). */
export async function asItIs<Run extends ListedRun>(client: Client, run: Run): Promise<Run> {
  if (run.status !== 'running') return run;
  const end = await latestOf(client, run.workflowId);
  return end && end !== 'running' ? { ...run, status: end.status, closedAt: end.closedAt } : run;
}

/** Does what it is given, with what belongs around it; `run` is the one that it is about. */
export type Around<Run> = <Done>(run: Run, deed: () => Promise<Done>) => Promise<Done>;

/**
 * Asks a run to stop: its workflow may clean up first, its calls under way are given up. Returns its row.
 *
 * @throws ConfigurationError when there is no such run, or when it has ended.
 */
export async function cancelRun(
  store: Pick<Store, 'db'>,
  client: Client,
  id: string,
  around: Around<RunRow> = (_, cancel) => cancel(),
): Promise<RunRow> {
  const run = await asItIs(client, await findRun(store, id));
  if (run.status !== 'running') throw hasEnded(run);
  await around(run, () => askToStop(client, run));
  return run;
}

async function askToStop(client: Client, run: RunRow): Promise<void> {
  try {
    await client.workflow.getHandle(run.workflowId).cancel();
  } catch (error) {
    // Also what Temporal answers for one that has ended in this moment.
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    const now = await asItIs(client, run);
    if (now.status !== 'running') throw hasEnded(now);
    throw new ConfigurationError(
      `run ${run.id} cannot be cancelled: Temporal has no record of ${run.workflowId}, so it was never started, or its record is past the retention`,
      { cause: error },
    );
  }
}

function hasEnded({ id, status }: ListedRun): ConfigurationError {
  return new ConfigurationError(`run ${id} cannot be cancelled: it has ended already (${status})`);
}

/**
 * Starts the same workflow with the same input again, for the same organization and with the same authority, under a new
 * id; its row points to the first run, also when it repeats a repeat. What the first one wrote is not taken back.
 *
 * @throws ConfigurationError when there is no such run, when it is still under way (both would do the same work), and for
 * what `startRun` refuses, such as an organization that is disabled by now.
 */
export async function rerunRun(
  starter: Starter,
  id: string,
  around: Around<NewRun> = (_, start) => start(),
): Promise<StartedRun> {
  const run = await asItIs(starter.client, await findRun(starter.store, id));
  const { workflow, organization, owner, trigger, event, input } = run;
  if (run.status === 'running' && (await latestOf(starter.client, run.workflowId)) === 'running') {
    throw new ConfigurationError(
      `run ${run.id} is still under way: wait for its end, or cancel it (\`haloflow runs cancel ${run.id.slice(0, 8)}\`), before it is started again`,
    );
  }
  if (!Array.isArray(input)) {
    throw new ConfigurationError(
      `run ${run.id} cannot be started again: its input was not kept, as it is from an earlier version of haloflow`,
    );
  }
  const configuration = await readConfiguration(starter.store);
  const repeat = prepareRun(configuration, {
    workflow,
    args: input as unknown[],
    organization,
    owner,
    // Only startRun writes these rows.
    overrides: run.overrides as Overrides,
    ...(trigger === null ? {} : { trigger }),
    ...(event === null ? {} : { event }),
    startedBy: 'rerun',
    rerunOf: run.rerunOf ?? run.id,
  });
  return await around(repeat, () => startPrepared(starter, configuration, repeat));
}
