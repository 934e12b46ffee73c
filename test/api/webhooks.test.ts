/** Webhook triggers, called over HTTP. */
import { request } from 'undici';
import type { RunningApi } from '../../api/server.ts';
import { startHaloflow } from '../support/haloflow.ts';
import type { TestHaloflow } from '../support/haloflow.ts';
import { putTrigger, startTestApi } from './intake.ts';

const SECRET = 'whk_5f0e2d8c9b7a6f4e';
const PARAMETERS = { wait: false, waitSeconds: 5, maxBodyBytes: 1_000, deliveryKey: { headers: ['idempotency-key'], body: 'id' } };

let haloflow: TestHaloflow;
let api: RunningApi;

beforeAll(async () => {
  haloflow = await startHaloflow();
  await putTrigger(haloflow, { id: 'alerts', type: 'webhook', secret: SECRET, parameters: PARAMETERS });
  api = await startTestApi(haloflow, {
    dispatch: async (ids) => {
      await haloflow.store.pool.query("update events set status = 'filtered' where id = any($1)", [ids]);
    },
  });
});
afterAll(async () => {
  await api.close();
  await haloflow.close();
});

test('a POST to the URL of a webhook trigger is stored as an event', async () => {
  const reply = await request(`${api.url}/webhooks/alerts/${SECRET}?site=berlin`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Basic xyz', 'x-source': 'probe' },
    body: JSON.stringify({ alert: 4711 }),
  });
  expect(reply.statusCode).toBe(202);
  const answer = (await reply.body.json()) as { event: number };
  const { rows } = await haloflow.store.pool.query('select * from events where id = $1', [answer.event]);
  expect(rows).toEqual([
    expect.objectContaining({
      trigger: 'alerts',
      source: 'webhook',
      payload: {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-source': 'probe' },
        query: { site: 'berlin' },
        body: { alert: 4711 },
      },
    }),
  ]);
});
