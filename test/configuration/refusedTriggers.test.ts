/** Triggers that a file may not have: each refusal says where, and what would do. */
import { ConfigurationError } from '../../errors.ts';
import { emptied } from './emptied.ts';
import { records, trigger, withTriggers } from './files.ts';
import { testRefusals } from './refused.ts';

const database = emptied();
const refusals = (yaml: string, more?: Parameters<typeof database.refusals>[1]): Promise<string[]> =>
  database.refusals(withTriggers(yaml), more);

describe('what does not fit is refused with its place', () => {
  testRefusals(database, [
    [
      'an unknown key',
      trigger('wrkflow: x'),
      '24:74: triggers.t: unknown key "wrkflow". Did you mean "workflow"?',
    ],
    [
      'a missing one',
      '  t: { organization: northwind, type: cron, parameters: { everySeconds: 5 } }\n',
      '24:3: triggers.t: "workflow" is missing',
    ],
    ['an id', trigger('', { id: 'My_Trigger' }), '24:3: triggers: "My_Trigger" cannot be an id'],
    [
      'an unknown type',
      trigger('', { type: 'new-ticket-records' }),
      '24:39: triggers.t.type: there is no type of trigger "new-ticket-records". Did you mean "new-ticket-record"? Known are: new-ticket-record, always-pass',
    ],
    [
      'an unknown workflow',
      trigger('', { workflow: 'triageNewTickets' }),
      '24:62: triggers.t.workflow: workflow "triageNewTickets" does not exist. Did you mean "triageNewTicket"?',
    ],
    [
      'a workflow unlike any other',
      trigger('', { workflow: 'x' }),
      '24:62: triggers.t.workflow: workflow "x" does not exist. Known are: listAgents, openTicketsReport, triageNewTicket.',
    ],
    [
      'an unknown owner',
      trigger('').replace('northwind', 'northwand'),
      '24:22: triggers.t.organization: organization "northwand" does not exist. Did you mean "northwind"?',
    ],
    [
      'runAs',
      trigger('runAs: parent'),
      '24:81: triggers.t.runAs: expected one of client, owner; found "parent"',
    ],
    [
      'an unknown organization to run for',
      trigger('runFor: { organizations: [acme, acne] }'),
      '24:106: triggers.t.runFor.organizations.2: organization "acne" does not exist. Did you mean "acme"?',
    ],
    [
      'one that is not below the owner',
      trigger('runFor: { organizations: [northwind] }').replace(
        'organization: northwind',
        'organization: acme',
      ),
      '24:95: triggers.t.runFor.organizations.1: northwind is neither acme, the owner, nor below it',
    ],
    [
      'a run-for that holds nobody',
      trigger('runFor: { owner: false }'),
      '24:82: triggers.t.runFor: it holds nobody',
    ],
    [
      'a connection that is not there',
      records('connection: northwind-hallo'),
      '24:92: triggers.t.connection: connection "northwind-hallo" does not exist. Did you mean "northwind-halo"?',
    ],
    [
      "a parent's connection",
      records('connection: northwind-halo').replace('northwind', 'acme'),
      '24:87: triggers.t.connection: northwind-halo belongs to northwind, which is neither acme, the owner, nor below it',
    ],
    [
      'records without a connection',
      records('').replace('northwind', 'acme'),
      '24:34: triggers.t.type: acme has no default connection that records could come from',
    ],
    [
      "Halo's events without a connection",
      trigger('parameters: { events: [Ticket Changed] }', { type: 'halo-event' }).replace(
        'northwind',
        'acme',
      ),
      '24:34: triggers.t.type: acme has no default connection',
    ],
    [
      'an override without a use',
      trigger('overrides: { halo: { fallback: fail } }'),
      '24:93: triggers.t.overrides.halo: "use" is missing',
    ],
    [
      'an unknown use',
      trigger('overrides: { halo: { use: maping } }'),
      '24:100: triggers.t.overrides.halo.use: expected one of default, mapping, connection, name; found "maping". Did you mean "mapping"?',
    ],
    [
      'an override without its connection',
      trigger('overrides: { halo: { use: connection } }'),
      '24:93: triggers.t.overrides.halo: "use: connection" needs "connection", the id of a connection',
    ],
    [
      'an override with what belongs to another',
      trigger('overrides: { halo: { use: mapping, name: north } }'),
      '24:115: triggers.t.overrides.halo.name: "name" goes with "use: name", not with "use: mapping"',
    ],
    [
      'an override with an unknown connection',
      trigger('overrides: { halo: { use: connection, connection: x } }'),
      '24:124: triggers.t.overrides.halo.connection: connection "x" does not exist.',
    ],
    [
      "an override with a parent's connection",
      trigger('overrides: { halo: { use: connection, connection: northwind-halo } }').replace(
        'northwind',
        'acme',
      ),
      '24:119: triggers.t.overrides.halo.connection: northwind-halo belongs to northwind, which is neither acme',
    ],
    [
      'an override with a name that nothing has',
      trigger('overrides: { halo: { use: name, name: south } }'),
      '24:112: triggers.t.overrides.halo.name: it looks for a connection of the owner northwind named like "south"',
    ],
    [
      'an override for an owner without a default',
      trigger('overrides: { halo: { use: default } }').replace('northwind', 'acme'),
      '24:95: triggers.t.overrides.halo.use: it looks for the default connection of the owner acme',
    ],
    [
      'variables that are a list',
      trigger('variables: [1]'),
      '24:85: triggers.t.variables: expected a mapping ("key: value"), found a list',
    ],
    [
      'a number that JSON does not have',
      trigger('variables: { a: .nan }'),
      '24:87: triggers.t.variables.a: expected text, a number, true or false, found a number that JSON does not have',
    ],
    [
      'a number with more digits than JSON keeps',
      trigger('variables: { a: 12345678901234567890 }'),
      '24:87: triggers.t.variables.a: 12345678901234567890 has more digits than a number can hold: put it in quotes',
    ],
    ...(
      [
        ['00501', '501'],
        ['0777', '777'],
        ['1.10', '1.1'],
        ['1.0', '1'],
        ['1e3', '1000'],
        ['1.5e300', '1.5e+300'],
        ['0x1F', '31'],
        ['+49', '49'],
        ['.5', '0.5'],
        ['-007', '-7'],
      ] as const
    ).map(([written, kept]): [string, string, string] => [
      `a number that would lose what is written (${written})`,
      trigger(`variables: { a: ${written} }`),
      `24:87: triggers.t.variables.a: ${written} would become ${kept}: put it in quotes to keep it as it is, or write ${kept}`,
    ]),
    [
      'a variable without end',
      '  t: { organization: northwind, type: always-pass, workflow: listAgents, variables: { a: &a [*a] } }\n',
      'triggers.t.variables.a',
    ],
  ]);

  test.each([
    ['ticket.id', 'equals: 00501'],
    ['ticket.id', 'in: [1, 00501]'],
    ['ticket.summary', 'equals: 00501'],
    ['ticket.summary', 'contains: 1.10'],
    ['ticket.id', 'in: [.nan]'],
    ['ticket.id', 'greater: .inf'],
  ])('a value that cannot be kept is the only problem of %s with %s', async (field, comparison) => {
    const criteria = trigger(`criteria: { field: ${field}, ${comparison} }`, { type: 'new-ticket-record' });
    expect(await refusals(criteria)).toEqual([
      expect.stringMatching(
        /would become (501|1\.1): put it in quotes|a number that JSON does not have$/,
      ) as string,
    ]);
  });

  test('all of it at once, in the order of the file', async () => {
    const lines = await refusals(
      trigger('runAs: x', { id: 'one', type: 'crom' }) +
        trigger('criteria: { field: x, equals: 1 }', { id: 'two', type: 'webhook', workflow: 'y' }) +
        trigger('connection: z', { id: 'three' }).replace('northwind', 'nobody'),
    );
    expect(lines.map((line) => line.split(': ').slice(0, 2).join(': '))).toEqual([
      'my.yaml:24:41: triggers.one.type',
      'my.yaml:24:76: triggers.one.runAs',
      'my.yaml:25:60: triggers.two.workflow',
      expect.stringMatching(/^my\.yaml:25:\d+: triggers\.two\.criteria\.field$/),
      'my.yaml:26:26: triggers.three.organization',
      expect.stringMatching(/^my\.yaml:26:\d+: triggers\.three\.connection$/),
    ]);
  });

  test('workflows that do not compile, beside everything else', async () => {
    const workflowNames = () =>
      Promise.reject(new ConfigurationError('the workflows in flows do not compile: flows/a.ts:1:2: x'));
    expect(await refusals(trigger('runAs: x'), { workflowNames })).toEqual([
      'my.yaml:24:3: triggers: the workflows in flows do not compile: flows/a.ts:1:2: x',
      expect.stringContaining('triggers.t.runAs'),
    ]);
  });
});
