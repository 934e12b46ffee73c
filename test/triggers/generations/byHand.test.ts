/** What a feed does not notice is said by hand, by those who may; and what Halo's webhook brought is started once. */
import { randomUUID } from 'node:crypto';
import { LOCAL } from '../../../access/principal.ts';
import { createToken } from '../../../access/tokens.ts';
import { createControlPlane } from '../../../api/server.ts';
import { request } from 'undici';
import { takeDeliveries } from '../../../triggers/webhooks/haloIntake.ts';
import { deliveriesIn } from '../../../triggers/webhooks/haloDelivery.ts';
import { createTicketKinds } from '../../../triggers/webhooks/ticketKind.ts';
import { noHalo, unasked } from '../../api/parts.ts';
import { PRODUCTION, UAT, startGenerationStack } from './stack.ts';
import type { GenerationStack } from './stack.ts';

let stack: GenerationStack;
let close: () => Promise<void>;
let url: string;
beforeAll(async () => {
  stack = await startGenerationStack();
  const { store, configuration, triggers, halo } = stack.parts;
  const server = await createControlPlane(
    {
      store,
      configuration,
      triggers,
      halo: { ...noHalo, ...halo },
      ...unasked,
      starter: () => Promise.reject(new Error('no Temporal is asked here')),
      taskQueue: 'none',
    },
    { version: '1.2.3' },
  );
  close = () => server.close();
  url = `${await server.listen({ host: '127.0.0.1', port: 0 })}/api/v1`;
});
afterAll(async () => {
  await close();
  await stack.close();
});
beforeEach(() => stack.clear());

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

