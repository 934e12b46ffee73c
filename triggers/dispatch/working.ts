import type { Configuration } from '../../organizations/types.ts';
import type { Store } from '../../store/store.ts';
import type { KnownRun } from './starts.ts';
import type { EventRow, Trigger } from '../types.ts';
import type { Guard } from './guard.ts';
import type { Marks } from './marks.ts';
import type { Records } from './records.ts';
import type { Starts } from './starts.ts';

/** What a dispatch has at hand for all its rows. */
export interface Working {
  readonly store: Store;
  readonly configuration: Configuration;
  /** What workflow ids begin with. */
  readonly prefix: string;
  readonly signal: AbortSignal | undefined;
  readonly trigger: (id: string) => Trigger | undefined;
  readonly isWorkflow: (name: string) => boolean;
  readonly guard: Guard;
  readonly records: Records;
  readonly starts: Starts;
  readonly marks: Marks;
  /** Runs that earlier tries have decided on. */
  readonly decided: ReadonlyMap<string, KnownRun>;
  /** Rows that this dispatch has claimed on the way. */
  readonly take: (rows: readonly EventRow[]) => void;
  readonly done: (id: number) => void;
}
