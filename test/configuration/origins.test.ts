/** Whose a row is: of a file, made by hand, of the demo; and what a file may do to it. */
import { sql } from 'drizzle-orm';
import { applyDemo, isEmptyOrDemo } from '../../configuration/apply/apply.ts';
import { renderPlan, summarisePlan } from '../../configuration/apply/render.ts';
import { readConfiguration } from '../../organizations/configuration.ts';
import { connections, mappings, organizations } from '../../store/schema/configuration.ts';
import * as rows from '../organizations/configurations.ts';
import { emptied } from './emptied.ts';
import { fileOf, fileWith } from './files.ts';

const database = emptied();
const { apply, plan, refusals, version } = database;

async function insertByHand(parts: {
  organizations?: Parameters<typeof rows.organization>[];
  connections?: Parameters<typeof rows.connection>[];
  mappings?: Parameters<typeof rows.mapping>[];
}): Promise<void> {
  const origin = 'manual' as const;
  for (const row of parts.organizations ?? []) {
    const { tags, ...rest } = rows.organization(...row);
    await database.store.db.insert(organizations).values({ ...rest, tags: [...tags], origin });
  }
  for (const row of parts.connections ?? []) {
    await database.store.db.insert(connections).values({ ...rows.connection(...row), origin });
  }
  for (const row of parts.mappings ?? [])
    await database.store.db.insert(mappings).values({ ...rows.mapping(...row), origin });
}

async function originOf(slug: string): Promise<string | undefined> {
  const found = await database.store.db
    .select()
    .from(organizations)
    .where(sql`slug = ${slug}`);
  return found[0]?.origin;
}

describe('rows made by hand', () => {
  test('stay, and may be referred to', async () => {
    await insertByHand({
      organizations: [['msp'], ['side']],
      connections: [['msp-halo', 'msp']],
      mappings: [['msp-halo', 'side', 3]],
    });
    const text = fileWith({ organizations: { a: 'msp' }, mappings: { 'msp-halo': ['7 a'] } });
    expect((await apply(text)).at(-1)).toBe('2 to add, 0 to change, 0 to delete.');
    expect((await apply('organizations: {}\n')).at(-1)).toBe('0 to add, 0 to change, 2 to delete.');
    expect(await readConfiguration(database.store)).toMatchObject({
      organizations: [{ slug: 'msp' }, { slug: 'side' }],
      connections: [{ id: 'msp-halo' }],
      mappings: [{ organization: 'side' }],
    });
  });

  test('are adopted by being named, with or without a change', async () => {
    await insertByHand({
      organizations: [
        ['msp', { name: 'MSP' }],
        ['a', { name: 'Old', parent: 'msp' }],
      ],
    });
    const text = fileWith({ organizations: { msp: null, a: 'msp' } });
    expect(await apply(text)).toEqual([
      '~ organization msp adopted',
      '~ organization a adopted: name Old -> A',
      '0 to add, 2 to change, 0 to delete.',
    ]);
    expect(await originOf('msp')).toBe('file');
    expect((await apply('organizations: {}\n')).at(-1)).toBe('0 to add, 0 to change, 2 to delete.');
  });

  test('are not deleted along with what they hang on: that is refused with the list', async () => {
    await apply(fileWith({ organizations: { msp: null, a: 'msp' }, connections: { halo: 'msp' } }));
    await insertByHand({
      organizations: [['child', { parent: 'a' }]],
      connections: [['a-halo', 'a']],
      mappings: [
        ['halo', 'child', 4],
        ['halo', 'a', 5],
      ],
    });
    const before = await readConfiguration(database.store);
    expect(await refusals('organizations:\n  msp: { name: MSP }\n')).toEqual([
      'my.yaml: organization a is not named here and would be deleted, but rows made by hand hang on it: ' +
        'organization child, connection a-halo, mapping halo/a. Name it, or remove or name them.',
      'my.yaml: connection halo is not named here and would be deleted, but rows made by hand hang on it: ' +
        'mapping halo/a, mapping halo/child. Name it, or remove or name them.',
    ]);
    expect(await readConfiguration(database.store)).toEqual(before);
  });

  test('leave the only connection of the file the default that it was', async () => {
    const file = fileWith({ organizations: { msp: null }, connections: { one: 'msp' } });
    await apply(file);
    await insertByHand({ connections: [['own', 'msp', { isDefault: false }]] });
    expect(await plan(file)).toEqual(['No changes.']);
    await database.store.db.execute(sql`update connections set is_default = false`);
    await database.store.db.execute(sql`update connections set is_default = true where id = 'own'`);
    expect(await plan(file)).toEqual(['No changes.']);
  });

  test('count where the file has to fit them', async () => {
    await insertByHand({
      organizations: [['msp'], ['b', { parent: 'msp' }]],
      connections: [['own', 'msp']],
      mappings: [['own', 'b', 7, { use: true }]],
    });
    const organizations = { msp: null, a: 'msp' };
    expect(await refusals(fileWith({ organizations, connections: { one: 'msp*' } }))).toEqual([
      expect.stringContaining('msp has more than one default connection: own (made by hand), one'),
    ]);
    expect(await refusals(fileWith({ organizations, mappings: { own: ['7 a'] } }))).toEqual([
      expect.stringContaining('client 7 of own stands for b (made by hand) already'),
    ]);
    expect(await refusals(fileWith({ organizations: { msp: 'b' } }))).toEqual([
      expect.stringContaining('the parents form a cycle: msp -> b -> msp'),
    ]);
    await apply(fileWith({ organizations, connections: { one: 'msp' } }));
    expect((await readConfiguration(database.store)).connections).toMatchObject([
      { id: 'one', isDefault: false },
      { id: 'own', isDefault: true },
    ]);
  });
});

