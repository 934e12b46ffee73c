/** One Halo host asked by several trees of organizations: what each may, and what a change of the configuration does. */
import { randomUUID } from 'node:crypto';
import { createBudgets } from '../../calls/budget.ts';
import type { HostBudget } from '../../calls/budget.ts';
import { HaloRateLimitError } from '../../errors.ts';
import type { Grant } from '../../halo/types.ts';
import type { Store } from '../../store/store.ts';
import { createTestDatabase } from '../support/database.ts';
import { testHost } from './host.ts';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let store: Store;
beforeAll(async () => {
  database = await createTestDatabase();
  store = database.store;
});
afterAll(() => database.drop());

const replied = (grant: Grant | number, status = 200, retryAfterMs?: number): void =>
  (grant as Grant).replied(retryAfterMs === undefined ? { status } : { status, retryAfterMs });

/** The same host as two trees ask it. */
function twoTrees(limit: Partial<HostBudget> = {}) {
  const host = `${randomUUID()}:443`;
  return ['northwind', 'globex'].map((tree) =>
    testHost(store, { tree, host, version: 1, connection: `${tree}-halo`, ...limit }),
  ) as [ReturnType<typeof testHost>, ReturnType<typeof testHost>];
}

it('gives each tree its own count, however small the limit that another one names', async () => {
  const [northwind, globex] = twoTrees({ requests: 20 });
  expect(typeof (await globex.ask({}, { requests: 1, perSeconds: 3600 }))).toBe('object');
  expect(typeof (await globex.ask({}, { requests: 1, perSeconds: 3600 }))).toBe('number');
  expect(await northwind.granted(25)).toBe(20);
});

it('keeps a 429, what it makes us believe, and a queue to the tree that has them', async () => {
  const [northwind, globex] = twoTrees({ requests: 10 });
  replied(await globex.ask(), 429, 3_600_000);
  await globex.budgets.close();
  expect(await globex.ask({ key: 'waits' })).toBeGreaterThan(3_500_000);
  expect(await northwind.granted(12)).toBe(10);
});

it('shares one exact count among all connections of a tree', async () => {
  const [northwind] = twoTrees({ requests: 10 });
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, index) =>
      northwind.ask({}, { connection: index % 2 === 0 ? 'first' : 'second' }),
    ),
  );
  expect(answers.filter((answer) => typeof answer === 'object')).toHaveLength(10);
});

describe('a limit that nobody asks for any more', () => {
  it('is gone with the next version of the configuration, with what counted for its window', async () => {
    const [northwind] = twoTrees();
    const slip = { requests: 360, perSeconds: 3600, version: 1 };
    for (let time = 0; time < 5; time += 1) replied(await northwind.ask({}, slip));
    await northwind.budgets.close();
    const right = { requests: 5, perSeconds: 10, version: 2 };
    expect(await northwind.ask({}, right)).toEqual(expect.any(Number));
    await northwind.pass(11);
    expect(typeof (await northwind.ask({}, right))).toBe('object');
  });

  it('does not come back by a caller that has not heard of the change', async () => {
    const [northwind] = twoTrees();
    await northwind.ask({}, { requests: 100, version: 2 });
    await northwind.ask({}, { requests: 1, version: 1 });
    expect(typeof (await northwind.ask({}, { requests: 100, version: 2 }))).toBe('object');
  });

  it('keeps a longer window exact for what was granted before it', async () => {
    const [northwind] = twoTrees();
    const short = { requests: 5, perSeconds: 10, version: 1 };
    for (let time = 0; time < 5; time += 1) replied(await northwind.ask({}, short));
    await northwind.budgets.close();
    const long = { requests: 5, perSeconds: 100, version: 2 };
    expect(await northwind.ask({}, long)).toEqual(expect.any(Number));
    await northwind.pass(50);
    expect(await northwind.ask({}, long)).toEqual(expect.any(Number));
    await northwind.pass(55);
    expect(typeof (await northwind.ask({}, long))).toBe('object');
  });

  it('is noticed by one who waits inside, which asks again with the new one', async () => {
    const [northwind] = twoTrees({ requests: 1, perSeconds: 3600 });
    await store.pool.query(
      'insert into configuration (version) values (1) on conflict (singleton) do update set version = 1',
    );
    replied(await northwind.ask());
    await northwind.budgets.close();
    const next = { ...northwind.host, requests: 10, perSeconds: 300, version: 2 };
    await store.pool.query('update configuration set version = 2');
    const grant = await createBudgets(store)
      .for(northwind.host, {
        organization: 'acme',
        lane: 'normal',
        key: randomUUID(),
        mayGiveUp: () => false,
        signal: new AbortController().signal,
        renewed: () => Promise.resolve(next),
      })
      .take();
    expect(typeof grant.replied).toBe('function');
    expect(await northwind.waiting()).toEqual([]);
  });
});

