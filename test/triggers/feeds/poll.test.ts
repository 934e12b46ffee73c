/** What a poll finds, and that it finds it once: whatever Halo's ids, dates, pages and errors are like. */
import { setTimeout as sleep } from 'node:timers/promises';
import { forgetBudgets } from '../../support/forgetBudgets.ts';
import { untilTrue } from '../../support/polling.ts';
import { minutesAgo, startFeedStack } from './stack.ts';
import type { FeedStack } from './stack.ts';

let stack: FeedStack;

beforeAll(async () => {
  stack = await startFeedStack();
});
afterAll(() => stack.close());
beforeEach(async () => {
  await stack.clear();
  await stack.trigger('triage');
});

/** Creates tickets one after the other; returns their ids. */
async function tickets(count: number): Promise<number[]> {
  const ids: number[] = [];
  for (let made = 0; made < count; made += 1) ids.push(await stack.ticket());
  return ids;
}

test('the first poll takes what is there as known; nothing fires', async () => {
  await stack.poll();
  expect(await stack.recordsOf('triage')).toEqual([]);
  const newest = Math.max(...(await stack.haloflow.northwind.records('Tickets')).map(({ id }) => Number(id)));
  expect((await stack.feed()).mark).toBeLessThanOrEqual(newest);
  expect(await stack.lists()).toHaveLength(1);
});

test('a new ticket becomes one event for each trigger, once', async () => {
  await stack.trigger('audit');
  await stack.trigger('asleep', { enabled: false });
  await stack.poll();
  const id = await stack.ticket();
  for (let poll = 0; poll < 3; poll += 1) await stack.poll();
  for (const trigger of ['triage', 'audit']) {
    expect(await stack.eventsOf(trigger)).toMatchObject([
      {
        key: `tickets/${id}`,
        record: id,
        source: 'poll',
        connection: 'northwind-halo',
        kind: 'tickets',
        poll: 2,
      },
    ]);
  }
  expect(await stack.recordsOf('asleep')).toEqual([]);
});

test('a trigger that is deleted between the reading of the configuration and the poll stops no other', async () => {
  await stack.trigger('deleted');
  const { version } = await stack.parts.configuration.current();
  await stack.parts.triggers.at(version);
  await stack.haloflow.store.pool.query(`delete from triggers where id = 'deleted'`);
  await stack.poll();
  const id = await stack.ticket();
  await stack.poll();
  expect(await stack.recordsOf('triage')).toEqual([id]);
  expect(await stack.feed()).toMatchObject({ errors: 0, error: null });
});

test('each poll without news is one request, with one trigger and with a hundred', async () => {
  await stack.poll();
  await stack.lists();
  for (let poll = 0; poll < 12; poll += 1) await stack.poll();
  expect(await stack.lists()).toHaveLength(12);
  for (let trigger = 0; trigger < 100; trigger += 1) await stack.trigger(`more-${trigger}`);
  for (let poll = 0; poll < 12; poll += 1) await stack.poll();
  expect(await stack.lists()).toHaveLength(12);
  expect((await stack.feed()).polls).toBe(25);
}, 60_000);

test('tickets that change never fire, old ones and new ones', async () => {
  const { northwind } = stack.haloflow;
  const before = await northwind.records('Tickets');
  await stack.poll();
  const id = await stack.ticket();
  await stack.poll();
  for (const ticket of [...before.slice(0, 5), ...before.slice(-60), { id }]) {
    await northwind.add('Tickets', { id: ticket.id, summary: 'Changed', status_id: 2, flagged: true });
  }
  await stack.poll();
  await stack.age(400);
  await stack.poll();
  expect((await stack.lists()).at(-1)?.query).toHaveProperty('lastupdatefromdate');
  expect(await stack.recordsOf('triage')).toEqual([id]);
});

test('every tenth poll looks by date of change instead, and one that comes five minutes after the last such look', async () => {
  await stack.poll();
  await stack.lists();
  for (let poll = 0; poll < 20; poll += 1) await stack.poll();
  const looks = (await stack.lists()).map(({ query }) => 'lastupdatefromdate' in query);
  expect(looks.flatMap((look, index) => (look ? [index + 1] : []))).toEqual([10, 20]);

  await stack.poll();
  // Four polls of a minute; the next one would come more than five minutes after the look.
  await stack.haloflow.store.pool.query(`update feeds set looked_at = now() - interval '245 seconds'`);
  await stack.poll();
  await stack.poll();
  expect((await stack.lists()).map(({ query }) => 'lastupdatefromdate' in query)).toEqual([
    false,
    true,
    false,
  ]);
});

