import { setTimeout as sleep } from 'node:timers/promises';
import type { RunDocument } from '../../triggers/show/runs.ts';
import { withApi } from '../api.ts';
import type { Api } from '../api.ts';
import { unlessInterrupted } from '../interrupt.ts';
import type { Outcome } from '../outcome.ts';
import { runOf } from './runOf.ts';
import { shortId } from './shortId.ts';

/** A workflow that cleans up may take longer; the command does not. */
const ENDS_WITHIN_MS = 10_000;
const LOOK_EVERY_MS = 200;

/** What `haloflow runs cancel` does. */
export async function cancelled(id: string): Promise<Outcome> {
  // A worker has to tell the workflow.
  const run = await withApi((api) => cancel(api, id), { needs: 'worker' });
  return {
    ok: true,
    json: { ok: true, run },
    text:
      run.status === 'running'
        ? `Run ${shortId(run.id)} has been asked to stop and is still under way.`
        : `Run ${shortId(run.id)} is ${run.status}.`,
  };
}

/** The run once it has ended, or as it is after a while. */
async function cancel(api: Api, id: string): Promise<RunDocument> {
  const path = `/runs/${encodeURIComponent(id)}/cancel`;
  let { run } = await api.call<{ run: RunDocument }>({ method: 'POST', path });
  const deadline = performance.now() + ENDS_WITHIN_MS;
  while (run.status === 'running' && performance.now() < deadline) {
    await unlessInterrupted(sleep(LOOK_EVERY_MS));
    run = (await runOf(api, run.id)).run;
  }
  return run;
}
