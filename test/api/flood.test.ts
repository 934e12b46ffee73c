/** Many deliveries at once, and a Temporal that stands still: what is answered, and what becomes of what was stored. */
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { once } from 'node:events';
import { Connection } from '@temporalio/client';
import { Agent, request } from 'undici';
import { createClient } from '../../triggers/client.ts';
import { dispatchEvents } from '../../triggers/dispatch/dispatch.ts';
import { startHaloflow } from '../support/haloflow.ts';
import type { TestHaloflow } from '../support/haloflow.ts';
import { putTrigger, startTestApi } from './intake.ts';
import type { TestApi } from './intake.ts';

const SECRET = 'whk_5f0e2d8c9b7a6f4e';
const DELIVERIES = 150;

let haloflow: TestHaloflow;
let api: TestApi;
let agent: Agent;
/** Accepts connections and never says a word, as a server does that was stopped. */
let frozen: Server;
const sockets = new Set<Socket>();

beforeAll(async () => {
  haloflow = await startHaloflow({ workflows: new URL('workflows', import.meta.url).pathname });
  const common = { type: 'webhook', secret: SECRET, workflow: 'echo' };
  const parameters = {
    wait: false,
    waitSeconds: 60,
    maxBodyBytes: 1_000,
    deliveryKey: { headers: ['idempotency-key'], body: null },
  };
  await putTrigger(haloflow, { ...common, id: 'flooded', parameters });
  await putTrigger(haloflow, { ...common, id: 'asked', parameters: { ...parameters, wait: true } });
  api = await startTestApi(haloflow);
  agent = new Agent({ connections: 200 });
  frozen = createServer((socket) => void sockets.add(socket));
  frozen.listen(0, '127.0.0.1');
  await once(frozen, 'listening');
}, 120_000);
afterAll(async () => {
  await agent.close();
  for (const socket of sockets) socket.destroy();
  frozen.close();
  await api.close();
  await haloflow.close();
});

interface Reply {
  readonly status: number;
  readonly body: { readonly event: number; readonly status: string; readonly result?: unknown };
}

async function post(url: string, trigger: string, key: string): Promise<Reply> {
  const reply = await request(`${url}/webhooks/${trigger}/${SECRET}`, {
    dispatcher: agent,
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify({ key }),
  });
  return { status: reply.statusCode, body: (await reply.body.json()) as Reply['body'] };
}

test('a flood is stored and answered, the worker decides it, and who waits for a result gets it', async () => {
  const flood = Array.from({ length: DELIVERIES }, (_, n) => post(api.url, 'flooded', `flood-${n}`));
  const asked = post(api.url, 'asked', 'who');
  const replies = await Promise.all(flood);
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([202]));
  expect(await asked).toMatchObject({ status: 200, body: { result: { organization: 'northwind' } } });
  const pending = replies.filter(({ body }) => body.status === 'pending');
  expect(pending.length).toBeGreaterThan(0);
  expect(replies.filter(({ body }) => body.status === 'failed')).toEqual([]);

  // What the inbox of the worker does.
  while ((await dispatchEvents(api.parts)).length > 0);
  const { rows } = await haloflow.store.pool.query<{ status: string; runs: number }>(
    `select events.status, count(runs.id)::int as runs from events left join runs on runs.id = events.run
      where events.trigger = 'flooded' group by events.id`,
  );
  expect(rows).toEqual(Array.from({ length: DELIVERIES }, () => ({ status: 'accepted', runs: 1 })));
}, 120_000);

test('a delivery is answered while Temporal stands still, before its run is started', async () => {
  const { port } = frozen.address() as AddressInfo;
  const connection = Connection.lazy({ address: `127.0.0.1:${port}` });
  const starter = { ...haloflow.starter, client: createClient({ connection }), eager: false };
  const tries: string[] = [];
  let trying: ReturnType<typeof dispatchEvents> | undefined;
  const slow = await startTestApi(haloflow, {
    async dispatch(ids) {
      tries.push('begun');
      trying = dispatchEvents({ ...api.parts, starter }, { ids });
      const rows = await trying;
      tries.push('ended');
      return rows;
    },
  });
  const { status, body } = await post(slow.url, 'flooded', 'frozen');
  expect({ status, answer: body.status, tries }).toEqual({
    status: 202,
    answer: 'pending',
    tries: ['begun'],
  });
  expect(await trying).toMatchObject([{ status: 'pending', key: 'webhook/frozen' }]);
  await slow.close();
  await connection.close();
}, 120_000);
