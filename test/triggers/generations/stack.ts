/** Halos that change behind haloflow: a test Halo and production, polls and dispatches by hand, runs on a real Temporal. */
import { eq } from 'drizzle-orm';
import { createBudgets } from '../../../calls/budget.ts';
import { createHaloClient } from '../../../halo/client.ts';
import { configurationReader } from '../../../organizations/configuration.ts';
import { events } from '../../../store/schema/events.ts';
import { feeds, triggers } from '../../../store/schema/triggers.ts';
import { dispatchEvents } from '../../../triggers/dispatch/dispatch.ts';
import type { Dispatching } from '../../../triggers/dispatch/dispatch.ts';
import type { HaloAccess } from '../../../triggers/haloPort.ts';
import { createPoll } from '../../../triggers/feeds/poll.ts';
import type { PollOutcome } from '../../../triggers/feeds/poll.ts';
import { readTriggers, triggerReader } from '../../../triggers/registry.ts';
import type { EventRow, FeedKind, Trigger } from '../../../triggers/types.ts';
import { createHaloPort } from '../../../worker/haloPort.ts';
import { startHaloflow } from '../../support/haloflow.ts';
import type { TestHaloflow } from '../../support/haloflow.ts';
import type { Control, Late } from '../../support/sandbox.ts';

/** The production Halo of the MSP, and its test Halo (the sandbox's second tenant). */
export const PRODUCTION = 'northwind-halo';
export const UAT = 'nw-uat';

export interface GenerationStack {
  readonly haloflow: TestHaloflow;
  readonly parts: Dispatching & { readonly halo: HaloAccess };
  readonly production: Control;
  readonly uat: Control;
  /** Triggers are others from then on, whatever they are called. Forgets everything: triggers, events, writes, what was noticed of Halos, and what the tenants hold. */
  clear(): Promise<void>;
  /** A trigger on a connection, as most are. */
  trigger(id: string, connection: string, changes?: Partial<Trigger>): Promise<void>;
  triggerNow(id: string): Promise<Trigger>;
  /** Its connection is another one from now on, as a PATCH makes it. */
  move(id: string, connection: string): Promise<void>;
  /** Deletes a trigger; its events stay. */
  remove(id: string): Promise<void>;
  /** The connection asks the Halo of another one from now on, with its credentials. */
  asks(connection: string, halo: string): Promise<void>;
  /** A person creates a ticket; returns its id. */
  ticket(halo: Control, record?: Record<string, unknown>, late?: Late): Promise<number>;
  /** The feed is due and is polled, until a poll has read Halo. */
  poll(connection: string, kind?: FeedKind): Promise<PollOutcome | null>;
  /** Everything pending is dispatched. */
  dispatch(): Promise<void>;
  /** As if everything that haloflow has seen and done so far had been so long ago. */
  age(seconds: number): Promise<void>;
  feed(connection: string, kind?: FeedKind): Promise<typeof feeds.$inferSelect>;
  eventsOf(trigger: string): Promise<EventRow[]>;
  /** The id of what a run for Northwind with a business key made, or was answered. */
  made(
    once: string,
    input: Record<string, unknown>,
    how?: { readonly action?: string; readonly connection?: string },
  ): Promise<number>;
  /** Summaries of the tickets that runs of the trigger were started with, sorted. */
  ran(trigger: string): Promise<string[]>;
  close(): Promise<void>;
}

