/** Steps about what haloflow itself knows of a connection and its host: enabled or not, stamps, the rate limit. */
import { stampsAt } from '../../calls/proofs.ts';
import type { HostBudget } from '../../calls/budget.ts';
import type { CheckStep } from '../../organizations/checkReport.ts';
import type { Connection } from '../../organizations/types.ts';
import type { Store } from '../../store/store.ts';
import { pass, warn } from './step.ts';

/** As the write ledger names what is created there: by its path. */
const TICKETS = '/Tickets';

export function enabledStep({ id, enabled }: Connection): CheckStep {
  if (enabled) return pass('enabled', 'runs use it, and feeds are polled');
  return warn(
    'enabled',
    'it is disabled: calls on it fail, feeds rest, and events wait',
    `haloflow connections enable ${id}`,
  );
}

/** Whether records come back with the stamp that a lost write is found by; nothing is written to find out. */
export async function stampStep(store: Store, { tree, host }: HostBudget): Promise<CheckStep> {
  const stamps = await stampsAt(store, { tree, host, resource: TICKETS });
  const step = 'stamp';
  if (stamps === 'kept')
    return pass(step, `tickets on ${host} came back with their stamp: lost creates are found by it`);
  if (stamps === 'dropped') {
    return warn(
      step,
      `a ticket on ${host} came back without its stamp: lost creates are looked for by likeness`,
      'Let the application set third_party_id_string of tickets, and see that no rule in Halo empties it',
    );
  }
  return warn(
    step,
    `no ticket that haloflow has created on ${host} has come back yet, so nothing is known`,
    'The first ticket that a workflow creates tells; until then a create whose reply is lost may end as HaloOutcomeUnknownError',
  );
}

/** A 429 that is older is history. */
const RECENT_MS = 3600_000;

type Known = {
  readonly allowed: number;
  readonly live: number;
  readonly refused_at: Date | null;
  readonly refusal: string | null;
};

/** The rate limit as configured and as believed, held against what Halo said in its last 429. */
export async function limitStep(store: Store, budget: HostBudget, connection: string): Promise<CheckStep> {
  const step = 'rate limit';
  const { tree = '', host, requests, perSeconds } = budget;
  const { rows } = await store.pool.query<Known>(
    `select budget_limit(h, clock_timestamp()) as allowed, live, refused_at, refusal
       from budget_hosts h where tree = $1 and host = $2`,
    [tree, host],
  );
  const [known] = rows;
  const whose = budget.limitedBy === connection ? '' : ', by another connection';
  const configured = `configured: ${requests} in ${perSeconds} s for ${host}${whose}, for its organization tree`;
  if (!known) return pass(step, `${configured}; no requests yet`);
  const { allowed, live, refused_at: refusedAt, refusal } = known;
  const believed = `assumed: ${allowed} in ${perSeconds} s, ${live} used`;
  if (refusedAt === null) return pass(step, `${configured}; ${believed}; it has never answered 429`);
  const last = `last 429 at ${refusedAt.toISOString()}: ${refusal ?? '(without a text)'}`;
  const seen = `${configured}; ${believed}; ${last}`;
  const stated = statedLimit(refusal);
  if (stated !== null && stated.requests / stated.perSeconds < requests / perSeconds) {
    return warn(
      step,
      seen,
      `Set rateLimit of the connection to what Halo says, ${stated.requests} requests in ${stated.perSeconds} seconds: ` +
        `haloflow connections change ${connection} --requests ${stated.requests} --per-seconds ${stated.perSeconds}`,
    );
  }
  if (Date.now() - refusedAt.getTime() > RECENT_MS) return pass(step, seen);
  return warn(
    step,
    seen,
    'If others use the API of this Halo too (another program, or another organization tree of this haloflow, which has its ' +
      'own count), set rateLimit of the connection to its share',
  );
}

/** `Rate Limit Reached - 300 Requests per rolling 5 minute window`, as Halo puts it. */
function statedLimit(text: string | null): { requests: number; perSeconds: number } | null {
  const [, requests, count, unit = ''] =
    /(\d+)\s+requests?\s+per\s+(?:rolling\s+)?(\d+)?\s*(second|minute|hour)/i.exec(text ?? '') ?? [];
  if (requests === undefined) return null;
  const seconds = { second: 1, minute: 60, hour: 3600 }[unit.toLowerCase()] ?? 60;
  return { requests: Number(requests), perSeconds: Number(count ?? 1) * seconds };
}
