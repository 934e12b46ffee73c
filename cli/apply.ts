import { readFile } from 'node:fs/promises';
import { ConfigurationError } from '../errors.ts';
import { applyFile, planFile } from '../configuration/apply/apply.ts';
import { renderPlan } from '../configuration/apply/render.ts';
import { normaliseServer } from './normaliseServer.ts';
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
  const source = { file, text: await read(file), env: process.env, normaliseServer };
  return await withStore(async (store) => {
    const plan = await (only ? planFile : applyFile)(store, source);
    return {
      ok: true,
      json: { ok: true, applied: !only, changes: plan.items },
      text: renderPlan(plan),
    };
  });
}