async function say(organization: string | null, body: object, connection = PRODUCTION): Promise<Answer> {
  const { text } = await createToken(stack.parts.store, LOCAL, {
    name: randomUUID(),
    organization,
    role: 'admin',
  });
  const reply = await request(`${url}/connections/${connection}/restored`, {
    method: 'POST',
    headers: { authorization: `Bearer ${text}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: reply.statusCode, body: (await reply.body.json()) as Record<string, unknown> };
}

const made = (once: string, input: Record<string, unknown>, action?: string): Promise<number> =>
  stack.made(once, input, action === undefined ? {} : { action });

const ids = async (route: string, where: Record<string, string>): Promise<unknown[]> =>
  (await stack.production.records(route, where)).map(({ id }) => id);

test('where nothing polls: a plan that changes nothing, then keys of lost records make them anew, others are kept', async () => {
  await made('kept', { name: 'Kept' }, 'clients.create');
  const kept = await made('kept ticket', { summary: 'Kept' });
  await stack.production.backUp('backup');
  await made('lost', { name: 'Lost' }, 'clients.create');
  const lost = await made('lost ticket', { summary: 'Lost' });
  await stack.production.restore('backup');
  const since = new Date().toISOString();

  expect(await say(null, { plan: true })).toMatchObject({
    status: 422,
    body: { detail: expect.stringContaining('--since') as string },
  });
  const plan = { done: false, generation: 2, firstId: kept + 1, records: 0, connections: [PRODUCTION] };
  expect(await say(null, { since, plan: true })).toMatchObject({ status: 200, body: plan });
  // Nobody has said it yet, and the ledger is believed.
  expect(await made('lost ticket', { summary: 'Lost' })).toBe(lost);
  expect(await say('northwind', { since })).toMatchObject({ status: 200, body: { ...plan, done: true } });

  await stack.ticket(stack.production, { summary: 'Of a person' });
  for (let times = 0; times < 2; times += 1) {
    await made('lost', { name: 'Lost' }, 'clients.create');
    await made('lost ticket', { summary: 'Lost' });
    await made('kept', { name: 'Kept' }, 'clients.create');
    expect(await made('kept ticket', { summary: 'Kept' })).toBe(kept);
  }
  expect(await ids('Client', { name: 'Lost' })).toHaveLength(1);
  expect(await ids('Client', { name: 'Kept' })).toHaveLength(1);
  expect(await ids('Tickets', { summary: 'Lost' })).toHaveLength(1);
  const { rows } = await stack.parts.store.pool.query(
    `select object, after from audit_log where action = 'connections.restored'`,
  );
  expect(rows).toMatchObject([{ object: `connection ${PRODUCTION}`, after: { firstId: kept + 1 } }]);
});

test('who does not reach every connection to that Halo is refused, and another tree is not touched', async () => {
  await stack.haloflow.reconfigure(
    `insert into connections (id, organization, is_default, resource_server, client_id, sealed_secret, origin)
      select 'acme-own', 'acme', false, resource_server, client_id, sealed_secret, 'manual' from connections where id = $1`,
    [PRODUCTION],
  );
  const since = new Date().toISOString();
  expect((await say('acme', { since }, 'acme-own')).status).toBe(403);
  expect((await say('acme', { since }, PRODUCTION)).status).toBe(404);
  await stack.haloflow.reconfigure(
    `insert into organizations (slug, name, origin) values ('stranger', 'Stranger', 'manual')`,
  );
  await stack.haloflow.reconfigure(
    `insert into connections (id, organization, is_default, resource_server, auth_server, tenant, client_id, sealed_secret, origin)
      select 'stranger-halo', 'stranger', true, resource_server, auth_server, tenant, client_id, sealed_secret, 'manual'
      from connections where id = $1`,
    [PRODUCTION],
  );
  await stack.trigger('watch', PRODUCTION);
  await stack.poll(PRODUCTION);
  const before = await stack.feed(PRODUCTION);
  expect(await say('stranger', { since, otherDatabase: true }, 'stranger-halo')).toMatchObject({
    status: 200,
    body: { connections: ['stranger-halo'] },
  });
  expect(await stack.feed(PRODUCTION)).toEqual(before);
  await stack.ticket(stack.production, { summary: 'ticket' });
  await stack.poll(PRODUCTION);
  await stack.dispatch();
  expect((await stack.eventsOf('watch'))[0]?.key).toMatch(/^tickets\/\d+$/);
  await stack.haloflow.reconfigure(`delete from connections where id in ('acme-own', 'stranger-halo')`);
  await stack.haloflow.reconfigure(`delete from organizations where slug = 'stranger'`);
});

/** Halo's webhook tells of a new ticket. */
async function heard(connection: string, record: Record<string, unknown>): Promise<void> {
  const { store, configuration, triggers, halo } = stack.parts;
  const now = await configuration.current();
  const body = { id: randomUUID(), event: 'New Ticket Logged', object_id: record['id'], ticket: record };
  const deliveries = deliveriesIn(body, null);
  if ('problem' in deliveries) throw new Error(deliveries.problem);
  await takeDeliveries(
    {
      store,
      configuration: now,
      triggers: await triggers.at(now.version),
      connection,
      kinds: createTicketKinds(halo),
    },
    deliveries,
  );
}

test.each([
  ['ran', true],
  ['wait', false],
])('new tickets that the webhook brought, and that %s when it is noticed, start once', async (_what, run) => {
  await stack.production.backUp('backup');
  const [lost] = [await stack.ticket(stack.production, { summary: 'lost' })];
  await stack.ticket(stack.production, { summary: 'lost too' });
  // Made after these, it has no events under their numbers.
  await stack.trigger('watch', PRODUCTION, { parameters: { webhook: true } });
  await stack.poll(PRODUCTION);
  await stack.production.restore('backup');
  const fresh = await stack.production.add('Tickets', { summary: 'fresh' });
  expect(fresh['id']).toBe(lost);
  await heard(PRODUCTION, fresh);
  if (run) await stack.dispatch();
  await stack.poll(PRODUCTION);
  await stack.dispatch();
  await stack.poll(PRODUCTION);
  await heard(PRODUCTION, fresh);
  await stack.dispatch();
  expect(await stack.ran('watch')).toEqual(['fresh']);
});

test('the webhook of another Halo brings tickets of the same numbers, each of which runs', async () => {
  const webhook = { parameters: { webhook: true } };
  await stack.trigger('watch', UAT, webhook);
  await stack.poll(UAT);
  await heard(UAT, await stack.uat.add('Tickets', { summary: 'uat' }, { newId: 5001 }));
  await stack.dispatch();
  await stack.move('watch', PRODUCTION);
  await stack.poll(PRODUCTION);
  await heard(PRODUCTION, await stack.production.add('Tickets', { summary: 'production' }, { newId: 5001 }));
  await stack.dispatch();
  await stack.poll(PRODUCTION);
  await stack.dispatch();
  expect(await stack.ran('watch')).toEqual(['production', 'uat']);
});

test('what the webhook of a Halo brings while its connection leads to another one runs after the return, once', async () => {
  await stack.trigger('watch', UAT, { parameters: { webhook: true } });
  await stack.poll(UAT);
  const first = await stack.uat.add('Tickets', { summary: 'first' }, { newId: 5001 });
  await stack.asks(UAT, PRODUCTION);
  await heard(UAT, first);
  await stack.dispatch();
  await stack.poll(UAT);
  const second = await stack.uat.add('Tickets', { summary: 'second' }, { newId: 5002 });
  await heard(UAT, second);
  await stack.dispatch();
  expect(await stack.ran('watch')).toEqual([]);
  await stack.asks(UAT, UAT);
  await heard(UAT, second);
  await stack.dispatch();
  await stack.poll(UAT);
  for (const ticket of [first, second]) await heard(UAT, ticket);
  await stack.dispatch();
  expect(await stack.ran('watch')).toEqual(['first', 'second']);
});