export async function startGenerationStack(): Promise<GenerationStack> {
  const haloflow = await startHaloflow();
  const { store } = haloflow;
  const halo = createHaloClient({ requestTimeoutMs: 30_000 });
  const budgets = createBudgets(store);
  const configuration = configurationReader(store);
  const parts: GenerationStack['parts'] = {
    store,
    configuration,
    triggers: triggerReader(store),
    halo: createHaloPort({ store, budgets, halo, configuration }),
    starter: haloflow.starter,
  };
  await haloflow.reconfigure(
    `insert into connections (id, organization, is_default, resource_server, auth_server, tenant, on_premise, client_id,
        sealed_secret, origin)
      select $1, 'northwind', false, resource_server, auth_server, tenant, on_premise, client_id, sealed_secret, 'manual'
      from connections where id = 'globex-halo'`,
    [UAT],
  );
  await haloflow.reconfigure('update connections set rate_requests = 100000, is_accepted = true');
  const poll = createPoll(parts);
  // Temporal remembers the runs of the tests before.
  let round = 0;
  const named = (id: string): string => `${id}-${round}`;
  const eventsOf = async (trigger: string): Promise<EventRow[]> =>
    await store.db
      .select()
      .from(events)
      .where(eq(events.trigger, named(trigger)))
      .orderBy(events.id);
  await store.pool.query('create table connections_as_made as table connections');
  return {
    haloflow,
    parts,
    production: haloflow.northwind,
    uat: haloflow.globex,
    async clear() {
      round += 1;
      await store.pool.query(
        `truncate triggers, events, feeds, feed_places, subscriptions, trigger_halos, halo_generations, halo_hosts, writes, calls, runs,
          create_leases, stamp_proofs, budget_hosts, budget_grants, budget_waits, budget_tags cascade`,
      );
      await store.pool.query(
        `update connections c set resource_server = m.resource_server, auth_server = m.auth_server, tenant = m.tenant,
          client_id = m.client_id, sealed_secret = m.sealed_secret from connections_as_made m where m.id = c.id`,
      );
      await haloflow.reconfigure('update connections set is_accepted = true');
      for (const tenant of [haloflow.northwind, haloflow.globex]) {
        await tenant.reset();
        await tenant.settings({ rateLimit: { requests: 100_000, perSeconds: 300 } });
      }
    },
    async trigger(id, connection, changes = {}) {
      await store.db.insert(triggers).values({
        id: named(id),
        organization: 'northwind',
        type: 'new-ticket-record',
        connection,
        workflow: 'echo',
        runAs: 'owner',
        runFor: { owner: true, organizations: [], tags: [], allClients: true },
        overrides: {},
        criteria: null,
        variables: {},
        enabled: true,
        origin: 'manual',
        ...changes,
        parameters: {
          everySeconds: 60,
          deliver: 'each',
          webhook: false,
          includeOwn: false,
          projects: false,
          opportunities: false,
          ...changes.parameters,
        },
      });
      await haloflow.reconfigure('select 1');
    },
    async triggerNow(id) {
      const found = (await readTriggers(store)).find((trigger) => trigger.id === named(id));
      if (!found) throw new Error(`no trigger ${id}`);
      return found;
    },
    async move(id, connection) {
      await haloflow.reconfigure('update triggers set connection = $2 where id = $1', [
        named(id),
        connection,
      ]);
    },
    async remove(id) {
      await haloflow.reconfigure('delete from triggers where id = $1', [named(id)]);
    },
    async asks(connection, other) {
      await haloflow.reconfigure(
        `update connections c set resource_server = m.resource_server, auth_server = m.auth_server, tenant = m.tenant,
          client_id = m.client_id, sealed_secret = m.sealed_secret from connections_as_made m where c.id = $1 and m.id = $2`,
        [connection, other],
      );
    },
    ticket: async (tenant, record = {}, late = {}) =>
      Number((await tenant.add('Tickets', { summary: 'Printer', ...record }, late))['id']),
    async poll(connection, kind = 'tickets') {
      for (;;) {
        await store.pool.query('update feeds set next_poll_at = now()');
        const outcome = await poll({ connection, kind });
        // A busy machine may keep Halo from answering in time; a changed configuration has the feed polled again at once.
        const isAgain = outcome !== null && (Boolean(outcome.error) || outcome.nextInMs <= 1);
        if (!isAgain) return outcome;
      }
    },
    async dispatch() {
      for (;;) {
        await store.pool.query(`update events set due_at = now() where status = 'pending'`);
        if ((await dispatchEvents(parts)).length === 0) return;
      }
    },
    async age(seconds) {
      const by = `${seconds} * interval '1 second'`;
      for (const sql of [
        `update feeds set polled_at = polled_at - ${by}, succeeded_at = succeeded_at - ${by}, looked_at = looked_at - ${by}`,
        `update feed_places set succeeded_at = succeeded_at - ${by}, looked_at = looked_at - ${by}, changed_to = changed_to - ${by}`,
        `update subscription_places set enabled_at = enabled_at - ${by}`,
        `update triggers set enabled_at = enabled_at - ${by}`,
        `update subscriptions set enabled_at = enabled_at - ${by}`,
        `update events set created_at = created_at - ${by}, decided_at = decided_at - ${by}`,
        `update writes set sent_at = sent_at - ${by}, settled_at = settled_at - ${by}, dead_at = dead_at - ${by}`,
      ]) {
        await haloflow.reconfigure(sql);
      }
    },
    async feed(connection, kind = 'tickets') {
      const rows = await store.db.select().from(feeds).where(eq(feeds.connection, connection));
      const row = rows.find((one) => one.kind === kind);
      if (!row) throw new Error(`no feed of ${kind} on ${connection} yet`);
      return row;
    },
    eventsOf,
    async made(once, input, { action = 'tickets.create', connection = PRODUCTION } = {}) {
      const answer = (await haloflow.run('probe', [{ action, input, options: { once } }], {
        organization: 'northwind',
        overrides: { halo: { use: 'connection', connection } },
      })) as { output?: { id: number }; failure?: unknown };
      if (!answer.output) throw new Error(JSON.stringify(answer.failure));
      return answer.output.id;
    },
    async ran(trigger) {
      const { rows } = await store.pool.query<{ workflow_id: string }>(
        'select workflow_id from runs where trigger = $1',
        [named(trigger)],
      );
      const results = await Promise.all(
        rows.map(
          async ({ workflow_id: id }) => await haloflow.starter.client.workflow.getHandle(id).result(),
        ),
      );
      return (results as { event: { ticket: { summary: string } } }[])
        .map(({ event }) => event.ticket.summary)
        .toSorted();
    },
    async close() {
      await budgets.close();
      await halo.close();
      await haloflow.close();
    },
  };
}
