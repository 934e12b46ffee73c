import { activityInfo } from '@temporalio/activity';
import { fireByRun } from '../triggers/dispatch/fireByRun.ts';
import type { FiringParts } from '../triggers/dispatch/fireByRun.ts';
import type { FiredEvent } from '../sdk/fire.ts';
import { DEFAULT_ATTEMPTS, toFailure } from './failure.ts';
import { currentRun } from './runHeader.ts';

interface FireInput {
  readonly trigger: unknown;
  readonly record?: unknown;
  readonly organization?: unknown;
}

/**
 * The activity behind `triggers.fire()`: one event for each call, however often it is tried.
 *
 * @throws ApplicationFailure only, with the error's class name as type (worker/failure.ts).
 */
export function createFire(parts: FiringParts): (input: FireInput) => Promise<FiredEvent> {
  return async function fire({ trigger, record, organization }: FireInput): Promise<FiredEvent> {
    const { attempt, workflowExecution, activityId } = activityInfo();
    try {
      const event = await fireByRun(parts, {
        run: currentRun()?.run,
        call: `${workflowExecution?.workflowId}/${workflowExecution?.runId}/${activityId}`,
        trigger,
        record,
        organization,
      });
      return { event };
    } catch (error) {
      // It waits for no budget, so that each of Temporal's attempts is a try.
      throw toFailure(error, { reached: attempt, allowed: DEFAULT_ATTEMPTS });
    }
  };
}
