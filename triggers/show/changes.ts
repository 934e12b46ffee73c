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
