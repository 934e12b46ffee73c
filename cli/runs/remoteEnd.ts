import { setTimeout as sleep } from 'node:timers/promises';
import type { Api } from '../api.ts';
import { unlessInterrupted } from '../interrupt.ts';
import type { RunEnd } from '../run.ts';
import { remoteRun } from './show.ts';

const LOOK_EVERY_MS = 500;

/** Waits for the end of a run of a haloflow elsewhere. Throws Interrupted when the command is to stop. */
export async function remoteEnd(api: Api, id: string): Promise<RunEnd> {
  for (;;) {
    const { run } = await remoteRun(api, id);
    if (run.status !== 'running') {
      return { output: run.result, error: run.error ?? ended(run.status), notInstalled: false };
    }
    await unlessInterrupted(sleep(LOOK_EVERY_MS));
  }
}

const ended = (status: string): RunEnd['error'] =>
  status === 'completed' ? null : { type: 'WorkflowFailedError', message: `the run was ${status}` };
