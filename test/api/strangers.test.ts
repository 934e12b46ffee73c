/** Who does not say who they are, or wrongly: what it costs haloflow, and that it costs nobody else. */
import * as fc from 'fast-check';
import { sourceOf, trustedProxies } from '../../api/clientAddress.ts';
import { sharedLook } from '../../api/sharedLook.ts';
import { readStored } from '../../api/storedMetrics.ts';
import { registry } from '../../calls/metrics.ts';
import { untilTrue } from '../support/polling.ts';
import { startPlane } from './control/plane.ts';
import type { TestPlane } from './control/plane.ts';

let plane: TestPlane;
let good: string;
beforeEach(async () => {
  plane = await startPlane();
  good = await plane.token('msp', 'viewer');
});
afterEach(() => plane.close());

/** Answers to so many requests with these tokens, by status. */
async function ask(tokens: readonly string[]): Promise<Record<number, number>> {
  const statuses: Record<number, number> = {};
  for (const token of tokens) {
    const { status } = await plane.ask(token, 'GET', '/organizations');
    statuses[status] = (statuses[status] ?? 0) + 1;
  }
  return statuses;
}

/** How often the table of tokens was read meanwhile. */
async function looksAtTokens(work: () => Promise<unknown>): Promise<number> {
  const { pool } = plane.store;
  let looks = 0;
  const query = pool.query.bind(pool) as (...given: unknown[]) => unknown;
  const counting = (...given: unknown[]): unknown => {
    if (JSON.stringify(given[0]).includes('api_tokens')) looks += 1;
    return query(...given);
  };
  pool.query = counting as typeof pool.query;
  try {
    await work();
  } finally {
    pool.query = query as typeof pool.query;
  }
  return looks;
}

const wrong = (number: number): string => `hft_${String(number).padStart(12, '0')}_${'x'.repeat(43)}`;

test('one wrong token is no longer looked up after a while, and a right one of the same address is', async () => {
  let seen: Record<number, number> = {};
  const looks = await looksAtTokens(async () => (seen = await ask(Array<string>(1_000).fill(wrong(1)))));
  expect(seen).toEqual({ 401: 200, 429: 800 });
  expect(looks).toBeLessThanOrEqual(200);
  expect(await ask(Array<string>(20).fill(good))).toEqual({ 200: 20 });
});

test('an address that tries one token after the other is held up, and those that were right before go on', async () => {
  expect(await ask([good])).toEqual({ 200: 1 });
  const seen = await ask(Array.from({ length: 1_000 }, (_, number) => wrong(number)));
  expect(seen[429]).toBeGreaterThan(0);
  expect(seen[401]).toBeGreaterThanOrEqual(600);
  expect(await ask(Array<string>(50).fill(good))).toEqual({ 200: 50 });
  // A newcomer of that address gets in, now and then.
  const newcomer = await plane.token('msp', 'viewer');
  for (;;) if ((await ask([newcomer]))[200] === 1) break;
  expect(await ask(Array<string>(20).fill(newcomer))).toEqual({ 200: 20 });
});

test('a revoked token is refused at once, however often it was right', async () => {
  expect(await ask(Array<string>(5).fill(good))).toEqual({ 200: 5 });
  await plane.store.pool.query('update api_tokens set revoked_at = now()');
  expect(await ask([good])).toEqual({ 401: 1 });
});

test('what is looked at for all who ask is looked at once at a time, and seldom', async () => {
  let looks = 0;
  let finish = (): void => undefined;
  const look = sharedLook(() => {
    looks += 1;
    return new Promise<number>((resolve) => (finish = () => resolve(looks)));
  }, 60_000);
  const asked = [look(), look(), look()];
  finish();
  expect(await Promise.all(asked)).toEqual([1, 1, 1]);
  expect(looks).toBe(1);
});

