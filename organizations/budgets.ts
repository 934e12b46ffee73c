/** The rate budgets of Halo hosts in each organization tree, for people: lists and resets them. */
import { sql } from 'drizzle-orm';
import { audit } from '../access/audit.ts';
import type { Principal } from '../access/principal.ts';
import { NotFoundError } from '../errors.ts';
import type { Store } from '../store/store.ts';
import { readConfiguration } from './configuration.ts';
import { hostOf } from './host.ts';
import { isAtOrBelow, rootOf } from './tree.ts';
import type { Configuration } from './types.ts';

/** The budget of one host in one organization tree. */
export interface BudgetView {
  /** The root organization of the tree. */
  readonly organization: string;
  readonly host: string;
  /** The configured limit: this many requests in any `perSeconds` seconds. */
  readonly requests: number;
  readonly perSeconds: number;
  /** The number of requests that haloflow assumes since the last 429. */
  readonly allowed: number;
  /** Requests that count now. */
  readonly used: number;
  /** Requests that wait. */
  readonly waiting: number;
  /** Until when requests pause because of a 429; null if they do not. */
  readonly pausedUntil: Date | null;
  readonly refusedAt: Date | null;
  /** The text of that 429. */
  readonly refusal: string | null;
  /** The connections that share it. */
  readonly connections: readonly string[];
}

type Row = Omit<BudgetView, 'connections'>;

/**
 * The budgets that the principal may see, by organization and host. A principal that reaches only a part of a tree sees
 * the budgets that no connection outside that part shares.
 */
export async function listBudgets(store: Pick<Store, 'db'>, principal: Principal): Promise<BudgetView[]> {
  const configuration = await readConfiguration(store);
  const { rows } = await store.db.execute<Row & Record<string, unknown>>(sql`
    select h.tree as organization, h.host, h.requests, h.per_seconds as "perSeconds",
      budget_limit(h, clock_timestamp()) as allowed,
      (select count(*)::int from budget_grants g
        where g.tree = h.tree and g.host = h.host and g.expires_at > clock_timestamp()) as used,
      (select count(*)::int from budget_waits w where w.tree = h.tree and w.host = h.host) as waiting,
      case when h.horizon > clock_timestamp() then h.horizon end as "pausedUntil",
      h.refused_at as "refusedAt", h.refusal
    from budget_hosts h order by h.tree, h.host`);
  return rows.flatMap((row) => {
    const connections = sharing(configuration, principal, row);
    const { pausedUntil, refusedAt } = row;
    return connections === null
      ? []
      : [{ ...row, pausedUntil: dateOf(pausedUntil), refusedAt: dateOf(refusedAt), connections }];
  });
}

const dateOf = (at: Date | string | null): Date | null => (at === null ? null : new Date(at));

/** Ids of the connections that share it; null if the principal may not see it. */
function sharing(configuration: Configuration, principal: Principal, row: Row): readonly string[] | null {
  const connections = configuration.connections.filter(
    (connection) =>
      hostOf(connection) === row.host &&
      (rootOf(configuration, connection.organization)?.slug ?? connection.organization) === row.organization,
  );
  const { organization: reach } = principal;
  const isWhole = reach === null || reach === row.organization;
  const isWithin =
    connections.length > 0 &&
    connections.every(
      ({ organization }) => reach !== null && isAtOrBelow(configuration, organization, reach),
    );
  return isWhole || isWithin ? connections.map(({ id }) => id) : null;
}

/**
 * Clears the assumed limit and the pause after a 429 for a host. Granted requests still count, so the configured limit
 * holds. `organization` limits it to one tree.
 *
 * @throws NotFoundError if the principal sees no budget of the host.
 */
export async function resetBudgets(
  store: Pick<Store, 'db'>,
  principal: Principal,
  { host, organization }: { readonly host: string; readonly organization?: string | undefined },
): Promise<BudgetView[]> {
  const isAsked = (budget: BudgetView): boolean =>
    budget.host === host && (organization === undefined || budget.organization === organization);
  const found = (await listBudgets(store, principal)).filter(isAsked);
  if (found.length === 0) {
    throw new NotFoundError(`no rate budget of ${host}: \`haloflow budget show\` lists them all`);
  }
  await store.db.transaction(async (tx) => {
    for (const { organization: tree } of found) {
      // Its version is forgotten as well, so that the next request brings the limit and who shares it.
      await tx.execute(sql`update budget_hosts set believed = null, refused_at = null, refusal = null,
        horizon = '-infinity', version = null where tree = ${tree} and host = ${host}`);
    }
    await audit(
      tx,
      principal,
      found.map(({ organization: tree, allowed, pausedUntil, refusal }) => ({
        action: 'budgets.reset',
        object: `budget ${host}`,
        organization: tree,
        before: { allowed, pausedUntil, refusal },
      })),
    );
  });
  return (await listBudgets(store, principal)).filter(isAsked);
}
