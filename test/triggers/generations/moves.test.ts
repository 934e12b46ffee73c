/** A trigger, a trigger's id or a connection that goes from one Halo to another: nothing is lost and nothing is twice. */
import { createPoll } from '../../../triggers/feeds/poll.ts';
import { backfill, planRewind, rewind } from '../../../triggers/feeds/rewind.ts';
import { sayRestored } from '../../../triggers/feeds/sayRestored.ts';
import { PRODUCTION, UAT, startGenerationStack } from './stack.ts';
import type { GenerationStack } from './stack.ts';

let stack: GenerationStack;
beforeAll(async () => {
  stack = await startGenerationStack();
});
afterAll(() => stack.close());
beforeEach(() => stack.clear());

/** Tickets with these numbers on a Halo. */
async function numbered(halo: 'uat' | 'production', ids: readonly number[]): Promise<void> {
  for (const newId of ids) await stack.ticket(stack[halo], { summary: `${halo} ${newId}` }, { newId });
}

/** Polls, and lets run what came of it. */
async function look(connection: string): Promise<void> {
  await stack.poll(connection);
  await stack.dispatch();
}

describe('from a test Halo to production and back', () => {
  beforeEach(async () => {
    await stack.trigger('other', PRODUCTION);
    await stack.trigger('watch', UAT);
    await look(UAT);
    await look(PRODUCTION);
    await numbered('uat', [5001, 5002, 5003]);
    await look(UAT);
    await stack.move('watch', PRODUCTION);
    await look(PRODUCTION);
    await numbered('production', [5001, 5002, 5003, 5004]);
    await look(PRODUCTION);
  });

  const all = [5001, 5002, 5003].map((id) => `uat ${id}`);
  const both = [...[5001, 5002, 5003, 5004].map((id) => `production ${id}`), ...all];

  test('tickets of the same numbers all run, each once', async () => {
    expect(await stack.ran('watch')).toEqual(both);
    const events = await stack.eventsOf('watch');
    expect(new Set(events.map(({ key }) => key)).size).toBe(7);
    expect(new Set(events.map(({ workflowId }) => workflowId)).size).toBe(7);
    expect(events.slice(0, 3).map(({ key }) => key)).toEqual([5001, 5002, 5003].map((id) => `tickets/${id}`));
    await stack.move('watch', UAT);
    for (let polls = 0; polls < 3; polls += 1) await look(UAT);
    await numbered('uat', [5004]);
    await look(UAT);
    expect(await stack.ran('watch')).toEqual([...both, 'uat 5004'].toSorted());
  });

  test('a look by date, rewind and backfill find the same tickets under the same keys', async () => {
    const trigger = await stack.triggerNow('watch');
    await stack.haloflow.store.pool.query('update feeds set must_look = true');
    await look(PRODUCTION);
    expect(await planRewind(stack.parts, { trigger, to: 5001 })).toMatchObject({ ran: 4, unknown: 0 });
    await rewind(stack.parts, { trigger, to: 5001 });
    await backfill(stack.parts, { trigger, since: new Date(Date.now() - 600_000), limit: 100 });
    await stack.dispatch();
    expect((await stack.ran('watch')).filter((one) => both.includes(one))).toEqual(both);
    await stack.move('watch', UAT);
    const back = await stack.triggerNow('watch');
    expect(await planRewind(stack.parts, { trigger: back, to: 5001 })).toMatchObject({ ran: 3, unknown: 0 });
  });

  test('rewind again repeats those of the Halo that is asked', async () => {
    const trigger = await stack.triggerNow('watch');
    expect(await rewind(stack.parts, { trigger, to: 5003, again: true })).toMatchObject({ fired: 2 });
    await stack.dispatch();
    expect(await stack.ran('watch')).toEqual([...both, 'production 5003', 'production 5004'].toSorted());
  });

  test('a trigger that is made again under its id goes on with its keys', async () => {
    await stack.remove('watch');
    await stack.trigger('watch', UAT);
    await look(UAT);
    await numbered('uat', [5004]);
    await look(UAT);
    const trigger = await stack.triggerNow('watch');
    expect(await planRewind(stack.parts, { trigger, to: 5001 })).toMatchObject({ ran: 4, unknown: 0 });
    expect(await stack.ran('watch')).toEqual([...both, 'uat 5004'].toSorted());
  });
});

