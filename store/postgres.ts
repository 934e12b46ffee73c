/** The PostgreSQL that holds the state: DATABASE_URL, or one of our own under the home, shared by its processes. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ConfigurationError } from '../errors.ts';
import { homeDirectory } from '../home/home.ts';
import { refuseWhileUsed, takeLease } from '../home/leases.ts';
import { withLock } from '../home/lock.ts';
import { isAlive } from '../home/process.ts';
import type { ProcessIdentity } from '../home/process.ts';
import { watch } from '../home/watch.ts';
import type { RestartInfo } from '../home/watch.ts';
import { clusterIn, clusterName, clusterUrl } from './embedded/cluster.ts';
import type { Cluster } from './embedded/cluster.ts';
import { ensurePostmaster, stopPostmaster } from './embedded/postmaster.ts';
import { endOrphans } from './embedded/processes.ts';

export { embeddedMajor } from './embedded/binaries.ts';

export interface PostgresServer {
  /** With the password: for clients, never for people. */
  readonly url: string;
  /** Whether it is one of our own. */
  readonly embedded: boolean;
  /** This process needs it no longer; the last one that says so stops it. Close the clients first. */
  close(): Promise<void>;
  /** Starts the server again, on the same port and data, whenever it ends. Does nothing with a DATABASE_URL. */
  watch(onRestart?: (info: RestartInfo) => void): void;
}

/**
 * With `DATABASE_URL` starts nothing. Else finds the server of this home or starts one: the first time makes its data.
 * A server that a killed process left is taken over. Throws ConfigurationError when none comes up.
 */
export async function openPostgres(
  options: { onProgress?: (line: string) => void } = {},
): Promise<PostgresServer> {
  const url = process.env.DATABASE_URL;
  if (url) return { url, embedded: false, close: async () => {}, watch: () => {} };

  const cluster = clusterIn(homeDirectory());
  const { postmaster, lease } = await locked(cluster, async () => ({
    postmaster: await ensurePostmaster(cluster, { mayMove: true, onProgress: options.onProgress }),
    lease: await takeLease(path.join(cluster.home, 'leases'), 'postgres'),
  }));
  let endWatch: (() => Promise<void>) | null = null;
  return {
    url: clusterUrl(cluster, postmaster.port),
    embedded: true,
    watch(onRestart = () => {}) {
      let current = postmaster.identity;
      const watched = {
        name: 'PostgreSQL',
        isDown: () => !isAlive(current),
        restart: async () => void (current = await restart(cluster)),
      };
      endWatch ??= watch(watched, onRestart);
    },
    async close() {
      await endWatch?.();
      await locked(cluster, async () => {
        if (await lease.release()) await stopPostmaster(cluster);
      });
    },
  };
}

/**
 * Runs `body` while the embedded server of this home is stopped and nobody can start it.
 *
 * @throws ConfigurationError that names the processes which use it.
 */
export async function withPostgresStopped<T>(body: () => Promise<T>): Promise<T> {
  const cluster = clusterIn(homeDirectory());
  return await locked(cluster, async () => {
    refuseWhileUsed(path.join(cluster.home, 'leases'), 'postgres');
    await stopPostmaster(cluster);
    // Children of one that was killed may still be at it.
    if (existsSync(cluster.data)) await endOrphans(clusterName(cluster));
    return await body();
  });
}

async function restart(cluster: Cluster): Promise<ProcessIdentity> {
  return locked(cluster, async () => {
    // Its data deleted: a new, empty database under running workers would be worse than none.
    if (!existsSync(cluster.data)) throw new ConfigurationError(`its data directory ${cluster.data} is gone`);
    return (await ensurePostmaster(cluster, { mayMove: false })).identity;
  });
}

function locked<T>(cluster: Cluster, body: () => Promise<T>): Promise<T> {
  return withLock(path.join(cluster.home, 'postgres.lock'), body, { waitMs: 90_000 });
}
