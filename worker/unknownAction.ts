import type { Info } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { ConfigurationError } from '../errors.ts';

/** While workers are being replaced, a newer one may know the action. */
const DEPLOYMENT_MS = 60_000;
const ASK_AGAIN_MS = 5_000;

/** The failure for an activity type that is no action: tried again for a minute, then final. */
export function unknownAction(
  { activityType, scheduledTimestampMs }: Info,
  now = Date.now(),
): ApplicationFailure {
  return ApplicationFailure.create({
    message: `unknown action ${activityType}: \`haloflow actions\` lists those that this version has`,
    type: ConfigurationError.name,
    nonRetryable: now - scheduledTimestampMs >= DEPLOYMENT_MS,
    nextRetryDelay: ASK_AGAIN_MS,
  });
}
