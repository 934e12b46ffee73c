/** Deliveries become rows of `events`, once each, before anybody is told that they were accepted. */
import { and, eq } from 'drizzle-orm';
import { events } from '../../store/schema/events.ts';
import { retrying } from '../../store/store.ts';
import type { Store } from '../../store/store.ts';
import { insertEvents } from '../events.ts';
import type { NewEvent } from '../events.ts';
import type { EventRow } from '../types.ts';

/** A Postgres that restarts is waited for, since Halo sends nothing twice; the sender hears of a longer absence. */
export const PATIENCE = { forMs: 8_000 };

const nameOf = ({ trigger, key }: NewEvent): string => `${trigger} ${key}`;

/** A row for each: the new one, or the one that an earlier delivery of the same key made. */
export async function storeEvents(store: Pick<Store, 'db'>, rows: readonly NewEvent[]): Promise<EventRow[]> {
  // The keys make a second try harmless.
  const work = (): Promise<EventRow[]> =>
    store.db.transaction(async (tx) => {
      const inserted = await insertEvents(tx, rows);
      const isNew = new Set(inserted.map(nameOf));
      const missing = rows.filter((row) => !isNew.has(nameOf(row)));
      const earlier = await Promise.all(
        missing.map(({ trigger, key }) =>
          tx
            .select()
            .from(events)
            .where(and(eq(events.trigger, trigger), eq(events.key, key))),
        ),
      );
      return [...inserted, ...earlier.flat()];
    });
  return await retrying(work, PATIENCE);
}
