import { WorkflowNotFoundError } from '@temporalio/client';
import { eq } from 'drizzle-orm';
import { callsOfRun } from '../../calls/record.ts';
import { runs } from '../../store/schema/runs.ts';
import type { Store } from '../../store/store.ts';
import { asItIs, findRun } from '../../triggers/runs.ts';
import type { RunRow } from '../../triggers/runs.ts';
import type { Outcome } from '../outcome.ts';
import { endOf } from '../run.ts';
import { withStack } from '../stack.ts';
import type { Stack } from '../stack.ts';
import { detailsDocument, detailsPage } from './page.ts';
import type { RunDetails } from './page.ts';

/** What `haloflow runs show` does. */
export async function shown(id: string): Promise<Outcome> {
  return await withStack({ worker: 'none' }, async (stack) => {
    const { store, starter } = stack;
    const run = await asItIs(starter.client, await findRun(store, id));
    const [end, calls, reruns] = await Promise.all([
      ended(stack, run),
      callsOfRun(store, run.id),
      rerunsOf(store, run),
    ]);
    const details = { ...end, calls, reruns };
    return {
      ok: true,
      json: { ok: true, ...detailsDocument(details) },
      text: detailsPage(details, new Date()),
    };
  });
}

async function rerunsOf(store: Store, { id }: RunRow): Promise<string[]> {
  const found = await store.db
    .select({ id: runs.id })
    .from(runs)
    .where(eq(runs.rerunOf, id))
    .orderBy(runs.startedAt);
  return found.map((run) => run.id);
}

/** With what Temporal knows of its end: the result, which the row never has, and the error that it may not have yet. */
async function ended(stack: Stack, run: RunRow): Promise<Pick<RunDetails, 'run' | 'result'>> {
  const unknown = { run, result: { known: false, value: null } };
  if (run.status === 'running') return unknown;
  try {
    await stack.starter.client.workflow.getHandle(run.workflowId).describe();
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return unknown;
    throw error;
  }
  const { output, error } = await endOf(stack, stack.starter.client.workflow.getHandle(run.workflowId));
  if (error === null) return { run, result: { known: true, value: output ?? null } };
  if (run.errorType !== null || run.errorMessage !== null) return unknown;
  return { ...unknown, run: { ...run, errorType: error.type, errorMessage: error.message } };
}
