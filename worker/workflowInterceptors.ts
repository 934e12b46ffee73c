/** Runs in Temporal's sandbox, around every workflow: hands the run's header on and turns bugs into failures. */
import {
  ApplicationFailure,
  ContinueAsNew,
  TemporalFailure,
  defaultPayloadConverter,
  workflowInfo,
} from '@temporalio/workflow';
import type { Headers, StartChildWorkflowExecutionInput, WorkflowInterceptors } from '@temporalio/workflow';
import { enterRun } from '../sdk/context.ts';
import { RUN_HEADER } from '../sdk/header.ts';
import type { RunHeader } from '../sdk/header.ts';
import { acceptable } from './workflowCommands.ts';
import { messageOf, typeOf } from './workflowFailures.ts';
import { cleanLogs } from './workflowLogs.ts';
import { guardReach } from './workflowReach.ts';
import { naming, payloadConverter } from './workflowValues.ts';

/**
 * A plain error would make Temporal retry the workflow task for ever; an author's bug must be visible. So would an answer
 * that cannot be stored, because Temporal converts it where nothing catches errors: it is converted here first, in the
 * same tick.
 */
async function failing<T>(authored: () => Promise<T>, what?: string): Promise<T> {
  try {
    const answer = await authored();
    if (what !== undefined) naming(what, () => payloadConverter.toPayload(answer));
    return answer;
  } catch (error) {
    if (isA(TemporalFailure, error) || isA(ContinueAsNew, error)) throw error;
    throw ApplicationFailure.create({
      message: messageOf(error),
      type: typeOf(error),
      nonRetryable: true,
      ...(isA(Error, error) ? { cause: error } : {}),
    });
  }
}

/** Nobody has to be an error to be thrown: a proxy may throw at each look at it, or say yes to everything. */
function isA<Kind extends Error>(
  kind: abstract new (...args: never[]) => Kind,
  error: unknown,
): error is Kind {
  try {
    return error instanceof Error && error instanceof kind;
  } catch {
    return false;
  }
}

/** Children are found under their run's organization, unless they say otherwise. */
function withAttributes(input: StartChildWorkflowExecutionInput): StartChildWorkflowExecutionInput {
  const { options } = input;
  if (options.typedSearchAttributes || options.searchAttributes) return input;
  return {
    ...input,
    options: { ...options, typedSearchAttributes: workflowInfo().typedSearchAttributes },
  };
}

export function interceptors(): WorkflowInterceptors {
  let payload: Headers[string] | undefined;
  const guard = guardReach();
  const withHeader = <Input extends { readonly headers: Headers }>(input: Input): Input =>
    payload && !input.headers[RUN_HEADER]
      ? { ...input, headers: { ...input.headers, [RUN_HEADER]: payload } }
      : input;

  return {
    inbound: [
      {
        execute(input, next) {
          payload = input.headers[RUN_HEADER];
          if (payload) {
            const header = defaultPayloadConverter.fromPayload<RunHeader>(payload);
            enterRun(header);
            guard.enter(header.organization);
          }
          return failing(() => next(input), 'the result');
        },
        handleSignal: (input, next) => failing(() => next(input)),
        handleUpdate: (input, next) => failing(() => next(input), `the answer to the update ${input.name}`),
        handleQuery: async (input, next) => {
          const answer = await next(input);
          naming(`the answer to the query ${input.queryName}`, () => payloadConverter.toPayload(answer));
          return answer;
        },
      },
    ],
    outbound: [
      guard.outbound,
      {
        scheduleActivity: (input, next) =>
          naming(`the input of ${input.activityType}`, () => next(withHeader(input))),
        scheduleLocalActivity: (input, next) =>
          naming(`the input of ${input.activityType}`, () => next(withHeader(input))),
        startChildWorkflowExecution: (input, next) =>
          naming(`an argument of the child ${input.workflowType}`, () =>
            next(withHeader(withAttributes(input))),
          ),
        signalWorkflow: (input, next) =>
          naming(`an argument of the signal ${input.signalName}`, () => next(withHeader(input))),
        continueAsNew: (input, next) => naming('an argument to continue with', () => next(withHeader(input))),
      },
    ],
    internals: [
      {
        concludeActivation(input, next) {
          const { commands } = next(input);
          cleanLogs();
          return { commands: acceptable(commands) };
        },
      },
    ],
  };
}