test('a look reaches back ten minutes before the last one', async () => {
  await stack.poll();
  await stack.age(120);
  const { lookedAt } = await stack.feed();
  await stack.haloflow.store.pool.query('update feeds set must_look = true');
  await stack.lists();
  await stack.poll();
  const [look] = await stack.lists();
  expect(look?.query).toMatchObject({ domain: 'reqs', order: 'id', orderdesc: 'true' });
  const since = Date.parse(`${look?.query['lastupdatefromdate']}Z`);
  expect(Math.abs(lookedAt!.getTime() - 600_000 - since)).toBeLessThan(1_000);
});

describe('a ticket that becomes visible after others with larger ids', () => {
  test('just below them is found by the next poll', async () => {
    await stack.poll();
    const [first = 0] = await tickets(1);
    await stack.ticket({}, { newId: first + 2 });
    await stack.poll();
    const late = await stack.ticket({}, { newId: first + 1, now: minutesAgo(0.1) });
    expect(late).toBe(first + 1);
    await stack.poll();
    expect(await stack.recordsOf('triage')).toEqual([first, first + 1, first + 2]);
  });

  test('far below them is found by the next look', async () => {
    await stack.poll();
    const [first = 0] = await tickets(1);
    await stack.ticket({}, { newId: first + 2 });
    await tickets(130);
    await stack.poll();
    await stack.poll();
    await stack.ticket({}, { newId: first + 1, now: minutesAgo(5) });
    await stack.poll();
    expect(await stack.recordsOf('triage')).not.toContain(first + 1);
    await stack.age(300);
    await stack.poll();
    expect(await stack.recordsOf('triage')).toContain(first + 1);
    expect(new Set(await stack.recordsOf('triage')).size).toBe(133);
  });

  test('is found though its number was given before the first poll', async () => {
    const [first = 0] = await tickets(1);
    await stack.ticket({}, { newId: first + 2 });
    await stack.poll();
    await stack.ticket({}, { newId: first + 1 });
    await stack.poll();
    expect(await stack.recordsOf('triage')).toEqual([first + 1]);
  });

  test('fires for a trigger that was enabled before it was created, and for no other', async () => {
    await stack.poll();
    const [first = 0] = await tickets(1);
    await stack.ticket({}, { newId: first + 3 });
    await stack.poll();
    await stack.trigger('early', { enabledAt: minutesAgo(2) });
    await stack.trigger('late');
    await stack.ticket({}, { newId: first + 1, now: minutesAgo(1) });
    await stack.ticket({}, { newId: first + 2 });
    await stack.poll();
    expect(await stack.recordsOf('triage')).toEqual([first, first + 1, first + 2, first + 3]);
    expect(await stack.recordsOf('early')).toEqual([first + 1, first + 2]);
    expect(await stack.recordsOf('late')).toEqual([first + 2]);
  });
});

test('an old ticket that was deleted and comes back, or becomes one of another kind, does not fire', async () => {
  const { northwind } = stack.haloflow;
  const old = (tickets: Record<string, unknown>[]) =>
    tickets
      .filter(({ dateoccurred }) => Date.parse(`${String(dateoccurred)}Z`) < Date.now() - 3_600_000)
      .slice(-20);
  const recent = old(await northwind.records('Tickets', { tickettype_id: 1 }));
  const project = old(await northwind.records('Tickets', { tickettype_id: 6 })).at(-1);
  const deleted = recent[3]!;
  await northwind.add('Tickets', { id: deleted.id, inactive: true });
  await tickets(1);
  await stack.poll();
  await northwind.add('Tickets', { id: deleted.id, inactive: false });
  await northwind.add('Tickets', { id: project!.id, tickettype_id: 1 });
  await stack.poll();
  await stack.age(400);
  await stack.poll();
  expect(await stack.recordsOf('triage')).toEqual([]);
});

test('tickets of one moment, and ones whose date was set to last year, all fire', async () => {
  await stack.poll();
  const now = minutesAgo(0);
  const ids = [];
  for (let made = 0; made < 5; made += 1) ids.push(await stack.ticket({}, { now }));
  ids.push(await stack.ticket({ dateoccurred: '2025-02-03T04:05:06' }));
  await stack.poll();
  expect(await stack.recordsOf('triage')).toEqual(ids);
});

test('several pages of news are all read, and the poll after them makes sure', async () => {
  await stack.poll();
  const ids = await tickets(230);
  await stack.lists();
  await stack.poll();
  expect(await stack.recordsOf('triage')).toEqual(ids);
  expect((await stack.lists()).length).toBeLessThanOrEqual(5);
  await stack.poll();
  expect((await stack.lists()).map(({ query }) => 'lastupdatefromdate' in query)).toContain(true);
  expect(await stack.recordsOf('triage')).toEqual(ids);
});

