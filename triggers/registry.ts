/** The triggers as they are now, read again only when the configuration's version has changed. */
import { and, asc, eq, getTableColumns, ne, sql } from 'drizzle-orm';
import { ConfigurationError } from '../errors.ts';
import { didYouMean } from '../nearest.ts';
import { alone } from '../organizations/changing.ts';
import type { Transaction } from '../organizations/changing.ts';
import { nextVersion } from '../organizations/configuration.ts';
import { triggers } from '../store/schema/triggers.ts';
import type { Store } from '../store/store.ts';
import type { Configuration } from '../organizations/types.ts';
import type { Trigger } from './types.ts';

/** The columns of a trigger's row, without those that the reconciler keeps about schedules. */
const { dueFrom: _, reading: __, ...columns } = getTableColumns(triggers);
export const triggerColumns = columns;

/** All triggers, in the order of their ids. */
export async function readTriggers(store: Pick<Store, 'db'>): Promise<Trigger[]> {
  const rows = await store.db.select(triggerColumns).from(triggers).orderBy(asc(triggers.id));
  // Only configuration/ writes these rows, in the shapes of types.ts.
  return rows as unknown as Trigger[];
}

export interface TriggerReader {
  /** The triggers at the version that the caller has just seen, or newer ones. */
  at(version: number): Promise<readonly Trigger[]>;
}

/** Keeps the last reading. */
export function triggerReader(store: Pick<Store, 'db'>): TriggerReader {
  let latest: { readonly version: number; readonly triggers: Promise<readonly Trigger[]> } | null = null;
  return {
    at(version) {
      if (latest?.version !== version) {
        const reading = readTriggers(store);
        latest = { version, triggers: reading };
        reading.catch(() => {
          if (latest?.triggers === reading) latest = null;
        });
      }
      return latest.triggers;
    },
  };
}

/** The connection that a trigger takes its records from: its own, or its owner's default; null when there is none. */
export function connectionOf(configuration: Configuration, trigger: Trigger): string | null {
  if (trigger.connection !== null) return trigger.connection;
  const own = configuration.connections.find(
    ({ organization, isDefault }) => organization === trigger.organization && isDefault,
  );
  return own?.id ?? null;
}

/**
 * Enables or disables a trigger; once enabled, it starts with new events. Returns whether that changed anything; if so,
 * `onChanged` is called in its transaction. The next `haloflow apply` restores the state in the file.
 *
 * @throws ConfigurationError if there is no such trigger, Unavailable while others change the configuration.
 */
export async function setEnabled(
  { db }: Pick<Store, 'db'>,
  id: string,
  enabled: boolean,
  onChanged: (tx: Transaction) => Promise<void> = () => Promise.resolve(),
): Promise<boolean> {
  // Whoever writes the whole row meanwhile would take it back.
  return await alone({ db }, async (tx) => {
    const changed = await tx
      .update(triggers)
      .set({ enabled, ...(enabled ? { enabledAt: sql`clock_timestamp()` } : {}) })
      .where(and(eq(triggers.id, id), ne(triggers.enabled, enabled)))
      .returning({ id: triggers.id });
    if (changed.length > 0) {
      await nextVersion(tx);
      await onChanged(tx);
      return true;
    }
    const known = (await tx.select({ id: triggers.id }).from(triggers)).map((row) => row.id);
    if (known.includes(id)) return false;
    throw new ConfigurationError(
      `there is no trigger "${id}".${didYouMean(id, known) || ' See haloflow triggers list.'}`,
    );
  });
}