test('a connection that asks another Halo: its tickets of the same numbers run, also what still waits is not mixed', async () => {
  await stack.trigger('watch', UAT);
  await look(UAT);
  await numbered('uat', [5001, 5002]);
  await look(UAT);
  await numbered('uat', [5003]);
  await numbered('production', [5000]);
  // It waits in the inbox while the connection changes.
  await stack.poll(UAT);
  await stack.asks(UAT, PRODUCTION);
  await look(UAT);
  await numbered('production', [5001, 5002, 5003]);
  await look(UAT);
  expect(await stack.ran('watch')).toEqual([
    ...[5001, 5002, 5003].map((id) => `production ${id}`),
    'uat 5001',
    'uat 5002',
  ]);
  const [waited] = (await stack.eventsOf('watch')).filter(({ status }) => status === 'failed');
  expect(waited).toMatchObject({ record: 5003, key: 'tickets/5003' });
  expect(waited?.reason).toMatch(/connection nw-uat now leads to 127\.0\.0\.1:\d+/);
});

describe('a connection that asks another Halo and then the first one again', () => {
  const away = () => stack.asks(UAT, PRODUCTION);
  const back = () => stack.asks(UAT, UAT);

  beforeEach(async () => {
    await stack.trigger('watch', UAT);
    await look(UAT);
    await numbered('uat', [5001, 5002]);
    await look(UAT);
  });

  test('what was made there meanwhile runs, and nothing twice, however often it moves', async () => {
    const ran = ['uat 5001', 'uat 5002'];
    for (const from of [5010, 5020]) {
      await numbered('production', [from - 5]);
      // It waits in the inbox while the connection leads elsewhere, with one that no poll has found.
      await numbered('uat', [from]);
      await stack.poll(UAT);
      await away();
      await look(UAT);
      await numbered('uat', [from + 1, from + 2]);
      await stack.made(`own ${from}`, { summary: 'own' }, { connection: UAT });
      await numbered('production', [from]);
      await look(UAT);
      await back();
      for (let polls = 0; polls < 3; polls += 1) await look(UAT);
      await numbered('uat', [from + 3]);
      await look(UAT);
      ran.push(...[0, 1, 2, 3].map((more) => `uat ${from + more}`), `production ${from}`);
      if (from > 5010) ran.push('production 5015');
      expect(await stack.ran('watch')).toEqual(ran.toSorted());
    }
    const trigger = await stack.triggerNow('watch');
    expect(await planRewind(stack.parts, { trigger, to: 5001 })).toMatchObject({ ran: 10, unknown: 0 });
    await rewind(stack.parts, { trigger, to: 5001 });
    await backfill(stack.parts, { trigger, since: new Date(Date.now() - 600_000), limit: 100 });
    await stack.dispatch();
    expect(await stack.ran('watch')).toEqual(ran.toSorted());
  });

  test('what was created or enabled meanwhile begins with the return, what rested goes on', async () => {
    await stack.trigger('rests', UAT);
    await look(UAT);
    await away();
    await look(UAT);
    await stack.trigger('late', UAT);
    await stack.haloflow.reconfigure(`update triggers set enabled_at = now() where id like 'rests-%'`);
    await look(UAT);
    await numbered('uat', [5003]);
    await back();
    await look(UAT);
    await numbered('uat', [5004]);
    for (let polls = 0; polls < 2; polls += 1) await look(UAT);
    expect(await stack.ran('watch')).toEqual([5001, 5002, 5003, 5004].map((id) => `uat ${id}`));
    expect(await stack.ran('late')).toEqual(['uat 5004']);
    expect(await stack.ran('rests')).toEqual(['uat 5004']);
  });

  test('what haloflow made there meanwhile is its own, and another connection to it starts the rest once', async () => {
    await away();
    await look(UAT);
    await stack.asks(PRODUCTION, UAT);
    await stack.trigger('other', PRODUCTION);
    await look(PRODUCTION);
    await stack.made('own', { summary: 'own' }, { connection: PRODUCTION });
    await numbered('uat', [5010]);
    await stack.move('watch', PRODUCTION);
    await look(PRODUCTION);
    await numbered('uat', [5011]);
    await look(PRODUCTION);
    await stack.move('watch', UAT);
    await back();
    await look(UAT);
    await numbered('uat', [5012]);
    await look(UAT);
    expect(await stack.ran('other')).toEqual(['uat 5010', 'uat 5011']);
    expect(await stack.ran('watch')).toEqual([5001, 5002, 5010, 5011, 5012].map((id) => `uat ${id}`));
  });

  test('a Halo that never answered, or that nobody polled, is no other one', async () => {
    const { pool } = stack.haloflow.store;
    const said = await pool.query('select resource_server from connections where id = $1', [UAT]);
    const ask = (server: string) =>
      stack.haloflow.reconfigure('update connections set resource_server = $2 where id = $1', [UAT, server]);
    await ask('http://127.0.0.1:1');
    const outcome = await createPoll(stack.parts)({ connection: UAT, kind: 'tickets' });
    expect(outcome?.error).not.toBeNull();
    await numbered('uat', [5003]);
    await ask('http://127.0.0.1:2');
    await ask((said.rows[0] as { resource_server: string }).resource_server);
    await look(UAT);
    expect(await stack.ran('watch')).toEqual(['uat 5001', 'uat 5002', 'uat 5003']);
  });

  test.each(['this feed', 'another feed'])('a restore meanwhile is noticed by %s', async (by) => {
    await stack.uat.backUp('before');
    await numbered('uat', [5003, 5004]);
    await look(UAT);
    await away();
    await look(UAT);
    await stack.uat.restore('before');
    await stack.ticket(stack.uat, { summary: 'new 5003' }, { newId: 5003 });
    await stack.trigger('late', UAT);
    if (by === 'another feed') {
      await stack.asks(PRODUCTION, UAT);
      const { pool } = stack.haloflow.store;
      const since = (await stack.feed(UAT)).succeededAt ?? new Date();
      await sayRestored(stack.parts, { connection: PRODUCTION, since, isOther: false, by: 'a person' });
      expect((await pool.query('select mark from feed_places')).rows).toEqual([{ mark: 5002 }]);
    }
    await back();
    for (let polls = 0; polls < 3; polls += 1) await look(UAT);
    await numbered('uat', [5005]);
    await look(UAT);
    expect(await stack.ran('watch')).toEqual(
      ['new 5003', ...[5001, 5002, 5003, 5004, 5005].map((id) => `uat ${id}`)].toSorted(),
    );
    expect(await stack.ran('late')).toEqual(['uat 5005']);
  });

  test.each([
    [29, ['uat 5001', 'uat 5002', 'uat 5003', 'uat 5004']],
    [31, ['uat 5001', 'uat 5002', 'uat 5004']],
  ])('after %i days', async (days, ran) => {
    await away();
    await look(UAT);
    await stack.age(days * 86_400);
    await numbered('uat', [5003]);
    await back();
    await look(UAT);
    await numbered('uat', [5004]);
    await look(UAT);
    expect(await stack.ran('watch')).toEqual(ran);
  });
});

test('events from before they said whose they are stay known, also those of a trigger that had moved', async () => {
  await stack.trigger('watch', UAT);
  await look(UAT);
  await look(PRODUCTION);
  await numbered('uat', [5001, 5002]);
  await look(UAT);
  await stack.move('watch', PRODUCTION);
  await look(PRODUCTION);
  await numbered('production', [5003, 5004]);
  await look(PRODUCTION);
  // As the version before has left them: a plain key for all, and whose they are in the row of the feed only.
  const { pool } = stack.haloflow.store;
  await pool.query(`update events set key = 'tickets/' || record, halo = null`);
  await pool.query('update feeds set first_halo = halo');
  await pool.query('truncate trigger_halos');
  const trigger = await stack.triggerNow('watch');
  expect(await planRewind(stack.parts, { trigger, to: 5001 })).toMatchObject({ ran: 2, unknown: 0 });
  await numbered('production', [5001, 5002]);
  await look(PRODUCTION);
  expect(await stack.ran('watch')).toEqual([
    ...[5001, 5002, 5003, 5004].map((id) => `production ${id}`),
    'uat 5001',
    'uat 5002',
  ]);
});
