/** Batch delivery: one run for the rows of one poll and one organization. */
import { BudgetWait } from '../../../calls/budget.ts';
import { dispatchEvents } from '../../../triggers/dispatch/dispatch.ts';
import type { EventRow } from '../../../triggers/types.ts';
import { idPrefix } from '../../../triggers/start.ts';
import { startDispatchStack } from './stack.ts';
import type { DispatchStack } from './stack.ts';

let stack: DispatchStack;

beforeAll(async () => {
  stack = await startDispatchStack();
}, 60_000);

afterAll(() => stack.close());

const parameters = { deliver: 'batch', includeOwn: false };

interface BatchInput {
  readonly event: { readonly record_count: number; readonly tickets: readonly { readonly id: number }[] };
}

const ticketsOf = async (row: EventRow): Promise<number[]> => {
  const { event } = (await stack.result(row)) as BatchInput;
  expect(event.record_count).toBe(event.tickets.length);
  return event.tickets.map(({ id }) => id);
};

const byOrganization = (rows: readonly EventRow[], organization: string): EventRow[] =>
  rows.filter((row) => row.organization === organization);

test('a poll starts one run per organization, however many tickets it found and who dispatches', async () => {
  await stack.trigger('daily', { parameters });
  const tickets = await stack.tickets(
    ...Array.from({ length: 120 }, (_, index) => ({ client_id: index % 3 === 0 ? 2 : 12 })),
  );
  const found = await stack.found(['daily'], tickets, { poll: 7 });

  const rows = (await Promise.all([1, 2, 3].map(() => dispatchEvents(stack.parts)))).flat();

  expect(rows).toHaveLength(120);
  expect(rows.every(({ status }) => status === 'accepted')).toBe(true);
  const acme = byOrganization(rows, 'acme');
  const northwind = byOrganization(rows, 'northwind');
  expect([acme.length, northwind.length]).toEqual([80, 40]);
  expect(new Set(acme.map(({ run }) => run)).size).toBe(1);
  expect(acme[0]!.workflowId).toBe(`${idPrefix(stack.parts.starter)}o/acme/t/daily/batch/7-${found[1]!.id}`);
  expect(await ticketsOf(acme[0]!)).toEqual(tickets.filter((_, index) => index % 3 !== 0));
  expect(await ticketsOf(northwind[0]!)).toHaveLength(40);
  expect(await stack.started('daily')).toHaveLength(2);
});

test('tickets of unmapped clients are a batch of their own of the catch-all organization', async () => {
  await stack.haloflow.reconfigure(`update connections set catch_all = 'acme' where id = 'northwind-halo'`);
  await stack.trigger('catching', { parameters });
  const [own, unmapped, other] = await stack.tickets({}, { client_id: 14 }, { client_id: 15 });
  await stack.found(['catching'], [own!, unmapped!, other!], { poll: 8 });

  const rows = await dispatchEvents(stack.parts);

  await stack.haloflow.reconfigure('update connections set catch_all = null');
  expect(rows.map(({ status, organization, reason }) => [status, organization, reason])).toEqual([
    ['accepted', 'acme', null],
    ['accepted', 'acme', 'catch-all: unmapped clients'],
    ['accepted', 'acme', 'catch-all: unmapped clients'],
  ]);
  expect(await ticketsOf(rows[0]!)).toEqual([own]);
  expect(await ticketsOf(rows[1]!)).toEqual([unmapped, other]);
  expect(await stack.result(rows[1]!)).toMatchObject({ event: { organization: null } });
});

test('each poll has runs of its own', async () => {
  await stack.trigger('polled', { parameters });
  const [one, two, three] = await stack.tickets({}, {}, {});
  await stack.found(['polled'], [one!, two!], { poll: 1 });
  await stack.found(['polled'], [three!], { poll: 2 });

  const rows = await dispatchEvents(stack.parts);

  expect(await ticketsOf(rows[0]!)).toEqual([one, two]);
  expect(await ticketsOf(rows[2]!)).toEqual([three]);
  expect(await stack.started('polled')).toHaveLength(2);
});

test('as the owner, the tickets of all organizations are one batch', async () => {
  await stack.trigger('whole', { parameters, runAs: 'owner' });
  const tickets = await stack.tickets({ client_id: 12 }, { client_id: 2 }, { client_id: 14 });
  await stack.found(['whole'], tickets);

  const rows = await dispatchEvents(stack.parts);

  expect(await ticketsOf(rows[0]!)).toEqual(tickets);
  expect(await stack.started('whole')).toMatchObject([{ organization: 'northwind' }]);
});

