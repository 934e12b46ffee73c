/** Records of the past, asked for by hand: counted first, fired once, the feed's cursor untouched. */
import { readTriggers } from '../../../triggers/registry.ts';
import { previewTickets } from '../../../triggers/feeds/preview.ts';
import { backfill, planBackfill, planRewind, rewind } from '../../../triggers/feeds/rewind.ts';
import { feedState } from '../../../triggers/feeds/state.ts';
import type { Trigger } from '../../../triggers/types.ts';
import { CONNECTION, startFeedStack } from './stack.ts';
import type { FeedStack } from './stack.ts';

let stack: FeedStack;

beforeAll(async () => {
  stack = await startFeedStack();
});
afterAll(() => stack.close());
beforeEach(async () => {
  await stack.clear();
  await stack.trigger('triage');
  await stack.poll();
});

async function trigger(id = 'triage'): Promise<Trigger> {
  const found = (await readTriggers(stack.parts.store)).find((candidate) => candidate.id === id);
  if (!found) throw new Error(`no trigger ${id}`);
  return found;
}

async function tickets(count: number): Promise<number[]> {
  const ids: number[] = [];
  for (let made = 0; made < count; made += 1) ids.push(await stack.ticket());
  return ids;
}

/** What the dispatch would make of the trigger's rows. */
async function settle(status: string, ids: readonly number[], reason: string | null = null): Promise<void> {
  await stack.haloflow.store.pool.query(
    `update events set status = $1, reason = $3, attempts = 10, decided_at = now() where record = any($2::int[])`,
    [status, ids, reason],
  );
}

const statuses = async (): Promise<unknown[]> =>
  (await stack.eventsOf('triage')).map(({ key, status, source }) => `${key} ${status} ${source}`);

test('rewind to a ticket counts, then fires what this trigger has not looked at, and nothing else', async () => {
  const [old, first = 0, ...others] = await tickets(4);
  await stack.poll();
  await stack.trigger('new');
  await stack.poll();
  const { mark, seen } = await stack.feed();
  const request = { trigger: await trigger('new'), to: first };
  const plan = { records: 3, ran: 0, refused: 0, waiting: 0, unknown: 3 };
  expect(await planRewind(stack.parts, request)).toEqual(plan);
  expect(await stack.recordsOf('new')).toEqual([]);
  expect(await rewind(stack.parts, request)).toEqual({ ...plan, fired: 3 });
  expect(await stack.eventsOf('new')).toMatchObject(
    [first, ...others].map((id) => ({
      key: `tickets/${id}`,
      record: id,
      status: 'pending',
      source: 'rewind',
      connection: CONNECTION,
      kind: 'tickets',
    })),
  );
  expect(await stack.recordsOf('triage')).toEqual([old, first, ...others]);
  expect(await stack.feed()).toMatchObject({ mark, seen });
  expect(await rewind(stack.parts, request)).toEqual({ ...plan, unknown: 0, waiting: 3, fired: 0 });
});

test('rewind to a time takes what was created since, not what merely changed', async () => {
  const { northwind } = stack.haloflow;
  const now = Date.now();
  await stack.ticket({}, { now: new Date(now - 3 * 3_600_000) });
  const since = await stack.ticket({}, { now: new Date(now - 3_600_000) });
  const last = await stack.ticket();
  const [older] = await northwind.records('Tickets');
  await northwind.add('Tickets', { id: older!.id, summary: 'Changed' });
  const request = { trigger: await trigger(), to: new Date(now - 2 * 3_600_000) };
  const { records } = await planRewind(stack.parts, request);
  await rewind(stack.parts, request);
  const found = await stack.recordsOf('triage');
  expect(found).toHaveLength(records);
  expect(found.slice(-2)).toEqual([since, last]);
});

test('rewind fires again what failed or was filtered, as an unmapped client, and not what ran', async () => {
  const [failed = 0, filtered = 0, ran = 0, waiting = 0] = await tickets(4);
  await stack.poll();
  await settle('failed', [failed], 'unmapped client 12');
  await settle('filtered', [filtered], 'criteria: no');
  await settle('accepted', [ran]);
  const plan = { records: 4, ran: 1, refused: 2, waiting: 1, unknown: 0 };
  const request = { trigger: await trigger(), to: failed };
  expect(await planRewind(stack.parts, request)).toEqual(plan);
  expect(await rewind(stack.parts, request)).toEqual({ ...plan, fired: 2 });
  expect(await statuses()).toEqual([
    `tickets/${failed} pending rewind`,
    `tickets/${filtered} pending rewind`,
    `tickets/${ran} accepted poll`,
    `tickets/${waiting} pending poll`,
  ]);
  expect((await stack.eventsOf('triage'))[0]).toMatchObject({ attempts: 0, reason: null, decidedAt: null });
});

