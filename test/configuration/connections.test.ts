/** What a file says of a connection beside its address: enabled, settle time, catch-all, ignored clients. */
import { applyFile } from '../../configuration/apply/apply.ts';
import { renderPlan } from '../../configuration/apply/render.ts';
import { readConfiguration } from '../../organizations/configuration.ts';
import { mappings } from '../../store/schema/configuration.ts';
import { ignoredClients } from '../../store/schema/control.ts';
import { emptied } from './emptied.ts';
import { example, fileOf, problemsOf, withTriggers } from './files.ts';

const database = emptied();
const { apply, plan, refusals } = database;

test('a connection that triggers use is disabled: that is all that changes', async () => {
  const watching = `  t: { organization: northwind, type: new-ticket-record, workflow: listAgents, overrides: { halo: { use: mapping } }, runFor: { allClients: true } }\n`;
  await apply(withTriggers(watching));
  const yaml = withTriggers(watching).replace('    scope: all\n', '    scope: all\n    enabled: false\n');
  expect(renderPlan(await applyFile(database.store, fileOf(yaml)))).toContain(
    '~ connection northwind-halo: enabled true -> false',
  );
  const { connections } = await readConfiguration(database.store);
  expect(connections.map(({ id, enabled }) => [id, enabled])).toEqual([
    ['globex-halo', true],
    ['northwind-halo', false],
  ]);
});

describe('settle time of writes', () => {
  const settling = (seconds: string) =>
    example.replace('    scope: all\n', `    scope: all\n    writeSettleSeconds: ${seconds}\n`);

  test('is read, shown and written', async () => {
    await applyFile(database.store, fileOf(example));
    expect(renderPlan(await applyFile(database.store, fileOf(settling('30'))))).toContain(
      '~ connection northwind-halo: writeSettleSeconds none -> 30',
    );
    const { connections } = await readConfiguration(database.store);
    expect(connections.map(({ id, writeSettleSeconds }) => [id, writeSettleSeconds])).toEqual([
      ['globex-halo', null],
      ['northwind-halo', 30],
    ]);
  });

  test.each(['0', '3601', '1.5', 'soon'])('%s is no settle time', async (seconds) => {
    expect(await problemsOf(applyFile(database.store, fileOf(settling(seconds))))).toEqual([
      expect.stringMatching(
        /^my\.yaml:17:25: connections\.northwind-halo\.writeSettleSeconds: expected a whole number from 1 to 3600, found /,
      ),
    ]);
  });
});

describe('who may be which client', () => {
  const withDomain = example.replace('tags: [gold] }', 'tags: [gold], domain: acme.example }');
  const catching = (slug: string): string =>
    withDomain.replace('    scope: all\n', `    scope: all\n    catchAll: ${slug}\n`);

  test('a domain and a catch-all are read, shown and written', async () => {
    await applyFile(database.store, fileOf(example));
    const lines = renderPlan(await applyFile(database.store, fileOf(catching('acme')))).split('\n');
    expect(lines.slice(0, 2)).toEqual([
      '~ organization acme: domain none -> acme.example',
      '~ connection northwind-halo: catchAll none -> acme',
    ]);
    const { connections, organizations } = await readConfiguration(database.store);
    expect(organizations[0]).toMatchObject({ slug: 'acme', domain: 'acme.example' });
    expect(connections[1]).toMatchObject({ id: 'northwind-halo', catchAll: 'acme' });
    expect(renderPlan(await applyFile(database.store, fileOf(catching('acme'))))).toBe('No changes.');
    expect(renderPlan(await applyFile(database.store, fileOf(example)))).toContain('catchAll acme -> none');
  });

  test('a catch-all is the owner or below it', async () => {
    const foreign = catching('contoso').replace(
      'organizations:\n',
      'organizations:\n  contoso: { name: C }\n',
    );
    expect(await problemsOf(applyFile(database.store, fileOf(foreign)))).toEqual([
      'my.yaml:18:15: connections.northwind-halo.catchAll: contoso is not northwind, which owns the connection, nor below it',
    ]);
    expect(await problemsOf(applyFile(database.store, fileOf(catching('acne'))))).toEqual([
      expect.stringMatching(/organization "acne" does not exist\. Did you mean .*acme/),
    ]);
  });
});

