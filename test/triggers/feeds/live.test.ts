/** Feeds as `haloflow start` runs them: on Temporal, with the reconciler and the inbox. */
import { eventually } from '../../worker/helpers.ts';
import { startFeedStack } from './stack.ts';
import type { FeedStack } from './stack.ts';

let stack: FeedStack;

beforeAll(async () => {
  stack = await startFeedStack({ triggers: true });
});
afterAll(() => stack.close());

test('a ticket that is created in Halo starts a run within the interval', async () => {
  await stack.trigger('triage', { parameters: { everySeconds: 10 } });
  await eventually(async () => ((await stack.feed().catch(() => null))?.mark ? true : undefined));
  const id = await stack.ticket({ client_id: 12 });
  const event = await eventually(async () => {
    const [row] = await stack.eventsOf('triage');
    return row && row.status !== 'pending' ? row : undefined;
  }, 25);
  expect(event).toMatchObject({ record: id, key: `tickets/${id}`, source: 'poll', status: 'accepted' });
});
