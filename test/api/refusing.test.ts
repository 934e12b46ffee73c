/** Every table that refuses what it is given, and a database without room: what is told, logged and kept then. */
import { pino } from 'pino';
import { request } from 'undici';
import { LOCAL } from '../../access/principal.ts';
import { createToken } from '../../access/tokens.ts';
import { createPoll } from '../../triggers/feeds/poll.ts';
import { dispatchEvents } from '../../triggers/dispatch/dispatch.ts';
import { haloWebhookReconciler } from '../../triggers/webhooks/reconcile.ts';
import { startHaloflow } from '../support/haloflow.ts';
import type { TestHaloflow } from '../support/haloflow.ts';
import { untilTrue } from '../support/polling.ts';
import { putTrigger, startTestApi } from './intake.ts';
import type { TestApi } from './intake.ts';

const SECRET = 'whk_0a1b2c3d4e5f6a7b';
const MARKER = 'Jane-Roe-HIV-positive';
/** What PostgreSQL says, with the row behind it. */
const SAID = 'the test refuses';
const CONNECTION = 'northwind-halo';
/** They are written a little later. */
const NOT_NOTED = 'could not store refused deliveries';

/** Where people's own words belong. */
const THEIR_PLACE = new Set([
  'api_tokens.name',
  'audit_log.after',
  'audit_log.before',
  'connections.client_id',
  'events.payload',
  'ignored_clients.reason',
  'organizations.name',
  'runs.input',
  'triggers.variables',
  'variables.description',
  'variables.value',
]);

interface Reply {
  readonly what: string;
  readonly status: number;
  readonly text: string;
  readonly retryAfter: unknown;
}

let haloflow: TestHaloflow;
let api: TestApi;
let token: string;
let halo: string;
let poll: ReturnType<typeof createPoll>;
const lines: string[] = [];

beforeAll(async () => {
  haloflow = await startHaloflow({ worker: false });
  const { store } = haloflow;
  const log = pino({ level: 'trace' }, { write: (line) => void lines.push(line) });
  api = await startTestApi(haloflow, {}, log);
  poll = createPoll(api.parts);
  ({ text: token } = await createToken(store, LOCAL, { name: 'all', organization: null, role: 'admin' }));
  await putTrigger(haloflow, {
    id: 'alerts',
    type: 'webhook',
    secret: SECRET,
    workflow: 'listAgents',
    parameters: {
      wait: false,
      waitSeconds: 1,
      maxBodyBytes: 1_000,
      deliveryKey: { headers: ['idempotency-key'], body: null },
    },
  });
  const feed = { webhook: true, everySeconds: 60, deliver: 'each', includeOwn: false };
  await putTrigger(haloflow, {
    id: 'news',
    type: 'new-ticket-record',
    connection: CONNECTION,
    runAs: 'client',
    runFor: { allClients: true },
    parameters: { ...feed, projects: false, opportunities: false },
  });
  await haloWebhookReconciler({ ...api.parts, publicUrl: api.url })();
  halo = String((await haloflow.northwind.records('Webhook'))[0]?.['url']);
  await store.pool.query(
    `create function refuse() returns trigger language plpgsql as
      $$ begin raise exception '${SAID}: %', new using detail = new::text, hint = new::text, errcode = tg_argv[0]; end $$;
    create function refuse_all() returns event_trigger language plpgsql as
      $$ begin raise exception '${SAID}' using errcode = '53100'; end $$;`,
  );
});
afterAll(async () => {
  await api.close();
  await haloflow.close();
});

