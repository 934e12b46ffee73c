/** The workflows of the texts, on a real Temporal server. */
import { fileURLToPath } from 'node:url';
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
