import { retrying } from '../../store/store.ts';
import type { Store } from '../../store/store.ts';
import { storableJson } from '../../store/text.ts';
import type { NewRun } from '../start.ts';
import type { EventRow } from '../types.ts';

// All rows or none: a batch keeps the members that it was formed with. Formed again when its commit got lost.
const form = `
  with d as (
    select * from unnest($1::bigint[], $2::int[], $3::text[]) as d(id, attempts, payload)
  ), held as (
    select events.id from events join d on events.id = d.id and events.attempts = d.attempts
    where events.status = 'pending' and (events.workflow_id is null or events.workflow_id = $4)
    for update of events
  ), formed as (
    update events set organization = $5, workflow_id = $4, run = $6, outcome = $7::jsonb, payload = d.payload::json,
      reason = null, decided_at = now()
    from d where events.id = d.id and (select count(*) from held) = (select count(*) from d)
    returning events.id
  ), registered as (
    insert into runs (id, workflow_id, workflow, owner, organization, trigger, overrides, started_by, input, event)
      select $6, $4, $8, $9, $5, $10, $11::jsonb, $12, $13::json, $14 where exists (select from formed)
    on conflict do nothing
  )
  select count(*)::int as formed from formed`;

/** Gives rows one run, in one transaction; false when another dispatcher has taken one of them. */
export async function formBatch(
  store: Store,
  batch: {
    readonly members: readonly { readonly row: Pick<EventRow, 'id' | 'attempts'>; readonly event: unknown }[];
    readonly run: NewRun;
    readonly outcome: unknown;
  },
): Promise<boolean> {
  const { members, run, outcome } = batch;
  const { rows } = await retrying(() =>
    store.pool.query<{ formed: number }>({
      name: 'form_batch',
      text: form,
      values: [
        members.map(({ row }) => row.id),
        members.map(({ row }) => row.attempts),
        members.map(({ event }) => JSON.stringify(event)),
        run.workflowId,
        run.organization,
        run.id,
        storableJson(outcome),
        run.workflow,
        run.owner,
        run.trigger,
        JSON.stringify(run.overrides),
        run.startedBy,
        JSON.stringify(run.input),
        run.event,
      ],
    }),
  );
  return (rows[0]?.formed ?? 0) > 0;
}
