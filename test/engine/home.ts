/** A home of its own for a test of the development server, and the processes that use it. */
import { Connection } from '@temporalio/client';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { readState, type ServerState } from '../../engine/state.ts';
import { serversIn, stopProcess } from '../../engine/process.ts';
import type { TemporalServer } from '../../engine/server.ts';

const userProgram = fileURLToPath(new URL('./user.ts', import.meta.url));

/** Another process with the server open. */
interface User {
  readonly address: string;
  readonly uiUrl: string | null;
  kill(): Promise<void>;
  close(): Promise<void>;
}

export interface TestHome {
  /** Where the server's files are. */
  readonly directory: string;
  state(): ServerState;
  /** The numbers of the server processes on this home. */
  servers(): number[];
  startUser(...options: string[]): Promise<User>;
  remove(): Promise<void>;
}

/** Makes a home and points HALOFLOW_HOME at it; nothing named TEMPORAL_… is set meanwhile. */
export async function makeHome(): Promise<TestHome> {
  const home = await realpath(await mkdtemp(path.join(os.tmpdir(), 'haloflow-engine-')));
  const saved = { ...process.env };
  process.env.HALOFLOW_HOME = home;
  for (const name of ['TEMPORAL_ADDRESS', 'TEMPORAL_PROFILE', 'TEMPORAL_CONFIG_FILE', 'TEMPORAL_NAMESPACE'])
    delete process.env[name];
  const directory = path.join(home, 'temporal');
  const children: ChildProcess[] = [];
  return {
    directory,
    state() {
      const state = readState(directory);
      if (state === null) throw new Error('the server has no state yet');
      return state;
    },
    servers: () => serversIn(directory).map(({ identity }) => identity.pid),
    startUser: async (...options) => startUser(children, options),
    async remove() {
      for (const child of children) child.kill('SIGKILL');
      for (const { identity } of serversIn(directory)) await stopProcess(identity);
      process.env = saved;
      await rm(home, { recursive: true, maxRetries: 5 });
    },
  };
}

async function startUser(children: ChildProcess[], options: string[]): Promise<User> {
  const child = spawn(process.execPath, ['--import', 'tsx', userProgram, ...options], {
    env: process.env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.push(child);
  const exit = once(child, 'exit');
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return {
    ...(JSON.parse(line) as { address: string; uiUrl: string | null }),
    async kill() {
      child.kill('SIGKILL');
      await exit;
    },
    async close() {
      child.stdin.end();
      await exit;
    },
  };
}

/** Starts a workflow that no worker takes up: it stays in the database. */
export async function startWorkflow(server: TemporalServer, workflowId: string): Promise<void> {
  await overClient(server, async ({ workflowService }) =>
    workflowService.startWorkflowExecution({
      namespace: server.namespace,
      workflowId,
      requestId: workflowId,
      workflowType: { name: 'waiting' },
      taskQueue: { name: 'nobody' },
    }),
  );
}

/** 1 is RUNNING. */
export async function workflowStatus(
  server: TemporalServer,
  workflowId: string,
): Promise<number | null | undefined> {
  return overClient(server, async ({ workflowService }) => {
    const execution = { workflowId };
    const reply = await workflowService.describeWorkflowExecution({ namespace: server.namespace, execution });
    return reply.workflowExecutionInfo?.status;
  });
}

/** Runs `body` over a client connection as any haloflow process makes it. */
export async function overClient<T>(
  server: TemporalServer,
  body: (connection: Connection) => Promise<T>,
): Promise<T> {
  const connection = await Connection.connect(server.connectionOptions());
  try {
    return await body(connection);
  } finally {
    await connection.close();
  }
}
