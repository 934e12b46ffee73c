import { Connection } from '@temporalio/client';
import { BudgetWait } from '../../../calls/budget.ts';
import { createClient } from '../../../triggers/client.ts';
import { claim } from '../../../triggers/dispatch/claim.ts';
import { insertEvents } from '../../../triggers/events.ts';
import type { Trigger } from '../../../triggers/types.ts';
import { dispatchEvents } from '../../../triggers/dispatch/dispatch.ts';
import { idPrefix } from '../../../triggers/start.ts';
import { startDispatchStack } from './stack.ts';
import type { DispatchStack } from './stack.ts';

let stack: DispatchStack;

beforeAll(async () => {
  stack = await startDispatchStack();
}, 60_000);

afterAll(() => stack.close());

test('a ticket starts one run for its organization, with the whole ticket, variables and who it is for', async () => {
  await stack.trigger('triage', { variables: { urgentPriority: 1 } });
  const [ticket] = await stack.tickets({ summary: 'Router is down' });
  await stack.found(['triage'], [ticket!]);

  const [row] = await dispatchEvents(stack.parts);

  expect(row).toMatchObject({
    status: 'accepted',
    organization: 'acme',
    workflowId: `${idPrefix(stack.parts.starter)}o/acme/t/triage/tickets/${ticket}`,
    reason: null,
  });
  expect(await stack.result(row!)).toMatchObject({
    event: { ticket: { id: ticket, summary: 'Router is down', client_id: 12 }, organization: 'acme' },
    variables: { urgentPriority: 1 },
    organization: { slug: 'acme', name: 'Acme', client: 12 },
  });
  expect(await stack.started('triage')).toMatchObject([
    { id: row!.run, organization: 'acme', owner: 'northwind', event: row!.id, startedBy: 'trigger' },
  ]);
  expect(await dispatchEvents(stack.parts)).toEqual([]);
});

test('a ticket of an unmapped client runs for the catch-all organization, and says so', async () => {
  await stack.haloflow.reconfigure(`update connections set catch_all = 'globex' where id = 'northwind-halo'`);
  await stack.trigger('caught');
  const [ticket] = await stack.tickets({ client_id: 14 });
  await stack.found(['caught'], [ticket!]);

  const [row] = await dispatchEvents(stack.parts);

  await stack.haloflow.reconfigure('update connections set catch_all = null');
  expect(row).toMatchObject({
    status: 'accepted',
    organization: 'globex',
    reason: 'catch-all: unmapped client 14',
  });
  expect(await stack.result(row!)).toMatchObject({
    event: { ticket: { id: ticket, client_id: 14 }, organization: null },
    organization: { slug: 'globex', client: null },
  });
});

const getsOf = async (ticket: number): Promise<number> => {
  const requests = await stack.haloflow.northwind.requests();
  return requests.filter(({ method, path }) => method === 'GET' && path === `/api/Tickets/${ticket}`).length;
};

test('many tickets, triggers and organizations: one run each, and one request per ticket', async () => {
  const ids = ['first', 'second', 'third'];
  for (const id of ids) await stack.trigger(id);
  const tickets = await stack.tickets(
    ...Array.from({ length: 30 }, (_, index) => ({ client_id: index % 2 === 0 ? 12 : 2 })),
  );
  await stack.found(ids, tickets);

  const rows = await dispatchEvents(stack.parts);

  expect(rows).toHaveLength(90);
  expect(rows.every(({ status }) => status === 'accepted')).toBe(true);
  expect(rows.filter(({ organization }) => organization === 'acme')).toHaveLength(45);
  expect(new Set(rows.map(({ workflowId }) => workflowId)).size).toBe(90);
  for (const id of ids) expect(await stack.started(id)).toHaveLength(30);
  for (const ticket of tickets) expect(await getsOf(ticket)).toBe(1);
});

test('dispatchers side by side do no row twice', async () => {
  await stack.trigger('shared');
  const tickets = await stack.tickets(...Array.from({ length: 40 }, () => ({})));
  await stack.found(['shared'], tickets);

  const done = await Promise.all([1, 2, 3, 4].map(() => dispatchEvents(stack.parts, { limit: 15 })));

  const rows = done.flat();
  expect(new Set(rows.map(({ id }) => id)).size).toBe(40);
  expect(rows).toHaveLength(40);
  expect(rows.every(({ status, attempts }) => status === 'accepted' && attempts === 1)).toBe(true);
});

