/** The record of calls: the authority a call runs under, read when it begins, and what became of it. */
import { asc, eq } from 'drizzle-orm';
import { HaloOutcomeUnknownError } from '../errors.ts';
import { calls } from '../store/schema/runs.ts';
import type { runs } from '../store/schema/runs.ts';
import { retrying } from '../store/store.ts';
import type { Store } from '../store/store.ts';
import { createBatch } from './batch.ts';
import type { Batch } from './batch.ts';
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
  /** Set when an earlier try sent a write: with its `result`, or without one when that is not known. */
  readonly sent: { readonly result?: unknown } | null;
}

interface BegunRow {
  readonly run: CallingRun;
  readonly version: number;
  readonly attempts: number;
  readonly connection: string | null;
  readonly sent: boolean;
  readonly known: boolean;
  readonly result: unknown;
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
    writes.call is not null as sent, writes.result is not null as known, writes.result,
    set_config('synchronous_commit', 'off', true)
  from run cross join call left join writes on writes.call = $1`;

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
    sent: row.sent ? (row.known ? { result: row.result } : {}) : null,
  };
}

// The lock lets no later try begin between the look and the mark; a mark of our own is there when its commit got lost.
const mark = `
  with latest as (
    select key from calls where key = $1 and attempt = $2 for no key update
  ), mark as (
    insert into writes (call, attempt, connection, host, action, resource, effect, state)
      select key, $2, $4, '', '', '', 'upsert', 'sent' from latest
    on conflict (call, index) do update set sent_at = now() where writes.attempt = excluded.attempt
    returning call
  )
  update calls set attempts = $3, connection = $4, because = $5 from mark where calls.key = mark.call returning 1`;

/**
 * A write is about to be sent: from now on a later try finds it in `sent`. Committed when this resolves.
 *
 * @throws HaloOutcomeUnknownError when another try of the call has begun or has sent it, so that this one may not. It is
 * retryable: a try that comes after finds in the record what became of the write.
 */
export async function markSent(
  store: Store,
  call: Pick<EndedCall, 'key' | 'attempt' | 'attempts' | 'connection' | 'because'>,
): Promise<void> {
  const { key, attempt, attempts, connection, because } = call;
  const { rows } = await retrying(() =>
    store.pool.query({
      name: 'mark_sent',
      text: mark,
      values: [key, attempt, attempts, connection, because],
    }),
  );
  if (rows.length > 0) return;
  throw new HaloOutcomeUnknownError(
    `another try of this call has taken over (connection ${connection}), so this one has sent nothing; look in Halo before you run it again`,
    { retryable: true },
  );
}

export interface EndedCall {
  readonly key: string;
  /** Which try ended, by Temporal's count. */
  readonly attempt: number;
  /** For whom it was made: the run's organization, or the one it acted for. */
  readonly organization: string;
  /** Null: as an earlier try recorded it, if one did. */
  readonly connection: string | null;
  readonly because: string | null;
  /** Tries that have reached Halo or failed of an error that is none of Halo's, this one included. */
  readonly attempts: number;
  /** `waiting`: it will be tried again, and what it sent certainly did not happen. */
  readonly status: 'ok' | 'failed' | 'waiting';
  readonly error: { readonly type: string; readonly message: string } | null;
  /** Writes that are `ok`: the output, for a try that comes after a lost completion. */
  readonly result?: unknown;
  readonly durationMs: number;
}

const batches = new WeakMap<Store, Batch<EndedCall>>();

/**
 * Records how a try ended, unless a later one has begun; resolves when that is committed. Calls that end together share a
 * statement.
 */
export function endCall(store: Store, call: EndedCall): Promise<void> {
  const batch = batches.get(store) ?? createBatch({ write: (ended) => writeEnded(store, ended), delayMs: 0 });
  batches.set(store, batch);
  return batch.add(call);
}

const end = `
  with ended as (
    select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int[], $6::text[], $7::text[], $8::text[],
      $9::int[], $10::text[], $11::int[]) as e(key, organization, connection, because, attempts, status, error_type,
      error_message, duration_ms, result, attempt)
  ), known as (
    update writes set result = ended.result::json from ended
      where writes.call = ended.key and writes.attempt = ended.attempt and ended.result is not null
  ), undone as (
    delete from writes using ended
      where writes.call = ended.key and writes.attempt = ended.attempt and ended.status = 'waiting'
  )
  update calls set organization = ended.organization, connection = coalesce(ended.connection, calls.connection),
    because = coalesce(ended.because, calls.because), attempts = ended.attempts, status = ended.status, error_type = ended.error_type,
    error_message = ended.error_message, duration_ms = ended.duration_ms
  from ended where calls.key = ended.key and calls.attempt <= ended.attempt`;

/** Longer messages are of no use to anyone. */
const LONGEST_MESSAGE = 4_000;

async function writeEnded(store: Store, ended: readonly EndedCall[]): Promise<void> {
  const column = <T>(of: (call: EndedCall) => T): T[] => ended.map(of);
  await store.pool.query({
    name: 'end_calls',
    text: end,
    values: [
      column((call) => call.key),
      column((call) => call.organization),
      column((call) => call.connection),
      column((call) => call.because),
      column((call) => call.attempts),
      column((call) => call.status),
      column((call) => call.error?.type ?? null),
      column((call) => (call.error ? storable(call.error.message) : null)),
      column((call) => Math.round(call.durationMs)),
      column((call) => ('result' in call ? JSON.stringify(call.result ?? null) : null)),
      column((call) => call.attempt),
    ],
  });
}

/** Postgres' text has no U+0000. */
function storable(message: string): string {
  return message.replaceAll('\0', '').slice(0, LONGEST_MESSAGE);
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
