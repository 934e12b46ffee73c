/** What streams of one tenant cost the others: no place, and no look at the tables. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { request } from 'undici';
import { LOCAL } from '../../../access/principal.ts';
import { createToken, revokeToken } from '../../../access/tokens.ts';
import { untilFound, untilTrue } from '../../support/polling.ts';
import { startPlane } from './plane.ts';
import type { TestPlane } from './plane.ts';

let plane: TestPlane;
let opened: { readonly stop: () => void }[];
beforeEach(async () => {
  plane = await startPlane();
  opened = [];
  await plane.store.pool.query(
    `insert into organizations (slug, name, parent, origin) values ('acme-north', 'A', 'acme', 'manual'),
      ('acme-south', 'A', 'acme', 'manual'), ('third', 'T', null, 'manual'), ('fourth', 'F', null, 'manual')`,
  );
  await plane.store.pool.query(
    'insert into configuration (version) values (2) on conflict (singleton) do update set version = 2',
  );
});
afterEach(async () => {
  for (const { stop } of opened) stop();
  await plane.close();
});

interface OpenStream {
  readonly status: number;
  readonly detail: string;
  readonly text: () => string;
  readonly isClosed: () => boolean;
  readonly stop: () => void;
}

let tokens = 0;
/** A new one each time. */
const viewerOf = async (organization: string | null): Promise<string> =>
  (await createToken(plane.store, LOCAL, { name: `${(tokens += 1)}`, organization, role: 'viewer' })).text;

async function open(token: string, lastId?: string): Promise<OpenStream> {
  const { statusCode: status, body } = await request(`${plane.url}/stream`, {
    headers: {
      authorization: `Bearer ${token}`,
      ...(lastId === undefined ? {} : { 'last-event-id': lastId }),
    },
  });
  let text = '';
  let isClosed = false;
  if (status !== 200) {
    const { detail } = (await body.json()) as { readonly detail: string };
    return { status, detail, text: () => '', isClosed: () => true, stop: () => undefined };
  }
  body.on('data', (piece: Buffer) => (text += piece.toString()));
  body.on('close', () => (isClosed = true)).on('error', () => (isClosed = true));
  const stream = {
    status,
    detail: '',
    text: () => text,
    isClosed: () => isClosed,
    stop: () => void body.destroy(),
  };
  opened.push(stream);
  return stream;
}

async function openMany(token: string, times: number): Promise<OpenStream[]> {
  const streams: OpenStream[] = [];
  for (let n = 0; n < times; n += 1) streams.push(await open(token));
  return streams;
}

const taken = (streams: readonly OpenStream[]): number =>
  streams.filter(({ status, isClosed }) => status === 200 && !isClosed()).length;

test('five viewers of a client and of what is below it take neither the streams of its MSP nor those of another one', async () => {
  const clients: OpenStream[] = [];
  for (const slug of ['acme', 'acme-north', 'acme-south', 'acme-south', 'acme-north']) {
    clients.push(...(await openMany(await viewerOf(slug), 20)));
  }
  expect(taken(clients)).toBe(50);
  const refused = clients.find(({ status }) => status === 429);
  expect(refused?.detail).toBe(
    '50 streams of this organization and those around it are open: close some first',
  );

  const msp = await openMany(await viewerOf('msp'), 20);
  expect(taken(msp)).toBe(20);
  await untilTrue(() => taken(clients) === 30);
  // The client has its part by now, and its newest have given way; the MSP may have as many as the client.
  const more = await openMany(await viewerOf('msp'), 20);
  expect(more.filter(({ status }) => status === 200)).toHaveLength(5);
  expect(more.at(-1)).toMatchObject({ status: 429, detail: refused?.detail });

  for (const slug of ['other', 'third', 'fourth']) {
    expect((await openMany(await viewerOf(slug), 16)).map(({ status }) => status)).toEqual(
      Array<number>(16).fill(200),
    );
  }
  await untilTrue(() => taken([...clients, ...msp, ...more]) === 50);
  const whole = await openMany(await viewerOf(null), 2);
  expect(whole.map(({ status }) => status)).toEqual([200, 200]);
  const late = await openMany(await viewerOf('other'), 3);
  expect(late.map(({ status }) => status)).toEqual([200, 200, 200]);
  await untilTrue(() => taken([...clients, ...msp, ...more]) === 47);
});

/** How many statements are asked from one look at the tables to the next. */
async function perLook(): Promise<number> {
  const { pool } = plane.store;
  const query = pool.query.bind(pool) as (...given: unknown[]) => unknown;
  const seen: string[] = [];
  const watching = (...given: unknown[]): unknown => {
    const [first] = given;
    seen.push(typeof first === 'string' ? first : String((first as { readonly text?: unknown }).text));
    return query(...given);
  };
  pool.query = watching as typeof pool.query;
  const isLook = (text: string): boolean => text.includes('pg_snapshot_xmin');
  await untilTrue(() => seen.filter(isLook).length >= 2);
  pool.query = query as typeof pool.query;
  const first = seen.findIndex(isLook);
  return seen.slice(first + 1).findIndex(isLook) + 1;
}

const add = async (key: string, organization: string): Promise<unknown> =>
  await plane.store.pool.query(
    `insert into events (trigger, key, organization, status, source) values ('t', $1, $2, 'accepted', 'manual')`,
    [key, organization],
  );

const keysOf = (stream: OpenStream): string[] =>
  [...stream.text().matchAll(/"key":"([^"]*)"/g)].map(([, key]) => key ?? '');