describe('the demo', () => {
  const demo = fileWith({
    organizations: { msp: null, demo: 'msp' },
    connections: { halo: 'msp' },
    mappings: { halo: ['1 demo'] },
  });

  test('goes into an empty database and over itself, and follows its addresses', async () => {
    expect(await isEmptyOrDemo(database.store.db)).toBe(true);
    expect(summarisePlan(await applyDemo(database.store, fileOf(demo)))).toBe(
      '4 to add, 0 to change, 0 to delete.',
    );
    expect(await isEmptyOrDemo(database.store.db)).toBe(true);
    expect(renderPlan(await applyDemo(database.store, fileOf(demo)))).toBe('No changes.');
    const moved = await applyDemo(
      database.store,
      fileOf(demo.replace('resourceServer: h', 'resourceServer: i')),
    );
    expect(renderPlan(moved)).toContain('~ connection halo: resourceServer https://h -> https://i');
  });

  test.each(['file', 'manual'])('is refused beside a row of origin %s', async (origin) => {
    await database.store.db
      .insert(organizations)
      .values({ slug: 'x', name: 'X', origin: origin as 'file' | 'manual' });
    expect(await isEmptyOrDemo(database.store.db)).toBe(false);
    await expect(applyDemo(database.store, fileOf(demo))).rejects.toThrow(
      'only loaded where there is no other',
    );
    expect(await version()).toBe(0);
  });

  test('goes away with the first file; what the file names is taken over', async () => {
    await applyDemo(database.store, fileOf(demo));
    expect(await apply(fileWith({ organizations: { msp: null, a: 'msp' } }))).toEqual([
      '~ organization msp taken over from the demo',
      '+ organization a (A, parent msp)',
      '- organization demo (DEMO, parent msp)',
      '- connection halo (of msp, default)',
      '- mapping halo/demo (client 1)',
      '1 to add, 1 to change, 3 to delete.',
    ]);
    expect(await originOf('msp')).toBe('file');
    expect(await isEmptyOrDemo(database.store.db)).toBe(false);
  });
});
