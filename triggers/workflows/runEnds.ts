import { proxyActivities } from '@temporalio/workflow';

const { readEnds } = proxyActivities<{ readEnds(): Promise<never> }>({
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '30 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 1 },
});

/** Reads the ends of runs for as long as it lives: one per installation. */
export async function runEnds(): Promise<void> {
  await readEnds();
}
