/** The baseline: Temporal's SDK, one hand-written activity with a bare fetch, and nothing of haloflow. */
import { randomUUID } from 'node:crypto';
import { Client } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import { NativeConnection, Worker } from '@temporalio/worker';
import type { NativeConnectionOptions, WorkflowBundle } from '@temporalio/worker';
import { Agent, fetch } from 'undici';
import type { SandboxTenant } from '../sandbox/sandbox.ts';
import type { Queues } from '../worker/queues.ts';
import { DEFAULT_SLOTS, POLLER } from '../worker/worker.ts';

export interface BareWorker {
  /** One run, from its start to its result. */
  run(workflow: string): Promise<unknown>;
  stop(): Promise<void>;
}

export async function startBareWorker(options: {
  readonly sandbox: SandboxTenant;
  readonly connection: NativeConnectionOptions;
  readonly namespace: string;
  readonly workflowBundle: WorkflowBundle;
  readonly queues: Queues;
}): Promise<BareWorker> {
  const { sandbox, namespace, workflowBundle, queues } = options;
  const dispatcher = new Agent({ connections: 32, pipelining: 1 });
  const token = (await (
    await fetch(`${sandbox.authUrl}/token?tenant=${sandbox.tenant}`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: sandbox.clientId,
        client_secret: sandbox.clientSecret,
        scope: 'all',
      }),
      dispatcher,
    })
  ).json()) as { access_token: string };

  async function listAgentIds(): Promise<unknown[]> {
    const reply = await fetch(`${sandbox.baseUrl}/api/Agent`, {
      headers: { authorization: `Bearer ${token.access_token}` },
      dispatcher,
    });
    if (!reply.ok) throw new Error(`GET /Agent answered ${reply.status}`);
    return ((await reply.json()) as { id: number }[]).map(({ id }) => ({ id }));
  }

  const connection = await NativeConnection.connect(options.connection);
  const common = { connection, namespace } as const;
  const workers = await Promise.all([
    Worker.create({ ...common, taskQueue: queues.runs, workflowBundle, workflowTaskPollerBehavior: POLLER }),
    Worker.create({
      ...common,
      taskQueue: queues.actions,
      activities: { listAgentIds },
      maxConcurrentActivityTaskExecutions: DEFAULT_SLOTS,
      activityTaskPollerBehavior: POLLER,
    }),
  ]);
  const done = Promise.all(workers.map((worker) => worker.run()));
  const client = new Client({ connection, namespace });
  return {
    run: (workflow) =>
      client.workflow.execute(workflow, {
        workflowId: `bare/${randomUUID()}`,
        taskQueue: queues.runs,
        args: [],
        requestEagerStart: true,
        priority: { fairnessKey: 'northwind' },
        typedSearchAttributes: [
          { key: defineSearchAttributeKey('OrgId', 'KEYWORD'), value: 'northwind' },
          { key: defineSearchAttributeKey('OwnerId', 'KEYWORD'), value: 'northwind' },
        ],
      }),
    async stop() {
      for (const worker of workers) worker.shutdown();
      await done;
      await dispatcher.close();
      await connection.close();
    },
  };
}
