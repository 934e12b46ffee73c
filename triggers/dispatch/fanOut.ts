/** An event about nobody becomes one event for each organization of run-for, at once or not at all. */
import { and, eq, sql } from 'drizzle-orm';
import { events } from '../../store/schema/events.ts';
import { retrying } from '../../store/store.ts';
import type { Store } from '../../store/store.ts';
import { storableJson } from '../../store/text.ts';
import { insertEvents } from '../events.ts';
import type { EventRow } from '../types.ts';
import type { Verdict } from './decide.ts';

/** The key of the event for one of the organizations. */
function childKey(key: string, organization: string): string {
  return `${key}/${organization}`;
}

/** Marks the event and inserts its children, in one transaction; returns those that are new. */
export async function fanOut(
  store: Store,
  row: EventRow,
  { fanOut: organizations, outcome }: Pick<Verdict, 'fanOut' | 'outcome'>,
): Promise<EventRow[]> {
  return await retrying(() =>
    store.db.transaction(async (tx) => {
      const marked = await tx
        .update(events)
        .set({
          status: 'accepted',
          reason: `runs for ${organizations.length} organizations`,
          outcome: sql`${storableJson(outcome)}::jsonb`,
          decidedAt: sql`now()`,
        })
        .where(and(eq(events.id, row.id), eq(events.attempts, row.attempts), eq(events.status, 'pending')))
        .returning({ id: events.id });
      if (marked.length === 0) return [];
      const { trigger, key, source, connection, halo, kind, record, poll, payload, repeats, firedBy } = row;
      return await insertEvents(
        tx,
        organizations.map((organization) => ({
          trigger,
          key: childKey(key, organization),
          source,
          connection,
          halo,
          kind,
          record,
          poll,
          payload,
          repeats,
          firedBy,
          organization,
        })),
      );
    }),
  );
}
