import { setTimeout as sleep } from 'node:timers/promises';
import { LOCAL } from '../../access/principal.ts';
import { stopRun } from '../../api/control/operations.ts';
import { asItIs } from '../../triggers/runs.ts';
import { runDocument } from '../../triggers/show/runs.ts';
import type { RunDocument } from '../../triggers/show/runs.ts';
import { remoteOrNull } from '../api.ts';
import type { Api } from '../api.ts';
import { unlessInterrupted } from '../interrupt.ts';
import type { Outcome } from '../outcome.ts';
import { withStack } from '../stack.ts';
import { shortId } from './shortId.ts';
import { remoteRun } from './show.ts';

/** A workflow that cleans up may take longer; the command does not. */
const ENDS_WITHIN_MS = 10_000;
const LOOK_EVERY_MS = 200;

/** What `haloflow runs cancel` does. */
export async function cancelled(id: string): Promise<Outcome> {
  const remote = remoteOrNull();
  const run = await (remote ? cancelThere(remote, id) : cancelHere(id));
  return {
    ok: true,
    json: { ok: true, run },
    text:
      run.status === 'running'
        ? `Run ${shortId(run.id)} has been asked to stop and is still under way.`
        : `Run ${shortId(run.id)} is ${run.status}.`,
  };
}

async function cancelThere(api: Api, id: string): Promise<RunDocument> {
  const path = `/runs/${encodeURIComponent(id)}/cancel`;
  const { run } = await api.call<{ run: RunDocument }>({ method: 'POST', path });
  return await ended(run, async () => (await remoteRun(api, run.id)).run);
}

async function cancelHere(id: string): Promise<RunDocument> {
  // A worker has to tell the workflow.
  return await withStack({ worker: 'missing' }, async ({ starter }) => {
    const asked = await stopRun(starter, LOCAL, id);
    const look = async (): Promise<RunDocument> => runDocument(await asItIs(starter.client, asked));
    return await ended(await look(), look);
  });
}

/** The run once it has ended, or as it is after a while. */
async function ended(first: RunDocument, look: () => Promise<RunDocument>): Promise<RunDocument> {
  const deadline = performance.now() + ENDS_WITHIN_MS;
  let run = first;
  while (run.status === 'running' && performance.now() < deadline) {
    await unlessInterrupted(sleep(LOOK_EVERY_MS));
    run = await look();
  }
  return run;
}