test('fifty idle streams ask the database as often as one, and each hears what is its own, in order', async () => {
  const streams = [await open(await viewerOf('acme'))];
  await perLook();
  const withOne = await perLook();
  const places = ['acme-north', 'msp', 'other', null, 'third', 'fourth'] as const;
  const owners: (string | null)[] = ['acme'];
  for (let n = 0; n < 49; n += 1) {
    const owner = places[n % places.length] ?? null;
    owners.push(owner);
    streams.push(await open(await viewerOf(owner)));
  }
  await untilTrue(() => streams.every(({ text }) => text().includes('event: ready')));
  // Whoever has just begun reads once by himself.
  await perLook();
  expect(await perLook()).toBe(withOne);

  const keys: [key: string, organization: string][] = [];
  const made = ['acme', 'other', 'acme-north', 'third', 'msp', 'acme-south', 'other', 'acme'];
  for (const [n, organization] of made.entries()) {
    keys.push([`tickets/${n}`, organization]);
    await add(`tickets/${n}`, organization);
  }
  const lines: Readonly<Record<string, readonly string[]>> = {
    acme: ['acme', 'acme-north', 'acme-south'],
    msp: ['msp', 'acme', 'acme-north', 'acme-south'],
  };
  const expected = owners.map((owner) =>
    keys.filter(([, of]) => owner === null || (lines[owner] ?? [owner]).includes(of)).map(([key]) => key),
  );
  await untilTrue(() => streams.every((stream, n) => keysOf(stream).length >= (expected[n]?.length ?? 0)));
  expect(streams.map(keysOf)).toEqual(expected);

  // What comes meanwhile is not lost on who was away.
  const [first] = streams;
  const lastId = /id: (\S+)\nevent: event\ndata: [^\n]*tickets\/2"/.exec(first?.text() ?? '')?.[1];
  await add('tickets/8', 'acme-south');
  const again = await open(await viewerOf('acme'), lastId);
  await untilTrue(() => keysOf(again).includes('tickets/8'));
  expect(keysOf(again)).toEqual(['tickets/5', 'tickets/7', 'tickets/8']);
  await untilTrue(() => keysOf(streams[0]!).includes('tickets/8'));
  expect(keysOf(streams[0]!)).toEqual([...expected[0]!, 'tickets/8']);
});

test('what an organization that has moved does is told to those who are above it then', async () => {
  const [msp, other] = [await open(await viewerOf('msp')), await open(await viewerOf('other'))];
  await untilTrue(() => [msp, other].every(({ text }) => text().includes('event: ready')));
  await add('tickets/1', 'acme-north');
  await untilTrue(() => keysOf(msp).length === 1);
  await plane.store.pool.query(`update organizations set parent = 'other' where slug = 'acme'`);
  await add('tickets/2', 'acme-north');
  await untilTrue(() => keysOf(other).length === 1);
  expect([keysOf(msp), keysOf(other)]).toEqual([['tickets/1'], ['tickets/2']]);
});

/** Begins a stream and takes nothing of it. Resolves with the server's end, once it can send no more. */
async function stall(token: string, lastId: string): Promise<Socket> {
  const { hostname, port, pathname } = new URL(plane.url);
  const served: Socket[] = [];
  const note = (message: unknown): void => void served.push((message as { readonly socket: Socket }).socket);
  subscribe('net.server.socket', note);
  const socket = connect({ host: hostname, port: Number(port) });
  opened.push({ stop: () => void socket.destroy() });
  socket.pause();
  socket.write(
    `GET ${pathname}/stream HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: Bearer ${token}\r\nLast-Event-ID: ${lastId}\r\n\r\n`,
  );
  const own = await untilFound(async () =>
    served.find((one) => one.remotePort === socket.localPort && one.writableNeedDrain),
  );
  unsubscribe('net.server.socket', note);
  return own;
}

test('a stream whose reader takes nothing gives its place and its connection away, and ends with its token', async () => {
  const first = await open(await viewerOf('acme'));
  await untilTrue(() => first.text().includes('\n\n'));
  const lastId = /^id: (\S+)$/m.exec(first.text())?.[1] ?? '';
  first.stop();
  await plane.store.pool.query(
    // More than the buffers of a connection hold.
    `insert into events (trigger, key, organization, status, source, reason)
      select repeat('t', 200), repeat('k', 200) || n, 'acme', 'filtered', 'manual', repeat('r', 200)
        from generate_series(1, 12000) n`,
  );
  const others = [
    ...(await openMany(await viewerOf('acme'), 20)),
    ...(await openMany(await viewerOf('acme'), 20)),
    ...(await openMany(await viewerOf('acme'), 8)),
  ];
  const { text: token, token: revoked } = await createToken(plane.store, LOCAL, {
    name: 'revoked',
    organization: 'msp',
    role: 'viewer',
  });
  const sockets = await Promise.all([stall(token, lastId), stall(await viewerOf('acme'), lastId)]);
  const isOpen = (): boolean[] => sockets.map(({ destroyed }) => !destroyed);
  expect([taken(others), isOpen()]).toEqual([48, [true, true]]);
  await open(await viewerOf('msp'));
  await untilTrue(() => !isOpen()[1]);
  expect([taken(others), isOpen()]).toEqual([48, [true, false]]);
  await revokeToken(plane.store, LOCAL, revoked.id);
  await untilTrue(() => !isOpen()[0]);
  expect(taken(others)).toBe(48);
});
