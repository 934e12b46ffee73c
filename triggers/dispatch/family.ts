/** Rows as they are after a dispatch, with the rows that were made from them. */
import { setTimeout as sleep } from 'node:timers/promises';
import { asc, inArray, or, sql } from 'drizzle-orm';
import { events } from '../../store/schema/events.ts';
import type { Store } from '../../store/store.ts';
import type { EventRow } from '../types.ts';

const WAIT_MS = 10_000;
const LOOK_MS = 50;

/** With `wait`, waits for rows that another dispatcher is at: those that are pending for no reason yet. */
export async function familyOf(
  store: Store,
  options: {
    readonly ids: readonly number[];
    readonly wait: boolean;
    readonly signal: AbortSignal | undefined;
  },
): Promise<EventRow[]> {
  const { ids, wait, signal } = options;
  if (ids.length === 0) return [];
  const deadline = performance.now() + WAIT_MS;
  for (;;) {
    const rows = await read(store, ids);
    const isUnderWay = rows.some(({ status, reason }) => status === 'pending' && reason === null);
    if (!wait || !isUnderWay || performance.now() > deadline) return rows;
    await sleep(LOOK_MS, undefined, signal ? { signal } : {});
  }
}

async function read(store: Store, ids: readonly number[]): Promise<EventRow[]> {
  const parents = store.db.$with('parents').as(
    store.db
      .select({ trigger: events.trigger, key: events.key })
      .from(events)
      .where(inArray(events.id, [...ids])),
  );
  return await store.db
    .with(parents)
    .select()
    .from(events)
    .where(
      or(
        inArray(events.id, [...ids]),
        sql`(${events.trigger}, ${events.key}) in (select p.trigger, p.key || '/' || o.slug from parents p, organizations o)`,
      ),
    )
    .orderBy(asc(events.id));
}
