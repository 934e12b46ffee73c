import { createPoll } from '../../../triggers/feeds/poll.ts';
import { untilTrue } from '../../support/polling.ts';
import { CONNECTION, minutesAgo, startFeedStack } from './stack.ts';
import type { FeedStack } from './stack.ts';

const PAGES = 4;

let stack: FeedStack;

beforeAll(async () => {
  stack = await startFeedStack();
});
afterAll(() => stack.close());
beforeEach(async () => {
  await stack.clear();
  await stack.trigger('triage', { enabledAt: minutesAgo(30) });
});

/** When tickets were made, before the test. */
const occurred = minutesAgo(20);
const dateoccurred = occurred.toISOString().slice(0, 19);

const make = async (count: number): Promise<number[]> => await stack.tickets(count, { occurred });

/** Somebody changes all of them in one go, two minutes ago. */
const change = async (ids: readonly number[]): Promise<unknown> =>
  await stack.haloflow.northwind.addAll(
    'Tickets',
    ids.map((id) => ({ id, summary: 'Changed' })),
    minutesAgo(2),
  );

/** As a feed that has been polled for an hour, keeps many ids above its floor, and has looked three minutes ago. */
async function settle(): Promise<void> {
  const { mark } = await stack.feed();
  const { store } = stack.haloflow;
  await store.pool.query(
    `update feeds set must_look = false, floor = 0, look_marks = $1,
      looked_at = now() - interval '3 minutes', changed_to = now() - interval '3 minutes',
      seen = array(select generate_series(1, mark))`,
    [JSON.stringify([[minutesAgo(60).getTime(), mark]])],
  );
}

/** The next poll is a look; how often Halo was asked for it. */
async function look(): Promise<number> {
  await stack.haloflow.store.pool.query('update feeds set must_look = true');
  await stack.lists();
  expect((await stack.poll())?.error).toBeNull();
  const lists = await stack.lists();
  expect(lists.every(({ query }) => 'lastupdatefromdate' in query)).toBe(true);
  return lists.length;
}

const looks = async (): Promise<number[]> => {
  const requests: number[] = [];
  for (let count = 0; count < 6; count += 1) requests.push(await look());
  return requests;
};

test('a mass of old tickets that are changed costs one request more, and no look after it reads them', async () => {
  const ids = await make(PAGES * 100);
  await stack.poll();
  await change(ids);
  expect(await looks()).toEqual([1, 1, 1, 1, 1, 1]);
  expect(await stack.recordsOf('triage')).toEqual([]);
});

test('a mass of young ones is read once, and what is new among them is found, once', async () => {
  await stack.haloflow.northwind.settings({ pageCap: 50 });
  const ids = await make(PAGES * 50);
  const project = Number(
    (await stack.haloflow.northwind.add('Projects', { summary: 'Move', dateoccurred }))['id'],
  );
  await stack.poll();
  await settle();
  await stack.haloflow.store.pool.query('update feeds set seen = array_remove(seen, $1)', [project]);
  const [before = 0] = await make(1);
  await stack.ticket({}, { newId: before + 2, now: minutesAgo(6) });
  await stack.poll();
  await change(ids);
  await stack.haloflow.northwind.add('Tickets', { id: project, tickettype_id: 1 });
  // The first page, to where nothing can be new; then the mass.
  expect(await look()).toBeLessThanOrEqual(1 + PAGES + 1);
  await stack.ticket({}, { newId: before + 1, now: minutesAgo(5) });
  expect(await looks()).toEqual([2, 2, 2, 2, 2, 2]);
  expect(await stack.recordsOf('triage')).toEqual([project, before, before + 1, before + 2]);
});

test('a poll that dies in the middle of it, and one that is refused, cost no ticket and double none', async () => {
  const { northwind } = stack.haloflow;
  await stack.haloflow.northwind.settings({ pageCap: 50 });
  const ids = await make(PAGES * 50);
  await stack.poll();
  await settle();
  const fresh = await make(120);
  await change(ids);
  await stack.haloflow.store.pool.query('update feeds set must_look = true, next_poll_at = now()');
  await northwind.fault({ kind: 'delay', delayMs: 600_000, skip: 2, match: { path: '/Tickets' } });
  const dying = new AbortController();
  const died = createPoll(stack.parts)({ connection: CONNECTION, kind: 'tickets' }, dying.signal);
  const outcome = expect(died).rejects.toThrow('killed');
  await untilTrue(async () => (await northwind.requests()).some(({ fault }) => fault === 'delay'));
  dying.abort(new Error('killed'));
  await outcome;
  await northwind.fault({ kind: 'status', status: 500, skip: 3, match: { path: '/Tickets' } });
  expect((await stack.poll())?.error).toBeInstanceOf(Error);
  expect(await stack.recordsOf('triage')).toEqual([]);
  await stack.otherPoll();
  await stack.lists();
  // Down to the last that was there an hour ago, twice, and what was changed within half a minute before the last look.
  expect(await look()).toBeLessThanOrEqual(2 * 3 + 3);
  expect(await stack.recordsOf('triage')).toEqual(fresh);
});

test('tickets that go away while it is read hide none', async () => {
  const { northwind } = stack.haloflow;
  const below = await make(150);
  const project = Number((await northwind.add('Projects', { summary: 'Move', dateoccurred }))['id']);
  const above = await make(150);
  await stack.poll();
  await settle();
  await stack.haloflow.store.pool.query('update feeds set seen = array_remove(seen, $1)', [project]);
  await change([...below, ...above]);
  await northwind.add('Tickets', { id: project, tickettype_id: 1 });
  await stack.haloflow.store.pool.query(`update feeds set must_look = true`);
  // The first page of the mass has come, the second is on its way.
  await northwind.fault({
    kind: 'delay',
    delayMs: 200,
    commit: false,
    skip: 2,
    match: { path: '/Tickets' },
  });
  const polling = stack.poll();
  await untilTrue(async () => (await northwind.requests()).some(({ fault }) => fault === 'delay'));
  for (const id of above.slice(-60)) await northwind.add('Tickets', { id, inactive: true });
  await polling;
  expect(await stack.recordsOf('triage')).toEqual([project]);
});
