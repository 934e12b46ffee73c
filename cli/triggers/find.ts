import { sql } from 'drizzle-orm';
import { NotFoundError } from '../../errors.ts';
import { didYouMean } from '../../nearest.ts';
import { connections } from '../../store/schema/configuration.ts';
import { events } from '../../store/schema/events.ts';
import { runs } from '../../store/schema/runs.ts';
import type { Store } from '../../store/store.ts';
import { readTriggers } from '../../triggers/registry.ts';
import type { Trigger } from '../../triggers/types.ts';

function unknownTrigger(id: string, known: readonly Trigger[]): NotFoundError {
  return new NotFoundError(
    `unknown trigger ${id}.${didYouMean(
      id,
      known.map((trigger) => trigger.id),
    )} \`haloflow triggers list\` lists all of them`,
  );
}

/** A trigger by its id; throws NotFoundError that says which one was probably meant. */
export async function findTrigger(store: Store, id: string): Promise<Trigger> {
  const all = await readTriggers(store);
  const trigger = all.find((candidate) => candidate.id === id);
  if (!trigger) throw unknownTrigger(id, all);
  return trigger;
}

/**
 * Refuses a name that no trigger has or had: one that is deleted has left events or runs. What Halo tells of a connection
 * and nobody listens to is under `halo/CONNECTION`, also while there is none of it.
 */
export async function checkTriggerName(store: Store, id: string): Promise<void> {
  const all = await readTriggers(store);
  if (all.some((trigger) => trigger.id === id)) return;
  const { rows } = await store.db.execute(sql`
    select 1 where exists (select 1 from ${events} where ${events.trigger} = ${id})
      or exists (select 1 from ${runs} where ${runs.trigger} = ${id})
      or exists (select 1 from ${connections} where 'halo/' || ${connections.id} = ${id})`);
  if (rows.length === 0) throw unknownTrigger(id, all);
}
