/** Records that a trigger has looked at before, once more: those that it refused, and with `--again` those that ran. */
import { and, eq, inArray, sql } from 'drizzle-orm';
import { events } from '../../store/schema/events.ts';
import { runs } from '../../store/schema/runs.ts';
import { insertEventsApart, wakeDispatchers } from '../events.ts';
import type { Database, Divisible } from '../events.ts';
import type { EventRow, FeedKind, Trigger } from '../types.ts';

/** A record that Halo has, under the key that the trigger has for it. */
export interface Past {
  readonly connection: string;
  /** The generation that it is of. */
  readonly halo: string;
  readonly kind: FeedKind;
  readonly record: number;
  readonly key: string;
}

/** Ids in one statement. */
export const CHUNK = 5_000;

/**
 * What was filtered or failed is decided anew, except where its run may have been started: then that one is started, or
 * found started.
 */
export async function fireAgain(
  db: Database,
  past: readonly Past[],
  known: ReadonlyMap<string, EventRow>,
): Promise<number> {
  const ids = past.flatMap(({ key }) => {
    const row = known.get(key);
    return row?.status === 'filtered' || row?.status === 'failed' ? [row.id] : [];
  });
  const isRunKnown = sql`exists (select 1 from ${runs} where ${runs.id} = ${events.run})`;
  let fired = 0;
  for (let start = 0; start < ids.length; start += CHUNK) {
    const rows = await db
      .update(events)
      .set({
        status: 'pending',
        source: 'rewind',
        reason: null,
        attempts: 0,
        silentTries: 0,
        dueAt: sql`now()`,
        workflowId: sql`case when ${isRunKnown} then ${events.workflowId} end`,
        organization: sql`case when ${isRunKnown} then ${events.organization} end`,
        run: sql`case when ${isRunKnown} then ${events.run} else gen_random_uuid() end`,
        outcome: null,
        payload: null,
        decidedAt: null,
      })
      .where(
        and(
          inArray(events.id, ids.slice(start, start + CHUNK)),
          inArray(events.status, ['filtered', 'failed']),
        ),
      )
      .returning({ id: events.id });
    fired += rows.length;
  }
  if (fired > 0) await wakeDispatchers(db);
  return fired;
}

/** What already ran, under the key of its next repeat; not while an earlier repeat is still waiting. */
export async function repeat(
  db: Divisible,
  trigger: Trigger,
  { past, known }: { readonly past: readonly Past[]; readonly known: ReadonlyMap<string, EventRow> },
): Promise<number> {
  const ran = past.flatMap((record) => {
    const first = known.get(record.key);
    return first?.status === 'accepted' ? [{ ...record, first: first.id }] : [];
  });
  const earlier = await repeatsOf(
    db,
    trigger,
    ran.map(({ first }) => first),
  );
  const rows = ran.flatMap(({ first, ...record }) => {
    const { count = 0, waiting = false } = earlier.get(first) ?? {};
    if (waiting) return [];
    return [
      {
        ...record,
        trigger: trigger.id,
        source: 'rewind' as const,
        key: `${record.key}/again/${count + 1}`,
        repeats: first,
      },
    ];
  });
  return (await insertEventsApart(db, rows)).length;
}

interface Repeats {
  readonly count: number;
  readonly waiting: boolean;
}

async function repeatsOf(
  db: Database,
  trigger: Trigger,
  first: readonly number[],
): Promise<ReadonlyMap<number, Repeats>> {
  const found = new Map<number, Repeats>();
  for (let start = 0; start < first.length; start += CHUNK) {
    const rows = await db
      .select({ repeats: events.repeats, status: events.status })
      .from(events)
      .where(and(eq(events.trigger, trigger.id), inArray(events.repeats, first.slice(start, start + CHUNK))));
    for (const { repeats, status } of rows) {
      const before = found.get(repeats!) ?? { count: 0, waiting: false };
      found.set(repeats!, { count: before.count + 1, waiting: before.waiting || status === 'pending' });
    }
  }
  return found;
}
