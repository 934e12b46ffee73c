/** What has changed of runs and events since a mark: for whoever follows them, without gaps and bounded page by page. */
import { and, asc, getTableColumns, lt, sql } from 'drizzle-orm';
import { events } from '../../store/schema/events.ts';
import { runs } from '../../store/schema/runs.ts';
import type { Store } from '../../store/store.ts';
import type { Reach } from '../../store/subtree.ts';
import { eventInScope } from '../dispatch/list.ts';
import { inScope } from '../scope.ts';
import { eventDocument } from './events.ts';
import type { EventDocument } from './events.ts';
import { runDocument } from './runs.ts';
import type { RunDocument } from './runs.ts';

/** How far a follower has read: the transaction and the row of it, of each table. */
export interface Mark {
  readonly run: readonly [changed: number, id: string];
  readonly event: readonly [changed: number, id: number];
}

export type Change =
  | { readonly type: 'run'; readonly document: RunDocument; readonly mark: Mark }
  | { readonly type: 'event'; readonly document: EventDocument; readonly mark: Mark };

const FIRST_RUN = '00000000-0000-0000-0000-000000000000';

const { input: _input, ...runColumns } = getTableColumns(runs);
const { payload: _payload, ...eventColumns } = getTableColumns(events);

/** All transactions before this one have ended; what they changed can be read, and nothing will be added to it. */
export async function horizon({ pool }: Pick<Store, 'pool'>): Promise<number> {
  const { rows } = await pool.query<{ horizon: string }>(
    'select pg_snapshot_xmin(pg_current_snapshot())::text as horizon',
  );
  return Number(rows[0]?.horizon);
}

/** More organizations than these in one look are not told apart. */
const MOST_TOUCHED = 500;

/** One statement, so that all of it is of one moment. An event that is undecided is its trigger's owner's. */
const TOUCHED = `with recursive seen as (select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as until),
  changed(slug) as (
    (select distinct organization from runs
      where changed >= $1 and changed < (select until from seen) limit ${MOST_TOUCHED})
    union all
    (select distinct unnest(array[organization, (select t.organization from triggers t where t.id = e.trigger)])
      from events e where changed >= $1 and changed < (select until from seen) limit ${MOST_TOUCHED})
  ),
  above(slug) as (
    select slug from changed
    union
    select o.parent from above join organizations o on o.slug = above.slug where o.parent is not null
  )
  select until, (select count(*)::int from changed) as count,
    array(select slug from above where slug is not null) as organizations from seen`;

export interface Touched {
  /** The horizon. */
  readonly until: number;
  /** The organizations that can see some of what has changed since then, and before the horizon; perhaps some more. */
  readonly organizations: ReadonlySet<string>;
  /** Whether anything has changed. */
  readonly isAny: boolean;
  /** Nobody knows whose it is: there was no look before this one, or too much has changed. */
  readonly isAll: boolean;
}

/** Whose runs and events transactions from `from` on have changed; 0: there was no look before. */
export async function touchedSince({ pool }: Pick<Store, 'pool'>, from: number): Promise<Touched> {
  const { rows } = await pool.query<{ until: string; count: number; organizations: string[] }>(TOUCHED, [
    from === 0 ? null : from,
  ]);
  const { until, count, organizations } = rows[0]!;
  return {
    until: Number(until),
    organizations: new Set(organizations),
    isAny: count > 0,
    isAll: from === 0 || count >= MOST_TOUCHED,
  };
}

/** Where somebody begins who wants to hear of what changes from now on. */
export const markAt = (transaction: number): Mark => ({
  run: [transaction, FIRST_RUN],
  event: [transaction, 0],
});

/**
 * What transactions before `until` have changed behind a mark, in the order of changes, at most `limit` rows of each table;
 * each row as it is now, with the mark behind it. `mark` is where to go on, `complete` whether this is all.
 */
export async function changesSince(
  { db }: Pick<Store, 'db'>,
  options: {
    readonly mark: Mark;
    readonly until: number;
    readonly reach: Reach | undefined;
    readonly limit: number;
  },
): Promise<{ readonly changes: Change[]; readonly mark: Mark; readonly complete: boolean }> {
  const { mark, until, reach, limit } = options;
  const [runRows, eventRows] = await Promise.all([
    db
      .select(runColumns)
      .from(runs)
      .where(
        and(
          sql`(${runs.changed}, ${runs.id}) > (${mark.run[0]}::bigint, ${mark.run[1]}::uuid)`,
          lt(runs.changed, until),
          inScope(runs.organization, { reach }),
        ),
      )
      .orderBy(asc(runs.changed), asc(runs.id))
      .limit(limit),
    db
      .select(eventColumns)
      .from(events)
      .where(
        and(
          sql`(${events.changed}, ${events.id}) > (${mark.event[0]}::bigint, ${mark.event[1]}::bigint)`,
          lt(events.changed, until),
          eventInScope(events, { reach }),
        ),
      )
      .orderBy(asc(events.changed), asc(events.id))
      .limit(limit),
  ]);
  let at = mark;
  const changes: Change[] = [];
  for (const event of eventRows) {
    at = { ...at, event: [event.changed, event.id] };
    changes.push({ type: 'event', document: eventDocument(event), mark: at });
  }
  for (const run of runRows) {
    at = { ...at, run: [run.changed, run.id] };
    changes.push({ type: 'run', document: runDocument(run), mark: at });
  }
  const [allRuns, allEvents] = [runRows.length < limit, eventRows.length < limit];
  const end = markAt(until);
  return {
    changes,
    // What is of other organizations is not looked at again.
    mark: { run: allRuns ? end.run : at.run, event: allEvents ? end.event : at.event },
    complete: allRuns && allEvents,
  };
}
