import { withApi } from '../api.ts';
import { facts } from '../facts.ts';
import type { Outcome } from '../outcome.ts';
import { endLines } from './endLines.ts';
import { endOf } from './endOf.ts';
import type { RunEnd } from './endOf.ts';

interface Repeat {
  readonly run: string;
  readonly workflowId: string;
  readonly rerunOf: string;
}

/** What `haloflow runs rerun` does. */
export async function rerun(id: string, { wait = false }: { readonly wait?: boolean }): Promise<Outcome> {
  return await withApi(
    async (api) => {
      const path = `/runs/${encodeURIComponent(id)}/rerun`;
      const repeat = await api.call<Repeat>({ method: 'POST', path });
      const waits = wait || api.works === 'here';
      return outcome(repeat, waits ? await endOf(api, repeat.run) : null);
    },
    { needs: 'worker' },
  );
}

function outcome({ run, workflowId, rerunOf }: Repeat, end: RunEnd | null): Outcome {
  const ok = end === null || end.error === null;
  return {
    ok,
    json: { ok, run, workflowId, rerunOf, result: end?.output ?? null, error: end?.error ?? null },
    text: facts([['run', run], ['workflow id', workflowId], ['repeats', rerunOf], ...endLines(end)]),
  };
}
