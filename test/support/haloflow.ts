/** Everything of haloflow in one test: a database, a worker on queues of its own, the sandbox with the demo's configuration. */
import { randomBytes } from 'node:crypto';
import { NativeConnection } from '@temporalio/worker';
import type { WorkflowBundleOption } from '@temporalio/worker';
import type { WorkflowHandle } from '@temporalio/client';
import { demoFile } from '../../cli/demo.ts';
import { normaliseServer } from '../../cli/normaliseServer.ts';
import { applyDemo } from '../../configuration/apply/apply.ts';
import { readConfiguration } from '../../organizations/configuration.ts';
import type { Configuration, Overrides } from '../../organizations/types.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import type { Store } from '../../store/store.ts';
import { createClient } from '../../triggers/client.ts';
import { startRun } from '../../triggers/start.ts';
import type { StartedRun, Starter } from '../../triggers/start.ts';
import { installRuntime } from '../../worker/logger.ts';
import { taskQueues } from '../../worker/queues.ts';
import type { Queues } from '../../worker/queues.ts';
import { startWorker } from '../../worker/worker.ts';
import { workflowNames } from '../../worker/workflowNames.ts';
import type { Part, RunningWorker } from '../../worker/worker.ts';
import { bundled, PROBES, systemBundled } from './bundles.ts';
import { createTestDatabase } from './database.ts';
import { control } from './sandbox.ts';
import type { Control } from './sandbox.ts';

export interface TestRun {
  readonly organization: string;
  /** Default `northwind`, the demo's MSP. */
  readonly owner?: string;
  readonly overrides?: Overrides;
  readonly trigger?: string;
}

export interface TestHaloflow {
  readonly store: Store;
  readonly databaseUrl: string;
  readonly sandbox: Sandbox;
  /** The sandbox's tenants, from behind. */
  readonly northwind: Control;
  readonly globex: Control;
  readonly starter: Starter;
  readonly queues: Queues;
  readonly workflowBundle: { readonly codePath: string };
  configuration(): Promise<Configuration>;
  /** Changes the configuration behind the back of `apply`: SQL, and a new version of it. */
  reconfigure(sql: string, values?: readonly unknown[]): Promise<void>;
  /** Starts a workflow and returns at once. */
  start(
    workflow: string,
    args: readonly unknown[],
    run: TestRun,
  ): Promise<StartedRun & { handle: WorkflowHandle }>;
  /** Starts a workflow and waits for its result. */
  run(workflow: string, args: readonly unknown[], run: TestRun): Promise<unknown>;
  close(): Promise<void>;
}

/** Where Temporal listens, as globalSetup.js started it. */
function temporalAddress(): string {
  const address = process.env['HALOFLOW_TEST_TEMPORAL_ADDRESS'];
  if (address === undefined)
    throw new Error('HALOFLOW_TEST_TEMPORAL_ADDRESS is not set: jest runs globalSetup.js');
  return address;
}

/**
 * Starts it; `workflows` is a folder with the test's own workflows beside those of haloflow. Without `worker`, the test
 * starts its own; with `triggers`, the worker makes them work as in `haloflow start`.
 */
export async function startHaloflow(
  options: {
    readonly workflows?: string;
    readonly worker?: boolean;
    readonly triggers?: boolean;
    readonly requestTimeoutMs?: number;
  } = {},
): Promise<TestHaloflow> {
  const address = temporalAddress();
  installRuntime();
  const [database, sandbox, workflowBundle] = await Promise.all([
    createTestDatabase(),
    startSandbox(),
    bundled(options.workflows ?? PROBES),
  ]);
  const { store } = database;
  await applyDemo(store, {
    file: 'demo',
    ...demoFile(sandbox.tenants),
    normaliseServer,
    workflowNames: () => workflowNames(options.workflows ?? PROBES),
  });
  const queues = taskQueues(`test-${randomBytes(4).toString('hex')}`);
  const eager = options.worker ?? true;
  const { workflows: _, worker: __, ...more } = options;
  const worker = eager ? await startTestWorker({ store, queues, workflowBundle, ...more }) : null;
  const connection = worker?.connection ?? (await NativeConnection.connect({ address }));
  const starter: Starter = { store, client: createClient({ connection }), taskQueue: queues.runs, eager };
  const tenant = (name: string): Control => {
    const found = sandbox.tenants.find((candidate) => candidate.name === name);
    if (!found) throw new Error(`the sandbox has no tenant ${name}`);
    return control(found);
  };
  const configuration = (): Promise<Configuration> => readConfiguration(store);
  const start: TestHaloflow['start'] = async (workflow, args, run) =>
    await startRun(starter, await configuration(), {
      workflow,
      args,
      owner: 'northwind',
      overrides: {},
      startedBy: 'test',
      ...run,
    });
  return {
    store,
    databaseUrl: database.url,
    sandbox,
    northwind: tenant('northwind'),
    globex: tenant('globex'),
    starter,
    queues,
    workflowBundle,
    configuration,
    async reconfigure(sql, values = []) {
      await store.pool.query(sql, [...values]);
      await store.pool.query('update configuration set version = version + 1');
    },
    start,
    run: async (workflow, args, run) => await (await start(workflow, args, run)).handle.result(),
    async close() {
      await (worker ? worker.stop() : connection.close());
      await sandbox.close();
      await database.drop();
    },
  };
}

/** A worker in this process. */
export async function startTestWorker(options: {
  readonly store: Store;
  readonly queues: Queues;
  readonly workflowBundle: WorkflowBundleOption;
  readonly slots?: number;
  readonly triggers?: boolean;
  readonly requestTimeoutMs?: number;
  readonly part?: Part;
  /** Of the API, for Halo's webhooks. */
  readonly publicUrl?: string;
}): Promise<RunningWorker> {
  const { triggers = false, publicUrl, ...others } = options;
  const ownUrl = publicUrl === undefined ? {} : { publicUrl };
  return await startWorker({
    ...others,
    feeds: triggers ? { workflowBundle: await systemBundled(), ...ownUrl } : undefined,
    temporal: { connection: { address: temporalAddress() }, namespace: 'default' },
  });
}
