/** What becomes of rows of the inbox: marks of many rows share a commit, as do the decisions with their runs. */
import { createBatch } from '../../calls/batch.ts';
import type { Store } from '../../store/store.ts';
import { storable, storableJson } from '../../store/text.ts';
import type { NewRun } from '../start.ts';
import type { EventRow } from '../types.ts';

/** The row as it was claimed: another claim since then makes a mark void. */
type Claimed = Pick<EventRow, 'id' | 'attempts'>;

export interface Mark {
  readonly row: Claimed;
  readonly status: EventRow['status'];
  readonly reason: string | null;
  /** For whom, the outcome of the predicates, the event: as it was unless given. */
  readonly organization?: string | null;
  readonly outcome?: unknown;
  readonly payload?: unknown;
  /** When to try again; for rows that stay pending. */
  readonly delayMs?: number;
  /** The try is given back: it was none. */
  readonly unspent?: boolean;
}

interface DecidedRow {
  readonly row: Claimed;
  readonly run: NewRun;
  readonly outcome: unknown;
  readonly payload: unknown;
}

export interface Marks {
  mark(mark: Mark): Promise<void>;
  /** Stores that the row runs and the row of its run; false when another dispatcher has taken the row. */
  decide(decided: DecidedRow): Promise<boolean>;
}

/** Longer reasons are of no use to anyone. */
const LONGEST_REASON = 2_000;

export function createMarks(store: Store): Marks {
  const marks = createBatch<Mark>({ write: (items) => writeMarks(store, items), delayMs: 0 });
  const won = new Set<number>();
  const decisions = createBatch<DecidedRow>({
    write: async (items) => {
      for (const id of await writeDecisions(store, items)) won.add(id);
    },
    delayMs: 0,
  });
  return {
    mark: (mark) => marks.add(mark),
    async decide(decided) {
      await decisions.add(decided);
      return won.delete(decided.row.id);
    },
  };
}

const mark = `
  update events set status = m.status,
    reason = coalesce(m.reason, case when m.status = 'accepted' then events.outcome->>'because' end),
    organization = coalesce(m.organization, events.organization),
    outcome = coalesce(m.outcome::jsonb, events.outcome), payload = coalesce(m.payload::json, events.payload),
    due_at = case when m.delay_ms is null then events.due_at else now() + m.delay_ms * interval '1 millisecond' end,
    attempts = events.attempts - m.unspent, silent_tries = 0,
    decided_at = case when m.status = 'pending' then events.decided_at else coalesce(events.decided_at, now()) end
  from unnest($1::bigint[], $2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::float8[], $9::int[])
    as m(id, attempts, status, reason, organization, outcome, payload, delay_ms, unspent)
  where events.id = m.id and events.attempts = m.attempts and events.status = 'pending'`;

async function writeMarks(store: Store, marks: readonly Mark[]): Promise<void> {
  const column = <T>(of: (one: Mark) => T): T[] => marks.map(of);
  await store.pool.query({
    name: 'mark_events',
    text: mark,
    values: [
      column(({ row }) => row.id),
      column(({ row }) => row.attempts),
      column(({ status }) => status),
      column(({ reason }) => reason && storable(reason, LONGEST_REASON)),
      column(({ organization }) => organization ?? null),
      column(({ outcome }) => (outcome === undefined ? null : storableJson(outcome))),
      column(({ payload }) => (payload === undefined || payload === null ? null : JSON.stringify(payload))),
      column(({ delayMs }) => delayMs ?? null),
      column(({ unspent }) => (unspent ? 1 : 0)),
    ],
  });
}

// Found again when its commit got lost: then the row has this very workflow id.
const decision = `
  with d as (
    select * from unnest($1::bigint[], $2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $7::uuid[], $8::text[],
      $9::text[], $10::text[], $11::text[], $12::text[], $13::text[])
      as d(id, attempts, organization, workflow_id, outcome, payload, run, workflow, owner, trigger, overrides, started_by, input)
  ), decided as (
    update events set organization = d.organization, workflow_id = d.workflow_id, outcome = d.outcome::jsonb,
      payload = d.payload::json, reason = null, decided_at = now()
    from d
    where events.id = d.id and events.attempts = d.attempts and events.status = 'pending'
      and (events.workflow_id is null or events.workflow_id = d.workflow_id)
    returning events.id
  ), registered as (
    insert into runs (id, workflow_id, workflow, owner, organization, trigger, overrides, started_by, input, event)
      select run, workflow_id, workflow, owner, organization, trigger, overrides::jsonb, started_by, input::json, d.id
      from d join decided on decided.id = d.id
    on conflict do nothing
  )
  select id from decided`;

async function writeDecisions(store: Store, decided: readonly DecidedRow[]): Promise<number[]> {
  const column = <T>(of: (one: DecidedRow) => T): T[] => decided.map(of);
  const { rows } = await store.pool.query<{ id: string }>({
    name: 'decide_events',
    text: decision,
    values: [
      column(({ row }) => row.id),
      column(({ row }) => row.attempts),
      column(({ run }) => run.organization),
      column(({ run }) => run.workflowId),
      column(({ outcome }) => storableJson(outcome)),
      column(({ payload }) => JSON.stringify(payload ?? null)),
      column(({ run }) => run.id),
      column(({ run }) => run.workflow),
      column(({ run }) => run.owner),
      column(({ run }) => run.trigger),
      column(({ run }) => JSON.stringify(run.overrides)),
      column(({ run }) => run.startedBy),
      column(({ run }) => JSON.stringify(run.input)),
    ],
  });
  return rows.map(({ id }) => Number(id));
}

/** What is decided, with why it is accepted: the row gets that as its reason when its run has started. */
export function withReason(outcome: object, reason: string | null): object {
  return reason === null ? outcome : { ...outcome, because: reason };
}
