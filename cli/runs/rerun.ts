import { findRun, rerunRun } from '../../triggers/runs.ts';
import { facts } from '../facts.ts';
import type { Outcome } from '../outcome.ts';
import { endOf } from '../run.ts';
import { tellIfSlow } from '../slow.ts';
import { withStack } from '../stack.ts';
import { endLines } from './endLines.ts';

/** What `haloflow runs rerun` does. */
export async function rerun(id: string, options: { readonly wait?: boolean }): Promise<Outcome> {
  return await withStack({ worker: 'missing' }, async (stack) => {
    const first = await findRun(stack.store, id);
    const { run, workflowId, handle } = await rerunRun(stack.starter, first.id);
    const about = { run, workflowId, rerunOf: first.rerunOf ?? first.id };
    // Without a `haloflow start`, the worker that runs it is this process's.
    const waits = options.wait === true || stack.starter.eager;
    const end = waits ? await tellIfSlow(`waiting for run ${run} …`, endOf(stack, handle)) : null;
    const ok = end === null || end.error === null;
    return {
      ok,
      json: { ok, ...about, result: end?.output ?? null, error: end?.error ?? null },
      text: facts([['run', run], ['workflow id', workflowId], ['repeats', about.rerunOf], ...endLines(end)]),
    };
  });
}