describe('ignored clients', () => {
  const ignoring = (...lines: readonly string[]): string =>
    `${example}ignoredClients:\n  northwind-halo:\n${lines.map((line) => `    ${line}\n`).join('')}`;
  const ignored = async (): Promise<unknown[]> =>
    (await database.store.db.select().from(ignoredClients).orderBy(ignoredClients.client)).map(
      ({ client, reason, origin }) => [client, reason, origin],
    );
  const ignoreByHand = (client: number, reason: string | null = null): Promise<unknown> =>
    database.store.db
      .insert(ignoredClients)
      .values({ connection: 'northwind-halo', client, reason, origin: 'manual' });

  test('come, change and go with the file', async () => {
    await apply(example);
    const text = ignoring('14: { reason: a test client }', '15: {}', '16: {}');
    const added = [
      '+ ignored client northwind-halo/14 (a test client)',
      '+ ignored client northwind-halo/15 (no reason given)',
      '+ ignored client northwind-halo/16 (no reason given)',
      '3 to add, 0 to change, 0 to delete.',
    ];
    expect(await plan(text)).toEqual(added);
    expect(await ignored()).toEqual([]);
    expect(await apply(text)).toEqual(added);
    expect(await apply(text)).toEqual(['No changes.']);
    expect(await apply(ignoring('14:', '15: { reason: ours }'))).toEqual([
      '~ ignored client northwind-halo/14: reason a test client -> none',
      '~ ignored client northwind-halo/15: reason none -> ours',
      '- ignored client northwind-halo/16 (no reason given)',
      '0 to add, 2 to change, 1 to delete.',
    ]);
    expect(await ignored()).toEqual([
      [14, null, 'file'],
      [15, 'ours', 'file'],
    ]);
  });

  test('made by hand they stay or are adopted, but give way to a mapping of the file', async () => {
    await apply(example);
    await ignoreByHand(14, 'ours');
    await ignoreByHand(15);
    await ignoreByHand(16);
    expect(await apply(ignoring('14: { reason: ours }'))).toEqual([
      '~ ignored client northwind-halo/14 adopted',
      '0 to add, 1 to change, 0 to delete.',
    ]);
    expect(await ignored()).toEqual([
      [14, 'ours', 'file'],
      [15, null, 'manual'],
      [16, null, 'manual'],
    ]);
    expect(await apply(example.replace('client: 12', 'client: 15'))).toEqual([
      '~ mapping northwind-halo/acme: client 12 -> 15',
      '- ignored client northwind-halo/14 (ours)',
      '- ignored client northwind-halo/15 (no reason given)',
      '0 to add, 1 to change, 2 to delete.',
    ]);
    expect(await ignored()).toEqual([[16, null, 'manual']]);
  });

  test('are refused where they say two things of one client, and where there is no such connection', async () => {
    await apply(example);
    await database.store.db
      .insert(mappings)
      .values({ connection: 'northwind-halo', organization: 'initech', client: 20, origin: 'manual' });
    expect(
      await refusals(`${ignoring('12: {}', '20: {}', '0: {}', '-3: {}')}  nowhere: { 1: {} }\n`),
    ).toEqual([
      'my.yaml:25:5: ignoredClients.northwind-halo.12: this client stands for acme, so it cannot be ignored; take one of the two out',
      'my.yaml:26:5: ignoredClients.northwind-halo.20: this client stands for initech (made by hand), so it cannot be ignored; take one of the two out',
      `my.yaml:27:5: ignoredClients.northwind-halo: "0" cannot be a client: use Halo's id of it, a whole number from 1 to 2147483647, or its name`,
      `my.yaml:28:5: ignoredClients.northwind-halo: "-3" cannot be a client: use Halo's id of it, a whole number from 1 to 2147483647, or its name`,
      'my.yaml:29:3: ignoredClients.nowhere: connection "nowhere" does not exist.',
    ]);
    await ignoreByHand(30);
    const without = example.replace(/ {2}northwind-halo:\n {4}organization[^]*?(?= {2}globex-halo)/, '');
    expect((await refusals(without.replace(/mappings:[^]*/, ''))).join()).toContain(
      'rows made by hand hang on it: mapping northwind-halo/initech, ignored client northwind-halo/30.',
    );
  });
});
