import { refuseWhileUsed, takeLease } from '../home/leases.ts';
import { withLock } from '../home/lock.ts';
import { findCli } from './binary.ts';
import { externalServer } from './external.ts';
import {
  connectionOptions,
  ensureServer,
  isRunning,
  lockFile,
  NAMESPACE,
  serverDirectory,
  stopServer,
} from './own.ts';
import { type Progress, toStandardError } from './progress.ts';
import type { TemporalConnectionOptions } from './rpc.ts';
import { readState } from './state.ts';
import type { TemporalCli } from './version.ts';
import { type RestartInfo, watch } from '../home/watch.ts';

/** A Temporal server that serves, for as long as this is open. */
export interface TemporalServer {
  /** host:port of its gRPC frontend. */
  readonly address: string;
  readonly namespace: string;
  /** Where its web UI is, if this is our own server and it was started with one. */
  readonly uiUrl: string | null;
  readonly started: 'external' | 'own';
  /** What both `Connection.connect` and `NativeConnection.connect` take. */
  connectionOptions(): TemporalConnectionOptions;
  /** Restarts our own server whenever it dies, on the same port and database; for `haloflow start`. */
  watch(onRestart?: (info: RestartInfo) => void): void;
  /** Gives it back; the last user of our own server stops it, which takes about 1.3 s. */
  close(): Promise<void>;
}

export interface OpenTemporalOptions {
  /** Wants the web UI of our own server. */
  readonly ui?: boolean;
  /** Where long work is reported, standard error by default. */
  readonly onProgress?: Progress;
}

/**
 * The Temporal server that haloflow works with.
 *
 * With `TEMPORAL_ADDRESS` (or `TEMPORAL_PROFILE`, `TEMPORAL_CONFIG_FILE`) it is that one: nothing is started, only
 * the search attributes OrgId, OwnerId and TriggerId are registered where they are missing.
 *
 * Otherwise it is our own development server under `<home>/temporal/`: `temporal server start-dev` on loopback, one
 * process for all haloflow processes of this home. The first that needs it starts it (0.2 s), the last that closes it
 * stops it, and one that was left behind by a killed process is used again. Files there: `server-<version>.db` (all
 * workflows; SQLite in WAL mode), `server.json` (port, process, cluster id), `server.log`. The port is chosen once and
 * kept. Closed runs are kept for seven days. It has no authentication: every user of this machine can reach it.
 *
 * @throws ConfigurationError when the named server cannot be used, or no server can be obtained or started
 */
export async function openTemporal(options: OpenTemporalOptions = {}): Promise<TemporalServer> {
  const external = await externalServer();
  if (external === null) return openOwn(options.ui ?? false, options.onProgress ?? toStandardError);
  return {
    address: external.options.address,
    namespace: external.namespace,
    uiUrl: null,
    started: 'external',
    connectionOptions: () => external.options,
    watch: () => undefined,
    close: async () => Promise.resolve(),
  };
}

/**
 * Runs `body` while our own server of this home is stopped and nobody can start it.
 *
 * @throws ConfigurationError that names the processes which use it.
 */
export async function withTemporalStopped<T>(body: () => Promise<T>): Promise<T> {
  const directory = serverDirectory();
  return await withLock(lockFile(directory), async () => {
    refuseWhileUsed(directory, 'temporal');
    await stopServer(directory);
    return await body();
  });
}

async function openOwn(ui: boolean, onProgress: Progress): Promise<TemporalServer> {
  const directory = serverDirectory();
  // Obtaining the binary can take minutes: before the lock, which others wait for.
  let found: TemporalCli | null = isRunning(readState(directory)) ? null : await findCli(onProgress);
  const cli = async (): Promise<TemporalCli> => (found ??= await findCli(onProgress));

  const { state, lease } = await withLock(lockFile(directory), async () => {
    const running = await ensureServer(directory, { ui, restart: false, cli, onProgress });
    return { state: running, lease: await takeLease(directory, 'temporal') };
  });
  let current = state;
  let stopWatching: (() => Promise<void>) | null = null;

  const restart = async (): Promise<void> => {
    current = await withLock(lockFile(directory), async () =>
      ensureServer(directory, { ui: current.ui, restart: true, cli, onProgress }),
    );
  };
  const { address } = connectionOptions(state);
  return {
    address,
    namespace: NAMESPACE,
    uiUrl: state.ui ? `http://127.0.0.1:${state.uiPort}` : null,
    started: 'own',
    connectionOptions: () => connectionOptions(state),
    watch(onRestart = () => undefined) {
      stopWatching ??= watch({ name: 'Temporal', isDown: () => !isRunning(current), restart }, onRestart);
    },
    async close() {
      await stopWatching?.();
      await withLock(lockFile(directory), async () => {
        if (await lease.release()) await stopServer(directory);
      });
    },
  };
}