test.each([100, 50, 7])('news are complete when Halo gives at most %d rows a page', async (pageCap) => {
  await stack.poll();
  await stack.haloflow.northwind.settings({ pageCap });
  const ids = await tickets(120);
  await stack.poll();
  expect(await stack.recordsOf('triage')).toEqual(ids);
});

test('tickets that come and go while pages are read hide none', async () => {
  const { northwind } = stack.haloflow;
  await stack.poll();
  const ids = await tickets(260);
  await northwind.fault({
    kind: 'delay',
    delayMs: 200,
    commit: false,
    skip: 2,
    times: 2,
    match: { path: '/Tickets' },
  });
  const polling = stack.poll();
  await untilTrue(async () => (await northwind.requests()).some(({ fault }) => fault === 'delay'));
  // Everything below the first of these moves up, across the edges of the pages.
  for (const id of ids.slice(-30)) await northwind.add('Tickets', { id, inactive: true });
  ids.push(...(await tickets(3)));
  await polling;
  await stack.poll();
  await stack.poll();
  const found = await stack.recordsOf('triage');
  expect(found.filter((id) => !ids.includes(Number(id)))).toEqual([]);
  const gone = new Set(ids.slice(230, 260));
  expect(ids.filter((id) => !found.includes(id) && !gone.has(id))).toEqual([]);
  expect(new Set(found).size).toBe(found.length);
});

test('after hours without a poll, everything that was created meanwhile fires', async () => {
  await stack.poll();
  await stack.age(3 * 3600);
  const ids = [];
  for (let made = 0; made < 150; made += 1) ids.push(await stack.ticket({}, { now: minutesAgo(179 - made) }));
  await stack.lists();
  await stack.poll();
  expect((await stack.lists())[0]?.query).toHaveProperty('lastupdatefromdate');
  expect(await stack.recordsOf('triage')).toEqual(ids);
});

describe.each(['number', 'decimal', 'string'] as const)('ids as %s', (idStyle) => {
  test('are the same ids', async () => {
    await stack.poll();
    await stack.haloflow.northwind.settings({ idStyle });
    const id = await stack.ticket().catch(() => NaN);
    await stack.poll();
    await stack.poll();
    expect((await stack.recordsOf('triage')).length).toBe(1);
    if (!Number.isNaN(id)) expect(await stack.recordsOf('triage')).toEqual([id]);
  });
});

test('projects and opportunities fire only for triggers that ask for them', async () => {
  await stack.trigger('all', { parameters: { projects: true, opportunities: true } });
  const kinds = ['tickets', 'projects', 'opportunities'] as const;
  for (const kind of kinds) await stack.poll(kind);
  const { northwind } = stack.haloflow;
  const project = Number((await northwind.add('Projects', { summary: 'Move', client_id: 12 }))['id']);
  const opportunity = Number(
    (await northwind.add('Opportunities', { summary: 'Sell', client_id: 12 }))['id'],
  );
  const ticket = await stack.ticket();
  for (const kind of kinds) await stack.poll(kind);
  expect(await stack.recordsOf('triage')).toEqual([ticket]);
  expect((await stack.eventsOf('all')).map(({ key }) => key)).toEqual([
    `projects/${project}`,
    `opportunities/${opportunity}`,
    `tickets/${ticket}`,
  ]);
});

describe('a trigger that is enabled again', () => {
  test('gets nothing of the time in which it was disabled', async () => {
    await stack.trigger('other');
    await stack.poll();
    await stack.trigger('triage', { enabled: false });
    await tickets(2);
    await stack.poll();
    await tickets(2);
    await sleep(5);
    await stack.trigger('triage');
    await sleep(5);
    const id = await stack.ticket();
    await stack.poll();
    expect(await stack.recordsOf('triage')).toEqual([id]);
    expect(await stack.recordsOf('other')).toHaveLength(5);
  });

  test('gets nothing of it either when nobody polled meanwhile', async () => {
    await stack.poll();
    await stack.trigger('triage', { enabled: false });
    expect(await stack.poll()).toBeNull();
    await stack.age(7200);
    for (let made = 0; made < 70; made += 1) await stack.ticket({}, { now: minutesAgo(100 - made) });
    await stack.trigger('triage');
    await sleep(5);
    const id = await stack.ticket();
    await stack.poll();
    await stack.poll();
    expect(await stack.recordsOf('triage')).toEqual([id]);
  });

  test('while Halo is away, gets what is created from then on', async () => {
    await stack.poll();
    await stack.haloflow.northwind.fault({ kind: 'status', status: 500, times: 3 });
    await stack.poll();
    await stack.trigger('new');
    await stack.poll();
    await sleep(5);
    const id = await stack.ticket();
    await stack.poll();
    await stack.poll();
    expect(await stack.recordsOf('new')).toEqual([id]);
    expect(await stack.recordsOf('triage')).toEqual([id]);
  });
});

