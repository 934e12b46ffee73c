/** Halo's own webhooks, from a change in the sandbox to the run that it starts. */
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { request } from 'undici';
import { dispatchEvents } from '../../triggers/dispatch/dispatch.ts';
import { releaseHeld } from '../../triggers/dispatch/hold.ts';
import { createPoll } from '../../triggers/feeds/poll.ts';
import { haloWebhookReconciler } from '../../triggers/webhooks/reconcile.ts';
import { startHaloflow } from '../support/haloflow.ts';
import type { TestHaloflow } from '../support/haloflow.ts';
import { untilTrue } from '../support/polling.ts';
import { putTrigger, startTestApi } from './intake.ts';
import type { TestApi } from './intake.ts';

const CONNECTION = 'northwind-halo';
/** Of the sandbox: mapped to the organization `acme`. */
const ACME = 12;

type Row = Record<string, unknown>;

let haloflow: TestHaloflow;
let api: TestApi;
let url: string;

beforeAll(async () => {
  haloflow = await startHaloflow({ workflows: new URL('workflows', import.meta.url).pathname });
  api = await startTestApi(haloflow);
});
beforeEach(async () => {
  await haloflow.northwind.reset();
  await haloflow.store.pool.query('delete from halo_webhooks');
  await haloflow.store.pool.query('delete from events');
  await haloflow.reconfigure('delete from triggers');
});
afterAll(async () => {
  await api.close();
  await haloflow.close();
});

const listen = (id: string, events: readonly string[], more: object = {}): Promise<void> =>
  putTrigger(haloflow, {
    id,
    type: 'halo-event',
    connection: CONNECTION,
    workflow: 'echo',
    runAs: 'client',
    runFor: { allClients: true },
    parameters: { events, includeOwn: false },
    ...more,
  });

const news = (id: string, parameters: object = {}): Promise<void> =>
  putTrigger(haloflow, {
    id,
    type: 'new-ticket-record',
    connection: CONNECTION,
    workflow: 'echo',
    runAs: 'client',
    runFor: { allClients: true },
    parameters: {
      webhook: true,
      deliver: 'each',
      includeOwn: false,
      projects: false,
      opportunities: false,
      ...parameters,
    },
  });

/** Has haloflow set its webhook up, and finds out where it is. */
async function setUp(): Promise<void> {
  await haloWebhookReconciler({ ...api.parts, publicUrl: api.url })();
  url = String((await haloflow.northwind.records('Webhook'))[0]?.['url']);
}

const events = async (trigger: string): Promise<Row[]> =>
  (await haloflow.store.pool.query('select * from events where trigger = $1 order by id', [trigger]))
    .rows as Row[];

/** The trigger's events, once there are so many and a moment later, and all of them decided. */
async function decided(trigger: string, count: number): Promise<Row[]> {
  await untilTrue(async () => (await events(trigger)).length >= count);
  await sleep(100);
  await dispatchEvents(api.parts);
  return await events(trigger);
}

const resultOf = async (row: Row | undefined): Promise<{ event: Row; organization: string }> =>
  (await haloflow.starter.client.workflow.getHandle(String(row?.['workflow_id'])).result()) as {
    event: Row;
    organization: string;
  };

