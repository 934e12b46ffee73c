import {
  ActivityCancellationType,
  ApplicationFailure,
  TemporalFailure,
  scheduleActivity,
  workflowInfo,
} from '@temporalio/workflow';
import type { ActivityOptions } from '@temporalio/workflow';
import type { CallOptions, CallRequest } from './options.ts';
import { checkName } from './known.ts';
import { secretsIn } from './secrets.ts';
import { MAXIMUM_PAYLOAD_BYTES, payloadBytes, showBytes } from './size.ts';

const defaults = {
  startToCloseTimeout: '1 hour',
  scheduleToCloseTimeout: '24 hours',
  heartbeatTimeout: '30 seconds',
  // A cancelled run still learns how a request that was under way ended.
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
} satisfies ActivityOptions;

/** Runs of the queue `runs` (or `<prefix>-runs`) schedule their activities on `actions` (or `<prefix>-actions`). */
function actionsQueue(): string {
  return workflowInfo().taskQueue.replace(/runs$/, 'actions');
}

/** An option set to undefined would wipe Temporal's default instead of leaving it. */
function defined<T extends object>(options: T): T {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T;
}

/** Throws what Temporal would refuse, before it ends or blocks the run. */
function checkInputSize(args: readonly unknown[]): void {
  const bytes = payloadBytes(args);
  if (bytes <= MAXIMUM_PAYLOAD_BYTES) return;
  throw new RangeError(`the input of ${showBytes(bytes)} is over Temporal's 2 MB: send less in one call`);
}

/**
 * Schedules one activity on the actions queue and waits for its result.
 *
 * @throws ActivityFailure, whose cause carries the error's class name as `type`; ApplicationFailure of type
 * `SchemaError` for the name of no action, and for options or an input that Temporal refuses (a plain error would block the run for ever).
 */
export async function call<Result>(
  activity: string,
  input: unknown,
  options: CallOptions = {},
  binding: Pick<CallRequest, 'using' | 'as'> = {},
): Promise<Result> {
  const { startToCloseTimeout, scheduleToCloseTimeout, summary, ...rest } = options;
  try {
    checkName(activity);
    const secrets = secretsIn([input, rest.extra]);
    const request: CallRequest = defined({
      ...rest,
      ...binding,
      secrets: secrets.length > 0 ? secrets : undefined,
    });
    const args = Object.keys(request).length > 0 ? [input ?? {}, request] : [input ?? {}];
    checkInputSize(args);
    return await scheduleActivity<Result>(activity, args, {
      ...defaults,
      ...defined({ startToCloseTimeout, scheduleToCloseTimeout, summary }),
      taskQueue: actionsQueue(),
    } as ActivityOptions);
  } catch (error) {
    if (error instanceof TemporalFailure) throw error;
    throw ApplicationFailure.nonRetryable(`${activity}: ${(error as Error).message}`, 'SchemaError');
  }
}
