import { dispatchEvents } from '../../../triggers/dispatch/dispatch.ts';
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
    workflowId: `o/acme/t/triage/tickets/${ticket}`,
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
