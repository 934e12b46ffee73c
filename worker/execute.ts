import { activityInfo, heartbeat } from '@temporalio/activity';
import { findAction } from '../actions/index.ts';
import type { Action } from '../actions/types.ts';
import { checkInput } from '../actions/validate.ts';
import type { BegunCall } from '../calls/record.ts';
import { HaloConnectionError, HaloOutcomeUnknownError } from '../errors.ts';
import { effectOf } from '../halo/effect.ts';
import type { ConfigurationReader } from '../organizations/configuration.ts';
import type { CallRequest } from '../sdk/options.ts';
import { perform } from './perform.ts';
import type { Performing } from './perform.ts';
import { checkRequest } from './request.ts';
import { Try } from './try.ts';
import { unknownAction } from './unknownAction.ts';

/** What executing an action needs, made once per worker. */
export interface Executing extends Performing {
  readonly configuration: ConfigurationReader;
}

/** Well below the heartbeat timeout of 30 s; a heartbeat is also how a call learns that it is cancelled. */
const HEARTBEAT_MS = 8_000;

/** A write of an earlier try that may have happened: its result, or the refusal to send it again. */
function earlierWrite(action: Action, begun: BegunCall): { readonly output: unknown } | null {
  if (begun.sent === null) return null;
  if ('result' in begun.sent) return { output: begun.sent.result };
  throw new HaloOutcomeUnknownError(
    `${action.id}: an earlier try was sent (connection ${begun.connection}) and its reply is lost, so it may have happened; look in Halo before you run it again`,
  );
}

/** Tries that ended without a word, as when each killed its worker, are spent all the same. */
function checkTries(action: Action, begun: BegunCall, allowed: number): void {
  if (begun.attempts < allowed) return;
  throw new HaloConnectionError(
    `${action.id} (connection ${begun.connection}): no try came back with a result, as if each had ended its worker; look at the workers' logs`,
  );
}

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
      checkInput(action, input);
      attempt.effect = effectOf(action, input);
      const earlier = attempt.isWrite ? earlierWrite(action, begun) : null;
      if (!earlier) checkTries(action, begun, attempt.allowed);
      const { output } = earlier ?? {
        output: await perform(parts, {
          action,
          input,
          request,
          run: begun.run,
          configuration: await parts.configuration.at(begun.version),
          attempt,
        }),
      };
      await attempt.succeeded(output);
      return output;
    } catch (error) {
      throw await attempt.failed(error);
    } finally {
      clearInterval(beating);
    }
  };
}
