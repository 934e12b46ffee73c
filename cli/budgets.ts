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
    const { budgets: before } = await api.call<{ budgets: readonly Budget[] }>({ path: '/budgets' });
    const { budgets } = await api.call<{ budgets: readonly Budget[] }>({
      method: 'POST',
      path: '/budgets/reset',
      body: { host, ...(org === undefined ? {} : { organization: org }) },
    });
    const done = budgets.map((now) => resetText(now, before));
    const text = [...done, 'Requests that were already granted still count.', page(budgets)].join('\n');
    return { ok: true, json: { ok: true, budgets }, text };
  });
}

/** What there was to reset in one tree. */
function resetText({ organization, host, requests, perSeconds }: Budget, before: readonly Budget[]): string {
  const old = before.find((one) => one.organization === organization && one.host === host);
  const isLower = old !== undefined && old.allowed < requests;
  const parts = [
    ...(isLower
      ? [
          `the assumed limit of ${old.allowed} requests is back to the configured ${requests} in ${perSeconds} s`,
        ]
      : []),
    ...(old?.pausedUntil ? [`the pause until ${old.pausedUntil} is over`] : []),
  ];
  const what = parts.length > 0 ? parts.join(', and ') : 'there was no assumed limit and no pause to clear';
  return `${organization}, ${host}: ${what}.`;
}

const HEADS = [
  'organization',
  'host',
  'configured limit',
  'assumed limit',
  'requests used',
  'requests waiting',
  'paused until',
  'connections',
];

function page(budgets: readonly Budget[]): string {
  if (budgets.length === 0) return 'No requests to a Halo yet.';
  const rows = budgets.map((budget) => [
    budget.organization,
    budget.host,
    `${budget.requests} requests in ${budget.perSeconds} s`,
    `${budget.allowed} requests in ${budget.perSeconds} s`,
    budget.used,
    budget.waiting,
    budget.pausedUntil ?? '',
    budget.connections.join(', '),
  ]);
  return table(HEADS, rows);
}
