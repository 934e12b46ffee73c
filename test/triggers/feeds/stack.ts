/** Feeds on a real Postgres and the sandbox: triggers in rows, polls by hand, what Halo was asked. */
import { eq } from 'drizzle-orm';
import { createBudgets } from '../../../calls/budget.ts';
import { createHaloClient } from '../../../halo/client.ts';
import type { HaloClient } from '../../../halo/types.ts';
import { configurationReader } from '../../../organizations/configuration.ts';
import type { LoggedRequest } from '../../../sandbox/http/requestLog.ts';
import { events } from '../../../store/schema/events.ts';
import { feeds, triggers } from '../../../store/schema/triggers.ts';
import { createPoll } from '../../../triggers/feeds/poll.ts';
import type { PollOutcome, Polling } from '../../../triggers/feeds/poll.ts';
import { triggerReader } from '../../../triggers/registry.ts';
import type { EventRow, FeedKind, Trigger } from '../../../triggers/types.ts';
import { createHaloPort } from '../../../worker/haloPort.ts';
import { startHaloflow } from '../../support/haloflow.ts';
import type { TestHaloflow } from '../../support/haloflow.ts';
import type { Late } from '../../support/sandbox.ts';

type Feed = typeof feeds.$inferSelect;

export interface FeedStack {
  readonly haloflow: TestHaloflow;
  readonly parts: Polling;
  /** Inserts or changes a trigger, as apply does; what is not given is as most triggers have it. */
  trigger(id: string, changes?: Partial<Trigger>): Promise<void>;
  /** Takes all triggers, events and feeds away. */
  clear(): Promise<void>;
  /** A person creates a ticket; returns its id. */
  ticket(record?: Record<string, unknown>, late?: Late): Promise<number>;
  /** The same for many at once, with the date that is on them, and when they were last changed, default now. */
  tickets(count: number, at: { readonly occurred: Date; readonly changed?: Date }): Promise<number[]>;
  /** The feed is due, and is polled. */
  poll(kind?: FeedKind): Promise<PollOutcome | null>;
  /** The same once more as another process would, which remembers nothing. */
  otherPoll(kind?: FeedKind): Promise<PollOutcome | null>;
  /** The same by one that does not wait longer than that for a reply of Halo. */
  hastyPoll(requestTimeoutMs: number): Promise<PollOutcome | null>;
  /** As if the triggers had been there and the feed left alone for so long. */
  age(seconds: number): Promise<void>;
  feed(kind?: FeedKind): Promise<Feed>;
  eventsOf(trigger: string): Promise<EventRow[]>;
  /** Ids of the records that the trigger has events for, in their order. */
  recordsOf(trigger: string): Promise<(number | null)[]>;
  /** Lists of tickets that Halo was asked for since this was last called. */
  lists(): Promise<LoggedRequest[]>;
  close(): Promise<void>;
}

export const minutesAgo = (minutes: number): Date => new Date(Date.now() - minutes * 60_000);

export const CONNECTION = 'northwind-halo';

const PARAMETERS = {
  everySeconds: 60,
  deliver: 'each',
  webhook: false,
  includeOwn: false,
  projects: false,
  opportunities: false,
};

export async function startFeedStack(
  options: {
    readonly triggers?: boolean;
    readonly workflows?: string;
  } = {},
): Promise<FeedStack> {
  const { triggers: works = false, workflows } = options;
  const haloflow = await startHaloflow({
    worker: works,
    triggers: works,
    ...(workflows === undefined ? {} : { workflows }),
  });
  const { store, northwind } = haloflow;
  const halo = createHaloClient();
  const budgets = createBudgets(store);
  const configuration = configurationReader(store);
  const partsWith = (client: HaloClient): Polling => ({
    store,
    configuration,
    triggers: triggerReader(store),
    halo: createHaloPort({ store, budgets, halo: client, configuration }),
  });
  const parts = partsWith(halo);
  const poll = createPoll(parts);
  const due = async (): Promise<void> => {
    await store.pool.query('update feeds set next_poll_at = now()');
  };
  const eventsOf = async (trigger: string): Promise<EventRow[]> =>
    await store.db.select().from(events).where(eq(events.trigger, trigger)).orderBy(events.record, events.id);
  return {
    haloflow,
    parts,
    async trigger(id, changes = {}) {
      const row = {
        organization: 'northwind',
        type: 'new-ticket-record',
        workflow: 'listAgents',
        runAs: 'client' as const,
        runFor: { owner: true, organizations: [], tags: [], allClients: true },
        overrides: {},
        criteria: null,
        variables: {},
        enabled: true,
        enabledAt: new Date(),
        origin: 'manual' as const,
        ...changes,
        parameters: { ...PARAMETERS, ...changes.parameters },
      };
      await store.db
        .insert(triggers)
        .values({ id, ...row })
        .onConflictDoUpdate({ target: triggers.id, set: row });
      await haloflow.reconfigure('select 1');
    },
    async clear() {
      await haloflow.reconfigure('truncate triggers, events, feeds, feed_places, subscriptions cascade');
      await northwind.reset();
      // None of these tests is about the budget.
      await northwind.settings({ rateLimit: { requests: 100_000, perSeconds: 300 } });
      // That Halo takes the credentials is noted in the background, as a change of the configuration: it is here by now.
      await haloflow.reconfigure('update connections set rate_requests = 100000, is_accepted = true');
    },
    ticket: async (record = {}, late = {}) =>
      Number((await northwind.add('Tickets', { summary: 'Printer', client_id: 12, ...record }, late))['id']),
    async poll(kind = 'tickets') {
      await due();
      return await poll({ connection: CONNECTION, kind });
    },
    async otherPoll(kind = 'tickets') {
      await due();
      return await createPoll(parts)({ connection: CONNECTION, kind });
    },
    async hastyPoll(requestTimeoutMs) {
      await due();
      const hasty = createHaloClient({ requestTimeoutMs });
      try {
        return await createPoll(partsWith(hasty))({ connection: CONNECTION, kind: 'tickets' });
      } finally {
        await hasty.close();
      }
    },
    async tickets(count, { occurred, changed }) {
      const dateoccurred = occurred.toISOString().slice(0, 19);
      const rows = Array.from({ length: count }, (_, at) => ({
        summary: `Printer ${at}`,
        client_id: 12,
        dateoccurred,
      }));
      return (await northwind.addAll('Tickets', rows, changed)).map(({ id }) => Number(id));
    },
    async age(seconds) {
      await store.pool.query(
        `update feeds set polled_at = polled_at - $1 * interval '1 second', succeeded_at = succeeded_at - $1 * interval '1 second',
          looked_at = looked_at - $1 * interval '1 second'`,
        [seconds],
      );
      for (const table of ['triggers', 'subscriptions']) {
        await haloflow.reconfigure(`update ${table} set enabled_at = enabled_at - $1 * interval '1 second'`, [
          seconds,
        ]);
      }
    },
    async feed(kind = 'tickets') {
      const [row] = await store.db.select().from(feeds).where(eq(feeds.kind, kind));
      if (!row) throw new Error(`no feed of ${kind} yet`);
      return row;
    },
    eventsOf,
    recordsOf: async (trigger) => (await eventsOf(trigger)).map(({ record }) => record),
    async lists() {
      const requests = await northwind.requests();
      await northwind.clearRequests();
      return requests.filter(({ path }) => /^\/api\/(tickets|projects|opportunities)$/i.test(path));
    },
    async close() {
      await budgets.close();
      await halo.close();
      await haloflow.close();
    },
  };
}
