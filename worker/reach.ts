/** What a run may reach in Temporal: which runs, under which ids its children may start, and which task queues. */
import { WorkflowIdReusePolicy, encodeWorkflowIdReusePolicy } from '@temporalio/common';

export interface Reach {
  readonly workflowId: string;
  readonly taskQueue: string;
  /** For whom the run works; null if it was not started through haloflow. */
  readonly organization: string | null;
  /** Ids of the run's parent, of the run above all, and of the children that it has started. */
  readonly family: ReadonlySet<string>;
}

type WorkflowIdPolicy = Parameters<typeof encodeWorkflowIdReusePolicy>[0];

/** What the SDK calls a child whose author gives it no id. */
const UNNAMED = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const TERMINATES = encodeWorkflowIdReusePolicy(WorkflowIdReusePolicy.TERMINATE_IF_RUNNING);

/** What the ids of the organization's runs begin with; what triggers start has the prefix of the installation, too. */
function beginnings({ workflowId, taskQueue, organization }: Reach): string[] {
  const below = `${workflowId}/`;
  if (organization === null) return [below];
  const own = `o/${organization}/`;
  return [below, own, `${taskQueue.replace(/runs$/, '')}${own}`];
}

const isOwn = (reach: Reach, id: string): boolean =>
  beginnings(reach).some((start) => id.startsWith(start) && id.length > start.length);

function allowed({ workflowId, organization }: Reach): string {
  return organization === null ? `${workflowId}/…` : `o/${organization}/…`;
}

/** Why the run may not signal or cancel the run of this id, or null if it may. */
export function whyNotRun(reach: Reach, id: string): string | null {
  if (id === reach.workflowId || reach.family.has(id) || isOwn(reach, id)) return null;
  return `is out of reach: a run can signal and cancel its children, its parent, and runs of its organization (${allowed(reach)})`;
}

/** Why the run may not start a child under this id, or null if it may. */
export function whyNotChild(reach: Reach, id: string, policy?: WorkflowIdPolicy): string | null {
  if (isOwn(reach, id)) return null;
  // Nothing else tells an id that the SDK has just made from one that somebody else's child has.
  if (UNNAMED.test(id) && encodeWorkflowIdReusePolicy(policy) !== TERMINATES) return null;
  return `may not be that of a child: leave it out, or begin it with the id of the run or with the organization (${allowed(reach)})`;
}

/** Why the run may not send a workflow, or an activity, to this queue, or null if it may. */
export function whyNotQueue(
  { taskQueue }: Reach,
  queue: string,
  what: 'workflow' | 'activity',
): string | null {
  if (what === 'workflow') {
    if (queue === taskQueue) return null;
    return `is out of reach: a run can send workflows to ${taskQueue} only`;
  }
  const actions = taskQueue.replace(/runs$/, 'actions');
  if (queue === actions) return null;
  return `is out of reach: a run can send activities to ${actions} only; call actions through \`halo\` of haloflow/sdk`;
}
