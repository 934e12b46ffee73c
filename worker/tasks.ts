/** What a worker is at: told as it happens, so that who watches the process knows it when the process has died. */
import type { ActivityExecuteInput, ActivityInterceptorsFactory, Next } from '@temporalio/worker';
import type { ActivityInboundCallsInterceptor } from '@temporalio/worker';
import { onTrace } from './logger.ts';

/** One task of a run: of its workflow, or an activity of it. */
export interface Task {
  readonly workflowId: string;
  /** Temporal's id of the execution. */
  readonly execution: string;
  /** Null for the workflow's own. */
  readonly activity: string | null;
  /** Temporal's token for this try of an activity, in base64: what it answers belongs to no other try. */
  readonly token?: string;
}

export interface TaskWatcher {
  took(task: Task): void;
  /** `isDone`: by whatever outcome; otherwise it is given out again. */
  ended(task: Task, isDone: boolean): void;
}

/** One text for each task, the same for all its tries. */
export const taskKey = ({ workflowId, execution, activity }: Task): string =>
  [workflowId, execution, ...(activity === null ? [] : [activity])].join('\n');

/**
 * What the SDK makes of a task reaches Temporal's core a moment after its end is traced, and may be refused there: until
 * then it counts as under way.
 */
const HANDED_OVER_MS = 500;

/**
 * Tells of the workflow tasks of a queue, from what the SDK traces of them. At most one queue of a process. `oneAtATime`:
 * the worker takes none before it has handed the last one over.
 */
export function watchWorkflowTasks(
  { queue, oneAtATime }: { readonly queue: string; readonly oneAtATime: boolean },
  watcher: TaskWatcher,
): void {
  const workflowIds = new Map<string, string>();
  const ending = new Map<string, { readonly task: Task; readonly timer: NodeJS.Timeout }>();
  const end = (execution: string, isDone = true): void => {
    const found = ending.get(execution);
    if (!found) return;
    clearTimeout(found.timer);
    ending.delete(execution);
    watcher.ended(found.task, isDone);
  };
  onTrace((message, meta) => {
    if (meta['taskQueue'] !== queue) return;
    const execution = String(meta['runId']);
    if (message === 'Failed to process Workflow Activation') return end(execution, false);
    if (message === 'Disposing workflow') workflowIds.delete(execution);
    if (message === 'Got workflow activation') {
      const { jobs } = meta as { readonly jobs?: readonly Job[] };
      const named = jobs?.find((job) => job.initializeWorkflow)?.initializeWorkflow?.workflowId;
      if (named) workflowIds.set(execution, named);
      const workflowId = workflowIds.get(execution);
      if (workflowId === undefined || jobs?.every((job) => job.removeFromCache)) return;
      for (const one of oneAtATime ? [...ending.keys()] : [execution]) end(one);
      watcher.took({ workflowId, execution, activity: null });
    }
    if (message === 'Completed activation') {
      end(execution);
      const task = { workflowId: String(meta['workflowId']), execution, activity: null };
      ending.set(execution, { task, timer: setTimeout(() => end(execution), HANDED_OVER_MS) });
    }
  });
}

/** As far as it is read here, of `coresdk.workflow_activation.IWorkflowActivationJob`. */
interface Job {
  readonly initializeWorkflow?: { readonly workflowId?: string | null } | null;
  readonly removeFromCache?: unknown;
}

/** Tells of the activities of a worker. */
export function activityTasks(watcher: TaskWatcher): ActivityInterceptorsFactory {
  return ({ info }) => {
    const { workflowExecution, activityId: activity, base64TaskToken: token } = info;
    const { workflowId, runId: execution } = workflowExecution ?? {};
    const task: Task | null = workflowId && execution ? { workflowId, execution, activity, token } : null;
    const inbound: ActivityInboundCallsInterceptor = {
      async execute(input: ActivityExecuteInput, next: Next<ActivityInboundCallsInterceptor, 'execute'>) {
        if (!task) return await next(input);
        watcher.took(task);
        try {
          return await next(input);
        } finally {
          watcher.ended(task, true);
        }
      },
    };
    return { inbound };
  };
}
