/** What streams of one tenant cost the others: no place and no look at the tables. */
import { request } from 'undici';
import { startPlane } from './plane.ts';
import type { TestPlane } from './plane.ts';

let plane: TestPlane;
beforeEach(async () => {
  plane = await startPlane();
});
afterEach(() => plane.close());

interface OpenStream {
  readonly status: number;
  readonly text: () => string;
  readonly closed: () => boolean;
}

async function open(token: string): Promise<OpenStream> {
  const reply = await request(`${plane.url}/stream`, { headers: { authorization: `Bearer ${token}` } });
  let text = '';
  let closed = false;
  reply.body.on('data', (piece: Buffer) => (text += piece.toString()));
  reply.body.on('close', () => (closed = true));
  reply.body.on('error', () => (closed = true));
  return { status: reply.statusCode, text: () => text, closed: () => closed };
}

const opened = async (token: string, times: number): Promise<OpenStream[]> =>
  await Promise.all(Array.from({ length: times }, () => open(token)));

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 20));
}

test('a tree has its share of the streams, with however many tokens, and makes room for a tree with fewer', async () => {
  const first: OpenStream[] = [];
  for (let token = 0; token < 4; token += 1) {
    first.push(...(await opened(await plane.token('acme', 'viewer'), 20)));
  }
  expect(first.filter(({ status }) => status === 200)).toHaveLength(50);
  expect(first.filter(({ status }) => status === 429)).toHaveLength(30);
  // Those of the MSP above are of the same tree.
  expect((await open(await plane.token('msp', 'viewer'))).status).toBe(429);

  await plane.store.pool.query(
    `insert into organizations (slug, name, origin) select 'tree-' || n, 'T', 'manual' from generate_series(1, 3) n`,
  );
  await plane.store.pool.query(
    'insert into configuration (version) values (2) on conflict (singleton) do update set version = 2',
  );
  for (const slug of ['other', 'tree-1', 'tree-2']) {
    const streams = await opened(await plane.token(slug, 'viewer'), 17);
    expect(streams.map(({ status }) => status)).toEqual(Array<number>(17).fill(200));
  }
  await until(() => first.some((one) => one.status === 200 && one.closed()));
  expect(first.filter((one) => one.status === 200 && one.closed())).toHaveLength(1);
  expect((await open(await plane.token('tree-3', 'viewer'))).status).toBe(200);
});

test('streams that nothing is for are told by one look of the process, and read nothing', async () => {
  const idle = await opened(await plane.token('msp', 'viewer'), 20);
  const busy = await open(await plane.token('other', 'viewer'));
  await until(() => [...idle, busy].every(({ text }) => text().includes('event: ready')));
  const { pool } = plane.store;
  const { query } = pool;
  const seen = { looks: 0, reads: 0 };
  pool.query = ((...given: unknown[]) => {
    const text = JSON.stringify(given[0]);
    if (text.includes('pg_snapshot_xmin')) seen.looks += 1;
    if (text.includes('order by')) seen.reads += 1;
    return (query as (...all: unknown[]) => unknown).apply(pool, given);
  }) as typeof query;
  const add = (key: string): Promise<unknown> =>
    (query as (text: string) => Promise<unknown>).call(
      pool,
      `insert into events (trigger, key, organization, status, source) values ('t', '${key}', 'other', 'accepted', 'manual')`,
    );
  const events = (): number => busy.text().split('event: event').length - 1;
  // Whoever has just begun reads once.
  await add('first');
  await until(() => events() === 1 && seen.looks >= 3);
  Object.assign(seen, { looks: 0, reads: 0 });
  for (let n = 1; n <= 4; n += 1) {
    await add(`key-${n}`);
    await until(() => events() === n + 1);
  }
  pool.query = query;
  // Two tables for each event, of the one stream that it is for; idle ones would have made forty reads of each look.
  expect(seen.reads).toBeGreaterThan(0);
  expect(seen.reads).toBeLessThanOrEqual(2 * (seen.looks + 1));
  for (const one of idle) expect(one.text()).not.toContain('event: event');
});
