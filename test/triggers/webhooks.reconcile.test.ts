/** Halo's webhooks as haloflow makes, repairs and removes them, on the sandbox. */
import { haloWebhookReconciler } from '../../triggers/webhooks/reconcile.ts';
import { putTrigger, startTestApi } from '../api/intake.ts';
import type { TestApi } from '../api/intake.ts';
import { startHaloflow } from '../support/haloflow.ts';
import type { TestHaloflow } from '../support/haloflow.ts';

const CONNECTION = 'northwind-halo';

let haloflow: TestHaloflow;
let api: TestApi;
let publicUrl: string;

beforeAll(async () => {
  haloflow = await startHaloflow({ worker: false });
  api = await startTestApi(haloflow);
});
beforeEach(async () => {
  await haloflow.northwind.reset();
  await haloflow.store.pool.query('delete from halo_webhooks');
  await haloflow.reconfigure('delete from triggers');
  publicUrl = api.url;
});
afterAll(async () => {
  await api.close();
  await haloflow.close();
});

/** A process that has just started; each call of it is one pass. */
const reconciler = (): (() => Promise<void>) => haloWebhookReconciler({ ...api.parts, publicUrl });

const listen = (events: readonly string[], more: object = {}): Promise<void> =>
  putTrigger(haloflow, {
    id: 'changes',
    type: 'halo-event',
    connection: CONNECTION,
    parameters: { events, includeOwn: false },
    ...more,
  });

const webhooks = () => haloflow.northwind.records('Webhook');
const notifications = () => haloflow.northwind.records('Notification');
const boundEvents = async (): Promise<number[]> =>
  (await notifications()).map(({ eventno }) => Number(eventno)).toSorted((one, other) => one - other);
const row = async (connection = CONNECTION): Promise<Record<string, unknown>> =>
  (await haloflow.store.pool.query('select * from halo_webhooks where connection = $1', [connection]))
    .rows[0] as Record<string, unknown>;
const requests = async (): Promise<string[]> =>
  (await haloflow.northwind.requests())
    .filter(({ path }) => path.startsWith('/api/'))
    .map(({ method, path }) => `${method} ${path}`);

test('a webhook is made with one notification for each event, and a quiet look is one request', async () => {
  await listen(['Ticket Status Changed', 'Site created']);
  await putTrigger(haloflow, {
    id: 'news',
    type: 'new-ticket-record',
    connection: CONNECTION,
    parameters: { webhook: true, deliver: 'each', projects: false, opportunities: false },
  });
  await reconciler()();
  const [webhook, ...others] = await webhooks();
  expect(others).toEqual([]);
  expect(webhook).toMatchObject({
    name: expect.stringMatching(/^haloflow northwind-halo [0-9a-f]{8}$/),
    url: expect.stringMatching(new RegExp(`^${api.url}/halo/northwind-halo/[\\w-]{43}$`)),
    type: 0,
    method: 0,
    active: true,
  });
  expect(await boundEvents()).toEqual([3, 76, 1310]);
  expect(await row()).toMatchObject({
    webhook: webhook?.['id'],
    events: [3, 76, 1310],
    error: null,
    repairs: 0,
  });

  const pass = reconciler();
  await haloflow.northwind.clearRequests();
  await pass();
  expect(await requests()).toEqual(['GET /api/Webhook', 'GET /api/Lookup']);
  await haloflow.northwind.clearRequests();
  await pass();
  expect(await requests()).toEqual([]);
  expect(await row('globex-halo')).toBeUndefined();
});

test('a list beyond reason is an error by name, and is read again once it is smaller', async () => {
  const { northwind } = haloflow;
  await listen(['Ticket Closed']);
  const url = 'https://elsewhere.example.com/x';
  for (const name of ['a', 'b', 'c']) await northwind.add('Webhook', { name: name.repeat(800_000), url });
  const pass = reconciler();
  await pass();
  expect(await row()).toMatchObject({
    webhook: null,
    error: expect.stringMatching(/^HaloServerError: GET \/Webhook .* larger than 2097152 bytes/),
  });
  await northwind.reset();
  await pass();
  expect(await row()).toMatchObject({ webhook: (await webhooks())[0]?.['id'], error: null });
});

test('nothing is made where nobody listens', async () => {
  await listen(['Ticket Closed'], { enabled: false });
  await haloflow.northwind.clearRequests();
  await reconciler()();
  expect(await requests()).toEqual([]);
});

