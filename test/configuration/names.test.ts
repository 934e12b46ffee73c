/** Names where ids are meant: looked up in the sandbox when a file is planned or applied. */
import { sql } from 'drizzle-orm';
import { createBudgets } from '../../calls/budget.ts';
import type { Budgets } from '../../calls/budget.ts';
import { applyFile, planFile } from '../../configuration/apply/apply.ts';
import { renderPlan } from '../../configuration/apply/render.ts';
import { normaliseServer } from '../../cli/normaliseServer.ts';
import { optionsOf } from '../../configuration/options/optionsOf.ts';
import { createHaloClient } from '../../halo/client.ts';
import type { HaloClient } from '../../halo/types.ts';
import { configurationReader } from '../../organizations/configuration.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import type { Sandbox, SandboxTenant } from '../../sandbox/sandbox.ts';
import type { Store } from '../../store/store.ts';
import { readTriggers } from '../../triggers/registry.ts';
import { createHaloPort } from '../../worker/haloPort.ts';
import { createTestDatabase } from '../support/database.ts';
import { control } from '../support/sandbox.ts';
import type { Control } from '../support/sandbox.ts';
import { fileOf, problemsOf } from './files.ts';

let store: Store;
let drop: () => Promise<void>;
let sandbox: Sandbox;
let tenant: SandboxTenant;
let halo: Control;
let budgets: Budgets;
let client: HaloClient;
let ask: ReturnType<typeof optionsOf>;
beforeAll(async () => {
  ({ store, drop } = await createTestDatabase());
  sandbox = await startSandbox();
  const [first] = sandbox.tenants;
  if (!first) throw new Error('the sandbox has no tenants');
  tenant = first;
  halo = control(tenant);
  budgets = createBudgets(store);
  client = createHaloClient();
  const port = createHaloPort({ store, budgets, halo: client, configuration: configurationReader(store) });
  ask = optionsOf({ store, halo: port });
});
afterAll(async () => {
  await budgets.close();
  await client.close();
  await sandbox.close();
  await drop();
});
beforeEach(() => store.db.execute(sql`truncate organizations, connections, triggers, configuration cascade`));

const textOf = (criteria: string): string => `organizations: { msp: { name: MSP } }
connections:
  msp-halo:
    organization: msp
    resourceServer: ${tenant.baseUrl}
    authServer: ${tenant.authUrl}
    tenant: ${tenant.tenant}
    clientId: ${tenant.clientId}
    clientSecret: \${SECRET}
triggers:
  t: { organization: msp, type: new-ticket-record, workflow: triageNewTicket, criteria: ${criteria} }
`;
const env = (): Record<string, string> => ({
  SECRET: tenant.clientSecret,
  TYPE: 'Incident',
  WRONG: 'Hidden',
});
const file = (criteria: string) => fileOf(textOf(criteria), { env: env(), normaliseServer, optionsOf: ask });
const apply = async (criteria: string): Promise<string[]> =>
  renderPlan(await applyFile(store, file(criteria))).split('\n');
const refusals = (criteria: string): Promise<string[]> => problemsOf(apply(criteria));

test('become the ids that the Halo of the trigger has, also with a connection that the file brings', async () => {
  const criteria =
    '{ all: [{ field: ticket.tickettype_id, in: [{ name: Incident }, { name: "${TYPE}" }, 4] }, { any: [{ field: ticket.status_id, equals: { name: on hold } }, { not: { field: ticket.priority_id, equals: { name: Low } } }] }] }';
  const planned = await planFile(store, file(criteria));
  expect(planned.items).toHaveLength(3);
  await apply(criteria);
  const [trigger] = await readTriggers(store);
  expect(trigger?.criteria).toEqual({
    all: [
      { field: 'ticket.tickettype_id', in: [1, 1, 4] },
      {
        any: [{ field: 'ticket.status_id', equals: 21 }, { not: { field: 'ticket.priority_id', equals: 4 } }],
      },
    ],
  });
  expect(await apply(criteria)).toEqual(['No changes.']);
});

test('that Halo does not have are refused with the nearest, each in its place', async () => {
  const problems = await refusals(
    '{ any: [{ field: ticket.tickettype_id, in: [{ name: Incidnet }, { name: Zzz }, { name: "${WRONG}" }] }, { field: ticket.summary, equals: { name: x } }] }',
  );
  expect(problems).toEqual([
    expect.stringMatching(
      /^my\.yaml:\d+:\d+: triggers\.t\.criteria\.any\.1\.in\.1: the Halo of msp-halo has no ticket type "Incidnet"\. Did you mean "Incident"\?$/,
    ),
    expect.stringContaining('has no ticket type "Zzz". There are Incident, Service Request'),
    expect.stringContaining('has no ticket type of the name from the environment'),
    expect.stringContaining('it does not fit the event'),
  ]);
  expect(problems.join()).not.toContain('Hidden');
  const [misplaced] = await refusals('{ field: ticket.summary, equals: { name: x } }');
  expect(misplaced).toContain('ends in tickettype_id, status_id');
});

test('of which Halo has several are refused with their ids', async () => {
  const twin = await halo.add('Status', { name: 'Twin' });
  const second = await halo.add('Status', { name: 'twin ' });
  expect(await apply('{ field: ticket.status_id, equals: { name: Twin } }')).toContain(
    '3 to add, 0 to change, 0 to delete.',
  );
  const [problem] = await refusals('{ field: ticket.status_id, equals: { name: TWIN } }');
  expect(problem).toContain(`(ids ${String(twin['id'])}, ${String(second['id'])}): write the id`);
});

test('are refused when Halo cannot be asked, and nothing is written', async () => {
  await halo.fault({ kind: 'status', status: 503, match: { path: '/TicketType' }, times: 5 });
  const [problem] = await refusals('{ field: ticket.tickettype_id, equals: { name: Incident } }');
  await halo.clearFaults();
  expect(problem).toMatch(
    /the ticket-types of connection msp-halo cannot be asked for \(HaloServerError: .*503/,
  );
  expect(await readTriggers(store)).toEqual([]);
  const { optionsOf: _, ...alone } = file('{ field: ticket.tickettype_id, equals: { name: Incident } }');
  const [nowhere] = await problemsOf(applyFile(store, alone));
  expect(nowhere).toContain('Halo is not asked from here');
});
