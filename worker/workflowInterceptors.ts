/** Runs in Temporal's sandbox, around every workflow: hands the run's header on and turns bugs into failures. */
import {
  ApplicationFailure,
  ContinueAsNew,
  DeterminismViolationError,
  TemporalFailure,
  defaultPayloadConverter,
  workflowInfo,
} from '@temporalio/workflow';
import type { Headers, StartChildWorkflowExecutionInput, WorkflowInterceptors } from '@temporalio/workflow';
import { enterRun } from '../sdk/context.ts';
import { RUN_HEADER } from '../sdk/header.ts';
import type { RunHeader } from '../sdk/header.ts';

/** A plain error would make Temporal retry the workflow task for ever; an author's bug has to be seen. */
async function failing<T>(authored: () => Promise<T>): Promise<T> {
  try {
    return await authored();
  } catch (error) {
    if (
      error instanceof TemporalFailure ||
      error instanceof ContinueAsNew ||
      error instanceof DeterminismViolationError
    ) {
      throw error;
    }
    throw ApplicationFailure.create({
      message: error instanceof Error ? error.message : String(error),
      type: error instanceof Error ? error.name : 'Error',
      nonRetryable: true,
      ...(error instanceof Error ? { cause: error } : {}),
    });
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
  const withHeader = <Input extends { readonly headers: Headers }>(input: Input): Input =>
    payload && !input.headers[RUN_HEADER]
      ? { ...input, headers: { ...input.headers, [RUN_HEADER]: payload } }
      : input;

  return {
    inbound: [
      {
        execute(input, next) {
          payload = input.headers[RUN_HEADER];
          if (payload) enterRun(defaultPayloadConverter.fromPayload<RunHeader>(payload));
          return failing(() => next(input));
        },
        handleSignal: (input, next) => failing(() => next(input)),
        handleUpdate: (input, next) => failing(() => next(input)),
      },
    ],
    outbound: [
      {
        scheduleActivity: (input, next) => next(withHeader(input)),
        scheduleLocalActivity: (input, next) => next(withHeader(input)),
        startChildWorkflowExecution: (input, next) => next(withHeader(withAttributes(input))),
        signalWorkflow: (input, next) => next(withHeader(input)),
        continueAsNew: (input, next) => next(withHeader(input)),
      },
    ],
  };
}
