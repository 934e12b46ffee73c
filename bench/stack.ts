/** What every benchmark runs on: a home of its own, PostgreSQL, Temporal, a worker, and the sandbox in another process. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { WorkflowBundle } from '@temporalio/worker';
import { Closing } from '../cli/closing.ts';
import { unlessInterrupted } from '../cli/interrupt.ts';
import { normaliseServer } from '../cli/normaliseServer.ts';
import { openOnlyStore } from '../cli/openStore.ts';
import { applyFile } from '../configuration/apply/apply.ts';
import { openTemporal } from '../engine/server.ts';
import type { TemporalServer } from '../engine/server.ts';
import { readConfiguration } from '../organizations/configuration.ts';
import type { SandboxTenant } from '../sandbox/sandbox.ts';
import type { Store } from '../store/store.ts';
import { createClient } from '../triggers/client.ts';
import { startRun } from '../triggers/start.ts';
import type { StartedRun, Starter } from '../triggers/start.ts';
import { bundleSystemWorkflows, bundleWorkflows } from '../worker/bundle.ts';
import { temporalLogger } from '../worker/logger.ts';
import { taskQueues } from '../worker/queues.ts';
import { startWorker } from '../worker/worker.ts';
import { workflowNames } from '../worker/workflowNames.ts';

export const here = dirname(fileURLToPath(import.meta.url));

export interface BenchStack {
  readonly store: Store;
  readonly temporal: TemporalServer;
  readonly workflowBundle: WorkflowBundle;
  readonly tenants: readonly SandboxTenant[];
  readonly starter: Starter;
  /** Undone at the end, last first. */
  readonly closing: Closing;
  /** Applies a configuration; secrets are written as references to {@link secretOf}. */
  apply(file: object): Promise<void>;
  /** Starts a workflow for an organization that is its own owner. */
  start(workflow: string, organization: string, args?: readonly unknown[]): Promise<StartedRun>;
}

/** The environment variable that holds a tenant's secret. */
const secretOf = (tenant: SandboxTenant): string => `BENCH_${tenant.name.toUpperCase()}_SECRET`;

/** A connection to a tenant of the sandbox, with a limit that is not what is measured. */
export function connectionTo(tenant: SandboxTenant, organization: string, more: object = {}): object {
  const { baseUrl, authUrl, clientId } = tenant;
  return {
    organization,
    resourceServer: baseUrl,
    authServer: authUrl,
    tenant: tenant.tenant,
    clientId,
    clientSecret: `\${${secretOf(tenant)}}`,
    rateLimit: { requests: 1_000_000, perSeconds: 10 },
    ...more,
  };
}

/** Runs `body` with a store of its own and nothing else. */
export async function withOwnStore(body: (store: Store) => Promise<void>): Promise<void> {
  const home = await ownHome();
  const opened = await openOnlyStore();
  try {
    await body(opened.store);
  } finally {
    await opened.close();
    await rm(home, { recursive: true, force: true });
  }
}

async function ownHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'haloflow-bench-'));
  process.env['HALOFLOW_HOME'] = home;
  for (const name of ['DATABASE_URL', 'TEMPORAL_ADDRESS', 'HALOFLOW_KEY']) delete process.env[name];
  return home;
}

/** Runs `body` on a stack of its own, with or without triggers, and takes it down whatever comes of that. */
export async function withStack(
  { triggers }: { readonly triggers: boolean },
  body: (stack: BenchStack) => Promise<void>,
): Promise<void> {
  const home = await ownHome();
  const child = fork(join(here, 'sandboxProcess.ts'), { execArgv: ['--import', 'tsx'] });
  const closing = new Closing();
  try {
    const [tenants] = (await once(child, 'message')) as [SandboxTenant[]];
    await unlessInterrupted(open(tenants, { closing, triggers }).then(body));
  } finally {
    await closing.close();
    child.disconnect();
    await rm(home, { recursive: true, force: true });
  }
}

async function open(
  tenants: readonly SandboxTenant[],
  { closing, triggers }: { readonly closing: Closing; readonly triggers: boolean },
): Promise<BenchStack> {
  const opened = await openOnlyStore();
  closing.add(() => opened.close());
  const temporal = await openTemporal();
  closing.add(() => temporal.close());
  const workflowBundle = await bundleWorkflows(join(here, 'workflows'), temporalLogger);
  const { store } = opened;
  const queues = taskQueues('');
  const worker = await startWorker({
    store,
    temporal: { connection: temporal.connectionOptions(), namespace: temporal.namespace },
    queues,
    workflowBundle,
    ...(triggers ? { feeds: { workflowBundle: await bundleSystemWorkflows(temporalLogger) } } : {}),
  });
  closing.add(() => worker.stop());
  const client = createClient({ connection: worker.connection, namespace: temporal.namespace });
  const starter: Starter = { store, client, taskQueue: queues.runs, eager: true };
  const env = Object.fromEntries(tenants.map((tenant) => [secretOf(tenant), tenant.clientSecret]));
  let configuration = await readConfiguration(store);
  return {
    store,
    temporal,
    workflowBundle,
    tenants,
    starter,
    closing,
    async apply(file) {
      const text = JSON.stringify(file);
      await applyFile(store, {
        file: 'bench',
        text,
        env,
        normaliseServer,
        workflowNames: () => workflowNames(join(here, 'workflows')),
      });
      configuration = await readConfiguration(store);
    },
    start: (workflow, organization, args = []) =>
      startRun(starter, configuration, {
        workflow,
        args,
        organization,
        owner: organization,
        overrides: {},
        startedBy: 'bench',
      }),
  };
}
