/** The HTTP API of `haloflow start`: its parts, and where it listens. */
import { startApi } from '../api/server.ts';
import { createBudgets } from '../calls/budget.ts';
import { createHaloClient } from '../halo/client.ts';
import { apiAddress } from '../home/apiAddress.ts';
import { configurationReader } from '../organizations/configuration.ts';
import { dispatchEvents } from '../triggers/dispatch/dispatch.ts';
import { triggerReader } from '../triggers/registry.ts';
import { createConnector } from '../worker/check/connector.ts';
import { createHaloPort } from '../worker/haloPort.ts';
import { log } from '../worker/logger.ts';
import { files } from './files.ts';
import type { Stack } from './stack.ts';
import { version } from './version.ts';

export interface ServedApi {
  /** Where it listens. */
  readonly url: string;
  close(): Promise<void>;
}

/** Starts it; throws ConfigurationError for an address that cannot be used. */
export async function serveApi({ store, starter }: Pick<Stack, 'store' | 'starter'>): Promise<ServedApi> {
  const { host, port } = await apiAddress();
  const configuration = configurationReader(store);
  const budgets = createBudgets(store);
  const client = createHaloClient();
  const halo = createHaloPort({ store, budgets, halo: client, configuration });
  const triggers = triggerReader(store);
  const connector = createConnector({ store, configuration, triggers, budgets, client, port: halo });
  const parts = { store, configuration, triggers, halo, connector, files, starter };
  const closeParts = async (): Promise<void> => {
    await budgets.close();
    await client.close();
  };
  const dispatch = (ids: readonly number[]): ReturnType<typeof dispatchEvents> =>
    dispatchEvents(parts, { ids });
  try {
    const api = await startApi({ ...parts, dispatch }, { host, port, log, version: version() });
    return {
      url: api.url,
      async close() {
        await api.close();
        await closeParts();
      },
    };
  } catch (error) {
    await closeParts();
    throw error;
  }
}
