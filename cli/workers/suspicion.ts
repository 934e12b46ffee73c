/** Which task it was that a worker died of: in company nobody can tell, so suspects are tried alone. */
import { taskKey } from '../../worker/tasks.ts';
import type { Task } from '../../worker/tasks.ts';
import type { Death } from './child.ts';

export interface Suspicion {
  /**
   * Takes note of a death; `alone` when its process worked on one task at a time. Answers with the task that is to be set
   * aside for it, if there is one.
   */
  note(death: Death, alone: boolean): Task | null;
  /** Those that were under way when a worker died, twice or more often, and have not been cleared since. */
  suspects(): readonly Task[];
  /** A try of it failed alone, and nothing died: after some of these it is no suspect any more. */
  noteHarmless(task: Task): void;
  /** It has come to an end without harm, or is gone. */
  clear(task: Task): void;
}

/** Deaths with a task before it is suspected. */
const DEATHS = 2;
/** Deaths alone with a task that it takes: one, and more where somebody may have killed the process. */
const ALONE = { byItself: 1, fromOutside: 3 };
/** A task that fails again and again, as after a change of its code, may do so for ever. */
const HARMLESS = 3;
/** What has killed nothing for so long is forgotten. */
const FORGET_AFTER_MS = 3_600_000;

interface Record {
  readonly task: Task;
  readonly deaths: number;
  readonly alone: number;
  readonly harmless: number;
  /** Milliseconds since 1970. */
  readonly last: number;
}

export function createSuspicion(now: () => number = Date.now): Suspicion {
  const records = new Map<string, Record>();
  const forgetOld = (): void => {
    for (const [key, { last }] of records) if (last < now() - FORGET_AFTER_MS) records.delete(key);
  };
  return {
    note({ tasks, fromOutside }, alone) {
      forgetOld();
      const wasAlone = alone && tasks.length === 1;
      for (const task of tasks) {
        const known = records.get(taskKey(task));
        records.set(taskKey(task), {
          task,
          deaths: (known?.deaths ?? 0) + 1,
          alone: (known?.alone ?? 0) + (wasAlone ? 1 : 0),
          harmless: 0,
          last: now(),
        });
      }
      const [only] = tasks;
      const record = only && wasAlone ? records.get(taskKey(only)) : undefined;
      const needed = fromOutside ? ALONE.fromOutside : ALONE.byItself;
      return record && record.deaths >= DEATHS && record.alone >= needed ? record.task : null;
    },
    suspects() {
      forgetOld();
      return [...records.values()].filter(({ deaths }) => deaths >= DEATHS).map(({ task }) => task);
    },
    noteHarmless(task) {
      const known = records.get(taskKey(task));
      if (!known) return;
      if (known.harmless + 1 >= HARMLESS) records.delete(taskKey(task));
      else records.set(taskKey(task), { ...known, harmless: known.harmless + 1 });
    },
    clear: (task) => void records.delete(taskKey(task)),
  };
}
