import { randomUUID } from 'node:crypto';
import { findAction } from '../actions/index.ts';
import type { Action } from '../actions/types.ts';
import { checkInput } from '../actions/validate.ts';
import type { Budgets } from '../calls/budget.ts';
import { ConfigurationError } from '../errors.ts';
import type { Budget, HaloClient } from '../halo/types.ts';
import { demandHalo, haloOf } from '../organizations/halo.ts';
import type { ConfigurationReader } from '../organizations/configuration.ts';
import type { Store } from '../store/store.ts';
import type { HaloAccess } from '../triggers/haloPort.ts';
import { leftOf } from '../timeLimit.ts';
import { credentialsOf, credentialsWith } from './credentials.ts';
import { budgetFor } from './hostBudget.ts';

/**
 * Bytes of the largest JSON reply. What Halo answers here, whoever owns the connection may choose, and all share the process:
 * made into rows, a reply takes up to thirty times its bytes.
 */
export const LARGEST_REPLY = 8 * 1024 * 1024;

interface Asking {
  readonly lane: 'feed' | 'interactive';
  readonly place?: string | undefined;
  readonly signal: AbortSignal | undefined;
}

/** Halo for triggers and the control plane: no run, no record of calls, and the wait for the rate budget is the caller's. */
export function createHaloPort(parts: {
  readonly store: Store;
  readonly budgets: Budgets;
  readonly halo: HaloClient;
  readonly configuration: ConfigurationReader;
}): HaloAccess {
  const found = async (id: string) => {
    const configuration = await parts.configuration.current();
    const connection = configuration.connections.find((candidate) => candidate.id === id);
    if (connection) return { configuration, connection };
    throw new ConfigurationError(
      `connection ${id} does not exist: name one that \`haloflow apply\` has created`,
    );
  };
  const budgetOf = (at: Awaited<ReturnType<typeof found>>, { lane, place, signal }: Asking) =>
    budgetFor(parts, at, {
      organization: at.connection.organization,
      lane,
      key: `${lane}/${at.connection.id}/${place ?? randomUUID()}`,
      mayGiveUp: () => place !== undefined,
      signal: signal ?? new AbortController().signal,
      // Who keeps its place comes back for it, however long that takes.
      leftMs: () => (place === undefined ? leftOf(signal) : Infinity),
    });
  return {
    async call({ connection: id, action: actionId, input, halo, options, lane = 'feed', ...more }) {
      const { signal, place, onClock, onTotal, maxReplyBytes = LARGEST_REPLY } = more;
      const at = await found(id);
      if (halo !== undefined) demandHalo(halo, haloOf(at.configuration, at.connection), id);
      const action = checkedAction(actionId, input);
      return await parts.halo.execute({
        action,
        input,
        credentials: await credentialsOf(parts.store, at.connection),
        budget: telling(budgetOf(at, { lane, place, signal }), onClock),
        ...(options ? { options } : {}),
        ...(onTotal ? { onTotal } : {}),
        maxReplyBytes,
        ...(signal ? { signal } : {}),
      });
    },
    async callWith({ connection: { secret, ...rest }, action: actionId, input, options, signal }) {
      const configuration = await parts.configuration.current();
      const connection = { ...rest, isDefault: false, sealedSecret: '' };
      const others = configuration.connections.filter(({ id }) => id !== connection.id);
      const action = checkedAction(actionId, input);
      return await parts.halo.execute({
        action,
        input,
        credentials: credentialsWith(connection, secret),
        budget: budgetOf(
          { configuration: { ...configuration, connections: [...others, connection] }, connection },
          { lane: 'interactive', signal },
        ),
        ...(options ? { options } : {}),
        ...(signal ? { signal } : {}),
      });
    },
    async authenticate({ connection: id, clientSecret, signal }) {
      const at = await found(id);
      await parts.halo.authenticate({
        credentials: credentialsWith(at.connection, clientSecret),
        budget: budgetOf(at, { lane: 'interactive', signal }),
        ...(signal ? { signal } : {}),
      });
    },
  };
}

/** The budget, whose grants hear Halo's clock. */
function telling(budget: Budget, onClock: ((now: number) => void) | undefined): Budget {
  if (!onClock) return budget;
  return { take: async () => ({ ...(await budget.take()), clock: onClock }) };
}

function checkedAction(id: string, input: unknown): Action {
  const action = findAction(id);
  if (!action) throw new ConfigurationError(`there is no action ${id}`);
  checkInput(action, input);
  return action;
}