test('while Temporal is away rows are decided and wait, at no cost of tries; then each starts once', async () => {
  await stack.trigger('patient');
  const tickets = await stack.tickets(...Array.from({ length: 30 }, () => ({})));
  const found = await stack.found(['patient'], tickets);
  const connection = Connection.lazy({ address: '127.0.0.1:1' });
  const away = { ...stack.parts.starter, client: createClient({ connection }), eager: false };

  const waiting = await dispatchEvents({ ...stack.parts, starter: away });

  expect(waiting).toHaveLength(30);
  for (const row of waiting) {
    expect(row).toMatchObject({ status: 'pending', attempts: 0, organization: 'acme' });
    expect(row.reason).toMatch(/^ServiceError: /);
    expect(row.workflowId).not.toBeNull();
  }

  // Decided is decided: neither the ticket nor the trigger is looked at again.
  await stack.haloflow.reconfigure(
    `update triggers set run_for = '{"owner":true,"organizations":[],"tags":[],"allClients":false}' where id = 'patient'`,
  );
  await stack.hurry();
  const rows = await dispatchEvents(stack.parts);
  expect(rows.map(({ id }) => id)).toEqual(found.map(({ id }) => id));
  expect(rows.every(({ status, reason }) => status === 'accepted' && reason === null)).toBe(true);
  for (const ticket of tickets) expect(await getsOf(ticket)).toBe(1);
  expect(await stack.started('patient')).toHaveLength(30);
  await connection.close();
});

test('a dispatcher that dies after the start leaves a run that the next one finds', async () => {
  await stack.trigger('crashed');
  const [ticket] = await stack.tickets({});
  const [found] = await stack.found(['crashed'], [ticket!]);
  const [first] = await dispatchEvents(stack.parts);
  await stack.result(first!);
  // What Postgres holds when the process dies before it marks the row.
  await stack.haloflow.store.pool.query(`update events set status = 'pending' where id = $1`, [found!.id]);
  await stack.hurry();

  const [again] = await dispatchEvents(stack.parts);

  expect(again).toMatchObject({ status: 'accepted', run: first!.run, workflowId: first!.workflowId });
  expect(await stack.started('crashed')).toHaveLength(1);
});

test('rows of a dispatcher that died come back after its lease, and not before', async () => {
  await stack.trigger('leased');
  const [ticket] = await stack.tickets({});
  await stack.found(['leased'], [ticket!]);

  expect(await claim(stack.parts.store, { limit: 100, batchTriggers: [] })).toHaveLength(1);
  expect(await dispatchEvents(stack.parts)).toEqual([]);

  await stack.hurry();
  expect(await dispatchEvents(stack.parts)).toMatchObject([{ status: 'accepted', attempts: 2 }]);
});

test('a ticket that is gone fails at once and visibly; an unmapped client and a deleted trigger too', async () => {
  await stack.trigger('watchful');
  const [unmapped] = await stack.tickets({ client_id: 14 });
  await stack.found(['watchful'], [999_999, unmapped!]);
  await stack.found(['never-was'], [unmapped!]);

  expect(await dispatchEvents(stack.parts)).toMatchObject([
    { status: 'failed', reason: 'record is gone' },
    { status: 'failed', reason: 'unmapped client 14', organization: null },
    { status: 'failed', reason: 'trigger deleted' },
  ]);
  expect(await stack.started('watchful')).toEqual([]);
});

test('a ticket that Halo cannot give now is tried again, alone, later each time, and given up after ten tries', async () => {
  const { northwind } = stack.haloflow;
  await stack.trigger('stubborn');
  const [sick, healthy] = await stack.tickets({}, {});
  await stack.found(['stubborn'], [sick!, healthy!]);
  await northwind.fault({ kind: 'status', status: 500, times: 100, match: { path: `/Tickets/${sick}` } });

  let asked = Date.now();
  const [first, other] = await dispatchEvents(stack.parts);
  expect(other).toMatchObject({ status: 'accepted' });
  expect(first).toMatchObject({ status: 'pending', attempts: 1 });
  expect(first!.reason).toMatch(/^HaloServerError: .*500/);
  const delays = [first!.dueAt.getTime() - asked];
  for (let attempt = 2; attempt <= 10; attempt += 1) {
    await stack.hurry();
    asked = Date.now();
    const [row] = await dispatchEvents(stack.parts);
    delays.push(row!.dueAt.getTime() - asked);
  }

  expect(await stack.row(first!.id)).toMatchObject({ status: 'failed', attempts: 10 });
  expect((await stack.row(first!.id)).reason).toMatch(/^HaloServerError: /);
  expect(delays[0]).toBeGreaterThan(1_000);
  expect(delays[3]!).toBeGreaterThan(delays[1]!);
  await northwind.clearFaults();
});

test('a spent rate budget costs no tries', async () => {
  await stack.trigger('thrifty');
  const [ticket] = await stack.tickets({});
  const [found] = await stack.found(['thrifty'], [ticket!]);
  const halo = { call: () => Promise.reject(new BudgetWait(30_000)) };

  const asked = Date.now();
  const [row] = await dispatchEvents({ ...stack.parts, halo });

  expect(row).toMatchObject({ id: found!.id, status: 'pending', attempts: 0 });
  expect(row!.dueAt.getTime() - asked).toBeGreaterThan(25_000);
  await stack.hurry();
  expect(await dispatchEvents(stack.parts)).toMatchObject([{ status: 'accepted' }]);
});

