/** Runs are kept as long as the policy of their organization says. */
import { randomUUID } from 'node:crypto';
import { auditLog } from '../../store/schema/access.ts';
import { organizations } from '../../store/schema/configuration.ts';
import { events } from '../../store/schema/events.ts';
import { calls, runs } from '../../store/schema/runs.ts';
import { triggers } from '../../store/schema/triggers.ts';
import { writes } from '../../store/schema/writes.ts';
import type { Store } from '../../store/store.ts';
import { createLedgerEmptying } from '../../triggers/emptyLedger.ts';
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

describe('the ledger', () => {
  /** Written at one moment; those of `lives` by a run that is kept. */
  async function write(made: readonly string[], lives: readonly string[] = []): Promise<void> {
    const run = ended('short', 1);
    await store.db.insert(runs).values(run);
    const sentAt = daysAgo(5);
    for (const call of made) {
      const action = 'clients.create';
      await store.pool.query(
        `insert into writes (call, connection, host, action, resource, effect, state, result, sent_at, once)
          values ($1, 'c', 'h', $2, '/Client', 'create', 'confirmed', $3::json, $4, $1)`,
        [call, action, JSON.stringify({ name: 'Anna', datecreated: '2026-01-02T03:04:05.6' }), sentAt],
      );
      if (lives.includes(call)) {
        await store.db
          .insert(calls)
          .values({ key: call, run: run.id, action, organization: 'short', status: 'ok' });
      }
    }
  }

  const full = async (): Promise<string[]> => {
    const { rows } = await store.pool.query<{ call: string }>(
      'select call from writes where result is not null or marks is not null order by call',
    );
    return rows.map(({ call }) => call);
  };

  test('is emptied a batch at a time, and past what is kept of the same moment', async () => {
    await write(['a', 'b', 'c', 'd', 'e', 'f', 'g'], ['a', 'b', 'c', 'd']);
    const emptying = createLedgerEmptying(store, 2);
    let before = (await full()).length;
    while (!(await emptying.step())) {
      const left = (await full()).length;
      expect(before - left).toBeLessThanOrEqual(8);
      before = left;
    }
    expect(await full()).toEqual(['a', 'b', 'c', 'd']);
    await store.pool.query('delete from runs');
    for (let done = false; !done; done = await emptying.step());
    expect(await full()).toEqual([]);
  });

  test('keeps of a row from before the date by which its record is known elsewhere', async () => {
    await write(['a', 'b'], ['b']);
    await purge(store);
    const { rows } = await store.pool.query<object>(
      'select made, result is null as empty from writes order by call',
    );
    expect(rows).toEqual([
      { made: '2026-01-02T03:04:05.600Z', empty: true },
      { made: null, empty: false },
    ]);
  });
});

test('of an old event the reason is kept up to its colon, and nobody who follows is told of that', async () => {
  const event = { trigger: 'of-nobody', source: 'poll', organization: 'short' } as const;
  await store.db.insert(events).values([
    {
      ...event,
      key: 'a',
      status: 'filtered',
      reason: 'criteria: ticket.summary is "Anna’s"',
      createdAt: daysAgo(3),
    },
    {
      ...event,
      key: 'b',
      status: 'failed',
      reason: 'HaloServerError: GET /Tickets/7 answered 500: Anna',
      createdAt: daysAgo(3),
    },
    { ...event, key: 'c', status: 'filtered', reason: 'own write', createdAt: daysAgo(3) },
    { ...event, key: 'd', status: 'filtered', reason: 'criteria: new', createdAt: daysAgo(1) },
    { ...event, key: 'e', status: 'pending', reason: 'HaloServerError: waits', createdAt: daysAgo(3) },
  ]);
  const told = async (): Promise<unknown[]> =>
    (await store.pool.query<object>('select changed from events order by id')).rows;
  const before = await told();
  await purge(store);
  const kept = await store.db.select({ reason: events.reason }).from(events).orderBy(events.id);
  expect(kept.map(({ reason }) => reason)).toEqual([
    'criteria',
    'HaloServerError',
    'own write',
    'criteria: new',
    'HaloServerError: waits',
  ]);
  expect(await told()).toEqual(before);
  await store.pool.query(`update events set reason = 'run-for: nobody' where key = 'c'`);
  expect(await told()).not.toEqual(before);
});

test('values in the audit log go after a year, or later where runs are kept longer; lines stay', async () => {
  const line = { actor: 'local', action: 'variables.set', before: 'Anna', after: { value: 'Anna' } };
  await store.db.insert(auditLog).values([
    { ...line, object: 'young', organization: 'short', at: daysAgo(364) },
    { ...line, object: 'old', organization: 'short', at: daysAgo(366) },
    { ...line, object: 'kept', organization: 'long', at: daysAgo(366) },
    { ...line, object: 'of nobody', organization: null, at: daysAgo(366) },
  ]);
  await purge(store);
  const lines = await store.db.select().from(auditLog).orderBy(auditLog.id);
  expect(lines.map(({ object, before, after }) => [object, before, after])).toEqual([
    ['young', 'Anna', { value: 'Anna' }],
    ['old', null, null],
    ['kept', 'Anna', { value: 'Anna' }],
    ['of nobody', null, null],
  ]);
});

test('what Halo listed goes when nobody has read it for a month, or for as long as runs are kept', async () => {
  await store.pool.query(
    `insert into connections (id, organization, is_default, resource_server, client_id, sealed_secret, origin)
      values ('of-long', 'long', true, 'https://a', 'a', 'a', 'manual'), ('of-short', 'short', true, 'https://b', 'b', 'b', 'manual')`,
  );
  await store.pool.query(
    `insert into halo_options (connection, kind, rows, complete, fetched_at) select c, k, '[{"name":"Anna"}]', true, now() - d * interval '1 day'
      from (values ('of-long', 'clients', 31), ('of-long', 'agents', 29), ('of-short', 'clients', 3), ('of-short', 'agents', 1)) v(c, k, d)`,
  );
  await purge(store);
  const { rows } = await store.pool.query<object>('select connection, kind from halo_options order by 1');
  expect(rows).toEqual([
    { connection: 'of-long', kind: 'agents' },
    { connection: 'of-short', kind: 'agents' },
  ]);
});
