/** What a look by date finds although Halo's totals and times say little. */
import { createPoll } from '../../../triggers/feeds/poll.ts';
import type { HaloPort } from '../../../triggers/haloPort.ts';
import { CONNECTION, minutesAgo, startFeedStack } from './stack.ts';
import type { FeedStack } from './stack.ts';

type Asked = Parameters<HaloPort['call']>[0];

let stack: FeedStack;

beforeAll(async () => {
  stack = await startFeedStack();
});
afterAll(() => stack.close());
beforeEach(async () => {
  await stack.clear();
  await stack.trigger('triage', { enabledAt: minutesAgo(300) });
});

const make = async (count: number, at: Date): Promise<number[]> =>
  await stack.tickets(count, { occurred: at, changed: at });

async function poll(call?: (ask: HaloPort['call'], asked: Asked) => Promise<unknown>): Promise<void> {
  const { halo } = stack.parts;
  const port: HaloPort = call
    ? { ...halo, call: async (asked) => await call((more) => halo.call(more), asked) }
    : halo;
  await stack.haloflow.store.pool.query('update feeds set next_poll_at = now()');
  const outcome = await createPoll({ ...stack.parts, halo: port })({
    connection: CONNECTION,
    kind: 'tickets',
  });
  expect(outcome?.error).toBeNull();
}

async function looks(count: number): Promise<void> {
  for (let look = 0; look < count; look += 1) {
    await stack.age(100);
    await stack.haloflow.store.pool.query('update feeds set must_look = true');
    await poll();
  }
}

test.each([0, null])('all that is new after an outage, where Halo gives %p as the total', async (total) => {
  await make(1, minutesAgo(90));
  await poll();
  await stack.age(3_600);
  const ids = await make(130, minutesAgo(1));
  await poll(async (ask, { onTotal, ...asked }) => {
    const rows = await ask(asked);
    if (total !== null) onTotal?.(total);
    return rows;
  });
  expect(await stack.recordsOf('triage')).toEqual(ids);
});

test('the ticket at the border of two pages, when one of the first page goes and an old one is changed', async () => {
  const { northwind } = stack.haloflow;
  const [old] = await make(1, minutesAgo(3_000));
  await poll();
  await stack.age(4 * 3_600);
  const ids = await make(250, minutesAgo(60));
  const gone = ids.at(-5);
  let pages = 0;
  await poll(async (ask, asked) => {
    const rows = await ask(asked);
    pages += 1;
    if (pages === 1) {
      await northwind.add('Tickets', { id: gone, inactive: true });
      await northwind.add('Tickets', { id: old, summary: 'Changed' });
    }
    return rows;
  });
  await looks(2);
  expect((await stack.recordsOf('triage')).filter((id) => id !== gone)).toEqual(
    ids.filter((id) => id !== gone),
  );
});

test('a record that becomes a ticket in a transaction which ends after the look, and began before it', async () => {
  const { northwind } = stack.haloflow;
  const dateoccurred = minutesAgo(20).toISOString().slice(0, 19);
  const project = Number(
    (await northwind.add('Projects', { summary: 'Move', dateoccurred }, { now: minutesAgo(20) }))['id'],
  );
  await northwind.settings({ pageCap: 50 });
  const ids = await make(60, minutesAgo(19));
  await poll();
  const { mark } = await stack.feed();
  await stack.haloflow.store.pool.query(
    `update feeds set must_look = true, floor = 0, changed_to = now(), look_marks = $1,
      seen = array_remove(array(select generate_series(1, mark)), $2)`,
    [JSON.stringify([[minutesAgo(60).getTime(), mark]]), project],
  );
  const began = new Date(Date.now() - 2_000);
  await northwind.addAll(
    'Tickets',
    ids.map((id) => ({ id, summary: 'Changed' })),
    new Date(began.getTime() + 1_000),
  );
  await poll();
  await northwind.add('Tickets', { id: project, tickettype_id: 1 }, { now: began });
  await looks(2);
  expect(await stack.recordsOf('triage')).toEqual([project]);
});
