/** Whom an event concerns and what becomes of it, as a table and for any tree of organizations. */
import * as fc from 'fast-check';
import { decide } from '../../../triggers/dispatch/decide.ts';
import { isAtOrBelow } from '../../../organizations/tree.ts';
import type { Configuration, Connection, Organization } from '../../../organizations/types.ts';
import type { RunFor, Trigger } from '../../../triggers/types.ts';

const organization = (slug: string, changes: Partial<Organization> = {}): Organization => ({
  slug,
  name: slug,
  parent: 'northwind',
  tags: [],
  enabled: true,
  ...changes,
});

const mapping = (slug: string, client: number) => ({
  connection: 'northwind-halo',
  organization: slug,
  client,
  use: false,
  contact: null,
  site: null,
});

const connection = (catchAll: string | null): Connection => ({
  id: 'northwind-halo',
  organization: 'northwind',
  isDefault: true,
  enabled: true,
  resourceServer: 'https://northwind.halopsa.com',
  authServer: null,
  tenant: null,
  onPremise: false,
  clientId: 'a-client-id',
  sealedSecret: 'sealed',
  scope: 'all',
  rateRequests: 300,
  ratePerSeconds: 300,
  catchAll,
});

const configuration: Configuration = {
  version: 1,
  organizations: [
    organization('northwind', { parent: null }),
    organization('acme', { tags: ['gold'] }),
    organization('acme-labs', { parent: 'acme', tags: ['gold', 'labs'] }),
    organization('globex'),
    organization('initech', { enabled: false, tags: ['gold'] }),
    organization('contoso', { parent: null, tags: ['gold'] }),
  ],
  connections: [],
  mappings: [
    mapping('northwind', 2),
    mapping('acme', 12),
    mapping('acme-labs', 15),
    mapping('globex', 13),
    mapping('initech', 14),
    mapping('contoso', 99),
  ],
};

const nobody: RunFor = { owner: false, organizations: [], tags: [], allClients: false };

const trigger = (changes: Partial<Trigger> = {}): Trigger => ({
  id: 'triage',
  organization: 'northwind',
  type: 'new-ticket-record',
  connection: 'northwind-halo',
  workflow: 'triageNewTicket',
  runAs: 'client',
  runFor: nobody,
  overrides: {},
  criteria: null,
  parameters: {},
  variables: {},
  enabled: true,
  enabledAt: new Date(0),
  sealedSecret: null,
  ...changes,
});

const ticketOf = (client: unknown) => ({
  key: 'tickets/7',
  connection: 'northwind-halo',
  organization: null,
  event: { ticket: { id: 7, summary: 'Printer', client_id: client } },
  own: false,
});

const CLIENT = {
  northwind: 2,
  acme: 12,
  'acme-labs': 15,
  globex: 13,
  initech: 14,
  contoso: 99,
  unmapped: 77,
};

const disabled = 'organization initech is disabled';
const notAmong = (slug: string) => `run-for: ${slug} is not among them`;

test.each<[Partial<RunFor>, keyof typeof CLIENT, string | null, string | null]>([
  [{ owner: true }, 'northwind', 'northwind', null],
  [{ owner: true }, 'acme', null, notAmong('acme')],
  [{ organizations: ['acme'] }, 'acme', 'acme', null],
  [{ organizations: ['acme'] }, 'acme-labs', null, notAmong('acme-labs')],
  [{ organizations: ['acme'] }, 'globex', null, notAmong('globex')],
  [{ tags: ['gold'] }, 'acme', 'acme', null],
  [{ tags: ['silver', 'labs'] }, 'acme-labs', 'acme-labs', null],
  [{ tags: ['gold'] }, 'globex', null, notAmong('globex')],
  [{ allClients: true }, 'acme-labs', 'acme-labs', null],
  [{ allClients: true }, 'globex', 'globex', null],
  [{ allClients: true }, 'northwind', null, notAmong('northwind')],
  [{ owner: true, allClients: true }, 'northwind', 'northwind', null],
  [{ allClients: true }, 'initech', null, disabled],
  [{ organizations: ['initech'], tags: ['gold'] }, 'initech', null, disabled],
  [{ organizations: ['contoso'], tags: ['gold'], allClients: true }, 'contoso', null, notAmong('contoso')],
  [{ allClients: true }, 'unmapped', null, 'unmapped client 77'],
  [{}, 'acme', null, notAmong('acme')],
])('run-for %j, a ticket of %s: runs for %s (%s)', (runFor, client, runs, reason) => {
  const verdict = decide(
    configuration,
    trigger({ runFor: { ...nobody, ...runFor } }),
    ticketOf(CLIENT[client]),
  );

  expect(verdict).toMatchObject({ organization: runs, reason });
  expect(verdict.workflowId).toBe(runs === null ? null : `o/${runs}/t/triage/tickets/7`);
  expect(verdict.event).toMatchObject({ organization: client === 'unmapped' ? null : client });
});

