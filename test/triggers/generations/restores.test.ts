/** A Halo whose ids go back: every new ticket runs once, what was in the backup stays what it was, and people are told. */
import { backfill, planRewind, rewind } from '../../../triggers/feeds/rewind.ts';
import { names, stepsOf } from './steps.ts';
import { PRODUCTION, UAT, startGenerationStack } from './stack.ts';
import type { GenerationStack } from './stack.ts';

let stack: GenerationStack;
beforeAll(async () => {
  stack = await startGenerationStack();
});
afterAll(() => stack.close());
beforeEach(() => stack.clear());

const { look, tickets, generations } = stepsOf(() => stack);
const made = (once: string, input: Record<string, unknown>, action?: string): Promise<number> =>
  stack.made(once, input, action === undefined ? {} : { action });
const count = async (route: string, where: Record<string, string>): Promise<number> =>
  (await stack.production.records(route, where)).length;

describe('restored to yesterday', () => {
  let kept: number[];
  let lost: number[];
  beforeEach(async () => {
    await stack.trigger('watch', PRODUCTION);
    await look();
    kept = await tickets('kept', 3);
    await made('before', { summary: 'Made before' });
    await made('client before', { name: 'Client before' }, 'clients.create');
    await look();
    await stack.production.backUp('yesterday');
    lost = await tickets('lost', 5);
    await made('lost', { summary: 'Made and lost' });
    await made('client lost', { name: 'Client lost' }, 'clients.create');
    await look();
    await stack.production.restore('yesterday');
  });

  test('its new tickets all run, under keys of their own, whatever number they have', async () => {
    const fresh = await tickets('fresh', 4);
    expect(fresh).toEqual(lost.slice(0, 4));
    for (let polls = 0; polls < 3; polls += 1) await look();
    await tickets('later', 4);
    await look();
    expect(await stack.ran('watch')).toEqual(
      [...names('fresh', 4), ...names('kept', 3), ...names('later', 4), ...names('lost', 5)].toSorted(),
    );
    expect(await generations()).toEqual([{ generation: 2, first_id: lost[0] }]);
    const events = await stack.eventsOf('watch');
    const started = events.flatMap(({ workflowId }) => workflowId ?? []);
    expect(new Set(started).size).toBe(started.length);
    expect(events.find(({ record }) => record === kept[0])?.key).toBe(`tickets/${kept[0]}`);
    expect(events.at(-1)?.key).toMatch(/^tickets\/\d+@127\.0\.0\.1:\d+#2$/);
  });

  test('one new ticket is enough, by number or by a look at what has changed', async () => {
    await tickets('fresh', 1);
    await stack.haloflow.store.pool.query('update feeds set must_look = true');
    await look();
    expect((await stack.ran('watch')).filter((one) => one.startsWith('fresh'))).toEqual(['fresh 1']);
  });

  test('an event and the state of the feed tell it', async () => {
    await tickets('fresh', 2);
    await look();
    const { rows } = await stack.haloflow.store.pool.query(
      `select * from events where key like 'went-back/%'`,
    );
    expect(rows).toMatchObject([
      {
        connection: PRODUCTION,
        organization: 'northwind',
        status: 'filtered',
        reason: expect.stringMatching(
          new RegExp(`went back.*records from ${lost[0]} on are of generation 2`),
        ),
      },
    ]);
  });

  test('rewind across it and backfill start nothing twice', async () => {
    await tickets('fresh', 4);
    await look();
    const trigger = await stack.triggerNow('watch');
    const before = await stack.ran('watch');
    expect(await planRewind(stack.parts, { trigger, to: kept[0]! })).toMatchObject({ ran: 7, unknown: 0 });
    await rewind(stack.parts, { trigger, to: kept[0]! });
    await backfill(stack.parts, { trigger, since: new Date(Date.now() - 3_600_000), limit: 1_000 });
    await stack.dispatch();
    expect(await stack.ran('watch')).toEqual(before);
    expect(await rewind(stack.parts, { trigger, to: lost[0]!, again: true })).toMatchObject({ fired: 4 });
    await stack.dispatch();
    expect(await stack.ran('watch')).toEqual([...before, ...names('fresh', 4)].toSorted());
  });

  test('a business key from before is answered, one whose record is lost makes it anew, once', async () => {
    await tickets('fresh', 4);
    await look();
    const own = await made('lost', { summary: 'Made and lost' });
    expect(await made('lost', { summary: 'Made and lost' })).toBe(own);
    await made('client lost', { name: 'Client lost' }, 'clients.create');
    await made('client lost', { name: 'Client lost' }, 'clients.create');
    await made('before', { summary: 'Made before' });
    await made('client before', { name: 'Client before' }, 'clients.create');
    expect(await count('Tickets', { summary: 'Made and lost' })).toBe(1);
    expect(await count('Client', { name: 'Client lost' })).toBe(1);
    expect(await count('Tickets', { summary: 'Made before' })).toBe(1);
    expect(await count('Client', { name: 'Client before' })).toBe(1);
    await look();
    // Its own ticket starts nothing, and a person's ticket with the number of one of ours does.
    expect((await stack.ran('watch')).filter((one) => one.startsWith('Made'))).toEqual([]);
  });

  test('what the workflows make before it is noticed stays their own', async () => {
    await tickets('fresh', 1);
    await made('early', { summary: 'Made early' });
    await look();
    await look();
    expect((await stack.ran('watch')).filter((one) => !/^(kept|lost)/.test(one))).toEqual(['fresh 1']);
  });

  test('a second restore, and one of the restored Halo, are generations of their own', async () => {
    await tickets('fresh', 2);
    await look();
    await stack.production.restore('yesterday');
    await tickets('again', 3);
    await look();
    await look();
    expect((await stack.ran('watch')).filter((one) => !/^(kept|lost)/.test(one))).toEqual([
      ...names('again', 3),
      ...names('fresh', 2),
    ]);
    expect(await generations()).toHaveLength(2);
  });

  test('projects, which have the same numbers, are of the same generation, whichever feed sees it first', async () => {
    await stack.trigger('projects', PRODUCTION, { parameters: { projects: true } });
    for (const kind of ['tickets', 'projects'] as const) await stack.poll(PRODUCTION, kind);
    await tickets('fresh', 1);
    await stack.production.add('Projects', { summary: 'project 1' });
    await tickets('more', 1);
    await stack.poll(PRODUCTION, 'projects');
    await stack.poll(PRODUCTION, 'tickets');
    await stack.production.add('Projects', { summary: 'project 2' });
    await stack.poll(PRODUCTION, 'tickets');
    await stack.poll(PRODUCTION, 'projects');
    await stack.dispatch();
    expect(await stack.ran('projects')).toEqual(['fresh 1', 'more 1', 'project 1', 'project 2']);
  });
});

test('restored to before everything that is kept', async () => {
  await stack.trigger('watch', PRODUCTION);
  await look();
  const [first = 0] = await tickets('kept', 2);
  await look();
  await stack.production.backUp('old');
  await stack.production.addAll(
    'Tickets',
    names('gone', 130).map((summary) => ({ summary })),
  );
  await stack.poll(PRODUCTION);
  await stack.haloflow.store.pool.query(`update events set status = 'accepted' where status = 'pending'`);
  await stack.production.restore('old');
  await look();
  await tickets('fresh', 3);
  for (let polls = 0; polls < 3; polls += 1) await look();
  expect(await stack.ran('watch')).toEqual([...names('fresh', 3), ...names('kept', 2)]);
  const trigger = await stack.triggerNow('watch');
  expect(await planRewind(stack.parts, { trigger, to: first })).toMatchObject({ ran: 5, unknown: 0 });
});

describe.each([
  ['larger', 9_000, 3_000],
  ['smaller', 3_000, 9_000],
])('a test Halo refreshed from production, with %s ids', (_what, ofProduction, ofTest) => {
  test('starts what is made from then on, and nothing of production', async () => {
    await stack.trigger('watch', UAT);
    for (const [halo, from] of [
      ['production', ofProduction],
      ['uat', ofTest],
    ] as const) {
      await stack.ticket(stack[halo], {}, { newId: from, now: new Date(Date.now() - 7_200_000) });
      for (let made = 0; made < 120; made += 1) {
        const now = new Date(Date.now() - 7_000_000 + made * 50_000);
        await stack.ticket(stack[halo], { summary: `${halo} of the past` }, { now });
      }
    }
    await look(UAT);
    await tickets('test', 3, 'uat');
    await look(UAT);
    await stack.production.backUp('production');
    await stack.uat.restore('production');
    await look(UAT);
    await tickets('refreshed', 3, 'uat');
    for (let polls = 0; polls < 3; polls += 1) await look(UAT);
    await tickets('later', 2, 'uat');
    await look(UAT);
    expect(await stack.ran('watch')).toEqual([
      ...names('later', 2),
      ...names('refreshed', 3),
      ...names('test', 3),
    ]);
    const trigger = await stack.triggerNow('watch');
    const since = new Date(Date.now() - 1_000_000);
    const plan = await planRewind(stack.parts, { trigger, to: since });
    expect(plan).toMatchObject({ ran: 5, waiting: 0, refused: 0 });
  });
});

describe('no restore is', () => {
  beforeEach(async () => {
    await stack.trigger('watch', PRODUCTION);
    await look();
    await tickets('first', 6);
    await look();
  });
  afterEach(async () => {
    expect(await generations()).toEqual([]);
    await tickets('second', 2);
    await look();
    await look();
    expect((await stack.ran('watch')).filter((one) => !one.startsWith('edited'))).toEqual(
      expect.arrayContaining(names('second', 2)),
    );
    expect(await stack.ran('watch')).toHaveLength(8);
    expect(await generations()).toEqual([]);
  });
  const newest = async (at: number): Promise<number> =>
    Number((await stack.production.records('Tickets')).map(({ id }) => Number(id)).sort((a, b) => b - a)[at]);
  const now = (): string => new Date(Date.now() + 1_000).toISOString().slice(0, 19);

  test.each([
    ['the newest ticket', 0],
    ['one of the newest', 3],
    ['an old one', 120],
  ])('the date of %s, edited to now', async (_which, at) => {
    await stack.production.add('Tickets', { id: await newest(at), dateoccurred: now() });
    for (const must of [false, true, false]) {
      await stack.haloflow.store.pool.query('update feeds set must_look = $1', [must]);
      await look();
    }
  });

  test('the dates of several, edited one after the other and at once', async () => {
    for (const at of [0, 1]) {
      await stack.production.add('Tickets', { id: await newest(at), dateoccurred: now() });
      await look();
    }
    for (const at of [0, 1, 2]) {
      await stack.production.add('Tickets', { id: await newest(at), dateoccurred: '2026-01-02T03:04:05' });
    }
    await look();
  });

  test('that the newest tickets were deleted, and a date was edited', async () => {
    for (const at of [0, 0, 0])
      await stack.production.add('Tickets', { id: await newest(at), inactive: true });
    await look();
    await stack.production.add('Tickets', { id: await newest(4), dateoccurred: now() });
    await look();
  });

  test('that the agent lost the sight of the newest tickets, and a date of another one was edited', async () => {
    await stack.ticket(stack.production, { summary: 'first for a client', client_id: 12 });
    await look();
    const { pool } = stack.haloflow.store;
    await pool.query(
      `delete from runs where id in (select run from events where payload->'ticket'->>'client_id' = '12')`,
    );
    await stack.production.settings({ hiddenClients: [1] });
    await look();
    const [seen] = (await stack.production.records('Tickets', { client_id: 12 })).slice(-5);
    await stack.production.add('Tickets', { id: seen!['id'], dateoccurred: now() });
    for (const must of [false, true, false]) {
      await pool.query('update feeds set must_look = $1', [must]);
      await look();
    }
    await stack.production.settings({ hiddenClients: [] });
    await look();
  });

  test('a ticket whose creation took long', async () => {
    const last = await newest(0);
    await stack.ticket(
      stack.production,
      { summary: 'edited into no run', inactive: true },
      { newId: last + 1 },
    );
    await stack.ticket(stack.production, { summary: 'second 0' }, { newId: last + 3 });
    await look();
    await stack.ticket(stack.production, { summary: 'second 0, late' }, { newId: last + 2 });
    await look();
    expect((await stack.ran('watch')).filter((one) => one.startsWith('second 0'))).toHaveLength(2);
    await stack.haloflow.store.pool.query(
      `delete from runs where id in (select run from events where record > $1)`,
      [last],
    );
  });
});
