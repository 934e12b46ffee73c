/** Runs in Temporal's sandbox, around every workflow: refuses what reaches for runs and queues that are not the run's own. */
import { patched, workflowInfo } from '@temporalio/workflow';
import type { WorkflowOutboundCallsInterceptor } from '@temporalio/workflow';
import { getActivator } from '@temporalio/workflow/lib/global-attributes.js';
import type { ApplicationFailure } from '@temporalio/common';
import { whyNotChild, whyNotQueue, whyNotRun } from './reach.ts';
import type { Reach } from './reach.ts';
import { didYouMean } from '../nearest.ts';
import { cut } from '../texts.ts';
import { failureConverter } from './workflowFailures.ts';
import { payloadConverter, refusal } from './workflowValues.ts';

/** Marks histories of runs that were refused something, so that what older ones have recorded replays. */
const REFUSES = 'haloflow:reach';

export interface Guard {
  /** To be called before the workflow's first line, with the organization of the run's header. */
  enter(organization: string): void;
  readonly outbound: WorkflowOutboundCallsInterceptor;
}

/** The refusal, or null if there is no reason for one or the history has the command. */
function refused(what: string, name: string, why: string | null): ApplicationFailure | null {
  return why !== null && patched(REFUSES) ? refusal(`${what} ${JSON.stringify(cut(name, 120))}`, why) : null;
}

/** What the bundle exports, as the SDK itself looks workflows up. */
declare const __TEMPORAL__: { importWorkflows(): Readonly<Record<string, unknown>> };

/** The refusal of a workflow that is not in the bundle: whoever started it would wait for it for ever. */
function refusedWorkflow(name: string): ApplicationFailure | null {
  const exported = __TEMPORAL__.importWorkflows();
  const isThere = (key: string): boolean => typeof exported[key] === 'function';
  if (isThere(name) || isThere('default')) return null;
  const names = Object.keys(exported).filter(isThere);
  return refused(
    'the workflow',
    name,
    `is exported from no file of the workflows.${didYouMean(name, names)}`,
  );
}

export function guardReach(): Guard {
  let organization: string | null = null;
  const children = new Set<string>();

  function reach(): Reach {
    const { workflowId, taskQueue, parent, root } = workflowInfo();
    const above = [parent, root].flatMap((run) => run?.workflowId ?? []);
    return { workflowId, taskQueue, organization, family: new Set([...children, ...above]) };
  }
  const run = (id: string): ApplicationFailure | null =>
    refused('the workflow id', id, whyNotRun(reach(), id));
  const queue = (name: string, what: 'workflow' | 'activity'): ApplicationFailure | null =>
    refused('the task queue', name, whyNotQueue(reach(), name, what));

  const whyNotNext = (
    workflowType: string | null | undefined,
    taskQueue: string | null | undefined,
  ): ApplicationFailure | null =>
    (taskQueue ? queue(taskQueue, 'workflow') : null) ??
    (workflowType ? refusedWorkflow(workflowType) : null);

  // The SDK asks no interceptor about these two. Its author finds the error of a cancellation at the call.
  const activator = getActivator();
  const push = activator.pushCommand.bind(activator);
  activator.pushCommand = (command, complete) => {
    const { requestCancelExternalWorkflowExecution: cancel, continueAsNewWorkflowExecution: next } = command;
    if (cancel) {
      const reason = run(cancel.workflowExecution?.workflowId ?? '');
      if (reason) throw reason;
    }
    const reason = next ? whyNotNext(next.workflowType, next.taskQueue) : null;
    if (reason === null) return push(command, complete);
    const { namespace, workflowId } = workflowInfo();
    const context = { type: 'workflow', namespace, workflowId } as const;
    const failure = failureConverter.errorToFailure(reason, payloadConverter, context);
    push({ failWorkflowExecution: { failure } }, complete);
  };

  return {
    enter: (own) => (organization = own),
    outbound: {
      // None of them awaits anything, because an extra tick would break replay.
      scheduleActivity(input, next) {
        const reason = queue(input.options.taskQueue || workflowInfo().taskQueue, 'activity');
        return reason ? Promise.reject(reason) : next(input);
      },
      startChildWorkflowExecution(input, next) {
        const { workflowId, workflowIdReusePolicy, taskQueue } = input.options;
        const reason =
          refused('the workflow id', workflowId, whyNotChild(reach(), workflowId, workflowIdReusePolicy)) ??
          queue(taskQueue || workflowInfo().taskQueue, 'workflow') ??
          refusedWorkflow(input.workflowType);
        if (reason) return Promise.reject(reason);
        const starting = next(input);
        // One that did not start is somebody else's.
        const note = () => void children.add(workflowId);
        starting.then(([started]) => started.then(note, () => undefined)).catch(() => undefined);
        return starting;
      },
      signalWorkflow(input, next) {
        const { target } = input;
        const reason = target.type === 'external' ? run(target.workflowExecution.workflowId ?? '') : null;
        return reason ? Promise.reject(reason) : next(input);
      },
      continueAsNew(input, next) {
        const { workflowType, taskQueue } = input.options;
        const reason = whyNotNext(workflowType, taskQueue);
        return reason ? Promise.reject(reason) : next(input);
      },
    },
  };
}