test.each<[string, () => Promise<void>]>([
  [
    'was switched off',
    async () =>
      void (await haloflow.northwind.add('Webhook', { id: (await row())['webhook'], active: false })),
  ],
  [
    'points elsewhere',
    async () =>
      void (await haloflow.northwind.add('Webhook', {
        id: (await row())['webhook'],
        url: 'https://elsewhere.example.com/x',
      })),
  ],
  ['has vanished', () => haloflow.northwind.reset()],
])('a webhook that %s is repaired', async (_what, harm) => {
  await listen(['Ticket Closed']);
  await reconciler()();
  const { url } = (await webhooks())[0] as { url: string };
  await harm();
  await reconciler()();
  expect(await webhooks()).toEqual([expect.objectContaining({ url, active: true })]);
  expect(await boundEvents()).toEqual([39]);
  expect(await row()).toMatchObject({ error: null, repairs: 1, webhook: (await webhooks())[0]?.['id'] });
});

test('a public address that changed is told to Halo', async () => {
  await listen(['Ticket Closed']);
  await reconciler()();
  publicUrl = api.url.replace('127.0.0.1', 'localhost');
  await reconciler()();
  expect(await webhooks()).toEqual([
    expect.objectContaining({ url: expect.stringMatching(/^http:\/\/localhost:/) }),
  ]);
});

test('events are bound and unbound as triggers change, within one process', async () => {
  const pass = reconciler();
  await listen(['Ticket Closed', 'Ticket Changed']);
  await pass();
  expect(await boundEvents()).toEqual([39, 1204]);
  await listen(['Ticket Closed', 'User deleted']);
  await pass();
  expect(await boundEvents()).toEqual([39, 1322]);
  expect((await row())['events']).toEqual([39, 1322]);
});

test('a binding that a person removed comes back, and a doubled one goes', async () => {
  await listen(['Ticket Closed', 'Ticket Deleted']);
  await reconciler()();
  const webhook = (await row())['webhook'];
  await haloflow.northwind.add('Notification', { webhook_id: webhook, eventno: 39 });
  await reconciler()();
  expect(await boundEvents()).toEqual([39, 1072]);
});

test('the webhook goes when nobody needs it any more; what people have made stays', async () => {
  await haloflow.northwind.add('Webhook', { name: 'Dashboard', url: 'https://dash.example.com/hook' });
  const pass = reconciler();
  await listen(['Ticket Closed']);
  await pass();
  await haloflow.reconfigure('delete from triggers');
  await pass();
  expect((await webhooks()).map(({ name }) => name)).toEqual(['Dashboard']);
  expect(await notifications()).toEqual([]);
  expect(await row()).toMatchObject({ webhook: null, events: [], error: null });
});

test('a lost reply leaves one webhook and one notification all the same', async () => {
  await listen(['Ticket Closed']);
  await haloflow.northwind.fault({ kind: 'drop-after', match: { path: '/Webhook', method: 'POST' } });
  const pass = reconciler();
  await pass();
  expect((await row())['error']).toMatch(/Halo/);
  await haloflow.northwind.fault({ kind: 'drop-after', match: { path: '/Notification', method: 'POST' } });
  await pass();
  await pass();
  expect(await webhooks()).toHaveLength(1);
  expect(await boundEvents()).toEqual([39]);
  expect(await row()).toMatchObject({ error: null, repairs: 0 });
});

test('a missing scope is named, on its row only', async () => {
  await haloflow.northwind.settings({ scopes: 'all:standard read:tickets' });
  await haloflow.northwind.fault({ kind: 'expire-tokens' });
  await listen(['Ticket Closed']);
  await putTrigger(haloflow, {
    id: 'other',
    type: 'halo-event',
    organization: 'globex',
    connection: 'globex-halo',
    parameters: { events: ['Ticket Closed'] },
  });
  await reconciler()();
  expect((await row())['error']).toContain('needs the scope admin:webhooks');
  expect(await row('globex-halo')).toMatchObject({ error: null, events: [39] });
});

test('an address that Halo cannot reach is said and not set up', async () => {
  await haloflow.reconfigure(
    "update connections set resource_server = 'https://northwind.example.com' where id = $1",
    [CONNECTION],
  );
  await listen(['Ticket Closed']);
  await reconciler()();
  expect((await row())['error']).toContain('set HALOFLOW_PUBLIC_URL');
  const [tenant] = haloflow.sandbox.tenants;
  await haloflow.reconfigure('update connections set resource_server = $2 where id = $1', [
    CONNECTION,
    tenant?.baseUrl,
  ]);
});
