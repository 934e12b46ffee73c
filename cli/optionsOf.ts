/** Options of connections for names in a configuration file, also of connections that it is the first to name. */
import { randomUUID } from 'node:crypto';
import { findAction } from '../actions/index.ts';
import { LOCAL } from '../access/principal.ts';
import { createBudgets } from '../calls/budget.ts';
import { optionKinds, optionsFrom } from '../configuration/options/kinds.ts';
import { readOptions } from '../configuration/options/options.ts';
import type { OptionsOf, UnsealedConnection } from '../configuration/options/source.ts';
import { ConfigurationError, HaloConnectionError, HaloflowError } from '../errors.ts';
import { createHaloClient } from '../halo/client.ts';
import { configurationReader } from '../organizations/configuration.ts';
import type { Configuration, Connection } from '../organizations/types.ts';
import { unseal } from '../store/seal.ts';
import type { Store } from '../store/store.ts';
import { hostBudget } from '../worker/hostBudget.ts';
import { createHaloPort } from '../worker/haloPort.ts';

/** How long Halo may take, its rate budget included. */
const PATIENCE_MS = 30_000;

export async function withOptions<T>(store: Store, body: (optionsOf: OptionsOf) => Promise<T>): Promise<T> {
  const configuration = configurationReader(store);
  const budgets = createBudgets(store);
  const client = createHaloClient();
  const halo = createHaloPort({ store, budgets, halo: client, configuration });

  /** With the file's own credentials, and nothing kept. */
  const ask = async (
    named: UnsealedConnection,
    kind: keyof typeof optionKinds,
    current: Configuration,
  ): Promise<unknown> => {
    const { secret, ...rest } = named;
    const connection: Connection = { ...rest, isDefault: false, sealedSecret: '' };
    const { action: id, input = {} } = optionKinds[kind];
    const action = findAction(id);
    if (!action) throw new ConfigurationError(`there is no action ${id}`);
    const others = current.connections.filter((other) => other.id !== named.id);
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const asking = client.execute({
      action,
      input,
      credentials: { ...named, connection: named.id, clientSecret: secret },
      budget: budgets.for(hostBudget({ ...current, connections: [...others, connection] }, connection), {
        organization: named.organization,
        lane: 'interactive',
        key: `interactive/${named.id}/${randomUUID()}`,
        mayGiveUp: () => false,
        signal,
      }),
      signal,
    });
    return await asking.catch((error: unknown) => {
      if (error instanceof HaloflowError || !signal.aborted) throw error;
      throw new HaloConnectionError(`no answer within ${PATIENCE_MS / 1000} s`, { cause: error });
    });
  };

  const optionsOf: OptionsOf = async ({ id, named, kind, isFresh }) => {
    const current = await configuration.current();
    const stored = current.connections.find((connection) => connection.id === id);
    if (named && !(stored && (await isSame(store, stored, named)))) {
      return optionsFrom(kind, await ask(named, kind, current));
    }
    const { options, problem } = await readOptions({ store, halo }, LOCAL, {
      connection: id,
      kind,
      refresh: isFresh,
    });
    if (problem !== null) throw new HaloConnectionError(problem);
    return options;
  };

  try {
    return await body(optionsOf);
  } finally {
    await budgets.close();
    await client.close();
  }
}

/** Whether the file has the Halo and the credentials that are stored. */
async function isSame(store: Store, stored: Connection, named: UnsealedConnection): Promise<boolean> {
  const isPlace = (['resourceServer', 'authServer', 'tenant', 'clientId', 'scope'] as const).every(
    (key) => stored[key] === named[key],
  );
  const secret = await unseal(store.key, stored.sealedSecret).catch(() => null);
  return isPlace && secret === named.secret;
}