test('poison is the failure of its own run: its event is accepted, and the others go on', async () => {
  await stack.trigger('poisoned', { workflow: 'poison' });
  await stack.trigger('sound');
  const [ticket] = await stack.tickets({});
  await stack.found(['poisoned', 'sound'], [ticket!]);

  const [poisoned, sound] = await dispatchEvents(stack.parts);

  expect([poisoned!.status, sound!.status]).toEqual(['accepted', 'accepted']);
  await expect(stack.result(poisoned!)).rejects.toThrow('Workflow execution failed');
  expect(await stack.result(sound!)).toMatchObject({ event: { ticket: { id: ticket } } });
});

test('an event that cannot be worked on fails for itself', async () => {
  await stack.trigger('broken', { criteria: { all: null } as unknown as Trigger['criteria'] });
  await stack.trigger('hook', { type: 'webhook', runAs: 'owner' });
  await stack.trigger('lost', { workflow: 'noSuchWorkflow' });
  const [ticket] = await stack.tickets({});
  await stack.found(['broken', 'lost'], [ticket!]);
  const hook = (key: string, payload: unknown) => ({
    trigger: 'hook',
    key,
    source: 'webhook' as const,
    payload,
  });
  await insertEvents(stack.parts.store.db, [
    hook('webhook/large', { body: 'x'.repeat(2_100_000) }),
    hook('webhook/odd', { body: 'nul \0, half a pair \ud83d, and a \\u0000 that is text' }),
    hook('webhook/none', null),
  ]);

  const rows = await dispatchEvents({ ...stack.parts, workflows: new Set(['echo']) });

  const by = new Map(rows.map((row) => [row.key === `tickets/${ticket}` ? row.trigger : row.key, row]));
  expect(by.get('broken')).toMatchObject({
    status: 'pending',
    reason: expect.stringMatching(/^TypeError: /) as string,
  });
  expect(by.get('lost')).toMatchObject({
    status: 'failed',
    reason: expect.stringMatching(
      /^ConfigurationError: workflow noSuchWorkflow is not in the bundle/,
    ) as string,
  });
  expect(by.get('webhook/large')).toMatchObject({
    status: 'failed',
    reason: expect.stringMatching(/^SchemaError: echo: the input of 2\.1 MB/) as string,
  });
  expect(by.get('webhook/odd')).toMatchObject({ status: 'accepted' });
  expect(by.get('webhook/none')).toMatchObject({ status: 'accepted', organization: 'northwind' });
  await stack.haloflow.reconfigure(`delete from triggers where id = 'broken'`);
  await stack.hurry();
  expect(await dispatchEvents(stack.parts)).toMatchObject([{ status: 'failed', reason: 'trigger deleted' }]);
});

test('an event about nobody starts a run for each organization of run-for', async () => {
  await stack.trigger('nightly', {
    type: 'cron',
    runFor: { owner: true, organizations: ['acme', 'globex'], tags: [], allClients: false },
  });
  await stack.haloflow.reconfigure(`update organizations set enabled = false where slug = 'globex'`);
  const payload = { scheduled_at: '2026-01-01T02:00:00Z', fired_at: '2026-01-01T02:00:01Z' };
  const [tick] = await insertEvents(stack.parts.store.db, [
    { trigger: 'nightly', key: 'cron/2026-01-01T02:00:00Z', source: 'cron', payload },
  ]);

  const rows = await dispatchEvents(stack.parts, { ids: [tick!.id] });

  expect(rows).toMatchObject([
    { id: tick!.id, status: 'accepted', reason: 'runs for 2 organizations', workflowId: null },
    { key: 'cron/2026-01-01T02:00:00Z/northwind', status: 'accepted', organization: 'northwind' },
    { key: 'cron/2026-01-01T02:00:00Z/acme', status: 'accepted', organization: 'acme' },
  ]);
  expect(await stack.result(rows[2]!)).toMatchObject({
    event: { ...payload, organization: 'acme' },
    organization: { slug: 'acme', client: 12 },
  });
  await stack.haloflow.reconfigure(`update organizations set enabled = true where slug = 'globex'`);
});

test('one that is interrupted leaves undecided rows to others', async () => {
  await stack.trigger('interrupted');
  const [ticket] = await stack.tickets({});
  await stack.found(['interrupted'], [ticket!]);
  const stopping = new AbortController();
  const halo = {
    call: () => {
      stopping.abort();
      return Promise.reject(new Error('stopped'));
    },
  };

  await dispatchEvents({ ...stack.parts, halo }, { signal: stopping.signal }).catch(() => undefined);

  expect(await dispatchEvents(stack.parts)).toMatchObject([{ status: 'accepted', attempts: 1 }]);
});
