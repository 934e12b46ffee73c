import { existsSync, mkdirSync, realpathSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError } from '../errors.ts';
import { homeDirectory } from '../home/home.ts';
import { takeLease } from '../home/leases.ts';
import { isAlive } from '../home/process.ts';
import { launch, servingCluster } from './launch.ts';
import { keepSevenDays, registerSearchAttributes } from './namespace.ts';
import { freePort, isFree } from '../home/ports.ts';
import { serversIn, stopProcess } from './process.ts';
import type { Progress } from './progress.ts';
import { overConnection, type TemporalConnectionOptions } from './rpc.ts';
import { databaseFile, readState, type ServerState, writeState } from './state.ts';
import type { TemporalCli } from './version.ts';

/** The namespace that a development server always has. */
export const NAMESPACE = 'default';

/** 0.2 s on an idle machine; the rest is for a slow one. */
const STARTS_WITHIN_MS = 20_000;
/** How often a start is tried that failed for a passing reason. */
const STARTS_TRIED = 3;
/** A leftover that runs but does not answer for this long is stopped. */
const LEFTOVER_ANSWERS_WITHIN_MS = 5_000;
/** One that others use is never stopped under them. */
const USED_ANSWERS_WITHIN_MS = 15_000;
const PREPARED_WITHIN_MS = 15_000;

/** What a start may do. */
export interface StartOptions {
  readonly ui: boolean;
  /** A restart under live clients: only the port and the database that they know are of use to them. */
  readonly restart: boolean;
  readonly cli: () => Promise<TemporalCli>;
  readonly onProgress: Progress;
}

/** The directory of our server's files, by its real name; made when missing. */
export function serverDirectory(): string {
  const directory = join(homeDirectory(), 'temporal');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  return realpathSync(directory);
}

export function lockFile(directory: string): string {
  return join(directory, 'server.lock');
}

export function connectionOptions(state: ServerState): TemporalConnectionOptions {
  return { address: `127.0.0.1:${state.port}`, grpcCompression: { codec: 'none' } };
}

/**
 * Makes sure that exactly one server runs on the database file and serves, with namespace, search attributes and
 * retention as they should be: adopts the one that a process left, or starts one. The caller holds the lock.
 * @throws ConfigurationError with the last lines of its log when it does not come up, and when it runs, is used by others
 * and does not answer
 */
export async function ensureServer(directory: string, asked: StartOptions): Promise<ServerState> {
  const isUsed = !(await isUnused(directory));
  const options = { ...asked, restart: asked.restart || isUsed };
  const adopted = await adopt(directory, isUsed);
  const state =
    adopted !== null && (await mayStay(directory, adopted, options))
      ? adopted
      : await start(directory, options);
  try {
    await overConnection(connectionOptions(state), PREPARED_WITHIN_MS, async (connection) => {
      await keepSevenDays(connection, NAMESPACE);
      await registerSearchAttributes(connection, NAMESPACE);
    });
  } catch (error) {
    if (await isUnused(directory)) await stopServer(directory);
    throw error;
  }
  return state;
}

/** Stops the server and notes it. The caller holds the lock. */
export async function stopServer(directory: string): Promise<void> {
  for (const { identity } of serversIn(directory)) await stopProcess(identity);
  const state = readState(directory);
  if (state !== null) writeState(directory, { ...state, process: null });
}

/** Whether the server of this state is a live process; says nothing about its health. */
export function isRunning(state: ServerState | null): boolean {
  return state !== null && state.process !== null && isAlive(state.process);
}

/** The running server, if it is surely ours: the process, its command line, its health, its database. */
async function adopt(directory: string, isUsed: boolean): Promise<ServerState | null> {
  const state = readState(directory);
  if (state === null || !isRunning(state)) return null;
  const database = databaseFile(directory, state.version);
  const running = serversIn(directory);
  const [server] = running;
  if (running.length !== 1 || server?.identity.pid !== state.process?.pid || server?.database !== database)
    return null;

  const patience = isUsed ? USED_ANSWERS_WITHIN_MS : LEFTOVER_ANSWERS_WITHIN_MS;
  const clusterId = await servingCluster(connectionOptions(state), patience, () => !isRunning(state));
  if (clusterId === null && isUsed && isRunning(state)) {
    throw new ConfigurationError(
      `The Temporal server of this home (process ${state.process?.pid}) runs, and other processes use it, but it did not ` +
        `answer within ${patience / 1_000} s. Try again; if it stays like that, end it with kill -9 ${state.process?.pid}: ` +
        'haloflow start then starts it again.',
    );
  }
  const known = state.clusterIds[state.version];
  if (clusterId === null || (known !== undefined && known !== clusterId)) return null;
  return known === undefined ? withCluster(directory, state, clusterId) : state;
}