test.each<[Partial<RunFor>, keyof typeof CLIENT, string | null]>([
  [{ organizations: ['acme'] }, 'acme', null],
  [{ organizations: ['acme'] }, 'globex', notAmong('globex')],
  [{ allClients: true }, 'initech', disabled],
  [{ allClients: true }, 'unmapped', null],
  [{ owner: true, organizations: ['acme'] }, 'unmapped', 'run-for: unmapped client 77 is not among them'],
])('as the owner, run-for %j, a ticket of %s: %s', (runFor, client, reason) => {
  const verdict = decide(
    configuration,
    trigger({ runAs: 'owner', runFor: { ...nobody, ...runFor } }),
    ticketOf(CLIENT[client]),
  );

  expect(verdict.reason).toBe(reason);
  expect(verdict.organization).toBe(reason === null ? 'northwind' : null);
  expect(verdict.event).toMatchObject({ organization: client === 'unmapped' ? null : client });
});

const caught = 'catch-all: unmapped client 77';
test.each<[Partial<RunFor>, Trigger['runAs'], string, string | null, string]>([
  [{ allClients: true }, 'client', 'acme', 'acme', caught],
  [{ organizations: ['acme'] }, 'client', 'acme', 'acme', caught],
  [{ allClients: true }, 'client', 'northwind', 'northwind', caught],
  [{ owner: true }, 'client', 'northwind', 'northwind', caught],
  [{ organizations: ['globex'] }, 'client', 'acme', null, `${caught}, ${notAmong('acme')}`],
  [{ allClients: true }, 'client', 'contoso', null, `${caught}, ${notAmong('contoso')}`],
  [{ allClients: true }, 'client', 'initech', null, `${caught}, ${disabled}`],
  [{ allClients: true }, 'owner', 'acme', 'northwind', caught],
  [{ organizations: ['acme'] }, 'owner', 'acme', 'northwind', caught],
])(
  'run-for %j as the %s, unmapped clients are caught by %s: %s (%s)',
  (runFor, runAs, catchAll, runs, reason) => {
    const catching = { ...configuration, connections: [connection(catchAll)] };
    const one = trigger({ runAs, runFor: { ...nobody, ...runFor } });
    const verdict = decide(catching, one, ticketOf(CLIENT.unmapped));

    expect(verdict).toMatchObject({
      organization: runs,
      reason,
      about: null,
      status: runs === null ? 'filtered' : 'accepted',
      event: { organization: null },
    });
    expect(decide(catching, one, ticketOf(CLIENT.globex)).reason).toBe(
      decide(configuration, one, ticketOf(CLIENT.globex)).reason,
    );
    expect(decide(catching, one, { ...ticketOf(CLIENT.unmapped), connection: 'other-halo' }).reason).toBe(
      decide(configuration, one, ticketOf(CLIENT.unmapped)).reason,
    );
  },
);

test.each([
  ['12', 'acme'],
  [12, 'acme'],
  [-1, null],
  [null, null],
  [undefined, null],
  ['north', null],
])('a client_id of %p is %s', (client, runs) => {
  const verdict = decide(
    configuration,
    trigger({ runFor: { ...nobody, allClients: true } }),
    ticketOf(client),
  );

  expect(verdict.organization).toBe(runs);
  if (runs === null) expect(verdict).toMatchObject({ status: 'failed', reason: 'unmapped client none' });
});

test('criteria decide last, and their outcome is told whatever decided', () => {
  const urgent = trigger({
    runFor: { ...nobody, organizations: ['acme'] },
    criteria: { all: [{ field: 'ticket.summary', contains: 'Router' }] },
  });

  expect(decide(configuration, urgent, ticketOf(12))).toMatchObject({
    status: 'filtered',
    reason: expect.stringMatching(/^criteria: ticket\.summary contains/) as string,
  });
  expect(decide(configuration, urgent, ticketOf(13))).toMatchObject({
    reason: notAmong('globex'),
    outcome: { passes: false },
  });
});