test('metrics of a large table are told from statistics, those still open counted', async () => {
  const { pool } = plane.store;
  await pool.query(
    `insert into events (trigger, key, organization, status, source)
      select 'big', n::text, 'msp', case when n % 4 = 0 then 'failed' else 'accepted' end, 'manual'
        from generate_series(1, 60000) n`,
  );
  await pool.query(
    `insert into events (trigger, key, organization, status, source, due_at)
      select 'big', 'p' || n, 'msp', 'pending', 'manual', now() from generate_series(1, 7) n`,
  );
  await pool.query('analyze events');
  const { rows } = await pool.query<{ 'QUERY PLAN': string }>(
    `explain select from events where status = 'pending' limit 50000`,
  );
  expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toMatch(/events_(pending|waiting)/);
  await readStored(plane.store);
  const text = await registry.metrics();
  const value = (status: string): number =>
    Number(new RegExp(`haloflow_events\\{status="${status}"\\} (\\d+)`).exec(text)?.[1]);
  expect(value('pending')).toBe(7);
  expect(value('failed') / 15_000).toBeCloseTo(1, 0);
  expect(value('accepted') / 45_000).toBeCloseTo(1, 0);
});

test('metrics cost the same however large a table is beyond that', async () => {
  const { pool } = plane.store;
  const grow = async (count: number): Promise<void> => {
    await pool.query(
      `insert into events (trigger, key, organization, status, source)
        select 'big', gen_random_uuid()::text, 'msp', 'accepted', 'manual' from generate_series(1, $1::int)`,
      [count],
    );
    await pool.query('vacuum analyze events');
  };
  const rowsRead = async (): Promise<number> => {
    await pool.query('select pg_stat_force_next_flush()');
    const { rows } = await pool.query<{ read: number }>(
      `select (seq_tup_read + coalesce(idx_tup_fetch, 0)
          + (select coalesce(sum(idx_tup_read), 0) from pg_stat_user_indexes where relname = 'events'))::int as read
        from pg_stat_user_tables where relname = 'events'`,
    );
    return rows[0]?.read ?? 0;
  };
  const costs: number[] = [];
  for (const more of [60_000, 60_000]) {
    await grow(more);
    await untilTrue(async () => (await rowsRead()) === (await rowsRead()));
    const before = await rowsRead();
    await readStored(plane.store);
    await untilTrue(async () => (await rowsRead()) > before);
    costs.push((await rowsRead()) - before);
  }
  expect(costs[0]).toBeGreaterThan(50_000);
  expect(costs[0]).toBeLessThan(60_000);
  expect(costs[1]).toBe(costs[0]);
});

test.each([
  ['', false],
  ['true', true],
  ['10.0.0.0/8, 192.168.1.1', ['10.0.0.0/8', '192.168.1.1']],
  ['loopback,2001:db8::/32', ['loopback', '2001:db8::/32']],
])('HALOFLOW_TRUST_PROXY=%s', (text, trusted) => {
  expect(trustedProxies(text)).toEqual(trusted);
});

test.each(['proxy.example.com', '10.0.0.0/64', '10.0.0.1,', '-1'])(
  'HALOFLOW_TRUST_PROXY=%s is refused',
  (text) => {
    expect(() => trustedProxies(text)).toThrow(/HALOFLOW_TRUST_PROXY/);
  },
);

test('every address of one network of 64 bits is one source, and no other is', () => {
  const part = fc.integer({ min: 0, max: 0xffff }).map((number) => number.toString(16));
  const parts = fc.array(part, { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(parts, parts, parts, (network, one, other) => {
      const of = (host: readonly string[]): string => sourceOf([...network, ...host].join(':'));
      expect(of(one)).toBe(of(other));
      expect(of(one).split(':')).toEqual(network.map((text) => Number.parseInt(text, 16).toString(16)));
    }),
  );
  expect(sourceOf('2001:db8::1')).toBe(sourceOf('2001:0db8:0:0:ffff::'));
  expect(sourceOf('203.0.113.9')).toBe('203.0.113.9');
});
