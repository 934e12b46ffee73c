/** Runs are kept as long as the policy of their organization says. */
import { randomUUID } from 'node:crypto';
import { organizations } from '../../store/schema/configuration.ts';
import { events } from '../../store/schema/events.ts';
import { calls, runs } from '../../store/schema/runs.ts';
import { triggers } from '../../store/schema/triggers.ts';
import { writes } from '../../store/schema/writes.ts';
import type { Store } from '../../store/store.ts';
import { createRetention, purge } from '../../triggers/retention.ts';
import { createTestDatabase } from '../support/database.ts';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let store: Store;

const daysAgo = (days: number): Date => new Date(Date.now() - days * 24 * 3_600_000);

beforeEach(async () => {
  database = await createTestDatabase();
  store = database.store;
  await store.db.insert(organizations).values([
    { slug: 'msp', name: 'MSP', origin: 'manual' },
    { slug: 'short', name: 'Short', parent: 'msp', origin: 'manual', retentionDays: 2 },
    { slug: 'below', name: 'Below', parent: 'short', origin: 'manual' },
    { slug: 'long', name: 'Long', parent: 'short', origin: 'manual', retentionDays: 400 },
  ]);
});
afterEach(() => database.drop());

type Status = (typeof runs.$inferInsert)['status'];

function ended(organization: string, days: number, status: Status = 'completed'): typeof runs.$inferInsert {
  const id = randomUUID();
  return {
    id,
    workflowId: `${organization} ${days} ${status}`,
    workflow: 'echo',
    owner: organization,
    organization,
    overrides: {},
    input: ['a customer’s'],
    startedBy: 'test',
    status,
    startedAt: daysAgo(days),
    closedAt: status === 'running' ? null : daysAgo(days),
  };
}

const left = async (): Promise<string[]> =>
  (await store.db.select({ name: runs.workflowId }).from(runs)).map(({ name }) => name).toSorted();

test('a policy counts for everything below it, unless that has its own; 30 days where there is none', async () => {
  await store.db
    .insert(runs)
    .values([
      ended('msp', 29),
      ended('msp', 31),
      ended('short', 1),
      ended('short', 3, 'failed'),
      ended('short', 50, 'running'),
      ended('below', 1),
      ended('below', 3),
      ended('long', 399),
      ended('long', 401),
      ended('deleted', 29),
      ended('deleted', 31),
    ]);
  expect(await purge(store)).toEqual({ runs: 5, events: 0 });
  expect(await left()).toEqual([
    'below 1 completed',
    'deleted 29 completed',
    'long 399 completed',
    'msp 29 completed',
    'short 1 completed',
    'short 50 running',
  ]);
  await store.db.update(organizations).set({ retentionDays: 0 });
  await purge(store);
  expect(await left()).toEqual(['deleted 29 completed', 'short 50 running']);
});

test('an event that failed although its run was started is one that ran, once the run is gone', async () => {
  const runsOf = [ended('short', 3), { ...ended('short', 4, 'failed'), errorType: 'WorkflowNotFoundError' }];
  await store.db.insert(runs).values(runsOf);
  await store.db.insert(events).values(
    runsOf.map(({ id: run, workflowId }) => ({
      trigger: 'triage',
      key: workflowId,
      source: 'poll' as const,
      status: 'failed' as const,
      organization: 'short',
      run,
      workflowId,
    })),
  );
  expect(await purge(store)).toMatchObject({ runs: 2 });
  const rows = await store.db.select({ key: events.key, status: events.status }).from(events);
  expect(rows.toSorted((a, b) => a.key.localeCompare(b.key))).toEqual([
    { key: 'short 3 completed', status: 'accepted' },
    { key: 'short 4 failed', status: 'failed' },
  ]);
});

test('calls go with their run; what was written, and what started it, is known for ever', async () => {
  const run = ended('short', 3);
  await store.db.insert(runs).values(run);
  await store.db.insert(calls).values({
    key: 'a/b/1',
    run: run.id,
    action: 'tickets.create',
    organization: 'short',
    status: 'ok',
  });
  await store.db.insert(writes).values({
    call: 'a/b/1',
    connection: 'c',
    host: 'h',
    action: 'tickets.create',
    resource: '/Tickets',
    effect: 'create',
    state: 'confirmed',
    haloId: '4711',
  });
  await store.db.insert(triggers).values({
    id: 'of-short',
    organization: 'short',
    type: 'webhook',
    workflow: 'echo',
    runAs: 'owner',
    runFor: {},
    overrides: {},
    parameters: {},
    variables: {},
    enabled: true,
    origin: 'manual',
  });
  const event = { source: 'webhook', payload: { body: 'a customer’s' }, status: 'accepted' } as const;
  await store.db.insert(events).values([
    { ...event, trigger: 'of-short', key: 'old', organization: 'short', createdAt: daysAgo(3), run: run.id },
    { ...event, trigger: 'of-short', key: 'for nobody', createdAt: daysAgo(3) },
    { ...event, trigger: 'of-short', key: 'new', organization: 'short' },
    { ...event, trigger: 'of-short', key: 'waiting', status: 'pending', createdAt: daysAgo(3) },
    { ...event, trigger: 'of-nobody', key: 'other', createdAt: daysAgo(3) },
  ]);
  expect(await purge(store)).toEqual({ runs: 1, events: 2 });
  expect(await store.db.select().from(calls)).toEqual([]);
  expect(await store.db.select().from(writes)).toHaveLength(1);
  const kept = await store.db.select().from(events).orderBy(events.id);
  expect(kept.map(({ key, payload }) => [key, payload !== null])).toEqual([
    ['old', false],
    ['for nobody', false],
    ['new', true],
    ['waiting', true],
    ['other', true],
  ]);
  expect(kept[0]).toMatchObject({ status: 'accepted', run: run.id });
});

test('it goes batch by batch, and then rests until the next night', async () => {
  await store.db.insert(runs).values([ended('msp', 31), ended('msp', 32), ended('msp', 33)]);
  const retention = createRetention(store, 2);
  const evening = new Date('2026-11-25T22:00:00Z');
  await retention.step(evening);
  expect(await left()).toEqual(['msp 31 completed']);
  await retention.step(evening);
  expect(await left()).toEqual([]);
  await store.db.insert(runs).values(ended('msp', 34));
  await retention.step(new Date('2026-11-26T02:59:00Z'));
  expect(await left()).toHaveLength(1);
  await retention.step(new Date('2026-11-26T03:01:00Z'));
  expect(await left()).toEqual([]);
});
