/** The HTTP API of `haloflow start`: its parts, and where it listens. */
import { startApi } from '../api/server.ts';
import { apiAddress } from '../home/apiAddress.ts';
import { dispatchEvents } from '../triggers/dispatch/dispatch.ts';
import { log } from '../worker/logger.ts';
import { controlParts } from './controlParts.ts';
import type { Stack } from './stack.ts';
import { version } from './version.ts';

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
  { store, starter }: Pick<Stack, 'store' | 'starter'>,
  localToken: string,
): Promise<ServedApi> {
  const { host, port } = await apiAddress();
  const control = controlParts(store);
  const parts = { ...control.parts, starter };
  const dispatch = (ids: readonly number[]): ReturnType<typeof dispatchEvents> =>
    dispatchEvents(parts, { ids });
  try {
    const api = await startApi({ ...parts, dispatch }, { host, port, log, localToken, version: version() });
    return {
      url: api.url,
      async close() {
        await api.close();
        await control.close();
      },
    };
  } catch (error) {
    await control.close();
    throw error;
  }
}
