import type { Random } from '../../../sandbox/data/random.ts';
import type { Control } from '../../support/sandbox.ts';
import type { Program } from '../../support/programs.ts';
import type { Tenants } from '../configuration.ts';
import type { Count } from '../count.ts';
import type { People } from '../people.ts';
import type { SmallDisk } from '../smallDisk.ts';
import type { Stack } from '../stack.ts';

/** What a disturbance may lay its hands on. */
export interface Field {
  readonly home: string;
  readonly stack: Stack;
  /** The process that is Halo. */
  readonly sandbox: Program;
  readonly tenants: Tenants;
  /** The Halo where people work. */
  readonly halo: Control;
  /** The other one. */
  readonly away: Control;
  /** That of its home, where it has one of its own. */
  readonly disk: SmallDisk | null;
  readonly people: People;
  readonly random: Random;
  /** Over how long it is spread. */
  readonly seconds: number;
}

/** One thing that goes wrong during a campaign. */
export interface Disturbance {
  /** When it happens, in seconds after the beginning, in order. */
  readonly at: readonly number[];
  /** Does it once; false when that is not possible just now, so that it is tried again. */
  act(): Promise<boolean>;
  /** Undoes what it is still doing, before the end is waited for. */
  end?(): Promise<void>;
  /** Whether it waits for nothing any more, once everything has been done. */
  isOver?(): Promise<boolean>;
  /** What came of it, when everything has ended. */
  count(): Promise<readonly Count[]>;
}

/** So many moments, in order. */
export function moments(times: number, { random, seconds }: Field, share = 0.8): number[] {
  return Array.from({ length: times }, () => random.next() * seconds * share).sort((a, b) => a - b);
}

/** So many of some, in an order of chance, in which none comes again before all have come. */
export function inTurns<T>(of: readonly T[], times: number, random: Random): T[] {
  const turns: T[] = [];
  while (turns.length < times) {
    const turn = of.map((one) => ({ one, key: random.next() })).sort((a, b) => a.key - b.key);
    turns.push(...turn.map(({ one }) => one));
  }
  return turns.slice(0, times);
}

/** Sends a signal to processes, as far as they are there. */
export function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}
