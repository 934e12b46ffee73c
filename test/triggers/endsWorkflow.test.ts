import { fileURLToPath } from 'node:url';
import { Worker, bundleWorkflowCode } from '@temporalio/worker';
import { eq } from 'drizzle-orm';
import { configurationReader } from '../../organizations/configuration.ts';
import { runs } from '../../store/schema/runs.ts';
import { triggerReader } from '../../triggers/registry.ts';
import { createRunEndsActivity } from '../../worker/runEnds.ts';
import { temporalLogger } from '../../worker/logger.ts';
import { startHaloflow, startTestWorker } from '../support/haloflow.ts';
import type { TestHaloflow } from '../support/haloflow.ts';
import { eventually } from './eventually.ts';

let haloflow: TestHaloflow;

beforeAll(async () => {
  const workflows = fileURLToPath(new URL('workflows', import.meta.url));
  haloflow = await startHaloflow({ workflows });
});

afterAll(async () => {
  await haloflow.close();
});

it('closes runs for ever, without a word in its history, and goes on in another worker', async () => {
  const { store, starter, queues, workflowBundle } = haloflow;
  const { client } = starter;
  const taskQueue = `${queues.runs}-ends`;
  const { code } = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../../triggers/workflows/runEnds.ts', import.meta.url)),
    logger: temporalLogger,
  });
  // Its connection is as good as any.
  const runsWorker = await startTestWorker({ store, queues, workflowBundle });
  const startReader = async (): Promise<{ stop(): Promise<void> }> => {
    const worker = await Worker.create({
      connection: runsWorker.connection,
      taskQueue,
      workflowBundle: { code },
      activities: {
        'runEnds.read': createRunEndsActivity({
          store,
          client,
          taskQueue: queues.runs,
          configuration: configurationReader(store),
          triggers: triggerReader(store),
        }),
      },
    });
    const running = worker.run();
    return {
      stop: async () => {
        worker.shutdown();
        await running;
      },
    };
  };
  const statusOf = async (run: string): Promise<string | undefined> => {
    const [row] = await store.db.select({ status: runs.status }).from(runs).where(eq(runs.id, run));
    return row?.status;
  };
  const reading = await client.workflow.start('runEnds', { workflowId: `${taskQueue}/runEnds`, taskQueue });
  const first = await startReader();
  const one = await haloflow.start('endsWell', [], { organization: 'acme' });
  await eventually(async () => expect(await statusOf(one.run)).toBe('completed'));
  const { historyLength } = await reading.describe();
  await first.stop();
  const two = await haloflow.start('endsWell', [], { organization: 'acme' });
  await two.handle.result();
  expect(await statusOf(two.run)).toBe('running');
  const second = await startReader();
  await eventually(async () => expect(await statusOf(two.run)).toBe('completed'));
  const described = await reading.describe();
  expect(described.historyLength).toBe(historyLength);
  expect(described.raw.pendingActivities?.[0]).toMatchObject({
    lastFailure: { message: expect.stringContaining('had ended') },
  });
  await reading.terminate();
  await second.stop();
  await runsWorker.stop();
});
