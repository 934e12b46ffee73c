import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from 'node:net';
import { identify, type ProcessIdentity } from '../home/process.ts';
import { SEARCH_ATTRIBUTES } from './namespace.ts';
import { overConnection, type TemporalConnectionOptions } from './rpc.ts';

/** What a development server is started with. */
export interface LaunchOptions {
  readonly cli: string;
  readonly database: string;
  readonly port: number;
  /** null: without the web UI. */
  readonly uiPort: number | null;
  readonly log: string;
}

/**
 * Measured: with one history shard the server reads each queue 20 times a second unless told otherwise, which
 * makes every task wait 50 ms; partitions of a task queue only cost on one machine; fairness is off by default, and
 * so is handing an activity to the worker that asked for it.
 */
const DYNAMIC_CONFIG = {
  'history.transferProcessorMaxPollRPS': 2000,
  'history.timerProcessorMaxPollRPS': 2000,
  'history.visibilityProcessorMaxPollRPS': 2000,
  'matching.numTaskqueueReadPartitions': 1,
  'matching.numTaskqueueWritePartitions': 1,
  'matching.enableFairness': true,
  'system.enableActivityEagerExecution': true,
};

/** ServingStatus of grpc.health.v1. */
const SERVING = 1;

/** The log starts afresh once it is larger than this. */
const LOG_LIMIT_BYTES = 20_000_000;

/** A server process that was just started. */
export interface Launched {
  readonly identity: ProcessIdentity;
  /** The exit code or signal that it ended with; null while it runs. */
  ended(): number | NodeJS.Signals | null;
  /** The last lines that it logged since its start. */
  logTail(): string;
}

/**
 * Starts `temporal server start-dev` as a process of its own that outlives this one. It logs to a file: with a pipe
 * it would die of its first line after our end.
 * @throws Error when the executable cannot be run
 */
export async function launch(options: LaunchOptions): Promise<Launched> {
  mkdirSync(dirname(options.log), { recursive: true, mode: 0o700 });
  const file = openSync(options.log, 'a', 0o600);
  let child: ChildProcess;
  let logged: number;
  try {
    if (statSync(options.log).size > LOG_LIMIT_BYTES) truncateSync(options.log);
    logged = statSync(options.log).size;
    child = spawn(options.cli, commandLine(options), {
      cwd: dirname(options.database),
      detached: true,
      env: ownEnvironment(),
      stdio: ['ignore', file, file],
    });
  } finally {
    closeSync(file);
  }
  const pid = await new Promise<number | undefined>((resolve, reject) => {
    child.once('spawn', () => {
      resolve(child.pid);
    });
    child.once('error', reject);
  });
  child.unref();
  return {
    // One that is gone already has no identity any more, and `ended` will tell.
    identity: identify(pid ?? 0) ?? { pid: pid ?? 0, startedAt: 'never' },
    ended: () => child.signalCode ?? child.exitCode,
    logTail: () =>
      readFileSync(options.log).subarray(logged).toString('utf8').trim().split('\n').slice(-8).join('\n'),
  };
}

function commandLine({ database, port, uiPort }: LaunchOptions): string[] {
  const repeated = (flag: string, values: readonly string[]): string[] =>
    values.flatMap((value) => [flag, value]);
  const ui = uiPort === null ? ['--headless'] : ['--ui-port', String(uiPort)];
  const dynamicConfig = Object.entries(DYNAMIC_CONFIG).map(([key, value]) => `${key}=${value}`);
  const searchAttributes = SEARCH_ATTRIBUTES.map((name) => `${name}=Keyword`);
  const settings = [
    ...repeated('--sqlite-pragma', ['journal_mode=wal', 'synchronous=1']),
    ...repeated('--dynamic-config-value', dynamicConfig),
    ...repeated('--search-attribute', searchAttributes),
  ];
  const isolation = ['--disable-config-file', '--disable-config-env'];
  const address = ['--ip', '127.0.0.1', '--port', String(port)];
  return ['server', 'start-dev', '--db-filename', database, ...address, ...ui, ...settings, ...isolation];
}

/** Little of our own environment: it may hold secrets, and TEMPORAL_… variables could change what the server does. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return { PATH, HOME, TMPDIR, TZ: 'UTC' };
}

/**
 * Waits until the frontend says SERVING and returns the cluster id that its database file holds; null when it has
 * not by then, or when `hasEnded`.
 */
export async function servingCluster(
  options: TemporalConnectionOptions,
  patienceMs: number,
  hasEnded: () => boolean,
): Promise<string | null> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const clusterId = (await accepts(options.address)) ? await askCluster(options) : null;
    if (clusterId !== null) return clusterId;
    if (hasEnded() || Date.now() > deadline) return null;
    await sleep(15);
  }
}

async function askCluster(options: TemporalConnectionOptions): Promise<string | null> {
  try {
    return await overConnection(options, 1_500, async (connection) => {
      const service = 'temporal.api.workflowservice.v1.WorkflowService';
      const status: number = (await connection.healthService.check({ service })).status;
      if (status !== SERVING) return null;
      return (await connection.workflowService.getClusterInfo({})).clusterId;
    });
  } catch {
    return null; // not yet, or never: the caller's deadline decides
  }
}

/** Whether something listens; cheaper to ask in a loop than gRPC is. */
async function accepts(address: string): Promise<boolean> {
  const [host = '', port] = address.split(':');
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port) });
    const answer = (is: boolean): void => {
      socket.destroy();
      resolve(is);
    };
    socket.setTimeout(500, () => {
      answer(false);
    });
    socket.once('connect', () => {
      answer(true);
    });
    socket.once('error', () => {
      answer(false);
    });
  });
}