async function tables(): Promise<string[]> {
  const { rows } = await haloflow.store.pool.query<{ name: string }>(
    `select quote_ident(table_name) as name from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
  );
  return rows.map(({ name }) => name);
}

/** Each refuses every row that is new or changed, with this error. */
const refuse = async (names: readonly string[], code: string): Promise<unknown> =>
  await haloflow.store.pool.query(
    names
      .map(
        (name) =>
          `create trigger refuses before insert or update on ${name} for each row execute function refuse('${code}')`,
      )
      .join(';'),
  );
const accept = async (names: readonly string[]): Promise<unknown> =>
  await haloflow.store.pool.query(names.map((name) => `drop trigger refuses on ${name}`).join(';'));

async function send(what: string, url: string, body: unknown, headers: object = {}): Promise<Reply> {
  const [method = '', path = ''] = what.split(' ');
  const reply = await request(url + path, {
    method: method as 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const retryAfter = reply.headers['retry-after'];
  return { what, status: reply.statusCode, text: await reply.body.text(), retryAfter };
}

/** Requests of every kind, with the marker wherever somebody may write something; `n` makes their names new. */
async function sendAll(n: number): Promise<Reply[]> {
  const people: readonly (readonly [string, object])[] = [
    ['POST /organizations', { slug: `org-${n}`, name: MARKER, parent: 'northwind' }],
    ['PATCH /organizations/globex', { name: `${MARKER} ${n}` }],
    [
      'PUT /organizations/globex/variables/note',
      { type: 'text', value: `${MARKER} ${n}`, description: MARKER },
    ],
    ['PUT /organizations/globex/variables/key', { type: 'secret', value: `${MARKER} ${n}` }],
    [
      'POST /connections',
      {
        id: `halo-${n}`,
        organization: 'northwind',
        resourceServer: `https://northwind-${n}.halopsa.com`,
        clientId: MARKER,
        clientSecret: MARKER,
      },
    ],
    [`PUT /connections/${CONNECTION}/mappings/ignored/14`, { reason: `${MARKER} ${n}` }],
    [`PUT /connections/${CONNECTION}/mappings/acme`, { client: n > 1_000 ? 16 : 12 + (n % 2) }],
    ['POST /tokens', { name: `${MARKER} ${n}`, role: 'viewer' }],
    ['PATCH /triggers/alerts', { variables: { note: `${MARKER} ${n}` } }],
    ['POST /triggers/alerts/fire', { record: { note: MARKER } }],
    ['POST /budgets/reset', { host: new URL(haloflow.sandbox.tenants[0]!.baseUrl).host }],
  ];
  const authorization = `Bearer ${token}`;
  const delivery = { 'idempotency-key': `delivery-${n}` };
  const ticket = { id: 900_000 + n, summary: MARKER, client_id: 12, details: MARKER };
  const event = { event: 'New Ticket Logged', object: ticket, ticket };
  return await Promise.all([
    ...people.map(([what, body]) => send(what, `${api.url}/api/v1`, body, { authorization })),
    send(`POST /webhooks/alerts/${SECRET}`, api.url, { patient: MARKER }, delivery),
    send(`POST /webhooks/alerts/${SECRET}`, api.url, MARKER.repeat(100)),
    send(`POST ${new URL(halo).pathname}`, api.url, event),
  ]);
}

/** The tables that this writes to. */
const BEHIND = new Set(['events', 'feeds', 'runs', 'subscriptions', 'trigger_halos', 'budget_grants']);

/** What goes on behind: a poll of the feed, which finds a ticket, and the inbox. */
async function work(): Promise<void> {
  const { pool } = haloflow.store;
  await haloflow.northwind.add('Tickets', { summary: MARKER, details: MARKER, client_id: 12 });
  await pool.query('update feeds set next_poll_at = now()').catch(() => undefined);
  await poll({ connection: CONNECTION, kind: 'tickets' }).catch(() => undefined);
  await pool.query(`update events set due_at = now() where status = 'pending'`).catch(() => undefined);
  await dispatchEvents(api.parts).catch(() => undefined);
}

