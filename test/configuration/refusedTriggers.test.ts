/** Triggers that a file may not have: each refusal says where, and what would do. */
import { sql } from 'drizzle-orm';
import { applyFile, planFile } from '../../configuration/apply/apply.ts';
import type { ConfigurationFile } from '../../configuration/file/scope.ts';
import { ConfigurationError } from '../../errors.ts';
import { readTriggers } from '../../triggers/registry.ts';
import { emptied } from './emptied.ts';
import { example, fileOf, problemsOf, trigger, withTriggers } from './files.ts';

const database = emptied();
const { version, onlyTrigger } = database;
type More = Parameters<typeof database.apply>[1];
const apply = (yaml: string, more?: More): Promise<string[]> => database.apply(withTriggers(yaml), more);
const refusals = (yaml: string, more?: More): Promise<string[]> =>
  database.refusals(withTriggers(yaml), more);

describe('what does not fit is refused with its place', () => {
  const halo = (keys: string): string => trigger(keys, { type: 'new-ticket-record' });

  test.each<[string, string, string]>([
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
      halo('connection: northwind-hallo'),
      '24:92: triggers.t.connection: connection "northwind-hallo" does not exist. Did you mean "northwind-halo"?',
    ],
    [
      "a parent's connection",
      halo('connection: northwind-halo').replace('northwind', 'acme'),
      '24:87: triggers.t.connection: northwind-halo belongs to northwind, which is neither acme, the owner, nor below it',
    ],
    [
      'records without a connection',
      halo('').replace('northwind', 'acme'),
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
      'criteria on a field that is not there',
      halo('criteria: { all: [{ field: ticket.sumary, equals: x }] }'),
      '24:107: triggers.t.criteria.all.1.field: ticket has no field "sumary". Did you mean "ticket.summary"?',
    ],
    [
      'criteria on the records of a batch',
      halo('parameters: { deliver: batch }, criteria: { field: ticket.summary, exists: true }'),
      '24:131: triggers.t.criteria.field: the event has no field "ticket". Did you mean "tickets.summary"?',
    ],
    [
      "Halo's webhook for batches",
      halo('parameters: { deliver: batch, webhook: true }'),
      '24:119: triggers.t.parameters.webhook: "webhook: true" goes with "deliver: each"',
    ],
    [
      'an unknown operator',
      halo('criteria: { field: ticket.summary, equalz: x }'),
      '24:123: triggers.t.criteria.equalz: unknown operator "equalz". Did you mean "equals"?',
    ],
    [
      'an unknown parameter',
      halo('parameters: { everySecond: 60 }'),
      '24:94: triggers.t.parameters: unknown key "everySecond". Did you mean "everySeconds"?',
    ],
    [
      'an interval out of range',
      halo('parameters: { everySeconds: 9 }'),
      '24:108: triggers.t.parameters.everySeconds: expected a whole number from 10 to 86400, found 9',
    ],
    [
      'a parameter of another type',
      halo('parameters: { webhook: 1 }'),
      '24:103: triggers.t.parameters.webhook: expected true or false, found a number',
    ],
    [
      'a parameter of another word',
      halo('parameters: { deliver: all }'),
      '24:103: triggers.t.parameters.deliver: expected one of each, batch; found "all"',
    ],
    [
      'parameters of a type that has none',
      trigger('parameters: { everySeconds: 60 }'),
      '24:88: triggers.t.parameters: unknown key "everySeconds".',
    ],
    [
      'cron without a time',
      trigger('', { type: 'cron' }),
      '24:3: triggers.t.parameters: say when: "expression"',
    ],
    [
      'cron with two',
      trigger('parameters: { expression: "@daily", everySeconds: 60 }', { type: 'cron' }),
      '24:117: triggers.t.parameters.everySeconds: "expression" and "everySeconds" exclude each other',
    ],
    [
      'an expression that is none',
      trigger('parameters: { expression: "61 * * * *" }', { type: 'cron' }),
      '24:93: triggers.t.parameters.expression: "61 * * * *" is not a cron expression: ',
    ],
    [
      'a zone that is none',
      trigger('parameters: { expression: "@daily", timeZone: Europe/Berlim }', { type: 'cron' }),
      '24:113: triggers.t.parameters.timeZone: there is no time zone "Europe/Berlim". Did you mean "Europe/Berlin"?',
    ],
    [
      'a catch-up that Temporal does not take',
      trigger('parameters: { everySeconds: 60, catchUpSeconds: 5 }', { type: 'cron' }),
      '24:115: triggers.t.parameters.catchUpSeconds: expected a whole number from 10 to',
    ],
    [
      'an overlap that is none',
      trigger('parameters: { everySeconds: 60, overlap: never }', { type: 'cron' }),
      '24:108: triggers.t.parameters.overlap: expected one of skip, buffer-one',
    ],
    [
      'a header that is none',
      trigger('parameters: { deliveryKey: { headers: ["x id"] } }', { type: 'webhook' }),
      '24:109: triggers.t.parameters.deliveryKey.headers.1: expected a text that matches',
    ],
    [
      "Halo's events without one",
      trigger('parameters: { events: [] }', { type: 'halo-event' }),
      '24:95: triggers.t.parameters.events: the list is empty; name at least one',
    ],
    [
      "Halo's events left out",
      trigger('', { type: 'halo-event' }),
      '24:3: triggers.t.parameters: "events" is missing',
    ],
    [
      'an event that Halo does not have',
      trigger('parameters: { events: [Ticket Chnged] }', { type: 'halo-event' }),
      '24:96: triggers.t.parameters.events.1: there is no event "Ticket Chnged". Did you mean "Ticket Changed"?',
    ],
    [
      'new tickets as an event',
      trigger('parameters: { events: [Ticket Closed, new ticket logged] }', { type: 'halo-event' }),
      '24:111: triggers.t.parameters.events.2: for "New Ticket Logged" use a trigger of type new-ticket-record with "webhook: true"',
    ],
    [
      'the end of an unknown workflow',
      trigger('parameters: { workflows: [listAgent] }', { type: 'workflow-completed' }),
      '24:107: triggers.t.parameters.workflows.1: workflow "listAgent" does not exist. Did you mean "listAgents"?',
    ],
    [
      'an outcome that is none',
      trigger('parameters: { workflows: [triageNewTicket], outcomes: [done] }', {
        type: 'workflow-completed',
      }),
      '24:136: triggers.t.parameters.outcomes.1: expected one of completed, failed',
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
      'a parameter of a type that has none',
      trigger('parameters: { everySeconds: 60 }'),
      '24:88: triggers.t.parameters: unknown key "everySeconds". There are none here.',
    ],
    [
      'a variable without end',
      '  t: { organization: northwind, type: always-pass, workflow: listAgents, variables: { a: &a [*a] } }\n',
      'triggers.t.variables.a',
    ],
  ])('%s', async (_what, yaml, said) => {
    expect(await refusals(yaml)).toEqual([
      expect.stringContaining(`my.yaml:${said.startsWith('2') ? said : ''}`),
    ]);
    expect(await version()).toBe(0);
    expect(await readTriggers(database.store)).toEqual([]);
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

describe('disabled organizations', () => {
  const disabled = (slug: string, yaml: string): ConfigurationFile =>
    fileOf(
      withTriggers(yaml)
        .replace(new RegExp(`(  ${slug}: \\{ name: [^,}]+?)(,| \\})`), '$1, enabled: false$2')
        .replace(', enabled: true }', ' }'),
    );

  test.each([
    ['the owner, for itself', 'northwind', trigger('')],
    ['the owner, as itself', 'northwind', trigger('runAs: owner, runFor: { allClients: true }')],
    ['the owner, for its clients', 'northwind', trigger('runFor: { allClients: true }')],
    ['the only one chosen', 'acme', trigger('runFor: { owner: false, organizations: [acme] }')],
    ['the only one with the tag', 'acme', trigger('runFor: { owner: false, tags: [gold] }')],
  ])('%s: refused', async (_what, slug, yaml) => {
    expect(await problemsOf(applyFile(database.store, disabled(slug, yaml)))).toEqual([
      expect.stringMatching(
        new RegExp(
          `^my\\.yaml:24:\\d+: triggers\\.t\\.(organization|runFor): nothing can run: ${slug} is disabled\\. Enable it, or say "enabled: false" of the trigger$`,
        ),
      ),
    ]);
    await applyFile(database.store, disabled(slug, yaml.replace(' }\n', ', enabled: false }\n')));
    expect(await onlyTrigger()).toMatchObject({ enabled: false });
  });

  test.each([
    ['one of several', 'acme', trigger('runFor: { owner: false, organizations: [acme, globex] }')],
    ['nobody has the tag yet', 'acme', trigger('runFor: { owner: false, tags: [silver] }')],
  ])('%s: taken', async (_what, slug, yaml) => {
    await applyFile(database.store, disabled(slug, yaml));
    expect(await onlyTrigger()).toMatchObject({ enabled: true });
  });
});

describe('runs that would start each other for ever', () => {
  const follows = (id: string, workflows: string, starts: string, owner = 'northwind'): string =>
    trigger(`parameters: { workflows: [${workflows}] }`, {
      id,
      type: 'workflow-completed',
      workflow: starts,
    }).replace('northwind', owner);

  test('one by itself', async () => {
    expect(await refusals(follows('a', 'listAgents', 'listAgents'))).toEqual([
      expect.stringMatching(
        /^my\.yaml:24:\d+: triggers\.a\.parameters\.workflows: runs would start each other for ever: listAgents -> listAgents \(a\)$/,
      ),
    ]);
  });

  test('two, of an owner and one below it', async () => {
    expect(
      await refusals(
        follows('a', 'listAgents', 'triageNewTicket') +
          follows('b', 'openTicketsReport, triageNewTicket', 'listAgents', 'acme'),
      ),
    ).toEqual([expect.stringContaining('for ever: ')]);
  });

  test('three, once for the circle and at a trigger of the file', async () => {
    await apply(follows('c', 'openTicketsReport', 'listAgents'));
    await database.store.db.execute(sql`update triggers set origin = 'manual'`);
    const lines = await refusals(
      follows('a', 'listAgents', 'triageNewTicket') + follows('b', 'triageNewTicket', 'openTicketsReport'),
    );
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(
      /triggers\.[ab]\.parameters\.workflows: runs would start each other for ever: (\w+) -> .*\1 \([abc]\)$/,
    );
  });

  test('a line without a circle is taken, and so is one that two MSPs make together', async () => {
    await apply(
      follows('a', 'listAgents', 'triageNewTicket') +
        follows('b', 'listAgents, triageNewTicket', 'openTicketsReport'),
    );
    const two = fileOf(
      `${example.replace('connections:', '  contoso: { name: Contoso }\nconnections:')}triggers:\n` +
        follows('a', 'listAgents', 'triageNewTicket') +
        follows('b', 'triageNewTicket', 'listAgents', 'contoso'),
    );
    expect((await planFile(database.store, two)).items.filter(({ kind }) => kind === 'trigger')).toHaveLength(
      1,
    );
  });
});
