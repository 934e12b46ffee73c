import { fileURLToPath } from 'node:url';
import { and, eq, isNotNull } from 'drizzle-orm';
import { events } from '../../store/schema/events.ts';
import { runs } from '../../store/schema/runs.ts';
import { triggers } from '../../store/schema/triggers.ts';
import { createClient } from '../../triggers/client.ts';
import { startHaloflow, startTestWorker } from '../support/haloflow.ts';
import type { TestHaloflow } from '../support/haloflow.ts';
import { eventually } from './eventually.ts';
import { idPrefix } from '../../triggers/start.ts';

let haloflow: TestHaloflow;

beforeAll(async () => {
  const workflows = fileURLToPath(new URL('workflows', import.meta.url));
  haloflow = await startHaloflow({ workflows, worker: false });
});

afterAll(async () => {
  await haloflow.close();
});

type RunRow = typeof runs.$inferSelect;

async function ended(run: string): Promise<RunRow> {
  return await eventually(async () => {
    const [row] = await haloflow.store.db
      .select()
      .from(runs)
      .where(and(eq(runs.id, run), isNotNull(runs.closedAt)));
    expect(row).toBeDefined();
    return row as RunRow;
  });
}

async function follow(id: string, workflows: readonly string[], workflow: string): Promise<void> {
  await haloflow.store.db.insert(triggers).values({
    id,
    organization: 'northwind',
    type: 'workflow-completed',
    workflow,
    runAs: 'client',
    runFor: { owner: true, organizations: [], tags: [], allClients: true },
    overrides: {},
    parameters: { workflows, outcomes: ['completed', 'failed'] },
    variables: { urgent: true },
    enabled: true,
    enabledAt: new Date(Date.now() - 1_000),
    origin: 'manual',
  });
  await haloflow.reconfigure('select');
}

const start = (workflow: string, args: readonly unknown[]): ReturnType<TestHaloflow['start']> =>
  haloflow.start(workflow, args, { organization: 'acme' });

it('a run is started for each end that a trigger follows, by whichever worker lives, and the reader leaves no history', async () => {
  const { store, queues, workflowBundle } = haloflow;
  await follow('after-bad', ['endsBadly'], 'endsWell');
  // Of itself: apply refuses it, and here it must not go round for ever all the same.
  await follow('after-well', ['endsWell'], 'endsWell');
  const first = await startTestWorker({ store, queues, workflowBundle, triggers: true });
  const bad = await start('endsBadly', ['no such customer']);
  expect(await ended(bad.run)).toMatchObject({ status: 'failed', errorMessage: 'no such customer' });
  const followUp = await eventually(async () => {
    const [event] = await store.db.select().from(events).where(eq(events.trigger, 'after-bad'));
    expect(event).toMatchObject({ status: 'accepted', key: `run/${bad.run}`, organization: 'acme' });
    return event?.run ?? '';
  });
  expect(await ended(followUp)).toMatchObject({
    status: 'completed',
    organization: 'acme',
    trigger: 'after-bad',
    workflowId: `${idPrefix({ taskQueue: queues.runs })}o/acme/t/after-bad/run/${bad.run}`,
    input: [
      {
        event: { run: { id: bad.run, status: 'failed', error: { type: 'TicketError' } }, result: null },
        variables: { urgent: true },
        organization: { slug: 'acme' },
      },
    ],
  });
  const reader = createClient({ connection: first.connection }).workflow.getHandle(`${queues.prefix}runEnds`);
  const { historyLength } = await reader.describe();
  await first.stop();

  const second = await startTestWorker({ store, queues, workflowBundle, triggers: true });
  const good = await start('endsWell', ['fine']);
  await ended(good.run);
  const again = createClient({ connection: second.connection }).workflow.getHandle(`${queues.prefix}runEnds`);
  expect((await again.describe()).historyLength).toBe(historyLength);
  const fired = async (): Promise<string[]> =>
    (await store.db.select().from(events).where(eq(events.trigger, 'after-well'))).map(({ key }) => key);
  await eventually(async () => expect(await fired()).toHaveLength(2));
  // The run that follows this one is its own doing, and ends the chain.
  const [last] = await store.db
    .select()
    .from(events)
    .where(eq(events.key, `run/${good.run}`));
  await ended(last?.run ?? '');
  expect((await fired()).toSorted()).toEqual([`run/${followUp}`, `run/${good.run}`].toSorted());
  await again.terminate();
  await second.stop();
});
