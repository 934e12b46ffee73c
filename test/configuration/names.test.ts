/** Names where ids are meant: looked up in the sandbox when a file is planned or applied. */
import { sql } from 'drizzle-orm';
import { createBudgets } from '../../calls/budget.ts';
import type { Budgets } from '../../calls/budget.ts';
import { applyFile, planFile } from '../../configuration/apply/apply.ts';
import { exportConfiguration } from '../../configuration/export/export.ts';
import { renderPlan } from '../../configuration/apply/render.ts';
import { normaliseServer } from '../../cli/normaliseServer.ts';
import { lookUp } from '../../configuration/options/lookUp.ts';
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

const base = (): string => `organizations: { msp: { name: MSP }, acme: { name: Acme, parent: msp } }
connections:
  msp-halo:
    organization: msp
    resourceServer: ${tenant.baseUrl}
    authServer: ${tenant.authUrl}
    tenant: ${tenant.tenant}
    clientId: ${tenant.clientId}
    clientSecret: \${SECRET}
`;
const textOf = (criteria: string): string => `${base()}triggers:
  t: { organization: msp, type: new-ticket-record, workflow: triageNewTicket, criteria: ${criteria} }
`;
const env = (): Record<string, string> => ({
  SECRET: tenant.clientSecret,
  TYPE: 'Incident',
  WRONG: 'Hidden',
});
const whole = (more: string) => fileOf(`${base()}${more}`, { env: env(), normaliseServer, optionsOf: ask });
const file = (criteria: string) => fileOf(textOf(criteria), { env: env(), normaliseServer, optionsOf: ask });
const apply = async (criteria: string): Promise<string[]> =>
  renderPlan(await applyFile(store, file(criteria))).split('\n');
const refusals = (criteria: string): Promise<string[]> => problemsOf(apply(criteria));

