/** `kill -9` of processes; whoever kept an eye on them brings them back. */
import { atLeast } from '../count.ts';
import type { Sizes, Victim } from '../sizes.ts';
import type { Disturbance, Field } from './disturbance.ts';

/** A restart that is killed at once proves less than one that has begun to work. */
const LEAST_BETWEEN_S = 3;

export function kills(field: Field, wanted: Sizes['kills']): Disturbance {
  const { random, seconds, stack } = field;
  const order = Object.entries(wanted)
    .flatMap(([victim, times]) => Array.from({ length: times }, () => victim as Victim))
    .map((victim) => ({ victim, key: random.next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ victim }) => victim);
  const slot = seconds / order.length;
  const at = order.map((_, index) => index * slot + random.next() * Math.max(0, slot - LEAST_BETWEEN_S));
  const done: Record<Victim, number> = { worker: 0, temporal: 0, postgres: 0, all: 0 };
  return {
    at,
    async act() {
      const [victim] = order;
      // One that is not back yet from its last kill is killed when it is.
      if (victim === undefined || !(await stack.signal(victim, 'SIGKILL'))) return false;
      done[victim] += 1;
      order.shift();
      return true;
    },
    count: () =>
      Promise.resolve(
        Object.entries(done).map(([victim, times]) =>
          atLeast(`kill -9 of ${victim}`, wanted[victim as Victim], times),
        ),
      ),
  };
}
