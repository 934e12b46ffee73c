/** `kill -9` of processes; whoever kept an eye on them brings them back. */
import { setTimeout as sleep } from 'node:timers/promises';
import { atLeast } from '../count.ts';
import type { Victim } from '../sizes.ts';
import { inTurns, signalAll } from './disturbance.ts';
import type { Disturbance, Field } from './disturbance.ts';

/** A restart that is killed at once proves less than one that has begun to work. */
const LEAST_BETWEEN_S = 3;
const VICTIMS: readonly Victim[] = ['command', 'worker', 'temporal', 'postgres', 'all'];

export function kills(field: Field, wanted: number): Disturbance {
  const { random, seconds, stack } = field;
  const order = inTurns(VICTIMS, wanted, random);
  const done: Victim[] = [];
  const slot = (seconds * 0.8) / order.length;
  const at = order.map((_, index) => index * slot + random.next() * Math.max(0, slot - LEAST_BETWEEN_S));
  return {
    at,
    async act() {
      const victim = order[done.length];
      const pids = victim === undefined ? null : stack.pids(victim);
      // One that is not back yet from its last kill is killed when it is.
      if (victim === undefined || pids === null) return false;
      signalAll(pids, 'SIGKILL');
      done.push(victim);
      await sleep(50);
      return true;
    },
    count: () =>
      Promise.resolve(
        [...new Set(order)].map((victim) =>
          atLeast(
            `kill -9 of ${victim}`,
            order.filter((one) => one === victim).length,
            done.filter((one) => one === victim).length,
          ),
        ),
      ),
  };
}
