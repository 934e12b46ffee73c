/** Business keys and the loop guard, when a connection asks another Halo: what was made there is not taken for made here. */
import { purge } from '../../../triggers/retention.ts';
import { PRODUCTION, UAT, startGenerationStack } from './stack.ts';
import type { GenerationStack } from './stack.ts';

let stack: GenerationStack;
beforeAll(async () => {
  stack = await startGenerationStack();
});
afterAll(() => stack.close());
beforeEach(() => stack.clear());

const made = (once: string, input: Record<string, unknown>, action?: string): Promise<number> =>
  stack.made(once, input, { connection: UAT, ...(action === undefined ? {} : { action }) });

/** Why the last call was made as it was. */
async function because(): Promise<string> {
  const { rows } = await stack.haloflow.store.pool.query<{ because: string }>(
    'select because from calls order by started_at desc limit 1',
  );
  return rows[0]?.because ?? '';
}

const ids = async (halo: 'uat' | 'production', route: string, where: Record<string, string>) =>
  (await stack[halo].records(route, where)).map(({ id }) => id);

test.each([
  ['tickets.create', 'Tickets', 'summary'],
  ['clients.create', 'Client', 'name'],
])('%s: the same key makes a record in each Halo, once, and says why', async (action, route, name) => {
  const input = { [name]: `Once in each ${action}` };
  const first = await made('alert-7001', input, action);
  expect(await made('alert-7001', input, action)).toBe(first);
  await stack.asks(UAT, PRODUCTION);
  const second = await made('alert-7001', input, action);
  expect(await because()).toMatch(
    /once "alert-7001" again: \w+ \d+ is of 127\.0\.0\.1:\d+, and not in this Halo/,
  );
  expect(await made('alert-7001', input, action)).toBe(second);
  expect(await ids('uat', route, input)).toEqual([first]);
  expect(await ids('production', route, input)).toEqual([second]);
  await stack.asks(UAT, UAT);
  expect(await made('alert-7001', input, action)).toBe(first);
  expect(await ids('uat', route, input)).toEqual([first]);
});

test.each([
  ['tickets.create', 'Tickets', 'summary'],
  ['clients.create', 'Client', 'name'],
])('%s: a record that the other Halo has as well, as its copy, counts', async (action, route, name) => {
  const input = { [name]: `Copied ${action}` };
  const first = await made('alert-1', input, action);
  await stack.uat.backUp('copy');
  await stack.production.restore('copy');
  await stack.asks(UAT, PRODUCTION);
  expect(await made('alert-1', input, action)).toBe(first);
  expect(await ids('production', route, input)).toEqual([first]);
});

test.each([
  ['tickets.create', 'Tickets', 'summary'],
  ['clients.create', 'Client', 'name'],
])('%s: it counts past retention as well, by what is left of it', async (action, route, name) => {
  const { store } = stack.haloflow;
  const input = { [name]: `Kept ${action}` };
  const first = await made('alert-1', input, action);
  // As before the ledger kept dates.
  await store.pool.query('update writes set made = null');
  await store.pool.query('delete from runs');
  await purge(store);
  await stack.uat.backUp('copy');
  await stack.production.restore('copy');
  await stack.asks(UAT, PRODUCTION);
  expect(await made('alert-1', input, action)).toBe(first);
  expect(await ids('production', route, input)).toEqual([first]);
});

test('two runs with one key at the same time make one record in the new Halo', async () => {
  const input = { summary: 'Both at once' };
  await made('alert-2', input);
  await stack.asks(UAT, PRODUCTION);
  const [one, two] = await Promise.all([made('alert-2', input), made('alert-2', input)]);
  expect(one).toBe(two);
  expect(await ids('production', 'Tickets', input)).toEqual([one]);
});

test('a ticket of a person is not taken for ours because of its number in another Halo', async () => {
  await stack.ticket(stack.uat, {}, { newId: 9000 });
  const own = await made('alert-3', { summary: 'Ours' });
  await stack.asks(UAT, PRODUCTION);
  await stack.trigger('watch', UAT, { workflow: 'echo' });
  await stack.poll(UAT);
  await stack.ticket(stack.production, { summary: 'Of a person' }, { newId: own });
  await stack.poll(UAT);
  await stack.dispatch();
  expect(await stack.ran('watch')).toEqual(['Of a person']);
});
