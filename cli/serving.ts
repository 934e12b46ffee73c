import { say } from './outcome.ts';
import { takeResidence } from './resident.ts';
import { withStack } from './stack.ts';
import type { Stack } from './stack.ts';

/** Runs `body` with the whole stack, on which the home's other commands count meanwhile. */
export async function withServing<T>(body: (stack: Stack) => Promise<T>): Promise<T> {
  const residence = await takeResidence();
  try {
    return await withStack({ ui: true, worker: 'own' }, async (stack) => {
      for (const server of [stack.postgres, stack.temporal]) server.watch(({ message }) => say(message));
      residence.serve(stack.work);
      try {
        return await body(stack);
      } finally {
        // Before the worker stops, so that no command counts on it any more.
        residence.leave();
      }
    });
  } finally {
    residence.leave();
  }
}