async function deliver(body: unknown, query = ''): Promise<{ status: number; body: Row }> {
  const reply = await request(`${url}${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: reply.statusCode, body: (await reply.body.json()) as Row };
}

test('a change in Halo starts one run for the client that it is about, with the ticket in full', async () => {
  await listen('status', ['Ticket Status Changed']);
  await listen('closed', ['Ticket Closed']);
  await setUp();
  const { id } = await haloflow.northwind.add('Tickets', { summary: 'slow', client_id: ACME });
  await haloflow.northwind.add('Tickets', { id, status_id: 2 });
  const [row, ...more] = await decided('status', 1);
  expect(more).toEqual([]);
  expect(row).toMatchObject({ status: 'accepted', source: 'halo', organization: 'acme', record: id });
  expect(row?.['key']).toMatch(/^halo\/[0-9a-f-]{36}$/);
  const { event, organization } = await resultOf(row);
  expect(organization).toBe('acme');
  expect(event).toMatchObject({
    event: 'Ticket Status Changed',
    object_id: id,
    organization: 'acme',
    ticket: { id, summary: 'slow', status_id: 2 },
  });
  expect(await events('closed')).toEqual([]);
  const { rows } = await haloflow.store.pool.query('select received_at from halo_webhooks');
  expect(rows).toEqual([{ received_at: expect.any(Date) }]);
});

test.each<[string, number]>([
  ['small', 1],
  ['event only', 2],
])('a payload that is %s is completed from Halo before criteria and run', async (_form, payload_type) => {
  await listen('closed', ['Ticket Closed', 'Site updated']);
  await setUp();
  const [webhook] = await haloflow.northwind.records('Webhook');
  await haloflow.northwind.add('Webhook', { id: webhook?.['id'], payload_type });
  const { id } = await haloflow.northwind.add('Tickets', { summary: 'done', client_id: ACME });
  await haloflow.northwind.add('Tickets', { id, status_id: 9 });
  const [row] = await decided('closed', 1);
  expect(row).toMatchObject({ status: 'accepted', organization: 'acme' });
  const { event } = await resultOf(row);
  expect(event).toMatchObject({ ticket: { id, summary: 'done', status_id: 9, client_id: ACME } });
  expect(event).not.toHaveProperty('partial');
});

test('the template of a runbook, with values as Halo puts them in, is understood and completed', async () => {
  await listen('status', ['Ticket Status Changed']);
  await setUp();
  const summary = 'says "out of paper", {again}';
  const { id } = await haloflow.northwind.add('Tickets', { summary, client_id: ACME });
  const template = `{
    "ticket" : {
        "status" : {
            "id" : 2,
            "name" : In Progress
        },
        "id" : ${String(id)},
        "summary" : ${summary},
        "dateclosed" : ,
        "client_name" : Acme
    }
}`;
  const { status, body } = await deliver(template);
  expect({ status, body }).toEqual({ status: 202, body: { events: [expect.any(Number)], ignored: [] } });
  const [row] = await decided('status', 1);
  const { event } = await resultOf(row);
  expect(event).toMatchObject({
    event: 'Ticket Status Changed',
    ticket: { id, summary, client_id: ACME, status: { id: 2, name: 'In Progress' } },
  });
  // The same again is the same delivery; another state is another one.
  expect((await deliver(template)).body['events']).toEqual(body['events']);
  expect((await deliver(template.replace('In Progress', 'On Hold'))).body['events']).not.toEqual(
    body['events'],
  );
});

test('what is delivered while its connection is disabled waits, and nothing is asked of its Halo', async () => {
  const enable = (enabled: boolean): Promise<void> =>
    haloflow.reconfigure(`update connections set enabled = $1 where id = '${CONNECTION}'`, [enabled]);
  await listen('status', ['Ticket Status Changed']);
  await news('fresh');
  await setUp();
  await enable(false);
  try {
    await haloflow.northwind.clearRequests();
    await haloWebhookReconciler({ ...api.parts, publicUrl: api.url })();
    const { id } = await haloflow.northwind.add('Tickets', { summary: 'slow', client_id: ACME });
    await haloflow.northwind.add('Tickets', { id, status_id: 2 });
    const reason = expect.stringContaining(`haloflow connections enable ${CONNECTION}`) as string;
    expect(await decided('status', 1)).toMatchObject([
      { record: id, status: 'pending', reason, attempts: 0 },
    ]);
    // The poll finds these.
    expect(await events('fresh')).toEqual([]);
    expect(await haloflow.northwind.requests()).toEqual([]);
  } finally {
    await enable(true);
  }
  await releaseHeld(haloflow.store, await haloflow.configuration());
  expect(await decided('status', 1)).toMatchObject([{ status: 'accepted', reason: null }]);
});

test('a ticket that is gone is handed on as it was sent', async () => {
  await listen('deleted', ['Ticket Deleted', 'Ticket Changed']);
  await setUp();
  const sent = {
    id: 'd-1',
    event: 'Ticket Changed',
    object_id: 999_999,
    ticket: { id: 999_999, client_id: ACME },
  };
  expect((await deliver(sent)).status).toBe(202);
  const [row] = await decided('deleted', 1);
  expect((await resultOf(row)).event).toMatchObject({
    partial: true,
    ticket: { id: 999_999, client_id: ACME },
  });
});

test('a delivery that comes twice, or at the same moment, and a batch, start each run once', async () => {
  await listen('all', ['Ticket Changed']);
  await listen('too', ['Ticket Changed']);
  await setUp();
  const { id } = await haloflow.northwind.add('Tickets', { summary: 'x', client_id: ACME });
  const one = { id: 'd-1', event: 'Ticket Changed', object_id: id, ticket: { id } };
  const replies = await Promise.all([deliver(one), deliver(one), deliver([one, { ...one, id: 'd-2' }])]);
  expect(replies.map(({ status }) => status)).toEqual([202, 202, 202]);
  for (const trigger of ['all', 'too']) {
    expect((await decided(trigger, 2)).map(({ key, status }) => [key, status])).toEqual(
      expect.arrayContaining([
        ['halo/d-1', 'accepted'],
        ['halo/d-2', 'accepted'],
      ]),
    );
    expect(await events(trigger)).toHaveLength(2);
  }
});

describe('a new ticket', () => {
  const poll = (trigger: string, baseline: number): Promise<unknown> =>
    haloflow.store.pool.query(
      `insert into subscriptions (trigger, connection, kind, baseline, enabled_at)
         select id, $2, 'tickets', $3, enabled_at from triggers where id = $1`,
      [trigger, CONNECTION, baseline],
    );

  test('has the key of the poll, and is read in full by the dispatch', async () => {
    await news('triage');
    await news('slow', { webhook: false });
    await poll('triage', 1000);
    await setUp();
    const { id } = await haloflow.northwind.add('Tickets', { summary: 'new', client_id: ACME });
    const [row] = await decided('triage', 1);
    expect(row).toMatchObject({
      key: `tickets/${String(id)}`,
      kind: 'tickets',
      record: id,
      status: 'accepted',
      organization: 'acme',
    });
    expect((await resultOf(row)).event).toMatchObject({
      ticket: { id, summary: 'new', details: expect.anything() },
    });
    expect(await events('slow')).toEqual([]);
  });

  test('is polled as well, and runs once, whichever of the two heard of it, or both at the same moment', async () => {
    const { northwind, store } = haloflow;
    await store.pool.query('truncate feeds, subscriptions');
    const look = createPoll(api.parts);
    const polled = async (): Promise<void> => {
      await store.pool.query('update feeds set next_poll_at = now()');
      await look({ connection: CONNECTION, kind: 'tickets' });
    };
    const ticket = async (summary: string): Promise<unknown> =>
      (await northwind.add('Tickets', { summary, client_id: ACME }))['id'];
    await news('triage', { everySeconds: 10 });
    await polled();
    await setUp();

    const heard = await ticket('heard');
    await decided('triage', 1);
    const [webhook] = await northwind.records('Webhook');
    await northwind.add('Webhook', { id: webhook?.['id'], active: false });
    const lost = await ticket('lost');
    await northwind.add('Webhook', { id: webhook?.['id'], active: true });
    const [both] = await Promise.all([ticket('both'), polled(), polled()]);
    await polled();

    const rows = await decided('triage', 3);
    expect(rows.map(({ record, source, status }) => [record, source, status])).toEqual(
      expect.arrayContaining([
        [heard, 'halo', 'accepted'],
        [lost, 'poll', 'accepted'],
        [both, expect.stringMatching(/^(halo|poll)$/), 'accepted'],
      ]),
    );
    expect(rows).toHaveLength(3);
    const runs = await store.pool.query('select event from runs where event = any($1) order by event', [
      rows.map(({ id }) => id),
    ]);
    expect(runs.rows.map((row: Row) => row['event'])).toEqual(rows.map(({ id }) => id));
  });

  test('that the trigger has its baseline after is left alone', async () => {
    await news('triage');
    await setUp();
    await poll('triage', 1_000_000);
    await haloflow.northwind.add('Tickets', {
      summary: 'old',
      client_id: ACME,
      dateoccurred: '2020-01-01T00:00:00',
    });
    await decided(`halo/${CONNECTION}`, 1);
    expect(await events('triage')).toEqual([]);
  });

  test('that is a project concerns triggers on projects only', async () => {
    await news('triage');
    await news('projects', { projects: true });
    await setUp();
    const types = await haloflow.northwind.records('TicketType', { use: 'prjs' });
    const { id } = await haloflow.northwind.add('Tickets', {
      summary: 'move',
      client_id: ACME,
      tickettype_id: types[0]?.['id'],
    });
    const [row] = await decided('projects', 1);
    expect(row).toMatchObject({ key: `projects/${String(id)}`, kind: 'projects' });
    expect(await events('triage')).toEqual([]);
  });
});

describe('what is refused, or concerns nobody', () => {
  const refused = async (path: string): Promise<[number, Row]> => {
    const reply = await request(`${api.url}/halo/${path}`, { method: 'POST', body: '{}' });
    return [reply.statusCode, (await reply.body.json()) as Row];
  };

  test('a wrong secret and an unknown connection get the same answer', async () => {
    await listen('status', ['Ticket Status Changed']);
    await setUp();
    const wrong = await refused(`${CONNECTION}/wrong`);
    expect(wrong).toEqual([401, expect.objectContaining({ status: 401, code: 'UnauthenticatedError' })]);
    expect(await refused(`nobody/${url.split('/').at(-1) ?? ''}`)).toEqual(wrong);
    expect(await refused(CONNECTION)).toEqual(wrong);
    expect(await refused('globex-halo/wrong')).toEqual(wrong);
  });

  test.each(['', 'nonsense', '{"x":1}', '[]', '{"ticket":'])('a body like %j', async (body) => {
    await listen('status', ['Ticket Status Changed']);
    await setUp();
    const reply = await deliver(body);
    expect(reply.status).toBe(400);
    expect(reply.body['detail']).toMatch(/^the body /);
    expect(await events('status')).toEqual([]);
  });

  test('a body that is packed', async () => {
    await listen('status', ['Ticket Status Changed']);
    await setUp();
    const reply = await request(url, {
      method: 'POST',
      headers: { 'content-encoding': 'gzip' },
      body: gzipSync('{}'),
    });
    expect(reply.statusCode).toBe(415);
    expect(await reply.body.json()).toMatchObject({ detail: expect.stringContaining('gzip') as string });
  });

  test('a body beyond reason', async () => {
    await listen('status', ['Ticket Status Changed']);
    await setUp();
    expect((await deliver(`"${'x'.repeat(5_100_000)}"`)).status).toBe(413);
  });

  test('an event that nobody listens to is answered, and seen among the events, once a day', async () => {
    await listen('status', ['Ticket Status Changed']);
    await listen('off', ['Ticket Closed'], { enabled: false });
    await setUp();
    const told = {
      events: [],
      ignored: [{ event: 'Ticket Closed', reason: expect.stringContaining('no enabled trigger') }],
    };
    const body = { id: 'd-9', event: 'Ticket Closed', object_id: 4 };
    expect(await deliver(body)).toEqual({ status: 202, body: told });
    expect(await deliver({ ...body, id: 'd-10' })).toEqual({ status: 202, body: told });
    expect((await deliver({ ...body, event: 'Moon Risen' })).status).toBe(202);
    await dispatchEvents(api.parts);
    expect(await events(`halo/${CONNECTION}`)).toEqual([
      expect.objectContaining({
        status: 'filtered',
        reason: expect.stringMatching(/^Ticket Closed: no enabled/),
      }),
      expect.objectContaining({
        status: 'filtered',
        reason: expect.stringMatching(/^Moon Risen: no enabled/),
      }),
    ]);
    expect(await events('off')).toEqual([]);
  });

  test('a client without a mapping fails visibly', async () => {
    await listen('status', ['Ticket Status Changed']);
    await setUp();
    const { id } = await haloflow.northwind.add('Tickets', { summary: 'x', client_id: 14 });
    await haloflow.northwind.add('Tickets', { id, status_id: 2 });
    expect(await decided('status', 1)).toEqual([
      expect.objectContaining({ status: 'failed', reason: 'unmapped client 14' }),
    ]);
  });
});
