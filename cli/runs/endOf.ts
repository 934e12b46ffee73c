import { setTimeout as sleep } from 'node:timers/promises';
import type { Api } from '../api.ts';
import { unlessInterrupted } from '../interrupt.ts';
import type { ErrorDocument } from '../outcome.ts';
import { tellIfSlow } from '../slow.ts';
import { runOf } from './runOf.ts';

const LOOK_EVERY_MS = 500;

/** How a run ended: what the workflow returned, or why it failed. */
export interface RunEnd {
  readonly output: unknown;
  readonly error: ErrorDocument | null;
}

/** Waits for the end of a run. Throws Interrupted when the command is to stop. */
export async function endOf(api: Api, id: string): Promise<RunEnd> {
  return await tellIfSlow(`waiting for run ${id} …`, waited(api, id));
}

async function waited(api: Api, id: string): Promise<RunEnd> {
  for (;;) {
    const { run } = await runOf(api, id);
    if (run.status !== 'running') return { output: run.result, error: run.error ?? ended(run.status) };
    await unlessInterrupted(sleep(LOOK_EVERY_MS));
  }
}

const ended = (status: string): RunEnd['error'] =>
  status === 'completed' ? null : { type: 'WorkflowFailedError', message: `the run was ${status}` };
