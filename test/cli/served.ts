/** The API of a store in this process, as a `haloflow start` serves it: commands that ask it have little to load. */
import { createControlPlane } from '../../api/server.ts';
import { controlParts } from '../../cli/controlParts.ts';
import type { Store } from '../../store/store.ts';

const TOKEN = 'of-the-command-line';

export interface Served {
  /** For the commands. */
  readonly env: NodeJS.ProcessEnv;
  close(): Promise<void>;
}

/** Serves it, without Temporal. */
export async function served(store: Store): Promise<Served> {
  const control = controlParts(store);
  const server = await createControlPlane(
    {
      ...control.parts,
      starter: () => Promise.reject(new Error('no Temporal is asked here')),
      taskQueue: 'none',
    },
    { localToken: TOKEN, version: '0' },
  );
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  return {
    env: { HALOFLOW_URL: url, HALOFLOW_TOKEN: TOKEN },
    async close() {
      await server.close();
      await control.close();
    },
  };
}
