/** Whose rows of the inbox are taken next: by turns, so that no flood of one tenant keeps the events of another waiting. */
import { Shares } from '../../shares.ts';
import type { Store } from '../../store/store.ts';

/** From each trigger with pending rows to the next one by name: what waits behind the oldest row of each costs nothing. */
const WAITING = `with recursive waiting as (
    (select trigger, due_at from events where status = 'pending' and silent_tries = 0
      order by trigger, due_at limit 1)
    union all
    select following.* from waiting w cross join lateral (
      select trigger, due_at from events
        where status = 'pending' and silent_tries = 0 and trigger > w.trigger order by trigger, due_at limit 1) following
  ) select trigger from waiting where due_at <= now() order by due_at`;

/** The triggers that have rows which are due and of which no process may have died, those with the oldest first. */
export async function waitingTriggers({ pool }: Pick<Store, 'pool'>): Promise<string[]> {
  const { rows } = await pool.query<{ trigger: string }>(WAITING);
  return rows.map(({ trigger }) => trigger);
}

/**
 * How many rows of each trigger may be taken, `limit` in all. `sharerOf` is the path of a trigger, from the root down;
 * `mayTake` says of each turn whether there is room for it, and of one that there is not, there is none afterwards.
 */
export function turnsOf(
  triggers: readonly string[],
  sharerOf: (trigger: string) => readonly string[],
  limit: number,
  mayTake: (path: readonly string[]) => boolean = () => true,
): ReadonlyMap<string, number> {
  const line = new Shares<string>();
  for (const trigger of triggers) line.add(sharerOf(trigger), trigger);
  const turns = new Map<string, number>();
  let taken = 0;
  while (taken < limit) {
    const trigger = line.next();
    if (trigger === undefined) break;
    if (!mayTake(sharerOf(trigger))) continue;
    taken += 1;
    turns.set(trigger, (turns.get(trigger) ?? 0) + 1);
    line.add(sharerOf(trigger), trigger);
  }
  return turns;
}
