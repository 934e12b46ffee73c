/** Runs that an earlier try may have started: none is forgotten, and none starts twice. */
import { createConnection, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { Connection, ServiceError, WorkflowNotFoundError } from '@temporalio/client';
import { createClient } from '../../../triggers/client.ts';
import { dispatchEvents } from '../../../triggers/dispatch/dispatch.ts';
import { markFor } from '../../../triggers/dispatch/failure.ts';
import { startDispatchStack } from './stack.ts';
import type { DispatchStack } from './stack.ts';

let stack: DispatchStack;

beforeAll(async () => {
  stack = await startDispatchStack();
}, 60_000);
afterAll(() => stack.close());

/** Between haloflow and Temporal: what is asked arrives, and once `isMute` no answer comes back. */
async function muteProxy(address: string): Promise<{ server: Server; address: string; isMute: boolean }> {
  const [host = '', port = ''] = address.split(':');
  const sockets: Socket[] = [];
  const server = createServer((near) => {
    const far = createConnection(Number(port), host);
    sockets.push(near, far);
    near.on('data', (bytes) => far.write(bytes));
    far.on('data', (bytes) => {
      if (!proxy.isMute) near.write(bytes);
    });
    for (const socket of [near, far]) {
      socket.on('error', () => undefined);
      socket.on('close', () => sockets.forEach((each) => each.destroy()));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy = { server, address: `127.0.0.1:${(server.address() as AddressInfo).port}`, isMute: false };
  return proxy;
}

test('a run that an earlier try started is not forgotten when a later one is refused for good', async () => {
  await stack.trigger('unsure');
  const [ticket] = await stack.tickets({});
  await stack.found(['unsure'], [ticket!]);
  const { starter } = stack.parts;
  const proxy = await muteProxy(process.env['HALOFLOW_TEST_TEMPORAL_ADDRESS'] ?? '');
  const connection = await Connection.connect({ address: proxy.address });
  const client = createClient({ connection, namespace: starter.client.options.namespace });
  proxy.isMute = true;

  const [unsure] = await dispatchEvents({ ...stack.parts, starter: { ...starter, client, eager: false } });
  expect(unsure).toMatchObject({
    status: 'pending',
    // Senders of webhooks read it: no address.
    reason:
      'ServiceError: Temporal did not answer within 10 s when it was asked to start the run (4 DEADLINE_EXCEEDED)',
  });
  expect(await stack.result(unsure!)).toMatchObject({ event: { ticket: { id: ticket } } });

  await stack.hurry();
  const refusing = { ...starter, taskQueue: 'x'.repeat(2_000), eager: false };
  const [refused] = await dispatchEvents({ ...stack.parts, starter: refusing });
  expect(refused).toMatchObject({ status: 'failed', reason: expect.stringContaining('refused to start') });
  expect(await stack.started('unsure')).toMatchObject([{ id: refused!.run }]);
  await connection.close();
  proxy.server.close();
});

test.each([
  [14, '14 UNAVAILABLE: No connection established. Last error: connect ECONNREFUSED 127.0.0.1:7233'],
  [2, '2 UNKNOWN: transport error [::1]:31242\n    at Object.callErrorFromStatus (/srv/grpc/call.js:31:19)'],
  [13, 'Received RST_STREAM from 10.0.0.7:7233'],
])('why a start failed names no address (%i)', (code, message) => {
  const cause = Object.assign(new Error(message), { code });
  const { reason } = markFor({ id: 1, attempts: 1 }, new ServiceError('Failed to start Workflow', { cause }));
  expect(reason).toMatch(/^ServiceError: Failed to start Workflow(?: \(\d+ [A-Z]+\))?$/);
});

test('a run that was never started is forgotten when its first try is refused for good', async () => {
  await stack.trigger('refused');
  const [ticket] = await stack.tickets({});
  await stack.found(['refused'], [ticket!]);
  const refusing = { ...stack.parts.starter, taskQueue: 'x'.repeat(2_000), eager: false };
  const [row] = await dispatchEvents({ ...stack.parts, starter: refusing });
  expect(row).toMatchObject({ status: 'failed', reason: expect.stringContaining('refused to start') });
  expect(await stack.started('refused')).toEqual([]);
});

describe('after Temporal has forgotten a run', () => {
  /** An event that is decided and its run, whose row says `told`, as Temporal's retention leaves them: unknown to Temporal. */
  async function forgotten(
    id: string,
    told: string,
  ): Promise<{ readonly id: number; readonly workflowId: string }> {
    await stack.trigger(id);
    const [ticket] = await stack.tickets({});
    await stack.found([id], [ticket!]);
    const connection = Connection.lazy({ address: '127.0.0.1:1' });
    const away = { ...stack.parts.starter, client: createClient({ connection }), eager: false };
    const [row] = await dispatchEvents({ ...stack.parts, starter: away });
    await connection.close();
    const { pool } = stack.haloflow.store;
    await pool.query(`update runs set ${told}, closed_at = now() where id = $1`, [row!.run]);
    await stack.hurry();
    return { id: row!.id, workflowId: row!.workflowId! };
  }

  async function isKnown(workflowId: string): Promise<boolean> {
    try {
      await stack.parts.starter.client.workflow.getHandle(workflowId).describe();
      return true;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return false;
      throw error;
    }
  }

  test.each(['completed', 'failed', 'terminated'])('one that has %s is not started again', async (status) => {
    const { id, workflowId } = await forgotten(`was-${status}`, `status = '${status}'`);
    expect(await dispatchEvents(stack.parts)).toMatchObject([{ id, status: 'accepted' }]);
    expect(await isKnown(workflowId)).toBe(false);
  });

  test('one that Temporal never told of is started', async () => {
    const told = `status = 'failed', error_type = 'WorkflowNotFoundError'`;
    const { id, workflowId } = await forgotten('never-told', told);
    expect(await dispatchEvents(stack.parts)).toMatchObject([{ id, status: 'accepted' }]);
    expect(await isKnown(workflowId)).toBe(true);
  });
});
