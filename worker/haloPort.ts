import { randomUUID } from 'node:crypto';
import { findAction } from '../actions/index.ts';
import { checkInput } from '../actions/validate.ts';
import type { Budgets } from '../calls/budget.ts';
import { ConfigurationError } from '../errors.ts';
import type { HaloClient } from '../halo/types.ts';
import type { ConfigurationReader } from '../organizations/configuration.ts';
import type { Store } from '../store/store.ts';
import type { HaloPort } from '../triggers/haloPort.ts';
import { credentialsOf } from './credentials.ts';
import { hostBudget } from './hostBudget.ts';

/** Halo for triggers: no run, no record of calls, and the wait for the rate budget is the caller's. */
export function createHaloPort(parts: {
  readonly store: Store;
  readonly budgets: Budgets;
  readonly halo: HaloClient;
  readonly configuration: ConfigurationReader;
}): HaloPort {
  return {
    async call({ connection: id, action: actionId, input, options, lane = 'feed', signal, place }) {
      const configuration = await parts.configuration.current();
      const connection = configuration.connections.find((candidate) => candidate.id === id);
      if (!connection) {
        throw new ConfigurationError(
          `connection ${id} does not exist: name one that \`haloflow apply\` has created`,
        );
      }
      const action = findAction(actionId);
      if (!action) throw new ConfigurationError(`there is no action ${actionId}`);
      checkInput(action, input);
      const budget = parts.budgets.for(hostBudget(configuration, connection), {
        organization: connection.organization,
        lane,
        key: `${lane}/${id}/${place ?? randomUUID()}`,
        mayGiveUp: () => place !== undefined,
        signal: signal ?? new AbortController().signal,
      });
      return await parts.halo.execute({
        action,
        input,
        credentials: await credentialsOf(parts.store, connection),
        budget,
        ...(options ? { options } : {}),
        ...(signal ? { signal } : {}),
      });
    },
  };
}
