/** The command `haloflow budget`. */
import { withApi } from './api.ts';
import type { Outcome } from './outcome.ts';
import { table } from './table.ts';

/** As the API shows it; times as text. */
interface Budget {
  readonly organization: string;
  readonly host: string;
  readonly requests: number;
  readonly perSeconds: number;
  readonly allowed: number;
  readonly used: number;
  readonly waiting: number;
  readonly pausedUntil: string | null;
  readonly connections: readonly string[];
}

export async function shown(): Promise<Outcome> {
  return await withApi(async (api) => {
    const { budgets } = await api.call<{ budgets: readonly Budget[] }>({ path: '/budgets' });
    return { ok: true, json: { ok: true, budgets }, text: page(budgets) };
  });
}

export async function reset(host: string, { org }: { readonly org?: string }): Promise<Outcome> {
  return await withApi(async (api) => {
    const { budgets } = await api.call<{ budgets: readonly Budget[] }>({
      method: 'POST',
      path: '/budgets/reset',
      body: { host, ...(org === undefined ? {} : { organization: org }) },
    });
    const text = `Cleared the assumed limit of ${host}; granted requests still count.\n${page(budgets)}`;
    return { ok: true, json: { ok: true, budgets }, text };
  });
}

const HEADS = ['organization', 'host', 'limit', 'assumed', 'used', 'waiting', 'paused until', 'connections'];

function page(budgets: readonly Budget[]): string {
  if (budgets.length === 0) return 'No requests to a Halo yet.';
  const rows = budgets.map((budget) => [
    budget.organization,
    budget.host,
    `${budget.requests} in ${budget.perSeconds} s`,
    budget.allowed,
    budget.used,
    budget.waiting,
    budget.pausedUntil ?? '',
    budget.connections.join(', '),
  ]);
  return table(HEADS, rows);
}
