/** The record of calls: the authority a call runs under, read when it begins, and what became of it. */
import { asc, eq } from 'drizzle-orm';
import { calls } from '../store/schema/runs.ts';
import type { runs } from '../store/schema/runs.ts';
import { retrying } from '../store/store.ts';
import type { Store } from '../store/store.ts';
import { KNOWN_WRITE } from './ledger.ts';
import type { KnownWrite } from './ledger.ts';
import { isRunId, notStarted } from './unknownRun.ts';

/** A run's row as calls need it. */
interface CallingRun {
  readonly id: string;
  readonly workflowId: string;
  readonly workflow: string;
  readonly owner: string;
  readonly organization: string;
  readonly trigger: string | null;
  /** As the row has them: an integration override under `halo`, in the shape of organizations/types.ts. */
  readonly overrides: {
    readonly halo?: {
      readonly use: 'default' | 'mapping' | 'connection' | 'name';
      readonly connection?: string;
      readonly name?: string;
      readonly fallback?: 'fail' | 'default';
    };
  };
  readonly startedBy: string;
}

export interface BegunCall {
  readonly run: CallingRun;
  /** Version of the configuration that is current now. */
  readonly version: number;
  /** Tries of this call that have reached Halo, or failed of an error that is none of Halo's, so far. */
  readonly attempts: number;
  /** The connection that an earlier try used, or null. */
  readonly connection: string | null;
  /** What earlier tries have sent, by the position of the element. */
  readonly writes: readonly KnownWrite[];
}

interface BegunRow {
  readonly run: CallingRun;
  readonly version: number;
  readonly attempts: number;
  readonly connection: string | null;
  readonly writes: readonly KnownWrite[] | null;
}

// Not flushed to disk on its own: the grant that comes next flushes it, and before that nothing has happened.
const begin = `
  with run as (
    select id, workflow_id, workflow, owner, organization, trigger, overrides, started_by from runs where id = $2
  ), call as (
    insert into calls (key, run, action, organization, status, extra, attempt)
      select $1, id, $3, organization, 'running', $4, $5 from run
    on conflict (key) do update set attempt = greatest(calls.attempt, excluded.attempt), extra = excluded.extra,
      status = case when excluded.attempt >= calls.attempt then 'running' else calls.status end
    returning attempts, connection
  )
  select json_build_object('id', run.id, 'workflowId', run.workflow_id, 'workflow', run.workflow, 'owner', run.owner,
      'organization', run.organization, 'trigger', run.trigger, 'overrides', run.overrides,
      'startedBy', run.started_by) as run,
    coalesce((select version from configuration), 0)::int as version, call.attempts, call.connection,
    (select json_agg(${KNOWN_WRITE} order by w.index) from writes w where w.call = $1) as writes,
    set_config('synchronous_commit', 'off', true)
  from run cross join call`;

/**
 * Begins a try of a call, in one round trip: its row (status `running`), the run it belongs to, how often it was tried.
 *
 * @throws ConfigurationError when there is no such run.
 */
export async function beginCall(
  store: Store,
  call: {
    /** Stable over tries: `workflow id / run id / activity id`. */
    readonly key: string;
    /** Which try begins, by Temporal's count: from now on, earlier ones may not send. */
    readonly attempt: number;
    /** Id of the run's row; undefined when no header named one. */
    readonly run: string | undefined;
    readonly action: string;
    /** Names of the properties sent through `extra`. */
    readonly extra: readonly string[];
  },
): Promise<BegunCall> {
  const { key, attempt, run, action, extra } = call;
  const { rows } = isRunId(run)
    ? await retrying(() =>
        store.pool.query<BegunRow>({
          name: 'begin_call',
          text: begin,
          values: [key, run, action, extra.length > 0 ? extra : null, attempt],
        }),
      )
    : { rows: [] };
  const row = rows[0];
  if (!row) throw notStarted(action);
  return {
    run: row.run,
    version: row.version,
    attempts: row.attempts,
    connection: row.connection,
    writes: row.writes ?? [],
  };
}

/** Inserts a run's row, before its workflow is started. Safe to repeat. */
export async function registerRun(
  store: Store,
  run: Omit<typeof runs.$inferInsert, 'startedAt' | 'status' | 'closedAt' | 'errorType' | 'errorMessage'>,
): Promise<void> {
  const { id, workflowId, workflow, owner, organization, trigger, overrides, startedBy } = run;
  const { input = null, event = null, rerunOf = null } = run;
  await retrying(() =>
    store.pool.query({
      name: 'register_run',
      text: `insert into runs (id, workflow_id, workflow, owner, organization, trigger, overrides, started_by, input, event, rerun_of)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing`,
      values: [
        id,
        workflowId,
        workflow,
        owner,
        organization,
        trigger ?? null,
        JSON.stringify(overrides),
        startedBy,
        JSON.stringify(input),
        event,
        rerunOf,
      ],
    }),
  );
}

/** A run's calls in the order in which they began. */
export async function callsOfRun(store: Store, run: string): Promise<(typeof calls.$inferSelect)[]> {
  return store.db
    .select()
    .from(calls)
    .where(eq(calls.run, run))
    .orderBy(asc(calls.startedAt), asc(calls.key));
}
