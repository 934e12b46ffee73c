/** The workflows of the texts, on a real Temporal server. */
import { fileURLToPath } from 'node:url';
import { LOCAL } from '../../access/principal.ts';
import { setVariable } from '../../organizations/variables.ts';
import { startHaloflow } from '../support/haloflow.ts';
import type { TestHaloflow } from '../support/haloflow.ts';

let haloflow: TestHaloflow;

beforeAll(async () => {
  haloflow = await startHaloflow({ workflows: fileURLToPath(new URL('workflows', import.meta.url)) });
}, 60_000);

afterAll(() => haloflow.close());

test('escalate makes a ticket urgent and says why, once', async () => {
  const { northwind } = haloflow;
  const ticket = await northwind.add('Tickets', { summary: 'Second screen', client_id: 12, priority_id: 4 });
  const id = Number(ticket['id']);
  const run = { organization: 'northwind' };

  expect(await haloflow.run('escalate', [id, 'The CEO called.'], run)).toBe('raised from priority 4');
  expect(await haloflow.run('escalate', [id, 'The CEO called again.'], run)).toBe('it was urgent already');

  expect(await northwind.records('Tickets', { id })).toMatchObject([{ priority_id: 1 }]);
  const notes = await northwind.records('Actions', { ticket_id: id, hiddenfromuser: true });
  expect(notes.map((note) => note['note'])).toEqual(['The CEO called.']);
});

test("register opens a ticket with the organization's own priority and secret", async () => {
  const { store, northwind } = haloflow;
  const set = (organization: string, name: string, value: unknown): Promise<unknown> =>
    setVariable(store, LOCAL, {
      organization,
      name,
      value,
      ...(name === 'apiKey' ? { type: 'secret' as const } : {}),
    });
  await set('northwind', 'urgentPriority', 2);
  await set('acme', 'urgentPriority', 1);
  await set('northwind', 'apiKey', 'key-of-northwind');

  const overrides = { halo: { use: 'mapping' as const } };
  const id = Number(await haloflow.run('register', ['Portal'], { organization: 'acme', overrides }));

  expect(await northwind.records('Tickets', { id })).toMatchObject([
    { priority_id: 1, third_party_call_id: 'key-of-northwind' },
  ]);
});

test('reviewClients fires its trigger for each client', async () => {
  const { store } = haloflow;
  await haloflow.reconfigure(
    `insert into triggers (id, organization, type, workflow, run_as, run_for, overrides, parameters, variables, enabled,
       origin)
     values ('review', 'northwind', 'always-pass', 'listAgents', 'client', '{"allClients": true}', '{}', '{}', '{}', true,
       'manual')`,
  );

  expect(await haloflow.run('reviewClients', ['2026-11'], { organization: 'northwind' })).toBe(3);

  const { rows } = await store.pool.query('select organization, payload, source from events order by id');
  const payload = { month: '2026-11' };
  expect(rows).toEqual(
    ['acme', 'globex', 'initech'].map((organization) => ({ organization, payload, source: 'run' })),
  );
});
