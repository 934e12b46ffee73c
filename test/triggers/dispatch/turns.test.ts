/** One tenant's flood of events, and the events of others that come behind it. */
import { array, assert, constantFrom, integer, property, tuple } from 'fast-check';
import { configurationReader } from '../../../organizations/configuration.ts';
import { organizations } from '../../../store/schema/configuration.ts';
import { triggers } from '../../../store/schema/triggers.ts';
import { dispatchEvents } from '../../../triggers/dispatch/dispatch.ts';
import type { Dispatching } from '../../../triggers/dispatch/dispatch.ts';
import { placesBeside } from '../../../triggers/dispatch/places.ts';
import { turnsOf, waitingTriggers } from '../../../triggers/dispatch/turns.ts';
import { triggerReader } from '../../../triggers/registry.ts';
import type { EventRow } from '../../../triggers/types.ts';
import { noHalo } from '../../api/parts.ts';
import { createTestDatabase } from '../../support/database.ts';

type Database = Awaited<ReturnType<typeof createTestDatabase>>;

const FLOOD = 5_000;

let database: Database;
let parts: Dispatching;
beforeAll(async () => {
  database = await createTestDatabase();
  const { store } = database;
  await store.db.insert(organizations).values([
    { slug: 'msp', name: 'MSP', origin: 'manual' },
    { slug: 'other', name: 'Other', origin: 'manual' },
    { slug: 'acme', name: 'Acme', parent: 'msp', origin: 'manual' },
    { slug: 'zenith', name: 'Zenith', parent: 'msp', origin: 'manual' },
  ]);
  // Disabled: each row is done with without a run, and so without Temporal.
  const trigger = (id: string, organization: string): typeof triggers.$inferInsert => ({
    id,
    organization,
    type: 'webhook',
    workflow: 'echo',
    runAs: 'owner',
    runFor: { owner: true, organizations: [], tags: [], allClients: false },
    overrides: {},
    criteria: null,
    parameters: {},
    variables: {},
    enabled: false,
    origin: 'manual',
  });
  await store.db
    .insert(triggers)
    .values([
      ...Array.from({ length: 20 }, (_, n) => trigger(`flood-${n}`, 'acme')),
      trigger('zenith-hook', 'zenith'),
      trigger('msp-hook', 'msp'),
      trigger('other-hook', 'other'),
    ]);
  parts = {
    store,
    configuration: configurationReader(store),
    triggers: triggerReader(store),
    halo: noHalo,
    // Nothing is started.
    starter: { store, taskQueue: 'none' } as Dispatching['starter'],
  };
});
afterAll(() => database.drop());
beforeEach(() => database.store.pool.query('delete from events'));

/** Rows that have been due for so long. */
const add = async (trigger: string, count: number, secondsAgo: number): Promise<unknown> =>
  await database.store.pool.query(
    `insert into events (trigger, key, source, due_at) select $1, $1 || n, 'webhook', now() - make_interval(secs => $3)
      from generate_series(1, $2::int) n`,
    [trigger, count, secondsAgo],
  );

const countsOf = (rows: readonly EventRow[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { trigger } of rows) counts[trigger] = (counts[trigger] ?? 0) + 1;
  return counts;
};

test('what comes behind a flood of another tenant, or of a client beside it, is in the next dispatch', async () => {
  for (let n = 0; n < 20; n += 1) await add(`flood-${n}`, FLOOD / 20, 3_600);
  await add('other-hook', 10, 3);
  await add('msp-hook', 4, 2);
  await add('zenith-hook', 7, 1);
  const first = await dispatchEvents(parts);
  const counts = countsOf(first);
  expect(first.length).toBeLessThanOrEqual(100);
  expect(counts).toMatchObject({ 'other-hook': 10, 'msp-hook': 4, 'zenith-hook': 7 });
  expect(first.map(({ status, reason }) => [status, reason])).toEqual(
    first.map(() => ['filtered', 'trigger disabled']),
  );
  // What is left is the flood's, and nobody has to wait for anybody.
  expect(await dispatchEvents(parts)).toHaveLength(100);
});

test('a flood alone has all the room, and each row is taken once, the oldest first', async () => {
  await add('flood-1', 150, 10);
  const first = await dispatchEvents(parts);
  const second = await dispatchEvents(parts);
  expect([first.length, second.length, (await dispatchEvents(parts)).length]).toEqual([100, 50, 0]);
  const ids = [...first, ...second].map(({ id }) => id);
  expect(new Set(ids).size).toBe(150);
  expect(ids).toEqual(ids.toSorted((a, b) => a - b));
});

