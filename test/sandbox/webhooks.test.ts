import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { untilTrue } from '../support/polling.ts';
import { openSandbox, type Json, type Opened, type Session } from './session.ts';

interface Delivery {
  readonly authorization: string | undefined;
  readonly payload: Json;
  /** The body as it came. */
  readonly text: string;
}

let halo: Opened;
let caller: Session;
let receiver: Server;
let url: string;
let deliveries: Delivery[] = [];
let status = 200;

function jsonOf(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return {};
  }
}

beforeAll(async () => {
  receiver = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
      const text = Buffer.concat(chunks).toString('utf8');
      deliveries.push({ authorization: request.headers.authorization, payload: jsonOf(text), text });
      response.writeHead(status).end('received');
    })();
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  halo = await openSandbox();
});
beforeEach(async () => {
  await halo.control.reset();
  caller = await halo.login();
  deliveries = [];
  status = 200;
});
afterAll(async () => {
  await halo.close();
  receiver.close();
  receiver.closeAllConnections();
});

/** The number of an event as the tenant's lookup has it. */
const numberOf = async (name: string): Promise<number> => {
  const rows = (await caller.get('Lookup?lookupid=64')).array();
  return Number(rows.find((row) => row['name'] === name)?.['id']);
};

const subscribe = async (eventno: number | string, hook: Json = {}): Promise<string> => {
  const webhook = (
    await caller.post('Webhook', [{ name: `Hook ${String(eventno)}`, url, ...hook }])
  ).object();
  const binding = {
    webhook_id: webhook['id'],
    type: -2,
    delivery_method: 6,
    eventno: String(eventno),
    filter_type: 2,
    conditions: [],
  };
  expect((await caller.post('Notification', [binding])).status).toBe(201);
  return String(webhook['id']);
};

const until = async (count: number): Promise<Delivery[]> => {
  await untilTrue(() => deliveries.length >= count);
  // Long enough for one too many to arrive as well.
  await new Promise((resolve) => setTimeout(resolve, 50));
  return deliveries;
};

const events = async (): Promise<Json[]> => (await caller.get('WebhookEvent')).rows('events');

test('a new ticket is delivered, whoever wrote it, and the delivery is on record', async () => {
  const webhook = await subscribe('3');
  const ticket = await halo.control.add('Tickets', { summary: 'typed in', client_id: 12 });
  const [delivery, ...more] = await until(1);
  expect(more).toEqual([]);
  expect(delivery?.payload).toMatchObject({
    event: 'New Ticket Logged',
    webhook_id: webhook,
    object_id: ticket['id'],
    ticket: { id: ticket['id'], summary: 'typed in', client_name: 'Acme', status_name: 'New' },
  });
  const [event] = await events();
  expect(event).toMatchObject({
    webhook_id: webhook,
    responsestatus: 200,
    error: false,
    entity_id: ticket['id'],
  });
  const full = (await caller.get(`WebhookEvent/${String(event?.['id'])}`)).object();
  expect(JSON.parse(String(full['requestbody']))).toEqual(delivery?.payload);
  expect(full['responsebody']).toBe('received');
  expect((await caller.get(`Webhook/${webhook}`)).object()).toMatchObject({
    last_status: 200,
    events: [{ id: 3, name: 'New Ticket Logged' }],
  });
});

test.each<[number, string, (id: unknown) => Promise<unknown>]>([
  [76, 'Ticket Status Changed', (id) => caller.post('Tickets', [{ id, status_id: 2 }])],
  [
    76,
    'Ticket Status Changed',
    (id) => caller.post('Actions', [{ ticket_id: id, outcome_id: 7, new_status: 2 }]),
  ],
  [39, 'Ticket Closed', (id) => caller.post('Tickets', [{ id, status_id: 9 }])],
  [39, 'Ticket Closed', (id) => caller.post('Actions', [{ ticket_id: id, outcome_id: 7, new_status: 9 }])],
  [1072, 'Ticket Deleted', (id) => caller.remove(`Tickets/${String(id)}`)],
])('event %d, %s, is delivered once when it happens and only then', async (eventno, name, act) => {
  await subscribe(eventno);
  const ticket = (await caller.post('Tickets', [{ summary: 'x' }])).object();
  await caller.post('Tickets', [{ id: ticket['id'], summary: 'y' }]);
  await caller.post('Actions', [{ ticket_id: ticket['id'], outcome_id: 7, note: 'n' }]);
  await act(ticket['id']);
  const received = await until(1);
  expect(received.map(({ payload }) => [payload['event'], payload['object_id']])).toEqual([
    [name, ticket['id']],
  ]);
});

