import { activityInfo, heartbeat } from '@temporalio/activity';
import { findAction } from '../actions/index.ts';
import { checkInput } from '../actions/validate.ts';
import { effectOf } from '../halo/effect.ts';
import type { CallRequest } from '../sdk/options.ts';
import { perform } from './perform.ts';
import type { Performing } from './perform.ts';
import { checkRequest } from './request.ts';
import { withStandIns } from './secrets.ts';
import { Try } from './try.ts';
import { unknownAction } from './unknownAction.ts';

/** What executing an action needs, made once per worker. */
export type Executing = Performing;

/** Well below the heartbeat timeout of 30 s; a heartbeat is also how a call learns that it is cancelled. */
const HEARTBEAT_MS = 8_000;

/**
 * The activity behind every action: `default`, since the activity's type is the action's id.
 *
 * @throws ApplicationFailure only, with the error's class name as type (worker/failure.ts), or the cancellation.
 */
export function createExecute(parts: Executing): (input: unknown, request?: CallRequest) => Promise<unknown> {
  return async function execute(input: unknown, request: CallRequest = {}): Promise<unknown> {
    const info = activityInfo();
    const action = findAction(info.activityType);
    if (!action) throw unknownAction(info);
    const attempt = new Try({ store: parts.store, info, action, request });
    const beating = setInterval(() => heartbeat(), HEARTBEAT_MS);
    try {
      const begun = await attempt.begin();
      checkRequest(action, request);
      checkInput(action, withStandIns(input, request.secrets ?? []));
      withStandIns(request.extra, request.secrets ?? []);
      attempt.effect = effectOf(action, input);
      // What earlier tries have written is settled even when no try is left.
      if (attempt.isSpent && begun.writes.length === 0) throw attempt.noResult();
      const configuration = await parts.configuration.at(begun.version);
      const output = await perform(parts, { action, input, request, begun, configuration, attempt });
      await attempt.succeeded();
      return output;
    } catch (error) {
      throw await attempt.failed(error);
    } finally {
      clearInterval(beating);
    }
  };
}
