/** Tables that take no rows for a while: what was to be written is written later, and told nobody. */
import { setTimeout as sleep } from 'node:timers/promises';
import { atLeast } from '../count.ts';
import { moments } from './disturbance.ts';
import type { Disturbance, Field } from './disturbance.ts';
import { accept, refuse, tablesOf } from './refusing.ts';

/** No room, no memory, a server that takes no writes: what goes by again. */
const CODES = ['53100', '53200', '25006', '57P03', '58030'] as const;
const FOR_MS = 3_000;

/** All tables refuse, in as many turns as are wanted. */
export function refusals(field: Field, wanted: number): Disturbance {
  const { home, random, stack } = field;
  let turns = 0;
  let isRefusing = false;
  let lifting: Promise<void> = Promise.resolve();

  async function lift(tables: readonly string[]): Promise<void> {
    await sleep(FOR_MS);
    await accept(home, tables);
    isRefusing = false;
  }

  return {
    at: moments(wanted, field),
    async act() {
      if (isRefusing || !(await stack.isReady())) return false;
      isRefusing = true;
      const tables = (await tablesOf(home)).filter((_, index) => index % wanted === turns);
      lifting = refuse(home, tables, random.pick(CODES)).then(() => lift(tables));
      await lifting.catch(() => undefined);
      turns += 1;
      return true;
    },
    end: async () => await lifting,
    count: () => Promise.resolve([atLeast('turns in which tables refused writes', wanted, turns)]),
  };
}
