import { WorkflowNotFoundError } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import type { Task } from '../../worker/tasks.ts';

/** More than come after the end of a workflow task without another. */
const LATEST_EVENTS = 20;

/** Whether the task is still to be done: given out, or to be given out again. */
export async function stillOpen(client: Client, task: Task): Promise<boolean> {
  const { workflowId, execution, activity } = task;
  try {
    const { raw } = await client.workflow.getHandle(workflowId, execution).describe();
    if (raw.workflowExecutionInfo?.closeTime) return false;
    if (activity !== null) {
      return raw.pendingActivities?.some(({ activityId }) => activityId === activity) === true;
    }
    return !(await lastTaskWasDone(client, task));
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

/** Between the tries of a task that fails, Temporal has none pending; its history knows. */
async function lastTaskWasDone(client: Client, { workflowId, execution }: Task): Promise<boolean> {
  const { history } = await client.workflowService.getWorkflowExecutionHistoryReverse({
    namespace: client.options.namespace,
    execution: { workflowId, runId: execution },
    maximumPageSize: LATEST_EVENTS,
  });
  const last = history?.events?.find(
    (event) =>
      event.workflowTaskScheduledEventAttributes ??
      event.workflowTaskStartedEventAttributes ??
      event.workflowTaskCompletedEventAttributes ??
      event.workflowTaskFailedEventAttributes ??
      event.workflowTaskTimedOutEventAttributes,
  );
  return Boolean(last?.workflowTaskCompletedEventAttributes);
}
