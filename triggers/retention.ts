/**
 * How long runs are kept: as long as the policy of their organization says (`retention_days`, inherited from above, at the
 * root 30 days). What starts nothing twice stays for ever, without its content: the keys of events, the ledger of writes.
 */
import { DEFAULT_RETENTION_DAYS as DEFAULT_DAYS } from '../organizations/retention.ts';
import type { Store } from '../store/store.ts';
import { createLedgerEmptying } from './emptyLedger.ts';
import { NEVER_SEEN } from './runEnds/ends.ts';

/** Rows of one statement, so that none holds locks for long. */
const BATCH = 1_000;
/** Nights are over at three in the morning, UTC. */
const NIGHT_ENDS_MS = 3 * 3_600_000;
const DAY_MS = 24 * 3_600_000;
/** What people did can be looked into for at least so long, days. */
const LEAST_AUDIT_DAYS = 365;
/** What Halo listed is read anew by who needs it, so none of it is kept for longer without being read, days. */
const MOST_OPTION_DAYS = 30;

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

/** What stands behind the colon may be of people; what became of the event is told without it. */
const cutReasons = `${policy}
  update events set reason = split_part(reason, ':', 1) where id in (
    select e.id from events e left join triggers t on t.id = e.trigger
      left join policy on policy.slug = coalesce(e.organization, t.organization)
    where e.status <> 'pending' and strpos(e.reason, ':') > 0
      and e.created_at < now() - (select make_interval(days => days) from shortest)
      and e.created_at < now() - make_interval(days => coalesce(policy.days, ${DEFAULT_DAYS}))
    order by e.created_at limit $1
    for update of e skip locked)`;

/** Who did what to what stays. */
const emptyAudit = `${policy}
  update audit_log set before = null, after = null where id in (
    select a.id from audit_log a left join policy on policy.slug = a.organization
    where (a.before is not null or a.after is not null) and a.at < now() - interval '${LEAST_AUDIT_DAYS} days'
      and a.at < now() - make_interval(days => coalesce(policy.days, ${DEFAULT_DAYS}))
    order by a.at limit $1)`;

const forgetOptions = `${policy}
  delete from halo_options using connections join policy on policy.slug = connections.organization
  where halo_options.connection = connections.id
    and halo_options.fetched_at < now() - make_interval(days => least(policy.days, ${MOST_OPTION_DAYS}))`;

const forgetRefusals = `delete from refused_deliveries where last_at < now() - interval '30 days'`;

export interface Purged {
  readonly runs: number;
  /** Events that have lost what their workflows got. */
  readonly events: number;
}

/**
 * Deletes runs that have ended too long ago, empties events that came in too long ago, and takes what was written out of
 * the ledger where its run is no more; at most so many of each.
 */
export async function purge(store: Pick<Store, 'pool'>, limit = BATCH): Promise<Purged> {
  const { runs, events, isAll } = await purgeRows(store, limit);
  if (isAll) await createLedgerEmptying(store, limit).step();
  return { runs, events };
}

/** `isAll`: nothing is left that is due. */
async function purgeRows(
  { pool }: Pick<Store, 'pool'>,
  limit: number,
): Promise<Purged & { readonly isAll: boolean }> {
  const counts = [];
  for (const statement of [purgeRuns, emptyEvents, cutReasons, emptyAudit]) {
    counts.push((await pool.query(statement, [limit])).rowCount ?? 0);
  }
  for (const statement of [forgetOptions, forgetRefusals]) await pool.query(statement);
  const [runs = 0, events = 0] = counts;
  return { runs, events, isAll: counts.every((count) => count < limit) };
}

export interface Retention {
  /** Purges a batch when it is time: at the start and once after each night, batch by batch until nothing is left. */
  step(now?: Date): Promise<void>;
}

export function createRetention(store: Pick<Store, 'pool'>, limit = BATCH): Retention {
  const ledger = createLedgerEmptying(store, limit);
  let rowsDoneFor: number | null = null;
  let doneFor: number | null = null;
  return {
    async step(now = new Date()) {
      const day = Math.floor((now.getTime() - NIGHT_ENDS_MS) / DAY_MS);
      if (day === doneFor) return;
      if (day !== rowsDoneFor && !(await purgeRows(store, limit)).isAll) return;
      rowsDoneFor = day;
      // Once no run is left to be deleted: what their calls wrote is emptied in one go through the ledger.
      if (await ledger.step()) doneFor = day;
    },
  };
}
