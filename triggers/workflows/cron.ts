/** The system workflow that a schedule starts: one event for each nominal time, and, where runs may not overlap, its end. */
import { CancellationScope, isCancellation, proxyActivities, workflowInfo } from '@temporalio/workflow';
import { KEEPS_GOING } from '../keepsGoing.ts';

export interface CronInput {
  readonly trigger: string;
  /** Whether a time is over only when its run is: what the schedule's overlap policy goes by. */
  readonly waits: boolean;
  /** What becomes of the run when the schedule cancels this workflow for the next time. */
  readonly ends: 'cancel' | 'terminate';
}

export interface CronTime extends CronInput {
  /** The nominal time, ISO 8601 in UTC. */
  readonly scheduledAt: string;
}

interface CronActivities {
  'cron.fire'(time: CronTime): Promise<void>;
  /** Fails benignly until the run has ended. */
  'cron.ended'(time: CronTime): Promise<void>;
  /** Ends the run. */
  'cron.end'(time: CronTime): Promise<void>;
}

const {
  'cron.fire': fire,
  'cron.ended': ended,
  'cron.end': end,
} = proxyActivities<CronActivities>({
  startToCloseTimeout: '1 minute',
  retry: KEEPS_GOING,
});

export async function cron(input: CronInput): Promise<void> {
  const time = { ...input, scheduledAt: nominalTime() };
  await fire(time);
  if (!input.waits) return;
  try {
    await ended(time);
  } catch (error) {
    if (isCancellation(error)) await CancellationScope.nonCancellable(() => end(time));
    throw error;
  }
}

/** The schedule's own time for this start, whenever it happens: Temporal appends it to the workflow id, too. */
function nominalTime(): string {
  const { workflowId, searchAttributes } = workflowInfo();
  const [scheduled] = searchAttributes['TemporalScheduledStartTime'] ?? [];
  if (scheduled instanceof Date) return scheduled.toISOString();
  const [suffix = ''] = /\d{4}-\d\d-\d\dT[\d:.]+Z$/.exec(workflowId) ?? [];
  return new Date(suffix).toISOString();
}
