/** The system workflow that reads the ends of runs: one for an installation. */
import { proxyActivities } from '@temporalio/workflow';
import { KEEPS_GOING } from '../keepsGoing.ts';

interface RunEndsActivities {
  /** One look; fails benignly after it, to be tried again in a second or two. */
  'runEnds.read'(): Promise<void>;
}

const { 'runEnds.read': read } = proxyActivities<RunEndsActivities>({
  // The first look after a long outage closes many runs.
  startToCloseTimeout: '1 hour',
  heartbeatTimeout: '5 seconds',
  retry: KEEPS_GOING,
});

export async function runEnds(): Promise<void> {
  await read();
}