describe('Halo in trouble', () => {
  test.each([
    ['429', { kind: 'status', status: 429, headers: { 'retry-after': '25' } }],
    ['500', { kind: 'status', status: 500 }],
    ['a dropped connection', { kind: 'drop-before' }],
    ['a reply that was lost', { kind: 'drop-after' }],
    ['half a reply', { kind: 'truncate' }],
    ['an HTML page', { kind: 'html' }],
    ['a timeout', { kind: 'delay', delayMs: 600_000 }],
  ] as const)(
    '%s in the middle of several pages: recorded, nothing lost, nothing twice',
    async (name, fault) => {
      await stack.poll();
      const ids = await tickets(120);
      await stack.haloflow.northwind.fault({ ...fault, skip: 1, match: { path: '/Tickets' } });
      const failed = await (name === 'a timeout' ? stack.hastyPoll(400) : stack.poll());
      expect(failed?.error).toBeInstanceOf(Error);
      expect(await stack.recordsOf('triage')).toEqual([]);
      expect(await stack.feed()).toMatchObject({
        errors: 1,
        error: expect.stringMatching(/^Halo\w+Error: /) as string,
        mustLook: true,
      });
      const waitMs = failed?.nextInMs ?? 0;
      const waits: Record<string, [number, number]> = {
        '429': [20_000, 30_000],
        'an HTML page': [9_000, 11_000],
      };
      const [least, most] = waits[name] ?? [900, 1_100];
      expect(waitMs).toBeGreaterThan(least);
      expect(waitMs).toBeLessThan(most);
      // The budget has moved its horizon after the 429.
      await forgetBudgets(stack.haloflow.store);
      await stack.poll();
      expect(await stack.recordsOf('triage')).toEqual(ids);
      expect(await stack.feed()).toMatchObject({ errors: 0, error: null });
    },
  );

  test('tokens that expire in the middle of a poll are renewed', async () => {
    await stack.poll();
    const ids = await tickets(120);
    await stack.haloflow.northwind.fault({ kind: 'expire-tokens', skip: 1, match: { path: '/Tickets' } });
    expect((await stack.poll())?.error).toBeNull();
    expect(await stack.recordsOf('triage')).toEqual(ids);
  });

  test('waits grow up to the interval and no further, and are gone with the first success', async () => {
    await stack.poll();
    await stack.haloflow.northwind.fault({ kind: 'status', status: 500, times: 8 });
    const waits = [];
    for (let poll = 0; poll < 8; poll += 1) waits.push((await stack.poll())!.nextInMs);
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
    const began = performance.now();
    const succeeded = await stack.poll();
    expect(succeeded!.nextInMs + performance.now() - began).toBeGreaterThan(59_000);
    expect(await stack.feed()).toMatchObject({ errors: 0, error: null });
  });
});

test('two polls of one feed at once make one event of each ticket, and one step of the cursor', async () => {
  await stack.poll();
  const ids = await tickets(3);
  const { polls } = await stack.feed();
  await stack.haloflow.northwind.settings({ latencyMs: 100 });
  const outcomes = await Promise.all([stack.poll(), stack.otherPoll()]);
  expect(outcomes.map((outcome) => outcome?.error)).toEqual([null, null]);
  expect(await stack.recordsOf('triage')).toEqual(ids);
  expect((await stack.feed()).polls).toBe(polls + 1);
});

test('a poll that died after its transaction is not repeated before the next is due', async () => {
  await stack.poll();
  const id = await stack.ticket();
  const began = performance.now();
  await stack.poll();
  const before = await stack.feed();
  const { createPoll } = await import('../../../triggers/feeds/poll.ts');
  const again = await createPoll(stack.parts)({ connection: 'northwind-halo', kind: 'tickets' });
  expect((again?.nextInMs ?? 0) + performance.now() - began).toBeGreaterThan(55_000);
  expect(await stack.feed()).toEqual(before);
  expect(await stack.recordsOf('triage')).toEqual([id]);
});

test('another Halo behind the same connection is read from its own newest ticket on', async () => {
  await stack.poll();
  await tickets(3);
  await stack.poll();
  await stack.haloflow.reconfigure(
    `update connections set resource_server = replace(resource_server, '127.0.0.1', 'localhost'), auth_server = null where id = 'northwind-halo'`,
  );
  await stack.haloflow.northwind.reset();
  await tickets(40);
  await stack.poll();
  expect(await stack.recordsOf('triage')).toHaveLength(3);
  const id = await stack.ticket();
  await stack.poll();
  expect((await stack.recordsOf('triage')).at(-1)).toBe(id);
});
