import { AsyncLocalStorage } from 'node:async_hooks';
import { defaultPayloadConverter } from '@temporalio/common';
import type { ActivityInterceptors } from '@temporalio/worker';
import { RUN_HEADER } from '../sdk/header.ts';
import type { RunHeader } from '../sdk/header.ts';

const current = new AsyncLocalStorage<RunHeader | undefined>();

/** The header of the run whose activity is executing here, or undefined when it was not started through haloflow. */
export function currentRun(): RunHeader | undefined {
  return current.getStore();
}

/** Puts the run's header within reach of {@link currentRun}. */
export function runHeaderInterceptor(): ActivityInterceptors {
  return {
    inbound: {
      execute(input, next) {
        const payload = input.headers[RUN_HEADER];
        return current.run(payload && defaultPayloadConverter.fromPayload<RunHeader>(payload), () =>
          next(input),
        );
      },
    },
  };
}
