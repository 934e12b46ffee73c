/** The demo lives in a home of its own, made afresh each time: what is configured here is none of its business. */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { stopServer, serverDirectory } from '../../engine/own.ts';
import { ConfigurationError } from '../../errors.ts';
import { homeDirectory } from '../../home/home.ts';
import { withLock } from '../../home/lock.ts';
import { clusterIn } from '../../store/embedded/cluster.ts';
import { stopPostmaster } from '../../store/embedded/postmaster.ts';
import { hasResident } from '../resident.ts';

/** Long enough for another demo to stop. */
const WAIT_FOR_OTHERS_MS = 10_000;

/** Databases, servers and addresses that somebody set up for real work. */
const FOREIGN = /^(DATABASE_URL|TEMPORAL_(?!CLI_PATH$)\w+|HALOFLOW_(API_\w+|PUBLIC_URL|QUEUE_PREFIX))$/;

/** Runs `body` in `demo/` of the home; what is there afterwards stays until the next demo. */
export async function inDemoHome<T>(body: (home: string) => Promise<T>): Promise<T> {
  const home = join(homeDirectory(), 'demo');
  return await withLock(
    `${home}.running`,
    async () => {
      for (const name of Object.keys(process.env)) if (FOREIGN.test(name)) delete process.env[name];
      process.env['HALOFLOW_HOME'] = home;
      await clear(home);
      return await body(home);
    },
    { waitMs: WAIT_FOR_OTHERS_MS },
  );
}

async function clear(home: string): Promise<void> {
  if (!existsSync(home)) return;
  if (hasResident()) {
    throw new ConfigurationError(`haloflow start runs on ${home}, which is the demo's: stop it first`);
  }
  // A demo that was killed has left its servers running.
  await stopPostmaster(clusterIn(homeDirectory()));
  await stopServer(serverDirectory());
  rmSync(home, { recursive: true });
}