/** A server without the web UI that is wanted gives way to one with it, unless somebody uses it. */
async function mayStay(
  directory: string,
  state: ServerState,
  { ui, onProgress }: StartOptions,
): Promise<boolean> {
  if (!ui || state.ui) return true;
  if (await isUnused(directory)) return false;
  onProgress('the Temporal server in use was started without its web UI; it stays as it is');
  return true;
}

async function isUnused(directory: string): Promise<boolean> {
  const lease = await takeLease(directory, 'temporal');
  return lease.release();
}

async function start(directory: string, options: StartOptions): Promise<ServerState> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnce(directory, options);
    } catch (error) {
      if (attempt === STARTS_TRIED || !(error instanceof ConfigurationError && error.retryable)) throw error;
    }
  }
}

async function startOnce(directory: string, options: StartOptions): Promise<ServerState> {
  const cli = await options.cli();
  await stopServer(directory);
  const before = readState(directory);
  const database = databaseFile(directory, cli.server);
  if (options.restart) checkSameDatabase(database, before, cli);
  prepareDatabase(directory, before, cli, options.onProgress);

  const port = await choosePort(before?.port ?? null, options);
  // Whoever is first to bring back a server that died brings back what its other users had.
  const ui = options.ui || (before?.ui === true && !(await isUnused(directory)));
  const uiPort = ui ? await chooseUiPort(before?.uiPort ?? null) : (before?.uiPort ?? null);
  const log = join(directory, 'server.log');
  const server = await launch({ cli: cli.path, database, port, uiPort: ui ? uiPort : null, log });
  const state: ServerState = {
    port,
    uiPort,
    ui,
    version: cli.server,
    clusterIds: before?.clusterIds ?? {},
    process: server.identity,
  };
  writeState(directory, state);

  const hasEnded = (): boolean => server.ended() !== null;
  const clusterId = await servingCluster(connectionOptions(state), STARTS_WITHIN_MS, hasEnded);
  if (clusterId !== null) return withCluster(directory, state, clusterId);
  const end = server.ended();
  const logTail = server.logTail();
  await stopServer(directory);
  const what = end === null ? `did not serve within ${STARTS_WITHIN_MS / 1_000} s` : `ended with ${end}`;
  throw new ConfigurationError(
    `The Temporal server on ${database} did not come up: ${cli.path} ${what}\n${logTail}\nThe whole log: ${log}`,
    // It chooses its inner ports itself, and now and then another program is quicker; or somebody killed it.
    { retryable: typeof end === 'string' || logTail.includes('address already in use') },
  );
}

function withCluster(directory: string, state: ServerState, clusterId: string): ServerState {
  const next = { ...state, clusterIds: { ...state.clusterIds, [state.version]: clusterId } };
  writeState(directory, next);
  return next;
}

/** What a restart under live clients must find. */
function checkSameDatabase(database: string, before: ServerState | null, cli: TemporalCli): void {
  if (before !== null && before.version !== cli.server)
    throw new ConfigurationError(
      `Its database is of server ${before.version}, and ${cli.path}, the Temporal CLI found now, holds ${cli.server}`,
    );
  if (before === null || !existsSync(database))
    throw new ConfigurationError(`Its database ${database} is gone`);
}

/** Says which database a start goes to, and puts one aside that a killed first start left unfinished. */
function prepareDatabase(
  directory: string,
  before: ServerState | null,
  { server }: TemporalCli,
  onProgress: Progress,
): void {
  const database = databaseFile(directory, server);
  const known = before?.clusterIds[server] !== undefined;
  if (before !== null && before.version !== server)
    onProgress(
      `Temporal server ${server} cannot read what ${before.version} kept: it ${known ? 'goes back to its' : 'starts with an empty'} ` +
        `database ${database}; ${databaseFile(directory, before.version)} stays as it is`,
    );
  if (known || !existsSync(database)) return;
  const aside = `${database}.aside-${new Date().toISOString().replaceAll(':', '')}`;
  for (const part of ['', '-wal', '-shm'])
    if (existsSync(database + part)) renameSync(database + part, aside + part);
  onProgress(`${database} is not known to be complete: it was put aside as ${aside}`);
}

async function choosePort(kept: number | null, { restart, onProgress }: StartOptions): Promise<number> {
  if (kept === null) return freePort();
  if (await isFree(kept)) return kept;
  if (restart) throw new Error(`port ${kept} of the Temporal server is taken by another program`);
  const port = await freePort();
  onProgress(`port ${kept} is taken by another program: the Temporal server moves to ${port}`);
  return port;
}

async function chooseUiPort(kept: number | null): Promise<number> {
  return kept !== null && (await isFree(kept)) ? kept : freePort();
}