test('a disabled trigger, our own writes, and a disabled owner run nothing', () => {
  const all = { ...nobody, owner: true, allClients: true };
  const ownerOff = {
    ...configuration,
    organizations: [organization('northwind', { parent: null, enabled: false }), organization('acme')],
  };

  expect(decide(configuration, trigger({ runFor: all, enabled: false }), ticketOf(12)).reason).toBe(
    'trigger disabled',
  );
  expect(decide(configuration, trigger({ runFor: all }), { ...ticketOf(12), own: true }).reason).toBe(
    'own write',
  );
  expect(decide(ownerOff, trigger({ runFor: all }), ticketOf(12)).reason).toBe(
    'organization northwind is disabled',
  );
});

test('an event about nobody runs for each enabled organization, once as the owner, or for the one it names', () => {
  const cron = (changes: Partial<Trigger>) => trigger({ type: 'cron', ...changes });
  const tick = {
    key: 'cron/2026-01-01T00:00:00Z',
    connection: null,
    organization: null,
    event: {},
    own: false,
  };
  const everybody = { ...nobody, owner: true, allClients: true };

  expect(decide(configuration, cron({ runFor: everybody }), tick)).toMatchObject({
    status: 'accepted',
    organization: null,
    fanOut: ['northwind', 'acme', 'globex', 'acme-labs'],
  });
  expect(decide(configuration, cron({ runFor: everybody, runAs: 'owner' }), tick)).toMatchObject({
    organization: 'northwind',
    fanOut: [],
  });
  expect(decide(configuration, cron({ runFor: { ...nobody, tags: ['labs'] } }), tick)).toMatchObject({
    organization: 'acme-labs',
    workflowId: 'o/acme-labs/t/triage/cron/2026-01-01T00:00:00Z',
  });
  expect(
    decide(configuration, cron({ runFor: everybody }), { ...tick, organization: 'globex' }),
  ).toMatchObject({
    organization: 'globex',
    event: { organization: 'globex' },
  });
  expect(
    decide(configuration, cron({ runFor: { ...nobody, organizations: ['initech'] } }), tick).reason,
  ).toBe(disabled);
  expect(decide(configuration, cron({}), tick)).toMatchObject({
    status: 'filtered',
    reason: 'run-for: nobody is among them',
  });
});

const slugs = ['a', 'b', 'c', 'd', 'e', 'f'];
const anyOrganizations = fc.tuple(
  ...slugs.map((slug, index) =>
    fc.record({
      slug: fc.constant(slug),
      name: fc.constant(slug),
      parent: index === 0 ? fc.constant(null) : fc.constantFrom(null, ...slugs.slice(0, index)),
      tags: fc.subarray(['gold', 'silver']),
      enabled: fc.boolean(),
    }),
  ),
);
const anyTrigger = fc.record({
  organization: fc.constantFrom(...slugs),
  type: fc.constantFrom<Trigger['type']>('new-ticket-record', 'halo-event', 'cron', 'webhook', 'always-pass'),
  runAs: fc.constantFrom<Trigger['runAs']>('client', 'owner'),
  runFor: fc.record({
    owner: fc.boolean(),
    organizations: fc.subarray([...slugs, 'gone']),
    tags: fc.subarray(['gold', 'silver', 'bronze']),
    allClients: fc.boolean(),
  }),
});

test('whatever the tree: nothing ever runs for an organization that is disabled or not at or below the owner', () => {
  fc.assert(
    fc.property(
      anyOrganizations,
      anyTrigger,
      fc.nat(7),
      fc.option(fc.constantFrom(...slugs, 'gone')),
      fc.option(fc.constantFrom(...slugs)),
      (organizations, changes, client, named, catchAll) => {
        const any: Configuration = {
          version: 1,
          organizations,
          connections: [connection(catchAll)],
          mappings: slugs.map((slug, index) => mapping(slug, index + 1)),
        };
        const verdict = decide(any, trigger(changes), { ...ticketOf(client), organization: named });

        const runs = [...(verdict.organization === null ? [] : [verdict.organization]), ...verdict.fanOut];
        for (const slug of runs) {
          expect(isAtOrBelow(any, slug, changes.organization)).toBe(true);
          expect(organizations.find((one) => one.slug === slug)?.enabled).toBe(true);
        }
        expect(runs.length > 0).toBe(verdict.status === 'accepted');
        const isCaught = verdict.reason?.startsWith('catch-all: ') === true;
        if (verdict.status === 'accepted') expect(verdict.reason === null || isCaught).toBe(true);
        else expect(verdict.reason).not.toBeNull();
        if (isCaught && verdict.status === 'accepted')
          expect(verdict.event).toMatchObject({ organization: null });
      },
    ),
    { numRuns: 2_000 },
  );
});
