/** Processes that stand still for a while and then go on: whatever waits for them must not stop the others. */
import { setTimeout as sleep } from 'node:timers/promises';
import { atLeast, none } from '../count.ts';
import { look } from '../database.ts';
import type { Frozen } from '../sizes.ts';
import { inTurns, moments, signalAll } from './disturbance.ts';
import type { Disturbance, Field } from './disturbance.ts';

const FROZEN: readonly Frozen[] = ['temporal', 'worker', 'halo', 'postgres', 'command'];

export function freezes(field: Field, wanted: number): Disturbance {
  const { home, stack, sandbox, people, random } = field;
  const order = inTurns(FROZEN, wanted, random);
  const done: Frozen[] = [];
  const refused: string[] = [];
  let changes = 0;
  let thaw: Promise<void> = Promise.resolve();
  let isFrozen = false;

  async function pidsOf(frozen: Frozen): Promise<readonly number[] | null> {
    if (frozen === 'halo') return [sandbox.pid];
    const pids = stack.pids(frozen);
    if (pids === null || frozen !== 'postgres') return pids;
    const backends = await look<{ pid: number }>(home, 'select pid from pg_stat_activity');
    return [...pids, ...backends.map(({ pid }) => pid)];
  }

  /** While Temporal or a Halo is ill, its operators still have to be able to change something. */
  async function change(): Promise<void> {
    changes += 1;
    const { status, body } = await stack.ask({
      method: 'PUT',
      path: '/organizations/acme/variables/changes',
      body: { value: changes },
    });
    if (status !== 200) refused.push(`${status} ${JSON.stringify(body)}`);
  }

  /** What stands still until its end goes on whatever happens. */
  async function freeze(pids: readonly number[], meanwhile: Promise<unknown>): Promise<void> {
    try {
      await Promise.all([sleep(random.between(4_000, 8_000)), meanwhile]);
    } finally {
      signalAll(pids, 'SIGCONT');
      isFrozen = false;
    }
  }

  return {
    at: moments(wanted, field),
    async act() {
      const frozen = order[done.length];
      if (frozen === undefined || isFrozen || !(await stack.isReady())) return false;
      const pids = await pidsOf(frozen);
      if (pids === null) return false;
      signalAll(pids, 'SIGSTOP');
      isFrozen = true;
      done.push(frozen);
      const takesChanges = frozen === 'temporal' || frozen === 'halo';
      thaw = freeze(pids, takesChanges ? change() : Promise.resolve());
      // What a change is refused for is then this, not what else is done.
      if (takesChanges) await thaw;
      if (takesChanges) await people.open();
      return true;
    },
    end: async () => await thaw,
    count: () =>
      Promise.resolve([
        ...[...new Set(order)].map((frozen) =>
          atLeast(
            `freezes of ${frozen} for some seconds`,
            order.filter((one) => one === frozen).length,
            done.filter((one) => one === frozen).length,
          ),
        ),
        none(
          `changes refused of ${changes} made while Temporal or Halo stood still${refused.length > 0 ? ` (${refused[0]})` : ''}`,
          refused.length,
        ),
      ]),
  };
}
