/** A run that V8 has to stop keeps its worker's process alive. Before, Node ended it: "async hook stack has become corrupted". */
import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Worker, bundleWorkflowCode } from '@temporalio/worker';
import type { WorkerOptions } from '@temporalio/worker';
import { installRuntime } from '../../../worker/logger.ts';
import { mendWorkflowThreads } from '../../../worker/workflowThreads.ts';
import { untilTrue } from '../../support/polling.ts';

/** What the SDK reads, but does not declare: after how long V8 stops a workflow. */
interface Impatient extends WorkerOptions {
  readonly isolateExecutionTimeout: string;
}

const address = process.env.HALOFLOW_TEST_TEMPORAL_ADDRESS ?? '';
const taskQueue = `loops-${randomUUID()}`;
let connection: NativeConnection;
let client: Client;
let worker: Worker;
let running: Promise<void>;

beforeAll(async () => {
  installRuntime();
  mendWorkflowThreads();
  connection = await NativeConnection.connect({ address });
  client = new Client({ connection: await Connection.connect({ address }) });
  const logger = new DefaultLogger('ERROR');
  const workflowsPath = new URL('workflows/loops.ts', import.meta.url).pathname;
  const options: Impatient = {
    connection,
    taskQueue,
    workflowBundle: await bundleWorkflowCode({ workflowsPath, logger }),
    isolateExecutionTimeout: '200ms',
  };
  worker = await Worker.create(options);
  running = worker.run();
});

afterAll(async () => {
  worker.shutdown();
  await running;
  await client.connection.close();
  await connection.close();
});

/** Until V8 has stopped it, so that Temporal has its task done again. */
async function stopped(workflow: string): Promise<void> {
  const handle = await client.workflow.start(workflow, { taskQueue, workflowId: randomUUID() });
  await untilTrue(async () => ((await handle.describe()).raw.pendingWorkflowTask?.attempt ?? 0) > 1);
  await handle.terminate();
}

test.each(['outside', 'inside', 'microtasksInside'])('%s: the same process runs others', async (workflow) => {
  await stopped(workflow);
  expect(await client.workflow.execute('waits', { taskQueue, workflowId: randomUUID() })).toBe('done');
});

test('the stacks of the first hundred promises of a step are kept for who asks where a run is', async () => {
  const handle = await client.workflow.start('waitsForMany', { taskQueue, workflowId: randomUUID() });
  const trace = await handle.query<string>('__stack_trace');
  await handle.terminate();
  const places = trace.split('\n\n').filter((place) => place.includes('waitsForMany'));
  expect([places.length > 0, places.length <= 100]).toEqual([true, true]);
});