test('rows of triggers that are gone wait for nobody, and nobody for them', async () => {
  await add('gone-1', 300, 3_600);
  await add('gone-2', 300, 3_600);
  await add('other-hook', 50, 1);
  expect(countsOf(await dispatchEvents(parts))).toEqual({ 'gone-1': 25, 'gone-2': 25, 'other-hook': 50 });
});

test('rows that processes may have died of take no turns from the others, however many triggers they are of', async () => {
  await database.store.pool.query(
    `insert into events (trigger, key, source, due_at, silent_tries)
      select name || n, 'key', 'webhook', now() - interval '1 hour', 1
        from generate_series(1, 150) n, unnest($1::text[]) name`,
    [['gone-', 'flood-']],
  );
  await add('gone-innocent', 2, 1);
  await add('zenith-hook', 2, 1);
  await add('flood-innocent', 1, 1);
  expect(countsOf(await dispatchEvents(parts))).toEqual({
    'gone-innocent': 2,
    'zenith-hook': 2,
    'flood-innocent': 1,
  });
  // Then they are tried one by one.
  expect(await dispatchEvents(parts)).toHaveLength(1);
});

test('who waits is found by a step for each trigger, however many rows stand behind', async () => {
  await add('flood-1', FLOOD, 60);
  await add('other-hook', 3, 1);
  // Not due.
  await add('msp-hook', 3, -60);
  await database.store.pool.query('vacuum analyze events');
  const before = await rowsRead();
  expect(await waitingTriggers(database.store)).toEqual(['flood-1', 'other-hook']);
  expect((await rowsRead()) - before).toBeLessThan(50);
});

/** Entries of the index, as this session has read them. */
async function rowsRead(): Promise<number> {
  const { pool } = database.store;
  await pool.query('select pg_stat_force_next_flush()');
  const { rows } = await pool.query<{ read: number }>(
    `select (sum(idx_tup_read) + (select seq_tup_read from pg_stat_user_tables where relname = 'events'))::int as read
      from pg_stat_user_indexes where relname = 'events'`,
  );
  return rows[0]?.read ?? 0;
}

test('whatever waits, no tree has more turns than another one that has rows left, within one', () => {
  const path = tuple(constantFrom('a', 'b', 'c'), constantFrom('x', 'y'), integer({ min: 1, max: 4 }));
  assert(
    property(array(path, { minLength: 1, maxLength: 30 }), integer({ min: 1, max: 100 }), (paths, limit) => {
      const waiting = [...new Set(paths.map((parts_) => parts_.join('/')))];
      const turns = turnsOf(waiting, (trigger) => trigger.split('/'), limit);
      const sums = new Map<string, number>();
      for (const trigger of waiting) {
        const [tree = ''] = trigger.split('/');
        sums.set(tree, (sums.get(tree) ?? 0) + (turns.get(trigger) ?? 0));
      }
      expect([...sums.values()].reduce((sum, one) => sum + one, 0)).toBe(limit);
      expect(Math.max(...sums.values()) - Math.min(...sums.values())).toBeLessThanOrEqual(1);
    }),
  );
});

test('whoever holds rows, a tree without any may have one, and one tenant never all that there are', () => {
  const path = tuple(
    constantFrom('a', 'b', 'c', 'd'),
    constantFrom('x', 'y', 'z'),
    integer({ min: 1, max: 9 }),
  );
  assert(
    property(array(path, { maxLength: 2_000 }), (asked) => {
      const mayTake = placesBeside([]);
      const taken = asked.map((parts_) => parts_.map(String)).filter(mayTake);
      const ofTree = (tree: string) => taken.filter(([first]) => first === tree);
      for (const tree of ['a', 'b', 'c', 'd']) {
        expect(ofTree(tree).length).toBeLessThanOrEqual(100);
        expect(ofTree(tree).filter(([, organization]) => organization === 'x').length).toBeLessThanOrEqual(
          50,
        );
      }
      expect(taken.length).toBeLessThanOrEqual(200);
      // The same is known of rows that are under way already.
      expect(placesBeside(taken)(['e', 'x', '1'])).toBe(true);
    }),
  );
});

test('of a hundred tenants that hold all they can get, each has something', () => {
  const mayTake = placesBeside([]);
  const trees = Array.from({ length: 100 }, (_, n) => [`tree-${n}`, '/hook']);
  const held = trees.map((path) => {
    let count = 0;
    while (mayTake(path)) count += 1;
    return count;
  });
  expect(held[0]).toBe(50);
  expect(Math.min(...held)).toBe(1);
  expect(held.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(300);
});