it('brings along what was granted to a connection that passes to another tree', async () => {
  const [northwind, globex] = twoTrees({ requests: 10 });
  for (let time = 0; time < 6; time += 1) await northwind.ask({}, { connection: 'moves' });
  for (let time = 0; time < 2; time += 1) await northwind.ask({}, { connection: 'stays' });
  const moved = { version: 2, connection: 'moves', connections: ['moves'] };
  const answers = await Promise.all(Array.from({ length: 12 }, () => globex.ask({}, moved)));
  expect(answers.filter((answer) => typeof answer === 'object')).toHaveLength(4);
  // The tree that it has left has its places again.
  const stayed = await Promise.all(
    Array.from({ length: 12 }, () => northwind.ask({}, { version: 2, connections: ['stays'] })),
  );
  expect(stayed.filter((answer) => typeof answer === 'object')).toHaveLength(8);
});

it('waits for no other tree while connections pass back and forth', async () => {
  const trees = twoTrees({ requests: 1000 });
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, index) =>
      trees[index % 2]!.ask({}, { version: 2 + index, connection: 'moves', connections: ['moves'] }),
    ),
  );
  expect(answers.filter((answer) => typeof answer === 'object')).toHaveLength(60);
  const { rows } = await store.pool.query<{ live: number; counted: number }>(
    `select live, (select count(*)::int from budget_grants g where g.tree = h.tree and g.host = h.host) as counted
      from budget_hosts h where host = $1`,
    [trees[0].host.host],
  );
  for (const { live, counted } of rows) expect(live).toBe(counted);
  expect(rows.reduce((sum, { live }) => sum + live, 0)).toBe(60);
});

describe('a wait that is longer than the call may take', () => {
  it('is refused at once, by host, limit and connection, and leaves the queue', async () => {
    const [northwind] = twoTrees({ requests: 1, perSeconds: 3600 });
    replied(await northwind.ask());
    await northwind.budgets.close();
    const refused = await northwind
      .ask({ leftMs: () => 20_000, mayGiveUp: () => false })
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(HaloRateLimitError);
    expect(refused).toMatchObject({
      retryable: false,
      message: expect.stringMatching(/1 requests in 3600 s/) as string,
      details: { host: northwind.host.host, requests: 1, perSeconds: 3600, connection: 'northwind-halo' },
    });
    await northwind.budgets.close();
    expect(await northwind.waiting()).toEqual([]);
  });

  it('is refused also behind a queue, and after a 429', async () => {
    const [northwind, globex] = twoTrees({ requests: 2, perSeconds: 60 });
    expect(await northwind.granted(2)).toBe(2);
    for (let time = 0; time < 4; time += 1) await northwind.ask({ organization: `org-${time}` });
    await expect(northwind.ask({ leftMs: () => 90_000 })).rejects.toThrow(/has no place in time/);
    expect(await northwind.ask({ leftMs: () => 600_000 })).toEqual(expect.any(Number));

    replied(await globex.ask(), 429, 3_600_000);
    await globex.budgets.close();
    await expect(globex.ask({ leftMs: () => 60_000 })).rejects.toThrow(/has no place in time/);
  });
});

it('lets a process that knows no trees take its place in that of the organization', async () => {
  const host = `${randomUUID()}:443`;
  await store.pool.query(
    `insert into organizations (slug, name, parent, origin) values ('umbrella', 'Umbrella', null, 'manual'),
      ('umbrella-lab', 'Lab', 'umbrella', 'manual')`,
  );
  const old = async (organization: string, limit: readonly [number, number]): Promise<number | null> => {
    const { rows } = await store.pool.query<{ wait_ms: number | null }>(
      'select * from budget_take($1, $2, $3, $4, $5, $6, $7, $8)',
      [host, ...limit, 60_000, organization, 'normal', randomUUID(), true],
    );
    return rows[0]!.wait_ms;
  };
  const umbrella = testHost(store, { tree: 'umbrella', host, version: 1, requests: 3 });
  expect(await umbrella.granted(2)).toBe(2);
  expect(await old('umbrella-lab', [1, 2_147_483_647])).toBeNull();
  expect(await old('umbrella', [3, 300])).toEqual(expect.any(Number));
  expect(await old('elsewhere', [3, 300])).toBeNull();
  const { rows } = await store.pool.query<{ tree: string; live: number; per_seconds: number }>(
    'select tree, live, per_seconds from budget_hosts where host = $1 order by tree',
    [host],
  );
  expect(rows).toEqual([
    { tree: 'elsewhere', live: 1, per_seconds: 300 },
    { tree: 'umbrella', live: 3, per_seconds: 300 },
  ]);
});
