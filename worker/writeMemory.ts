import type { Turns } from '../calls/turns.ts';
import { createTurns } from '../calls/turns.ts';
import type { Connection } from '../organizations/types.ts';
import type { Evidence } from './judge.ts';

/** What a worker remembers about writes; nothing is lost with it. */
export interface WriteMemory {
  /** Creates that take turns. */
  readonly turns: Turns;
  /** Who is behind the credentials of a connection; one that changes is another object. */
  readonly agents: WeakMap<Connection, Promise<Evidence['agent']>>;
  /** Host and resource whose records came back without their stamp. */
  readonly unproven: Set<string>;
}

export function createWriteMemory(): WriteMemory {
  return { turns: createTurns(), agents: new WeakMap(), unproven: new Set() };
}
