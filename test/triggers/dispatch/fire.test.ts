/** By hand, and what people see of it afterwards. */
import { dispatchEvents } from '../../../triggers/dispatch/dispatch.ts';
import { fire } from '../../../triggers/dispatch/fire.ts';
import { listEvents } from '../../../triggers/dispatch/list.ts';
import { startDispatchStack } from './stack.ts';
import type { DispatchStack } from './stack.ts';

let stack: DispatchStack;

beforeAll(async () => {
  stack = await startDispatchStack();
  await stack.trigger('triage');
  await stack.trigger('by-hand', {
    type: 'always-pass',
    runFor: { owner: true, organizations: ['acme'], tags: [], allClients: false },
  });
}, 60_000);

afterAll(() => stack.close());

test('a ticket by its id is read in full, and runs as often as it is asked for', async () => {
  const [ticket] = await stack.tickets({ summary: 'By hand' });

  const first = await fire(stack.parts, { trigger: 'triage', record: ticket });
  const second = await fire(stack.parts, { trigger: 'triage', record: String(ticket) });

  expect(first.event).toMatchObject({ source: 'manual', status: 'accepted', organization: 'acme' });
  expect(first.runs).toEqual([
    { run: first.event.run, workflowId: first.event.workflowId, organization: 'acme' },
  ]);
  expect(await stack.result(second.event)).toMatchObject({
    event: { ticket: { id: ticket, summary: 'By hand' } },
  });
  expect(await stack.started('triage')).toMatchObject([{ startedBy: 'manual' }, { startedBy: 'manual' }]);
});

test('a ticket that is given is taken as it is', async () => {
  const { event } = await fire(stack.parts, {
    trigger: 'triage',
    record: { summary: 'Made up', client_id: 2 },
  });

  expect(event).toMatchObject({ status: 'accepted', organization: 'northwind' });
  expect(await stack.result(event)).toMatchObject({
    event: { ticket: { summary: 'Made up', client_id: 2 }, organization: 'northwind' },
  });
});

test('always-pass runs for each organization, or for the one that is named, with what it was given', async () => {
  const all = await fire(stack.parts, { trigger: 'by-hand', record: { organization: 'as given' } });
  const one = await fire(stack.parts, { trigger: 'by-hand', organization: 'acme' });
  const other = await fire(stack.parts, { trigger: 'by-hand', organization: 'globex' });

  expect(all.runs.map(({ organization }) => organization)).toEqual(['northwind', 'acme']);
  expect(await stack.result(all.runs[0]!)).toMatchObject({ event: { organization: 'as given' } });
  expect(one.runs).toMatchObject([{ organization: 'acme' }]);
  expect(other).toMatchObject({ event: { reason: 'run-for: globex is not among them' }, runs: [] });
});

test('nobody beside or above its owner is fired for, and nothing of it is left where they could see it', async () => {
  await stack.trigger('of-acme', {
    organization: 'acme',
    type: 'always-pass',
    runFor: { owner: true, organizations: [], tags: [], allClients: false },
  });
  for (const organization of ['northwind', 'globex']) {
    await expect(fire(stack.parts, { trigger: 'of-acme', organization })).rejects.toThrow(
      `trigger of-acme cannot run for ${organization}: it runs for organizations at or below its owner acme`,
    );
  }
  expect(await listEvents(stack.parts.store, { trigger: 'of-acme', limit: 10 })).toEqual([]);
});

test('it may be filtered or fail like any other event', async () => {
  expect((await fire(stack.parts, { trigger: 'triage', record: 999_999 })).event.reason).toBe(
    'record is gone',
  );
  await expect(fire(stack.parts, { trigger: 'triag', record: 1 })).rejects.toThrow(
    'there is no trigger triag. Did you mean "triage"?',
  );
  await expect(fire(stack.parts, { trigger: 'triage' })).rejects.toThrow('triage needs the id of a ticket');
  await expect(fire(stack.parts, { trigger: 'triage', record: 2 ** 31 })).rejects.toThrow(
    '2147483648 is more than an id in Halo can be',
  );
  await expect(fire(stack.parts, { trigger: 'by-hand', record: 'text' })).rejects.toThrow('as a JSON object');
  await expect(fire(stack.parts, { trigger: 'by-hand', organization: 'gone' })).rejects.toThrow(
    'unknown organization gone',
  );
  await expect(fire(stack.parts, { trigger: 'by-hand', organization: 'acne' })).rejects.toThrow(
    'unknown organization acne. Did you mean "acme"?',
  );
});

test('another dispatcher that was faster is waited for', async () => {
  const racing = await Promise.all([
    fire(stack.parts, { trigger: 'triage', record: { client_id: 12 } }),
    ...[1, 2, 3].map(() => dispatchEvents(stack.parts)),
  ]);

  expect(racing[0].event.status).toBe('accepted');
});

test('events are listed newest first, by trigger, status and organization with all below it, page by page', async () => {
  const { store } = stack.parts;
  const all = await listEvents(store, { limit: 100 });
  const of = (query: Partial<Parameters<typeof listEvents>[1]>) =>
    listEvents(store, { limit: 100, ...query });

  expect(all.map(({ id }) => id)).toEqual(all.map(({ id }) => id).toSorted((a, b) => b - a));
  expect((await of({ trigger: 'by-hand' })).every(({ trigger }) => trigger === 'by-hand')).toBe(true);
  expect((await of({ status: 'failed' })).map(({ reason }) => reason)).toEqual(['record is gone']);
  expect(new Set((await of({ organization: 'acme' })).map(({ organization }) => organization))).toEqual(
    new Set(['acme']),
  );
  // Whose it would have been is not known: it is the trigger owner's.
  expect(await of({ organization: 'northwind' })).toHaveLength(all.length);
  expect(await of({ organization: 'initech' })).toEqual([]);
  expect(await of({ limit: 2, before: all[1]!.id })).toEqual(all.slice(2, 4));
});
