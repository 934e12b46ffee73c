import { setTimeout as sleep } from 'node:timers/promises';
import { asItIs, cancelRun } from '../../triggers/runs.ts';
import { unlessInterrupted } from '../interrupt.ts';
import type { Outcome } from '../outcome.ts';
import { withStack } from '../stack.ts';
import { runDocument } from './list.ts';
import { shortId } from './shortId.ts';

/** A workflow that cleans up may take longer; the command does not. */
const ENDS_WITHIN_MS = 10_000;
const LOOK_EVERY_MS = 200;

/** What `haloflow runs cancel` does. */
export async function cancelled(id: string): Promise<Outcome> {
  // A worker has to tell the workflow.
  return await withStack({ worker: 'missing' }, async ({ store, starter }) => {
    const asked = await cancelRun(store, starter.client, id);
    const deadline = performance.now() + ENDS_WITHIN_MS;
    let run = await asItIs(starter.client, asked);
    while (run.status === 'running' && performance.now() < deadline) {
      await unlessInterrupted(sleep(LOOK_EVERY_MS));
      run = await asItIs(starter.client, asked);
    }
    return {
      ok: true,
      json: { ok: true, run: runDocument(run) },
      text:
        run.status === 'running'
          ? `Run ${shortId(run.id)} has been asked to stop and is still under way.`
          : `Run ${shortId(run.id)} is ${run.status}.`,
    };
  });
}
