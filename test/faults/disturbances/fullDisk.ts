/** A disk without room for 20 s: a small one that is filled, or what PostgreSQL says where nobody may mount one. */
import { setTimeout as sleep } from 'node:timers/promises';
import { atLeast } from '../count.ts';
import { moments } from './disturbance.ts';
import type { Disturbance, Field } from './disturbance.ts';
import { accept, refuse, tablesOf } from './refusing.ts';

const FOR_MS = 20_000;
const DISK_FULL = '53100';

export function fullDisk(field: Field, wanted: number): Disturbance {
  const { disk, home } = field;
  let times = 0;
  let isFull = false;
  let emptying: Promise<void> = Promise.resolve();

  async function fill(): Promise<void> {
    const tables = await tablesOf(home);
    if (disk) disk.fill();
    else await refuse(home, tables, DISK_FULL);
    await sleep(FOR_MS);
    if (disk) disk.empty();
    else await accept(home, tables);
    isFull = false;
  }

  return {
    at: moments(wanted, field),
    async act() {
      if (isFull || !(await field.stack.isReady())) return false;
      isFull = true;
      emptying = fill();
      times += 1;
      return true;
    },
    end: async () => await emptying,
    count: () => {
      const what = disk
        ? 'times that the disk was full for 20 s'
        : 'times that PostgreSQL called the disk full for 20 s';
      return Promise.resolve(wanted === 0 ? [] : [atLeast(what, wanted, times)]);
    },
  };
}
