/**
 * How long runs are kept: as long as the policy of their organization says (`retention_days`, inherited from above, at the
 * root 30 days). What starts nothing twice stays for ever: the keys of events, and the ledger of writes.
 */
import { DEFAULT_RETENTION_DAYS as DEFAULT_DAYS } from '../organizations/retention.ts';
import type { Store } from '../store/store.ts';
import { NEVER_SEEN } from './runEnds/ends.ts';

/** Rows of one statement, so that none holds locks for long. */
const BATCH = 1_000;
/** Nights are over at three in the morning, UTC. */
const NIGHT_ENDS_MS = 3 * 3_600_000;
const DAY_MS = 24 * 3_600_000;

const policy = `
  with recursive policy(slug, days) as (
    select slug, coalesce(retention_days, ${DEFAULT_DAYS}) from organizations where parent is null
    union all
    select o.slug, coalesce(o.retention_days, policy.days) from organizations o join policy on o.parent = policy.slug
  ), shortest as (
    select least(min(days), ${DEFAULT_DAYS}) as days from policy
  )`;

/**
 * Calls go with their run. An event that failed although its run was started is one that ran: without the run's row
 * nothing else would tell, and a rewind would start it once more.
 */
const purgeRuns = `${policy}, gone as (delete from runs where id in (
    select r.id from runs r left join policy on policy.slug = r.organization
    where r.status <> 'running' and r.closed_at < now() - (select make_interval(days => days) from shortest)
      and r.closed_at < now() - make_interval(days => coalesce(policy.days, ${DEFAULT_DAYS}))
    order by r.closed_at limit $1
    for update of r skip locked) returning id, error_type
  ), ran as (
    update events e set status = 'accepted' from gone
    where e.run = gone.id and e.status = 'failed' and e.workflow_id is not null
      and gone.error_type is distinct from '${NEVER_SEEN}'
  ) select id from gone`;

/** An event for nobody is its trigger's owner's. */
const emptyEvents = `${policy}
  update events set payload = null, outcome = null where id in (
    select e.id from events e left join triggers t on t.id = e.trigger
      left join policy on policy.slug = coalesce(e.organization, t.organization)
    where e.status <> 'pending' and (e.payload is not null or e.outcome is not null)
      and e.created_at < now() - (select make_interval(days => days) from shortest)
      and e.created_at < now() - make_interval(days => coalesce(policy.days, ${DEFAULT_DAYS}))
    order by e.created_at limit $1
    for update of e skip locked)`;

export interface Purged {
  readonly runs: number;
  /** Events that have lost what their workflows got. */
  readonly events: number;
}

/** Deletes runs that have ended too long ago, and empties events that came in too long ago; at most so many of each. */
export async function purge({ pool }: Pick<Store, 'pool'>, limit = BATCH): Promise<Purged> {
  const runs = await pool.query(purgeRuns, [limit]);
  const events = await pool.query(emptyEvents, [limit]);
  return { runs: runs.rowCount ?? 0, events: events.rowCount ?? 0 };
}

export interface Retention {
  /** Purges a batch when it is time: at the start and once after each night, batch by batch until nothing is left. */
  step(now?: Date): Promise<void>;
}

export function createRetention(store: Pick<Store, 'pool'>, limit = BATCH): Retention {
  let doneFor: number | null = null;
  return {
    async step(now = new Date()) {
      const day = Math.floor((now.getTime() - NIGHT_ENDS_MS) / DAY_MS);
      if (day === doneFor) return;
      const { runs, events } = await purge(store, limit);
      if (runs < limit && events < limit) doneFor = day;
    },
  };
}
