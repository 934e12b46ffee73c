/** The running server of a data directory: found through postmaster.pid, started, stopped. The caller holds the lock. */
import { existsSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigurationError } from '../../errors.ts';
import { readTextFile } from '../../home/files.ts';
import { identify } from '../../home/process.ts';
import type { ProcessIdentity } from '../../home/process.ts';
import { serverAccount } from './account.ts';
import { clusterName, createCluster, runProgram } from './cluster.ts';
import type { Cluster } from './cluster.ts';
import { complaint, logSince } from './log.ts';
import { becomesFree, choosePort, keptPort } from './port.ts';
import { endOrphans, isServerProcess, send, waitUntilGone } from './processes.ts';
import { settings } from './settings.ts';

interface Postmaster {
  readonly identity: ProcessIdentity;
  readonly port: number;
}

interface EnsureOptions {
  /** Whether a port taken by something else is given up for another one; clients of the old one lose the server. */
  readonly mayMove: boolean;
  readonly onProgress?: ((line: string) => void) | undefined;
}

/** How long a start may take; recovery after a crash included. */
const startMs = 60_000;

/**
 * The server of this cluster: the one that runs, whoever started it, or a new one. Waits for one that is starting,
 * recovering or stopping. Throws ConfigurationError, with the log's file and last words, when none comes up.
 */
export async function ensurePostmaster(cluster: Cluster, options: EnsureOptions): Promise<Postmaster> {
  await createCluster(cluster);
  const name = clusterName(cluster);
  const deadline = performance.now() + startMs;
  const logStart = statSync(cluster.log, { throwIfNoEntry: false })?.size ?? 0;
  while (performance.now() < deadline) {
    const found = look(cluster, name);
    if (found.state === 'ready') return found.postmaster;
    if (found.state === 'busy') {
      await sleep(15);
      continue;
    }
    if (found.state === 'leftover') await clear(cluster, name);
    const started = await start(cluster, { name, deadline });
    if (started === 'again') await sleep(100);
    if (started === 'port taken') await leavePort(cluster, options);
  }
  throw new ConfigurationError(
    `The embedded PostgreSQL was not ready after ${startMs / 1000} s: ${complaint(cluster.log, logStart)} ` +
      `(log: ${cluster.log}). Look at the log, end what holds ${cluster.data}, and try again.`,
  );
}

/** The server as it is now; null when none runs. */
export function findPostmaster(cluster: Cluster): ProcessIdentity | null {
  if (!existsSync(cluster.data)) return null;
  const found = look(cluster, clusterName(cluster));
  return found.state === 'ready' || found.state === 'busy' ? found.postmaster.identity : null;
}

/** Stops the server and waits until it is gone; clients are disconnected, everything committed stays. */
export async function stopPostmaster(cluster: Cluster): Promise<void> {
  const identity = findPostmaster(cluster);
  if (identity === null) return;
  // Fast shutdown, then immediate shutdown (recovery at the next start), then the end.
  for (const [signal, waitMs] of [
    ['SIGINT', 20_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ] as const) {
    send(identity, signal);
    if (await waitUntilGone([identity], waitMs)) return;
  }
  throw new Error(`PostgreSQL (process ${identity.pid}) could not be stopped; log: ${cluster.log}`);
}

type Found =
  | { readonly state: 'ready' | 'busy'; readonly postmaster: Postmaster }
  /** A postmaster.pid without its server. */
  | { readonly state: 'leftover' }
  | { readonly state: 'none' };

/** Lines of postmaster.pid: 1 process, 4 port, 8 status (PostgreSQL's src/include/utils/pidfile.h). */
function look(cluster: Cluster, name: string): Found {
  const text = readTextFile(pidFile(cluster));
  if (text === null) return { state: 'none' };
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  const identity = identify(pid);
  if (identity === null || !isServerProcess(pid, name)) return { state: 'leftover' };
  const state = lines[7]?.trim() === 'ready' ? 'ready' : 'busy';
  return { state, postmaster: { identity, port: Number(lines[3]) } };
}

/**
 * Removes the postmaster.pid of a server that is gone: its number may belong to another process by now, or to a zombie,
 * or the file is empty, and PostgreSQL would refuse to start. Only once no process of that server is left: until then
 * the file is what keeps a second server off the shared memory.
 */
async function clear(cluster: Cluster, name: string): Promise<void> {
  await endOrphans(name);
  rmSync(pidFile(cluster), { force: true });
}

async function start(
  cluster: Cluster,
  { name, deadline }: { name: string; deadline: number },
): Promise<'started' | 'again' | 'port taken'> {
  const offset = statSync(cluster.log, { throwIfNoEntry: false })?.size ?? 0;
  const child = await runProgram(cluster, {
    name: 'postgres',
    data: cluster.data,
    account: serverAccount(cluster.data),
    args: [
      '-p',
      String(await keptPort(cluster.home)),
      ...settings(name).flatMap((setting) => ['-c', setting]),
    ],
    detached: true,
  });
  child.unref();
  while (child.exitCode === null && child.signalCode === null) {
    const found = look(cluster, name);
    if (found.state === 'ready' || performance.now() >= deadline) return 'started';
    await sleep(10);
  }
  const said = logSince(cluster.log, offset);
  if (/Address already in use/.test(said)) return 'port taken';
  if (/pre-existing shared memory block|lock file ".*" (already exists|is empty)/.test(said)) return 'again';
  throw new ConfigurationError(
    `The embedded PostgreSQL did not start: ${complaint(cluster.log, offset)} ` +
      `(log: ${cluster.log}). Remedy that, or set DATABASE_URL.`,
  );
}

async function leavePort(cluster: Cluster, { mayMove, onProgress }: EnsureOptions): Promise<void> {
  const taken = await keptPort(cluster.home);
  if (await becomesFree(taken, 1_000)) return;
  if (!mayMove) {
    throw new ConfigurationError(
      `Port ${taken} of the embedded PostgreSQL is taken by another program, and its clients know no other. ` +
        'End that program, or start haloflow again: it then moves to a new port.',
    );
  }
  const port = await choosePort(cluster.home);
  onProgress?.(`Port ${taken} of the embedded PostgreSQL is taken by another program; it moves to ${port}.`);
}

function pidFile(cluster: Cluster): string {
  return path.join(cluster.data, 'postmaster.pid');
}
