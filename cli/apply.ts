import { readFile } from 'node:fs/promises';
import { ConfigurationError } from '../errors.ts';
import type { PlanItem } from '../configuration/apply/plan.ts';
import { renderPlan } from '../configuration/apply/render.ts';
import { withApi } from './api.ts';
import type { Needs } from './api.ts';
import type { Outcome } from './outcome.ts';
import { canAsk, confirmed } from './prompt.ts';

interface Planned {
  readonly changes: readonly PlanItem[];
  readonly effects?: readonly string[];
  /** The plan is incomplete: the rest needs Temporal. */
  readonly needsTemporal?: boolean;
}

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
  options: { readonly plan?: boolean; readonly json?: boolean; readonly sameHalo?: readonly string[] },
): Promise<Outcome> {
  const { plan: only = false, json = false, sameHalo = [] } = options;
  const text = await read(file);
  const ask = (needs: Needs, plan: boolean, same: readonly string[]): Promise<Planned> =>
    withApi(
      (api) =>
        api.call<Planned>({
          method: 'POST',
          path: plan ? '/configuration/plan' : '/configuration/apply',
          body: { file, text, env: namedIn(text), sameHalo: same },
        }),
      { needs },
    );
  const asks = !only && !json && canAsk();
  const same = asks
    ? [...sameHalo, ...(await askedSame((await ask('store', true, sameHalo)).changes, sameHalo))]
    : sameHalo;
  const planned = await ask('store', only, same);
  const { changes, effects = [] } = planned.needsTemporal ? await ask('temporal', only, same) : planned;
  return {
    ok: true,
    json: { ok: true, applied: !only, changes, ...(effects.length > 0 ? { effects } : {}) },
    text: [
      renderPlan({ items: changes }),
      ...effects.map((effect) => `note: ${effect}`),
      ...(only ? [] : urlHints(changes)),
    ].join('\n'),
  };
}

/** Asks about each connection with a new host; returns those that still lead to the same Halo. */
async function askedSame(changes: readonly PlanItem[], known: readonly string[]): Promise<string[]> {
  const same: string[] = [];
  for (const { kind, op, id, changes: fields } of changes) {
    const server = fields.find(({ field }) => field === 'resourceServer');
    if (kind !== 'connection' || op !== '~' || !server || known.includes(id)) continue;
    const question = `connection ${id} changes from ${String(server.from)} to ${String(server.to)}. Is it the same Halo under another name?`;
    if (await confirmed(question)) same.push(id);
  }
  return same;
}

/** The variables that a text names and no others: the rest of the environment is nobody else's business. */
function namedIn(text: string): Readonly<Record<string, string>> {
  const names = [...text.matchAll(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g)].map(([, name]) => name ?? '');
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** A new secret makes a new URL, which is in no plan: not everybody who reads one may call it. */
function urlHints(changes: readonly PlanItem[]): string[] {
  return changes
    .filter((item) => item.kind === 'trigger' && item.changes.some(({ field }) => field === 'secret'))
    .map(({ id }) => `haloflow triggers show ${id} --url prints the URL of ${id}.`);
}