/** `table.column` of everything that holds the text. */
async function placesOf(text: string): Promise<string[]> {
  const found: string[] = [];
  for (const table of await tables()) {
    const { rows } = await haloflow.store.pool.query<{ column: string }>(
      `select distinct f.name as column from ${table} t, json_each_text(row_to_json(t)) f(name, value) where f.value like $1`,
      [`%${text}%`],
    );
    found.push(...rows.map(({ column }) => `${table}.${column}`));
  }
  return found;
}

describe('whichever table refuses, nobody reads in a reply, a log or another row what was to be written', () => {
  const PARTS = 4;
  const replies: Reply[] = [];
  const refusing = new Set<string>();

  test('while none does, only one request is refused', async () => {
    replies.push(...(await sendAll(0)));
    expect(replies.filter(({ status }) => status >= 400).map(({ what }) => what)).toEqual([
      `POST /webhooks/alerts/${SECRET}`,
    ]);
    await work();
  });

  test.each(Array.from({ length: PARTS }, (_, part) => part + 1))(
    'each table in turn (part %i)',
    async (part) => {
      for (const [n, name] of (await tables()).entries()) {
        if (n % PARTS !== part - 1) continue;
        await refuse([name], n % 3 === 0 ? 'P0001' : '23514');
        const seen = await sendAll(n + 1);
        if (seen.some(({ status }) => status >= 500)) refusing.add(name);
        replies.push(...seen);
        if (BEHIND.has(name)) await work();
        if (name === 'refused_deliveries')
          await untilTrue(() => lines.some((line) => line.includes(NOT_NOTED)));
        await accept([name]);
      }
    },
  );

  test('nothing of it is anywhere else', async () => {
    expect([...refusing]).toEqual(
      expect.arrayContaining(['audit_log', 'events', 'organizations', 'variables']),
    );
    const failed = replies.filter(({ status }) => status >= 500);
    expect(failed.filter(({ text }) => text.includes(MARKER))).toEqual([]);
    expect(
      replies.filter(({ text }) => text.includes(SAID) || /insert into|Failed query/.test(text)),
    ).toEqual([]);
    expect(
      lines.filter((line) => line.includes(MARKER) || line.includes(SAID) || line.includes(SECRET)),
    ).toEqual([]);
    expect(await placesOf(SAID)).toEqual([]);
    expect((await placesOf(MARKER)).filter((place) => !THEIR_PLACE.has(place))).toEqual([]);
  });
});

test('without room every change is a 503 that says when to come again, /readyz says so, and then all is well', async () => {
  const ready = async (): Promise<Reply> => {
    const reply = await request(`${api.url}/readyz`);
    return { what: '', status: reply.statusCode, text: await reply.body.text(), retryAfter: null };
  };
  const names = await tables();
  await refuse(names, '53100');
  await haloflow.store.pool.query(
    'create event trigger no_room on ddl_command_start execute function refuse_all()',
  );
  const replies = await sendAll(1_001);
  // An answer beside those: the one that is too large, and what writes nothing.
  expect(replies.map(({ status }) => status).filter((status) => status !== 413)).toEqual(
    Array<number>(replies.length - 1).fill(503),
  );
  for (const { status, retryAfter, text } of replies) {
    if (status === 503) expect([retryAfter, JSON.parse(text)]).toMatchObject(['5', { code: 'Unavailable' }]);
  }
  await untilTrue(async () => (await ready()).status === 503);
  expect(JSON.parse((await ready()).text)).toMatchObject({
    status: 'unavailable',
    dependencies: { postgres: 'unavailable', temporal: 'ok' },
  });

  await haloflow.store.pool.query('drop event trigger no_room');
  await accept(names);
  await untilTrue(async () => (await ready()).status === 200);
  expect((await sendAll(1_001)).map(({ status }) => status).filter((status) => status >= 400)).toEqual([413]);
  const { rows } = await haloflow.store.pool.query(
    `select count(*)::int as count from events where key = 'webhook/delivery-1001'`,
  );
  expect(rows).toEqual([{ count: 1 }]);
});
