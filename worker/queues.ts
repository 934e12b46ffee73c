/** The task queues; a prefix keeps installations apart that share one Temporal namespace. */
export interface Queues {
  /** Workflows. */
  readonly runs: string;
  /** Activities. */
  readonly actions: string;
  /** System workflows and their activities: feeds, inbox, schedules, ends of runs. */
  readonly feeds: string;
  /** What every id of a system workflow and of a schedule begins with: the prefix, if there is one, and a hyphen. */
  readonly prefix: string;
}

/** The queues under a prefix, by default `HALOFLOW_QUEUE_PREFIX`, by default none. */
export function taskQueues(prefix = process.env['HALOFLOW_QUEUE_PREFIX'] ?? ''): Queues {
  const start = prefix === '' ? '' : `${prefix}-`;
  return { runs: `${start}runs`, actions: `${start}actions`, feeds: `${start}feeds`, prefix: start };
}
