/** The trigger that a request names. */
import type { Principal } from '../../access/principal.ts';
import { NotFoundError } from '../../errors.ts';
import { didYouMean } from '../../nearest.ts';
import type { Store } from '../../store/store.ts';
import { findTrigger, listTriggers } from '../../triggers/show/triggers.ts';
import type { Trigger } from '../../triggers/types.ts';
import { reachOf } from './reach.ts';

/** @throws NotFoundError when there is none whose owner the principal may reach; says which one was probably meant. */
export async function triggerOf(
  store: Pick<Store, 'db'>,
  principal: Principal,
  id: string,
): Promise<Trigger> {
  const reach = reachOf(principal);
  const found = await findTrigger(store, id, reach);
  if (found) return found;
  const known = await listTriggers(store, { reach, limit: 1_000 });
  throw unknownTrigger(
    id,
    known.map((trigger) => trigger.id),
  );
}

/** The error for a trigger that nobody asked for can reach; it says which of the known ones was probably meant. */
export function unknownTrigger(id: string, known: readonly string[], field?: string): NotFoundError {
  return new NotFoundError(
    `unknown trigger ${id}.${didYouMean(id, known)} \`haloflow triggers list\` lists all of them`,
    field === undefined ? {} : { details: { field } },
  );
}
