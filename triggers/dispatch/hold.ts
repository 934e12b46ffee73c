/** Events of a connection that is disabled: they wait, and go on once it is enabled. */
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Configuration } from '../../organizations/types.ts';
import { events } from '../../store/schema/events.ts';
import type { Store } from '../../store/store.ts';
import { wakeDispatchers } from '../events.ts';
import type { EventRow } from '../types.ts';
import type { Mark } from './marks.ts';

/** They are made due as soon as it is enabled, except where the process that does so has just started. */
const LOOK_EVERY_MS = 60_000;

const reasonFor = (connection: string): string =>
  `connection ${connection} is disabled: haloflow connections enable ${connection}`;

/** The mark to wait with; null for a row that need not. Waiting is no try. */
export function heldBy({ connections }: Configuration, row: EventRow): Mark | null {
  const { connection } = row;
  if (connection === null || connections.find(({ id }) => id === connection)?.enabled !== false) return null;
  return { row, status: 'pending', reason: reasonFor(connection), delayMs: LOOK_EVERY_MS, unspent: true };
}

/** Makes those due whose connection is enabled by now. */
export async function releaseHeld({ db }: Store, { connections }: Configuration): Promise<void> {
  const reasons = connections.filter(({ enabled }) => enabled).map(({ id }) => reasonFor(id));
  if (reasons.length === 0) return;
  await db.transaction(async (tx) => {
    const released = await tx
      .update(events)
      .set({ dueAt: sql`now()` })
      .where(and(eq(events.status, 'pending'), inArray(events.reason, reasons)))
      .returning({ id: events.id });
    if (released.length > 0) await wakeDispatchers(tx);
  });
}
