/** What must not run away, get stuck or end by accident: loops, poison, and what is switched off under a run. */
import { eq } from 'drizzle-orm';
import { runs } from '../../../store/schema/runs.ts';
import type { EventRow } from '../../../triggers/types.ts';
import { eventually } from '../../worker/helpers.ts';
import { startFeedStack } from '../feeds/stack.ts';
import type { FeedStack } from '../feeds/stack.ts';

let stack: FeedStack;

beforeAll(async () => {
  stack = await startFeedStack({
    triggers: true,
    workflows: new URL('workflows', import.meta.url).pathname,
  });
});
afterAll(() => stack.close());
beforeEach(async () => {
  await stack.clear();
  // The sandbox gives the same ids again, which Temporal and the ledger remember.
  await stack.haloflow.reconfigure('truncate writes');
  number += 1;
});

let number = 0;
const name = (): string => `watch-${number}`;

/** For the default connection of the owner, since Acme has none of its own. */
const overrides = { halo: { use: 'default' as const } };

async function watching(workflow: string, parameters: Record<string, unknown> = {}): Promise<void> {
  await stack.trigger(name(), { workflow, overrides, parameters: { everySeconds: 1, ...parameters } });
  await eventually(async () => ((await stack.feed().catch(() => null))?.polls ? true : undefined));
}

/** The decided events of the trigger, once there are so many. */
const decided = async (count: number): Promise<EventRow[]> =>
  await eventually(async () => {
    const rows = (await stack.eventsOf(name())).filter(({ status }) => status !== 'pending');
    return rows.length >= count ? rows : undefined;
  });

const ended = async (run: string): Promise<{ status: string; result: unknown }> =>
  await eventually(async () => {
    const [row] = await stack.haloflow.store.db.select().from(runs).where(eq(runs.id, run));
    if (!row || row.status === 'running') return undefined;
    const handle = stack.haloflow.starter.client.workflow.getHandle(row.workflowId);
    return { status: row.status, result: await handle.result().catch((error: Error) => error.message) };
  });

const handleOf = (event: EventRow | undefined) =>
  stack.haloflow.starter.client.workflow.getHandle(event?.workflowId ?? '');

describe('a workflow that opens a ticket on the tenant that starts it', () => {
  test('is not started by its own tickets, and ends', async () => {
    await watching('opensAnother');
    const first = await stack.ticket();
    const [accepted, own] = await decided(2);
    expect(accepted).toMatchObject({ record: first, status: 'accepted' });
    expect(own).toMatchObject({ record: first + 1, status: 'filtered', reason: 'own write' });
    expect(await ended(accepted!.run)).toEqual({ status: 'completed', result: first + 1 });
    const { polls } = await stack.feed();
    await eventually(async () => ((await stack.feed()).polls >= polls + 2 ? true : undefined));
    expect(await stack.eventsOf(name())).toHaveLength(2);
  });

  test('is started by them where the trigger says includeOwn', async () => {
    await watching('opensAnother', { includeOwn: true });
    const first = await stack.ticket();
    const events = await decided(3);
    expect(events).toMatchObject([
      { record: first, status: 'accepted' },
      { record: first + 1, status: 'accepted' },
      { record: first + 2, status: 'accepted' },
    ]);
    expect(await ended(events[2]!.run)).toEqual({ status: 'completed', result: null });
  });
});

test('tickets whose workflow fails do not hold up the others', async () => {
  await watching('failsSometimes');
  const ids = [];
  for (const summary of ['Poison 1', 'Printer', 'Poison 2', 'Router'])
    ids.push(await stack.ticket({ summary }));
  const events = await decided(4);
  expect(events.map(({ record, status }) => [record, status])).toEqual(ids.map((id) => [id, 'accepted']));
  const ends = await Promise.all(events.map(async ({ run }) => (await ended(run)).status));
  expect(ends).toEqual(['failed', 'completed', 'failed', 'completed']);
  expect((await stack.feed()).errors).toBe(0);
});

describe('a run under way', () => {
  test('goes on to its end when its trigger is deleted, and nothing new starts', async () => {
    await watching('asksLater');
    await stack.ticket();
    const [event] = await decided(1);
    await stack.haloflow.reconfigure('delete from triggers');
    await handleOf(event).signal('goOn');
    expect(await ended(event!.run)).toEqual({ status: 'completed', result: 'asked' });
    await stack.ticket();
    expect(await stack.eventsOf(name())).toHaveLength(1);
  });

  test('makes no call any more when its organization is disabled, and ends by its own rules', async () => {
    await watching('asksLater');
    await stack.ticket();
    const [event] = await decided(1);
    await stack.haloflow.reconfigure(`update organizations set enabled = false where slug = 'acme'`);
    try {
      await handleOf(event).signal('goOn');
      expect(await ended(event!.run)).toEqual({ status: 'completed', result: 'ConfigurationError' });
      await stack.ticket();
      const [, second] = await decided(2);
      expect(second).toMatchObject({ status: 'filtered', reason: 'organization acme is disabled' });
    } finally {
      await stack.haloflow.reconfigure(`update organizations set enabled = true where slug = 'acme'`);
    }
  });
});
