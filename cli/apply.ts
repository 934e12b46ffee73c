import { readFile } from 'node:fs/promises';
import { ConfigurationError } from '../errors.ts';
import { applyFile, planFile } from '../configuration/apply/apply.ts';
import type { Plan } from '../configuration/apply/plan.ts';
import { renderPlan } from '../configuration/apply/render.ts';
import { workflowNames } from '../worker/workflowNames.ts';
import { normaliseServer } from './normaliseServer.ts';
import { withOptions } from './optionsOf.ts';
import type { Outcome } from './outcome.ts';
import { withStore } from './openStore.ts';

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new ConfigurationError(
      `${file} cannot be read (${(cause as Error).message}): name the file, as in haloflow apply my.yaml`,
      { cause },
    );
  }
}

/** What `haloflow apply` does. */
export async function applied(
  file: string,
  { plan: only = false }: { readonly plan?: boolean },
): Promise<Outcome> {
  const text = await read(file);
  return await withStore(async (store) => {
    const plan = await withOptions(store, async (optionsOf) => {
      const source = { file, text, env: process.env, normaliseServer, workflowNames, optionsOf };
      return await (only ? planFile : applyFile)(store, source);
    });
    return {
      ok: true,
      json: { ok: true, applied: !only, changes: plan.items },
      text: [renderPlan(plan), ...(only ? [] : urlHints(plan))].join('\n'),
    };
  });
}

/** A new secret makes a new URL, which is in no plan: not everybody who reads one may call it. */
function urlHints({ items }: Plan): string[] {
  return items
    .filter(({ kind, changes }) => kind === 'trigger' && changes.some(({ field }) => field === 'secret'))
    .map(({ id }) => `haloflow triggers show ${id} --url prints the URL of ${id}.`);
}
