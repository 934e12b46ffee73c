import type { Budgets, Caller, HostBudget } from '../calls/budget.ts';
import type { Budget } from '../halo/types.ts';
import type { ConfigurationReader } from '../organizations/configuration.ts';
import { hostOf } from '../organizations/host.ts';
import { bounded } from '../organizations/rateLimit.ts';
import type { RateLimit } from '../organizations/rateLimit.ts';
import { rootOf } from '../organizations/tree.ts';
import type { Configuration, Connection } from '../organizations/types.ts';

/** One HTTP request to Halo; its own gateway gives up after about a minute too. */
export const REQUEST_TIMEOUT_MS = 60_000;

/** The configured budget of a host. */
export interface ConnectionBudget extends HostBudget {
  readonly tree: string;
  readonly version: number;
  readonly connection: string;
  readonly connections: readonly string[];
  readonly limitedBy: string;
}

/** Worked out once per version of the configuration: a connection that changes is another object. */
const known = new WeakMap<Connection, ConnectionBudget>();

/**
 * The budget of a connection's host in its tree: the smallest limit among the tree's connections to it that are enabled
 * and that Halo has accepted, so that a typing error or a wrong secret slows down no other connection. If there is none,
 * the connection's own limit.
 */
export function hostBudget(configuration: Configuration, connection: Connection): ConnectionBudget {
  const budget = known.get(connection) ?? workedOut(configuration, connection);
  known.set(connection, budget);
  return budget;
}

function workedOut(configuration: Configuration, connection: Connection): ConnectionBudget {
  const treeOf = ({ organization }: Connection): string =>
    rootOf(configuration, organization)?.slug ?? organization;
  const host = hostOf(connection);
  const tree = treeOf(connection);
  const connections = configuration.connections.filter(
    (other) => hostOf(other) === host && treeOf(other) === tree,
  );
  const [strictest = connection] = connections
    .filter(({ enabled, isAccepted = false }) => enabled && isAccepted)
    .toSorted((one, other) => perSecond(limitOf(one)) - perSecond(limitOf(other)));
  return {
    tree,
    host,
    ...limitOf(strictest),
    limitedBy: strictest.id,
    requestTimeoutMs: REQUEST_TIMEOUT_MS,
    version: configuration.version,
    connection: connection.id,
    connections: connections.map(({ id }) => id),
  };
}

const limitOf = ({ rateRequests, ratePerSeconds }: Connection): RateLimit =>
  bounded({ requests: rateRequests, perSeconds: ratePerSeconds });

const perSecond = ({ requests, perSeconds }: RateLimit): number => requests / perSeconds;

/** The budget of a connection for one caller; it follows the configuration while the caller waits. */
export function budgetFor(
  parts: { readonly budgets: Budgets; readonly configuration: ConfigurationReader },
  at: { readonly configuration: Configuration; readonly connection: Connection },
  caller: Omit<Caller, 'renewed'>,
): Budget {
  const asked = hostBudget(at.configuration, at.connection);
  return parts.budgets.for(asked, {
    ...caller,
    async renewed() {
      const configuration = await parts.configuration.current();
      const connection = configuration.connections.find(({ id }) => id === at.connection.id);
      // Of one that is gone, or has gone to another Halo, the request that waits is the last.
      return connection && hostOf(connection) === asked.host
        ? hostBudget(configuration, connection)
        : { ...asked, version: configuration.version };
    },
  });
}
