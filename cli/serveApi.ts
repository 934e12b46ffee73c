/** The HTTP API of `haloflow start`: its parts, and where it listens. */
import { startApi } from '../api/server.ts';
import { apiAddress } from '../home/apiAddress.ts';
import { configurationReader } from '../organizations/configuration.ts';
import { openStore } from '../store/store.ts';
import { dispatchEvents } from '../triggers/dispatch/dispatch.ts';
import { triggerReader } from '../triggers/registry.ts';
import { log } from '../worker/log.ts';
import { controlParts } from './controlParts.ts';
import type { Stack } from './stack.ts';
import { version } from './version.ts';
import type { Workers } from './workers/workers.ts';

export interface ServedApi {
  /** Where it listens. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts it; `localToken` makes a request the command line's own. Throws ConfigurationError for an address that cannot be
 * used.
 */
export async function serveApi(
  {
    store,
    postgres,
    starter,
    workers,
  }: Pick<Stack, 'store' | 'postgres' | 'starter'> & { readonly workers: Workers },
  localToken: string,
): Promise<ServedApi> {
  const { host, port } = await apiAddress();
  const control = controlParts(store);
  // With a pool of its own, so that however many deliveries come, people get their connections.
  const inbox = await openStore({ url: postgres.url, embedded: postgres.embedded });
  const deliveries = {
    store: inbox,
    configuration: configurationReader(inbox),
    triggers: triggerReader(inbox),
  };
  const dispatching = { ...control.parts, ...deliveries, starter: { ...starter, store: inbox } };
  const close = async (): Promise<void> => {
    await control.close();
    await inbox.close();
  };
  try {
    const api = await startApi(
      {
        ...control.parts,
        starter,
        workers,
        deliveries,
        dispatch: (ids) => dispatchEvents(dispatching, { ids }),
      },
      { host, port, log, localToken, version: version() },
    );
    return {
      url: api.url,
      async close() {
        await api.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
