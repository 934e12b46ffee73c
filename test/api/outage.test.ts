/** The API while Postgres is away: short absences are waited out, longer ones are told, and nothing is lost in silence. */
import { createServer, connect } from 'node:net';
import type { Server, Socket } from 'node:net';
import { EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { request } from 'undici';
import { startApi } from '../../api/server.ts';
import { configurationReader } from '../../organizations/configuration.ts';
import { openStore } from '../../store/store.ts';
import type { Store } from '../../store/store.ts';
import { triggerReader } from '../../triggers/registry.ts';
import { LOCAL } from '../../access/principal.ts';
import { createToken } from '../../access/tokens.ts';
import { seal } from '../../store/seal.ts';
import { eventually } from '../triggers/eventually.ts';
import { startHaloflow } from '../support/haloflow.ts';
import type { TestHaloflow } from '../support/haloflow.ts';
import { noHalo, unasked } from './parts.ts';
import { putTrigger } from './intake.ts';

const SECRET = 'whk_0a1b2c3d4e5f';

/** A way to Postgres that can be cut. */
interface Way {
  readonly port: number;
  cut(): Promise<void>;
  mend(): Promise<void>;
}

async function wayTo({ port: to, hostname }: URL): Promise<Way> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((client) => {
    const upstream = connect(Number(to), hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    }
    client.pipe(upstream).pipe(client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return {
    port,
    async cut() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    async mend() {
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
  };
}

let haloflow: TestHaloflow;
let way: Way;
let store: Store;
let api: { readonly url: string; close(): Promise<void> };
const lines: string[] = [];
const checking = new EventEmitter();

beforeAll(async () => {
  haloflow = await startHaloflow({ worker: false });
  await putTrigger(haloflow, {
    id: 'alerts',
    type: 'webhook',
    secret: SECRET,
    parameters: {
      wait: false,
      waitSeconds: 1,
      maxBodyBytes: 1_000,
      deliveryKey: { headers: ['idempotency-key'], body: null },
    },
  });
  const target = new URL(haloflow.databaseUrl);
  way = await wayTo(target);
  target.port = String(way.port);
  target.hostname = '127.0.0.1';
  store = await openStore({ url: target.href, embedded: true });
  api = await startApi(
    {
      store,
      configuration: configurationReader(store),
      triggers: triggerReader(store),
      starter: haloflow.starter,
      dispatch: () => Promise.resolve([]),
      halo: noHalo,
      ...unasked,
      connector: {
        ...unasked.connector,
        async check(_connection, { signal }) {
          checking.emit('check');
          await sleep(60_000, undefined, { signal });
          throw new Error('nobody hung up');
        },
      },
    },
    { host: '127.0.0.1', port: 0, log: pino({ level: 'trace' }, { write: (line) => void lines.push(line) }) },
  );
});
afterAll(async () => {
  await api.close();
  await store.close();
  await way.cut();
  await haloflow.close();
});

const post = async (key: string): Promise<{ status: number; retryAfter: unknown; body: unknown }> => {
  const reply = await request(`${api.url}/webhooks/alerts/${SECRET}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: '{}',
  });
  return {
    status: reply.statusCode,
    retryAfter: reply.headers['retry-after'],
    body: await reply.body.json(),
  };
};

const keys = async (): Promise<string[]> =>
  (await haloflow.store.pool.query('select key from events order by id')).rows.map(
    ({ key }) => key as string,
  );

test('a restart of Postgres is not noticed', async () => {
  expect((await post('before')).status).toBe(202);
  expect(await (await request(`${api.url}/metrics`)).body.text()).toContain('haloflow_events{');
  await way.cut();
  const call = post('meanwhile');
  await sleep(1_500);
  await way.mend();
  expect((await call).status).toBe(202);
  expect(await keys()).toEqual(['webhook/before', 'webhook/meanwhile']);
});

test('while Postgres stays away the sender is told to come again, and nothing counts as accepted', async () => {
  await way.cut();
  expect(await post('lost')).toMatchObject({
    status: 503,
    retryAfter: '5',
    body: { status: 503, code: 'Unavailable', detail: expect.stringContaining('nothing was stored') },
  });
  const health = await request(`${api.url}/healthz`);
  expect([health.statusCode, await health.body.json()]).toEqual([200, { status: 'ok' }]);
  const ready = await request(`${api.url}/readyz`);
  expect([ready.statusCode, await ready.body.json()]).toEqual([
    503,
    { status: 'unavailable', dependencies: { postgres: 'unavailable', temporal: 'ok' } },
  ]);
  const metrics = await request(`${api.url}/metrics`);
  expect(metrics.statusCode).toBe(200);
  const text = await metrics.body.text();
  expect(text).toContain('# TYPE haloflow_halo_requests_total counter');
  expect(text).not.toContain('haloflow_events{');
}, 30_000);

test('what was not accepted is accepted when it comes again', async () => {
  await way.mend();
  expect(await keys()).not.toContain('webhook/lost');
  expect((await post('lost')).status).toBe(202);
  expect(await keys()).toContain('webhook/lost');
}, 30_000);

test('the log says what was answered, and holds no secret', () => {
  expect(lines.map((line) => JSON.parse(line) as Record<string, unknown>)).toContainEqual(
    expect.objectContaining({
      msg: 'answered',
      method: 'POST',
      route: '/webhooks/:trigger/:secret',
      trigger: 'alerts',
      status: 202,
    }),
  );
  expect(lines.join('')).not.toContain(SECRET);
});

test('who hangs up ends what was under way, which the log tells of as no failure', async () => {
  const { pool, key } = haloflow.store;
  await pool.query(
    `insert into connections (id, organization, is_default, resource_server, client_id, sealed_secret, origin)
       values ('hung', 'northwind', false, 'https://halo.example.com', 'x', $1, 'manual')`,
    [await seal(key, 'x')],
  );
  const { text } = await createToken(haloflow.store, LOCAL, {
    name: 'who hangs up',
    organization: null,
    role: 'admin',
  });
  const gone = new AbortController();
  const asked = request(`${api.url}/api/v1/connections/hung/check`, {
    method: 'POST',
    headers: { authorization: `Bearer ${text}` },
    signal: gone.signal,
  });
  await once(checking, 'check');
  gone.abort();
  await expect(asked).rejects.toThrow('aborted');
  await eventually(() => {
    expect(lines.join('')).toContain('who asked has gone');
    return Promise.resolve();
  });
  expect(lines.join('')).not.toContain('a request failed');
});
