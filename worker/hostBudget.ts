import type { HostBudget } from '../calls/budget.ts';
import { hostOf } from '../organizations/host.ts';
import type { Configuration, Connection } from '../organizations/types.ts';

/** One HTTP request to Halo; its own gateway gives up after about a minute too. */
export const REQUEST_TIMEOUT_MS = 60_000;

const perSecond = ({ rateRequests, ratePerSeconds }: Connection): number => rateRequests / ratePerSeconds;

/** Worked out once per version of the configuration: a connection that changes is another object. */
const known = new WeakMap<Connection, HostBudget>();

/** The budget of a connection's host: the smallest limit among all connections to that host. */
export function hostBudget(configuration: Configuration, connection: Connection): HostBudget {
  const budget = known.get(connection) ?? strictestBudget(configuration, connection);
  known.set(connection, budget);
  return budget;
}

function strictestBudget(configuration: Configuration, connection: Connection): HostBudget {
  const host = hostOf(connection);
  const strictest = configuration.connections
    .filter((other) => hostOf(other) === host)
    .reduce((least, other) => (perSecond(other) < perSecond(least) ? other : least), connection);
  return {
    host,
    requests: strictest.rateRequests,
    perSeconds: strictest.ratePerSeconds,
    requestTimeoutMs: REQUEST_TIMEOUT_MS,
  };
}
