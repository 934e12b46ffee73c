import { proxyActivities, workflowInfo } from '@temporalio/workflow';

interface BareActivities {
  listAgentIds(): Promise<unknown[]>;
}

const bare = (): BareActivities =>
  proxyActivities<BareActivities>({
    taskQueue: workflowInfo().taskQueue.replace(/runs$/, 'actions'),
    startToCloseTimeout: '1 hour',
    scheduleToCloseTimeout: '24 hours',
    heartbeatTimeout: '30 seconds',
  });

/** The baseline with one call: nothing but Temporal's SDK. */
export async function bareOne(): Promise<number> {
  return (await bare().listAgentIds()).length;
}

/** The baseline with three calls in a row. */
export async function bareThree(): Promise<number> {
  const activities = bare();
  let agents = 0;
  for (let call = 0; call < 3; call += 1) agents += (await activities.listAgentIds()).length;
  return agents;
}