test('a refused write delivers nothing', async () => {
  await subscribe(3);
  await halo.control.settings({ keepEarlierOnBadElement: false });
  expect((await caller.post('Tickets', [{ summary: 'x' }, { summary: 'y', client_id: 'z' }])).status).toBe(
    400,
  );
  expect(await until(0)).toEqual([]);
});

test('Basic credentials are sent', async () => {
  await subscribe(3, { authentication_type: 1, basic_username: 'u', basic_password: 'p' });
  await halo.control.add('Tickets', { summary: 'x' });
  expect((await until(1))[0]?.authorization).toBe(`Basic ${Buffer.from('u:p').toString('base64')}`);
});

test('a failed delivery is recorded and not repeated', async () => {
  status = 503;
  await subscribe(3);
  await halo.control.add('Tickets', { summary: 'x' });
  expect(await until(1)).toHaveLength(1);
  expect(await events()).toEqual([expect.objectContaining({ responsestatus: 503, error: true })]);
});

test('an inactive webhook, and one beyond this machine, is not called', async () => {
  await subscribe(3, { active: false });
  await subscribe(3, { name: 'Far', url: 'http://192.0.2.1/hook' });
  await halo.control.add('Tickets', { summary: 'x' });
  expect(await until(0)).toEqual([]);
  const [event] = (await halo.control.records('WebhookEvent')) as [Json];
  expect(event).toMatchObject({
    responsestatus: 0,
    responsebody: 'the sandbox calls loopback addresses only',
  });
});

test('deleting a webhook unbinds it', async () => {
  const webhook = await subscribe(3);
  expect((await caller.remove(`Webhook/${webhook}`)).status).toBe(200);
  expect((await caller.get('Notification')).array()).toEqual([]);
  await halo.control.add('Tickets', { summary: 'x' });
  expect(await until(0)).toEqual([]);
});

test('a change of a ticket, by itself or by an action, is delivered as such', async () => {
  await subscribe(await numberOf('Ticket Changed'));
  const ticket = (await caller.post('Tickets', [{ summary: 'x' }])).object();
  await caller.post('Tickets', [{ id: ticket['id'], summary: 'y' }]);
  await caller.post('Actions', [{ ticket_id: ticket['id'], outcome_id: 7, note: 'n' }]);
  const received = await until(2);
  expect(received.map(({ payload }) => [payload['event'], payload['object_id']])).toEqual([
    ['Ticket Changed', ticket['id']],
    ['Ticket Changed', ticket['id']],
  ]);
  const notes = received.map(({ payload }) => (payload['action'] as Json | undefined)?.['note']);
  expect(new Set(notes)).toEqual(new Set(['n', undefined]));
});

test.each<[string, string, Json]>([
  ['Site', 'Site', { name: 'Harbour', client_id: 12 }],
  ['User', 'Users', { name: 'Nora Quist', client_id: 12 }],
  ['Invoice', 'Invoice', { client_id: 12 }],
])('%s created, updated and deleted are delivered with the record', async (name, route, record) => {
  const events = ['created', 'updated', 'deleted'].map((what) => `${name} ${what}`);
  for (const event of events) await subscribe(await numberOf(event));
  const { id } = (await caller.post(route, [record])).object();
  await caller.post(route, [{ id, ref: 'changed' }]);
  await caller.remove(`${route}/${String(id)}`);
  const received = await until(3);
  expect(new Set(received.map(({ payload }) => payload['event']))).toEqual(new Set(events));
  for (const { payload } of received) {
    expect(payload['object_id']).toBe(id);
    expect(payload[name.toLowerCase()]).toMatchObject({ id, client_name: 'Acme' });
  }
});

test('a payload may be small, or the event only', async () => {
  await subscribe(3, { payload_type: 1 });
  await subscribe(3, { name: 'Event only', payload_type: 2 });
  const { id } = await halo.control.add('Tickets', { summary: 'x' });
  const tickets = (await until(2)).map(({ payload }) => payload['ticket']);
  expect(tickets).toEqual(expect.arrayContaining([{ id }, undefined]));
});

test('a template is filled with values as they are, without quotes', async () => {
  const template = `{ "ticket" : {
    "status" : { "id" : <<ticket^status^id>>, "name" : <<ticket^status^name>> },
    "summary" : <<ticket^summary>>,
    "none" : <<ticket^nothing>>
  } }`;
  await subscribe(3, { payload_type: 3, custom_payload: template });
  await halo.control.add('Tickets', { summary: 'says "no",\nagain' });
  expect((await until(1))[0]?.text).toBe(`{ "ticket" : {
    "status" : { "id" : 1, "name" : New },
    "summary" : says "no",
again,
    "none" : 
  } }`);
});
