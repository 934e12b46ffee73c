/** The loop guard: what haloflow wrote itself starts nothing, and what people wrote always does. */
import { dispatchEvents } from '../../../triggers/dispatch/dispatch.ts';
import { hostOf } from '../../../organizations/host.ts';
import { writes } from '../../../store/schema/writes.ts';
import { insertEvents } from '../../../triggers/events.ts';
import type { EventRow } from '../../../triggers/types.ts';
import { startDispatchStack } from './stack.ts';
import type { DispatchStack } from './stack.ts';

let stack: DispatchStack;
let host: string;

beforeAll(async () => {
  stack = await startDispatchStack();
  const { connections } = await stack.haloflow.configuration();
  host = hostOf(connections.find(({ id }) => id === 'northwind-halo')!);
}, 60_000);

afterAll(() => stack.close());

let count = 0;
const wrote = async (changes: Partial<typeof writes.$inferInsert>): Promise<string> => {
  count += 1;
  const call = `call-${count}`;
  await stack.haloflow.store.db.insert(writes).values({
    call,
    connection: 'northwind-halo',
    host,
    action: 'tickets.create',
    resource: '/Tickets',
    effect: 'create',
    state: 'confirmed',
    ...changes,
  });
  return call;
};

const settle = async (call: string): Promise<void> => {
  await stack.haloflow.store.pool.query(
    `update writes set state = 'confirmed', settled_at = now() where call = $1`,
    [call],
  );
};

test('a ticket of our own is filtered, unless the trigger wants it or a person asks for it', async () => {
  await stack.trigger('careful');
  await stack.trigger('greedy', { parameters: { deliver: 'each', includeOwn: true } });
  const [own, theirs] = await stack.tickets({}, {});
  await wrote({ haloId: String(own), ticket: own! });
  await stack.found(['careful', 'greedy'], [own!, theirs!]);
  await stack.found(['careful'], [own!], { key: 'manual/1', source: 'manual' });

  expect(await dispatchEvents(stack.parts)).toMatchObject([
    { trigger: 'careful', status: 'filtered', reason: 'own write' },
    { trigger: 'greedy', status: 'accepted' },
    { trigger: 'careful', status: 'accepted' },
    { trigger: 'greedy', status: 'accepted' },
    { trigger: 'careful', status: 'accepted', key: 'manual/1' },
  ]);
});

test('while a create is under way, new tickets of that host wait; then its own is filtered and the others run', async () => {
  await stack.trigger('waits');
  const [own, theirs] = await stack.tickets({}, {});
  const call = await wrote({ state: 'sent', deadAt: new Date(Date.now() + 60_000) });
  await stack.found(['waits'], [own!, theirs!]);

  const waiting = await dispatchEvents(stack.parts);
  expect(waiting.map(({ status, attempts }) => [status, attempts])).toEqual([
    ['pending', 0],
    ['pending', 0],
  ]);

  await stack.haloflow.store.pool.query(
    `update writes set state = 'confirmed', halo_id = $2, settled_at = now() where call = $1`,
    [call, String(own)],
  );
  await stack.hurry();
  expect(await dispatchEvents(stack.parts)).toMatchObject([
    { status: 'filtered', reason: 'own write' },
    { status: 'accepted' },
  ]);
});

test('a create that nobody ever settles holds nothing up for ever', async () => {
  await stack.trigger('hopeful');
  const [ticket] = await stack.tickets({});
  const call = await wrote({ state: 'sent', deadAt: new Date(Date.now() - 3_600_000) });
  await stack.found(['hopeful'], [ticket!]);

  expect(await dispatchEvents(stack.parts)).toMatchObject([{ status: 'accepted' }]);
  await settle(call);
});

let delivery = 0;
const told = async (
  trigger: string,
  ticket: number,
  payload: Record<string, unknown> = {},
): Promise<EventRow> => {
  delivery += 1;
  const [row] = await insertEvents(stack.parts.store.db, [
    {
      trigger,
      key: `halo/${delivery}`,
      source: 'halo',
      connection: 'northwind-halo',
      record: ticket,
      payload: {
        event: 'Ticket Status Changed',
        object_id: ticket,
        timestamp: new Date().toISOString().slice(0, -1),
        ticket: { id: ticket, client_id: 12, status_id: 2 },
        ...payload,
      },
    },
  ]);
  return row!;
};

const changes = {
  type: 'halo-event',
  parameters: { events: ['Ticket Status Changed'], includeOwn: false },
} as const;
const dispatched = async (): Promise<(string | null)[]> =>
  (await dispatchEvents(stack.parts)).map(({ status, reason }) => reason ?? status);

test('our own change of a ticket starts nothing, once; the next one is a person', async () => {
  await stack.trigger('changes', changes);
  const [ticket] = await stack.tickets({});
  await wrote({
    action: 'tickets.update',
    effect: 'update',
    ticket: ticket!,
    settledAt: new Date(),
    result: { id: ticket, status_id: 2 },
  });
  await told('changes', ticket!);
  await told('changes', ticket!);

  expect(await dispatched()).toEqual(['own write', 'accepted']);
});

test('a change that is not what we wrote is a person, however close', async () => {
  await stack.trigger('closely', changes);
  const [ticket] = await stack.tickets({});
  await wrote({
    action: 'tickets.update',
    effect: 'update',
    ticket: ticket!,
    settledAt: new Date(),
    result: { id: ticket, status_id: 2 },
  });
  await wrote({
    action: 'actions.create',
    resource: '/Actions',
    ticket: ticket!,
    settledAt: new Date(),
    result: { id: 3 },
  });
  await told('closely', ticket!, { ticket: { id: ticket, client_id: 12, status_id: 9 } });

  expect(await dispatched()).toEqual(['accepted']);
});

test('a note is known by its id', async () => {
  await stack.trigger('noted', changes);
  const [ticket] = await stack.tickets({});
  await wrote({
    action: 'actions.create',
    resource: '/Actions',
    ticket: ticket!,
    settledAt: new Date(),
    result: { id: 3, new_status: 2 },
  });
  await told('noted', ticket!, { action: { id: 4 } });
  await told('noted', ticket!, { action: { id: 3 } });

  expect(await dispatched()).toEqual(['accepted', 'own write']);
});

test('a change long after our last write is a person; one during a write waits for its end', async () => {
  await stack.trigger('timely', changes);
  const [before, during] = await stack.tickets({}, {});
  const hour = new Date(Date.now() - 600_000);
  await wrote({
    action: 'tickets.update',
    effect: 'update',
    ticket: before!,
    sentAt: hour,
    settledAt: hour,
    result: { status_id: 2 },
  });
  const call = await wrote({
    action: 'tickets.update',
    effect: 'update',
    state: 'sent',
    ticket: during!,
    deadAt: new Date(Date.now() + 60_000),
  });
  await told('timely', before!);
  await told('timely', during!);

  expect(await dispatched()).toEqual(['accepted', expect.stringMatching(/haloflow is writing to this host/)]);
  await stack.haloflow.store.pool.query(
    `update writes set state = 'confirmed', settled_at = now(), result = '{"status_id":2}' where call = $1`,
    [call],
  );
  await stack.hurry();
  expect(await dispatched()).toEqual(['own write']);
});
