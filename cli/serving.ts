import { randomBytes } from 'node:crypto';
import { workflowsFolder } from '../worker/workflowFolders.ts';
import { say } from './outcome.ts';
import { takeResidence } from './resident.ts';
import { serveApi } from './serveApi.ts';
import { withStack } from './stack.ts';
import type { Stack } from './stack.ts';
import { startWorkers } from './workers/workers.ts';

/** The stack with the HTTP API on it. */
export interface Serving extends Stack {
  /** Where the API listens. */
  readonly apiUrl: string;
}

/** Runs `body` with everything that `haloflow start` is; meanwhile the home's other commands count on it. */
export async function withServing<T>(body: (serving: Serving) => Promise<T>): Promise<T> {
  const residence = await takeResidence();
  try {
    const workers = startWorkers((processes) => residence.works(processes));
    return await withStack({ ui: true, worker: workers }, async (stack) => {
      for (const server of [stack.postgres, stack.temporal]) server.watch(({ message }) => say(message));
      const token = randomBytes(32).toString('base64url');
      const api = await serveApi({ ...stack, workers }, token);
      try {
        residence.serve(stack.work, { url: api.url, token, workflows: workflowsFolder() });
        return await body({ ...stack, apiUrl: api.url });
      } finally {
        // Before the worker stops, so that no command counts on it any more.
        residence.leave();
        await api.close();
      }
    });
  } finally {
    residence.leave();
  }
}