test('become the ids that the Halo of the trigger has, also with a connection that the file brings', async () => {
  const criteria =
    '{ all: [{ field: ticket.tickettype_id, in: [{ name: Incident }, { name: "${TYPE}" }, 4] }, { any: [{ field: ticket.status_id, equals: { name: on hold } }, { not: { field: ticket.priority_id, equals: { name: Low } } }] }] }';
  const planned = await planFile(store, file(criteria));
  expect(planned.items).toHaveLength(4);
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
    '4 to add, 0 to change, 0 to delete.',
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

test('of records inside, categories, custom fields and their choices are taken in criteria too', async () => {
  await halo.add('FieldInfo', {
    name: 'CFFloor',
    label: 'Floor',
    usage: 1,
    custom: 1,
    values: [
      { id: 1, name: 'Ground' },
      { id: 2, name: 'Attic' },
    ],
  });
  const criteria = `{ all: [
    { field: ticket.customfields.CFFloor, in: [{ name: attic }, 7] },
    { field: ticket.customfields.id, equals: { name: CFAffectedUsers } },
    { field: ticket.category_1, equals: { name: hardware>printer } },
    { field: ticket.closure_agent_id, exists: true },
    { field: ticket.client_id, notIn: [{ name: "${await clientName(14)}" }] } ] }`;
  await apply(criteria);
  const [trigger] = await readTriggers(store);
  expect(trigger?.criteria).toEqual({
    all: [
      { field: 'ticket.customfields.CFFloor', in: [2, 7] },
      { field: 'ticket.customfields.id', equals: 21 },
      { field: 'ticket.category_1', equals: 'Hardware>Printer' },
      { field: 'ticket.closure_agent_id', exists: true },
      { field: 'ticket.client_id', notIn: [14] },
    ],
  });
  expect(await refusals('{ field: ticket.customfields.CFFloor, equals: { name: Atic } }')).toEqual([
    expect.stringContaining('has no choice of CFFloor "Atic". Did you mean "Attic"?'),
  ]);
  expect(await refusals('{ field: ticket.customfields.CFNone, equals: { name: x } }')).toEqual([
    expect.stringContaining('there is no custom field CFNone'),
  ]);
});

const clientName = async (id: number): Promise<string> =>
  String((await halo.records('Client', { id }))[0]?.['name']);

test('of clients, their contacts and sites are taken in mappings, and the plan tells what they are', async () => {
  const [site] = await halo.records('Site', { client_id: 13 });
  const own = async (id: number) =>
    (await halo.records('Users', { client_id: id })).find(({ name }) => name !== 'General User');
  const [user, other] = [await own(13), await own(14)];
  const mapped = (contact: unknown): string =>
    `mappings:
  msp-halo:
    msp: { client: 1 }
    acme: { client: { name: "${client}" }, contact: { name: "${String(contact)}" }, site: { name: "${String(site?.['name'])}" } }
`;
  const client = await clientName(13);
  const plan = await planFile(store, whole(mapped(user?.['name'])));
  expect(renderPlan(plan)).toContain('+ mapping msp-halo/acme (client 13)');
  expect(plan.effects).toEqual([
    `mappings.msp-halo.acme.client: client "${client}" of msp-halo is 13`,
    `mappings.msp-halo.acme.contact: contact of client 13 "${String(user?.['name'])}" of msp-halo is ${String(user?.['id'])}`,
    `mappings.msp-halo.acme.site: site of client 13 "${String(site?.['name'])}" of msp-halo is ${String(site?.['id'])}`,
  ]);
  await applyFile(store, whole(mapped(user?.['name'])));
  const { rows } = await store.pool.query('select client, contact, site from mappings order by client');
  expect(rows[1]).toEqual({ client: 13, contact: user?.['id'], site: site?.['id'] });
  // The stored connection's kept list serves now, and so do the ids that an export has.
  const again = await planFile(store, whole(mapped(user?.['name'])));
  expect(again).toEqual({ items: [], effects: [] });
  const exported = await exportConfiguration(store);
  const env2 = { HALO_SECRET_MSP_HALO: tenant.clientSecret };
  expect(renderPlan(await planFile(store, fileOf(exported.text, { env: env2, normaliseServer })))).toBe(
    'No changes.',
  );

  expect(await problemsOf(planFile(store, whole(mapped(other?.['name']))))).toEqual([
    expect.stringContaining(
      `mappings.msp-halo.acme.contact: the Halo of msp-halo has no contact of client 13 "${String(other?.['name'])}"`,
    ),
  ]);
  const broken =
    'mappings: { msp-halo: { acme: { client: { name: "${WRONG}" }, site: { name: x } } }, none: { acme: { client: { name: x } } } }';
  expect(await problemsOf(planFile(store, whole(broken)))).toEqual([
    expect.stringContaining('has no client of the name from the environment'),
    expect.stringContaining('connection "none" does not exist'),
  ]);
});

test('among hundreds, the ones most like a name that is none are told', async () => {
  const others = Array.from({ length: 300 }, (_, index) => `Client of ours ${index}`);
  const names = [...others, 'Acme Industries', 'The Acme Bakery', 'Acmi'];
  const options = names.map((option, id) => ({ id, name: option }));
  const refusal = async (asked: string) =>
    await lookUp({ kind: 'clients', id: 'msp-halo', name: asked }, () => Promise.resolve(options));
  expect(await refusal('Acme Ltd')).toHaveProperty(
    'shown',
    expect.stringMatching(/"Acme Ltd"\. The nearest of 303 are Acme Industries, The Acme Bakery, Acmi, /),
  );
  expect(await refusal('Acme Industrie')).toHaveProperty(
    'shown',
    expect.stringContaining('Did you mean "Acme Industries"?'),
  );
});

test('stand for clients that are ignored, and are refused at their keys', async () => {
  const [initech, law] = [await clientName(14), await clientName(16)];
  const text = (keys: string): string => `ignoredClients: { msp-halo: { ${keys} } }\n`;
  const ignored = text(`"${initech}": { reason: ours }, "name:${law}": {}, 17: {}`);
  const plan = await planFile(store, whole(ignored));
  expect(renderPlan(plan)).toContain('+ ignored client msp-halo/14 (ours)');
  expect(plan.effects).toEqual([
    `ignoredClients.msp-halo.${initech}: client "${initech}" of msp-halo is 14`,
    `ignoredClients.msp-halo.name:${law}: client "${law}" of msp-halo is 16`,
  ]);
  await applyFile(store, whole(ignored));
  const { rows } = await store.pool.query('select client, reason from ignored_clients order by client');
  expect(rows).toEqual([
    { client: 14, reason: 'ours' },
    { client: 16, reason: null },
    { client: 17, reason: null },
  ]);
  expect(await planFile(store, whole(ignored))).toEqual({ items: [], effects: [] });
  const mapped = `mappings: { msp-halo: { acme: { client: 16 } } }\n`;
  const wrong = `${mapped}${text(`14: {}, "${initech}": {}, ${law}: {}, ${law}x: {}`)}`;
  const place = (key: string) =>
    expect.stringMatching(`^my.yaml:\\d+:\\d+: ignoredClients\\.msp-halo\\.${key}: `);
  expect(await problemsOf(planFile(store, whole(wrong)))).toEqual([
    place(initech),
    place(law),
    place(`${law}x`),
  ]);
});

test('are taken for the values of variables, of organizations and of triggers', async () => {
  const text = `variables:
  acme:
    urgentPriority: { halo: priorities, name: Critical, description: for alerts }
    kind: { halo: categories, name: hardware>printer }
triggers:
  t: { organization: msp, type: always-pass, workflow: triageNewTicket, variables: { team: { halo: teams, name: Sales }, all: [{ halo: clients, name: "${await clientName(13)}" }], plain: { name: Sales } } }
`;
  await applyFile(store, whole(text));
  const { rows } = await store.pool.query(
    'select name, type, value, description from variables order by name',
  );
  expect(rows).toEqual([
    { name: 'kind', type: 'text', value: 'Hardware>Printer', description: null },
    { name: 'urgentPriority', type: 'number', value: 1, description: 'for alerts' },
  ]);
  const [trigger] = await readTriggers(store);
  expect(trigger?.variables).toEqual({ team: 4, all: [13], plain: { name: 'Sales' } });
  expect((await planFile(store, whole(text))).items).toEqual([]);

  const wrong = `variables:
  acme:
    a: { halo: prioritys, name: Critical }
    b: { halo: teams, name: Slaes }
    c: { halo: teams, name: Sales, value: 3 }
    d: { halo: teams, name: Sales, connection: none }
triggers:
  t: { organization: msp, type: always-pass, workflow: triageNewTicket, variables: { team: { halo: team, name: Sales } } }
`;
  expect(await problemsOf(planFile(store, whole(wrong)))).toEqual([
    expect.stringMatching(/variables\.acme\.a\.halo: expected one of clients, .*Did you mean "priorities"/),
    expect.stringContaining(
      'variables.acme.b: the Halo of msp-halo has no team "Slaes". Did you mean "Sales"?',
    ),
    expect.stringContaining('variables.acme.c: what Halo has a name for is written'),
    expect.stringMatching(/variables\.acme\.d: the teams of connection none cannot be asked for/),
    expect.stringMatching(/triggers\.t\.variables\.team: Halo has no team .*Did you mean "teams"/),
  ]);
});
