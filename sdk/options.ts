/** What an author may say about one call besides its input. */
import type { Duration } from '@temporalio/common';
import type { Override } from '../organizations/types.ts';

/** `normal` for runs, `interactive` for what a person waits for, `bulk` for what may take its time. */
export type Lane = 'interactive' | 'normal' | 'bulk';

export interface CallOptions {
  /** Lists: every page instead of one. */
  readonly all?: boolean;
  /** Lists: at most this many rows. */
  readonly limit?: number;
  /** Only these properties of each row or record; the rest never enters the run's history. */
  readonly fields?: readonly string[];
  /** Writes: properties that Halo knows and haloflow's schema does not yet. */
  readonly extra?: Readonly<Record<string, unknown>>;
  /**
   * Creates: a business key such as `alert-4711`. The same key on the same connection never creates twice, in whichever
   * run: whoever comes second gets what the first has created. It stands for one record: with another one it is refused.
   * The records of an array have the key with their position. When the run of the first is past retention, it is the record
   * as Halo has it now, or `{ id }` where that is gone.
   */
  readonly once?: string;
  /** Which queue of the rate budget; default `normal`, and `bulk` for `all: true` without a `limit`. */
  readonly lane?: Lane;
  /** How many tries may reach Halo before a failure is final; default 5. */
  readonly attempts?: number;
  /** Limit of one try, waiting between its pages included; default 1 hour. */
  readonly startToCloseTimeout?: Duration;
  /** Limit of all tries together, waiting included; default 24 hours. */
  readonly scheduleToCloseTimeout?: Duration;
  /** A line shown beside the call in Temporal's UI. Plain text: no secrets. */
  readonly summary?: string;
}

/** What travels to the activity beside the input. */
export interface CallRequest extends Omit<
  CallOptions,
  'startToCloseTimeout' | 'scheduleToCloseTimeout' | 'summary'
> {
  /** The action override. */
  readonly using?: Override;
  /** Act for this organization, below the run's own. */
  readonly as?: string;
  /** Names of the secrets whose markers the workflow has put into the input. */
  readonly secrets?: readonly string[] | undefined;
}
