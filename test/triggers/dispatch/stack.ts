/** A dispatch on everything real: Postgres, Temporal, the sandbox with the demo's configuration, triggers in rows. */
import { fileURLToPath } from 'node:url';
import { createBudgets } from '../../../calls/budget.ts';
import { createHaloClient } from '../../../halo/client.ts';
import { configurationReader } from '../../../organizations/configuration.ts';
import { eq } from 'drizzle-orm';
import { events } from '../../../store/schema/events.ts';
import { runs } from '../../../store/schema/runs.ts';
import { triggers } from '../../../store/schema/triggers.ts';
import { createHaloPort } from '../../../worker/haloPort.ts';
import { insertEvents, recordKey } from '../../../triggers/events.ts';
import type { NewEvent } from '../../../triggers/events.ts';
import type { Dispatching } from '../../../triggers/dispatch/dispatch.ts';
import { triggerReader } from '../../../triggers/registry.ts';
import type { EventRow, Trigger } from '../../../triggers/types.ts';
import { startHaloflow } from '../../support/haloflow.ts';
import type { TestHaloflow } from '../../support/haloflow.ts';

export interface DispatchStack {
  readonly haloflow: TestHaloflow;
  readonly parts: Dispatching;
  /** Inserts a trigger; what is not given is as most triggers have it. */
  trigger(id: string, changes?: Partial<Trigger>): Promise<void>;
  /** Creates tickets in Halo, as people do; returns their ids. */
  tickets(...records: Record<string, unknown>[]): Promise<number[]>;
  /** Rows of the inbox as a poll inserts them: each ticket for each trigger. */
  found(
    triggerIds: readonly string[],
    tickets: readonly number[],
    changes?: Partial<NewEvent>,
  ): Promise<EventRow[]>;
  /** Ids of the workflows that Temporal knows and the rows of their runs. */
  started(trigger: string): Promise<(typeof runs.$inferSelect)[]>;
  result(row: Pick<EventRow, 'workflowId'>): Promise<unknown>;
  row(id: number): Promise<EventRow>;
  /** Pending rows become due. */
  hurry(): Promise<void>;
  close(): Promise<void>;
}

export async function startDispatchStack(): Promise<DispatchStack> {
  const haloflow = await startHaloflow({ workflows: fileURLToPath(new URL('workflows', import.meta.url)) });
  const { store } = haloflow;
  const halo = createHaloClient();
  const budgets = createBudgets(store);
  const configuration = configurationReader(store);
  const parts: Dispatching = {
    store,
    configuration,
    triggers: triggerReader(store),
    halo: createHaloPort({ store, budgets, halo, configuration }),
    starter: haloflow.starter,
  };
  return {
    haloflow,
    parts,
    async trigger(id, changes = {}) {
      await store.db.insert(triggers).values({
        id,
        organization: 'northwind',
        type: 'new-ticket-record',
        workflow: 'echo',
        runAs: 'client',
        runFor: { owner: true, organizations: [], tags: [], allClients: true },
        overrides: {},
        criteria: null,
        parameters: { deliver: 'each', includeOwn: false },
        variables: {},
        enabled: true,
        origin: 'manual',
        ...changes,
      });
      await haloflow.reconfigure('select 1');
    },
    async tickets(...records) {
      const added = [];
      for (const record of records) {
        const ticket = await haloflow.northwind.add('Tickets', {
          summary: 'Printer',
          client_id: 12,
          ...record,
        });
        added.push(Number(ticket['id']));
      }
      return added;
    },
    async found(triggerIds, tickets, changes = {}) {
      const rows = tickets.flatMap((record) =>
        triggerIds.map((trigger) => ({
          trigger,
          key: recordKey('tickets', record),
          source: 'poll' as const,
          connection: 'northwind-halo',
          kind: 'tickets' as const,
          record,
          poll: 1,
          ...changes,
        })),
      );
      return await insertEvents(store.db, rows);
    },
    async started(trigger) {
      const rows = await store.db.select().from(runs);
      return rows.filter((row) => row.trigger === trigger);
    },
    result: async ({ workflowId }) => await haloflow.starter.client.workflow.getHandle(workflowId!).result(),
    async row(id) {
      const [row] = await store.db.select().from(events).where(eq(events.id, id));
      return row!;
    },
    async hurry() {
      await store.pool.query(`update events set due_at = now() where status = 'pending'`);
    },
    async close() {
      await budgets.close();
      await halo.close();
      await haloflow.close();
    },
  };
}