test('rewind again runs what ran once more, under a key that points to the first; once for each request', async () => {
  const [ran = 0] = await tickets(1);
  await stack.poll();
  await settle('accepted', [ran]);
  const [first] = await stack.eventsOf('triage');
  const request = { trigger: await trigger(), to: ran, again: true };
  expect(await rewind(stack.parts, request)).toMatchObject({ records: 1, ran: 1, fired: 1 });
  // Interrupted and repeated: the first repeat is still waiting.
  expect(await rewind(stack.parts, request)).toMatchObject({ fired: 0 });
  await settle('accepted', [ran]);
  expect(await rewind(stack.parts, request)).toMatchObject({ fired: 1 });
  expect(await stack.eventsOf('triage')).toMatchObject([
    { key: `tickets/${ran}`, repeats: null },
    { key: `tickets/${ran}/again/1`, repeats: first?.id, record: ran, status: 'accepted' },
    { key: `tickets/${ran}/again/2`, repeats: first?.id, record: ran, status: 'pending' },
  ]);
});

test('backfill says the count, fires at most the limit, oldest first, and never what was looked at', async () => {
  const since = new Date(Date.now() - 3_600_000);
  const before = (await stack.haloflow.northwind.records('Tickets')).filter(
    ({ dateoccurred }) => Date.parse(`${String(dateoccurred)}Z`) >= since.getTime(),
  ).length;
  const ids = await tickets(5);
  await stack.poll();
  await settle('filtered', ids.slice(0, 1), 'criteria: no');
  await stack.trigger('fresh');
  await stack.poll();
  const request = { trigger: await trigger('fresh'), since, limit: before + 3 };
  expect(await planBackfill(stack.parts, request)).toMatchObject({
    records: before + 3,
    unknown: before + 3,
  });
  expect(await backfill(stack.parts, request)).toMatchObject({ fired: before + 3 });
  expect(await backfill(stack.parts, request)).toMatchObject({ fired: 0, waiting: before + 3 });
  const found = await stack.eventsOf('fresh');
  expect(found.slice(-3).map(({ record, source }) => [record, source])).toEqual(
    ids.slice(0, 3).map((id) => [id, 'backfill']),
  );
  const own = { trigger: await trigger(), since, limit: 1000 };
  await backfill(stack.parts, own);
  expect((await stack.eventsOf('triage')).find(({ record }) => record === ids[0])?.status).toBe('filtered');
});

test('hundreds of records are all found', async () => {
  const ids = await tickets(230);
  await stack.trigger('fresh');
  const request = { trigger: await trigger('fresh'), to: ids[0]! };
  expect(await rewind(stack.parts, request)).toMatchObject({ records: 230, fired: 230 });
  expect(await stack.recordsOf('fresh')).toEqual(ids);
}, 60_000);

test('a trigger that reads no records is refused with the reason', async () => {
  await stack.trigger('by-hand', { type: 'always-pass' });
  await expect(planRewind(stack.parts, { trigger: await trigger('by-hand'), to: 1 })).rejects.toThrow(
    'trigger by-hand is of type always-pass, which reads no records of Halo',
  );
});

test('the last tickets are shown in full, newest first', async () => {
  const ids = await tickets(3);
  const shown = await previewTickets(stack.parts, await trigger(), 5);
  expect(shown).toHaveLength(5);
  expect(shown.slice(0, 3).map(({ id }) => id)).toEqual(ids.toReversed());
  expect(shown[0]).toMatchObject({
    connection: CONNECTION,
    kind: 'tickets',
    record: { id: ids[2], summary: 'Printer', status_name: 'New' },
  });
});

test('the state of a feed: interval, cursor, lag, errors, what comes next', async () => {
  expect(await feedState(stack.parts.store, CONNECTION, 'projects')).toBeNull();
  const began = Date.now();
  const id = await stack.ticket({}, { now: new Date(began - 90_000) });
  await stack.poll();
  const state = await feedState(stack.parts.store, CONNECTION, 'tickets');
  expect(state).toMatchObject({ everySeconds: 60, cursor: id, errors: 0, error: null });
  expect(state?.lagSeconds).toBeGreaterThanOrEqual(90);
  expect(state?.lagSeconds).toBeLessThan(91 + (Date.now() - began) / 1_000);
  expect(state!.nextPoll!.getTime() - state!.lastPoll!.getTime()).toBeGreaterThan(55_000);
  await stack.haloflow.northwind.fault({ kind: 'status', status: 500, times: 2 });
  await stack.poll();
  await stack.poll();
  expect(await feedState(stack.parts.store, CONNECTION, 'tickets')).toMatchObject({
    errors: 2,
    error: expect.stringContaining('answered 500') as string,
    cursor: id,
    lastSuccess: state?.lastSuccess,
  });
});
