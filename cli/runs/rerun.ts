import { LOCAL } from '../../access/principal.ts';
import { repeatRun } from '../../api/control/operations.ts';
import { findRun } from '../../triggers/runs.ts';
import { remoteOrNull } from '../api.ts';
import type { Api } from '../api.ts';
import { facts } from '../facts.ts';
import type { Outcome } from '../outcome.ts';
import { endOf } from '../run.ts';
import type { RunEnd } from '../run.ts';
import { tellIfSlow } from '../slow.ts';
import { withStack } from '../stack.ts';
import { endLines } from './endLines.ts';
import { remoteEnd } from './remoteEnd.ts';

interface Repeat {
  readonly run: string;
  readonly workflowId: string;
  readonly rerunOf: string;
}

/** What `haloflow runs rerun` does. */
export async function rerun(id: string, options: { readonly wait?: boolean }): Promise<Outcome> {
  const remote = remoteOrNull();
  return await (remote ? rerunThere(remote, id, options) : rerunHere(id, options));
}

async function rerunThere(api: Api, id: string, { wait }: { readonly wait?: boolean }): Promise<Outcome> {
  const path = `/runs/${encodeURIComponent(id)}/rerun`;
  const repeat = await api.call<Repeat>({ method: 'POST', path });
  return outcome(repeat, wait ? await awaited(repeat, remoteEnd(api, repeat.run)) : null);
}

async function rerunHere(id: string, { wait }: { readonly wait?: boolean }): Promise<Outcome> {
  return await withStack({ worker: 'missing' }, async (stack) => {
    const first = await findRun(stack.store, id);
    const { run, workflowId, handle } = await repeatRun(stack.starter, LOCAL, first);
    const repeat = { run, workflowId, rerunOf: first.rerunOf ?? first.id };
    // Without a `haloflow start`, the worker that runs it is this process's.
    const waits = wait === true || stack.starter.eager;
    return outcome(repeat, waits ? await awaited(repeat, endOf(stack, handle)) : null);
  });
}

const awaited = ({ run }: Repeat, end: Promise<RunEnd>): Promise<RunEnd> =>
  tellIfSlow(`waiting for run ${run} …`, end);

function outcome({ run, workflowId, rerunOf }: Repeat, end: RunEnd | null): Outcome {
  const ok = end === null || end.error === null;
  return {
    ok,
    json: { ok, run, workflowId, rerunOf, result: end?.output ?? null, error: end?.error ?? null },
    text: facts([['run', run], ['workflow id', workflowId], ['repeats', rerunOf], ...endLines(end)]),
  };
}