test('what is no member does not hold the batch up: gone, unmapped, sick', async () => {
  await stack.trigger('mixed', { parameters });
  const [sick, unmapped, healthy] = await stack.tickets({}, { client_id: 14 }, {});
  await stack.haloflow.northwind.fault({ kind: 'status', status: 500, match: { path: `/Tickets/${sick}` } });
  const [gone] = await stack.found(['mixed'], [999_999]);
  await stack.found(['mixed'], [sick!, unmapped!, healthy!]);

  const rows = await dispatchEvents(stack.parts);

  expect(rows).toMatchObject([
    { id: gone!.id, status: 'failed', reason: 'record is gone' },
    { record: sick, status: 'pending', attempts: 1 },
    { status: 'failed', reason: 'unmapped client 14' },
    { record: healthy, status: 'accepted' },
  ]);
  expect(await ticketsOf(rows[3]!)).toEqual([healthy]);
  await stack.hurry();
  const [later] = await dispatchEvents(stack.parts);
  expect(await ticketsOf(later!)).toEqual([sick]);
});

test('a batch waits until the rate budget has let all of it be read, and reads nothing twice', async () => {
  await stack.trigger('waiting', { parameters });
  const tickets = await stack.tickets({}, {}, {});
  await stack.found(['waiting'], tickets);
  const asked: unknown[] = [];
  const halo: DispatchStack['parts']['halo'] = {
    call: async (request) => {
      asked.push(request.input);
      if (asked.length === 2) throw new BudgetWait(5_000);
      return await stack.parts.halo.call(request);
    },
  };

  const waiting = await dispatchEvents({ ...stack.parts, halo });
  expect(waiting.map(({ status, attempts }) => [status, attempts])).toEqual(
    tickets.map(() => ['pending', 0]),
  );

  await stack.hurry();
  const rows = await dispatchEvents({ ...stack.parts, halo });
  expect(await ticketsOf(rows[0]!)).toEqual(tickets);
  expect(asked).toHaveLength(4);
  expect(await stack.started('waiting')).toHaveLength(1);
});

test('more than a run can be started with becomes several batches', async () => {
  await stack.trigger('large', { parameters });
  const tickets = await stack.tickets(...Array.from({ length: 5 }, () => ({ details: 'x'.repeat(700_000) })));
  await stack.found(['large'], tickets);

  const rows = await dispatchEvents(stack.parts);

  expect(rows.every(({ status }) => status === 'accepted')).toBe(true);
  const runs = new Map(rows.map((row) => [row.run, row]));
  const delivered = await Promise.all([...runs.values()].map(ticketsOf));
  expect(delivered.length).toBeGreaterThan(1);
  expect(delivered.flat().toSorted((a, b) => a - b)).toEqual(tickets);
});

test('criteria look at the batch', async () => {
  await stack.trigger('crowd', { parameters, criteria: { field: 'record_count', greater: 1 } });
  const [one, two, three] = await stack.tickets({}, {}, { client_id: 2 });
  await stack.found(['crowd'], [one!, two!, three!]);

  const rows = await dispatchEvents(stack.parts);

  expect(rows).toMatchObject([
    { status: 'accepted', organization: 'acme' },
    { status: 'accepted', organization: 'acme' },
    { status: 'filtered', organization: 'northwind' },
  ]);
  expect(rows[2]!.reason).toMatch(/^criteria: record_count greater/);
});

test('members of a batch stay what they were: a crash before the start changes nothing', async () => {
  await stack.trigger('steady', { parameters });
  const tickets = await stack.tickets({}, {});
  await stack.found(['steady'], tickets);
  const rows = await dispatchEvents(stack.parts);
  await stack.haloflow.store.pool.query(`update events set status = 'pending' where trigger = 'steady'`);
  await stack.hurry();

  const again = await dispatchEvents(stack.parts, { limit: 1 });
  const rest = await dispatchEvents(stack.parts);

  expect([...again, ...rest].map(({ run, status }) => [run, status])).toEqual(
    rows.map(({ run }) => [run, 'accepted']),
  );
  expect(await stack.started('steady')).toHaveLength(1);
});
