/** Triggers that could never start a run, or would start each other for ever. */
import { sql } from 'drizzle-orm';
import { applyFile, planFile } from '../../configuration/apply/apply.ts';
import type { ConfigurationFile } from '../../configuration/file/scope.ts';
import { emptied } from './emptied.ts';
import { example, fileOf, problemsOf, trigger, withTriggers } from './files.ts';

const database = emptied();
const { onlyTrigger } = database;
const apply = (yaml: string): Promise<string[]> => database.apply(withTriggers(yaml));
const refusals = (yaml: string): Promise<string[]> => database.refusals(withTriggers(yaml));

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
