/** Recorded histories: what a run of each workflow looked like, for replay against today's code. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { WorkflowHandle } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';

const file = (name: string): URL => new URL(`../histories/${name}.json`, import.meta.url);

/** `4711@machine`, the names of workers and of their own task queues. */
const WORKER = /^\d+@.+$/;

/** Names of machines and of files on them, which nobody else needs. */
function published(key: string, value: unknown): unknown {
  if (key === 'stackTrace') return '';
  return typeof value === 'string' ? value.replace(WORKER, 'worker') : value;
}

/**
 * Writes test/histories/<name>.json when HALOFLOW_RECORD is set, and does nothing otherwise. To record all of them anew,
 * after a change that replay rightly refuses and that no running installation needs to survive:
 * `HALOFLOW_RECORD=1 npm test -- test/workflows`.
 */
export async function record(name: string, handle: WorkflowHandle): Promise<void> {
  if (!process.env['HALOFLOW_RECORD']) return;
  const history: unknown = JSON.parse(historyToJSON(await handle.fetchHistory()), published);
  writeFileSync(file(name), `${JSON.stringify(history, null, 1)}\n`);
}

export function recorded(name: string): unknown {
  return JSON.parse(readFileSync(file(name), 'utf8'));
}
