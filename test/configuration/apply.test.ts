import { sql } from 'drizzle-orm';
import { normaliseAuthServer, normaliseResourceServer } from '../../halo/host.ts';
import { applyDemo, applyFile, isEmptyOrDemo, planFile } from '../../configuration/apply/apply.ts';
import { renderPlan, summarisePlan } from '../../configuration/apply/render.ts';
import { readConfiguration } from '../../organizations/configuration.ts';
import type { NormaliseServer } from '../../configuration/file/scope.ts';
import { connections, mappings, organizations } from '../../store/schema/configuration.ts';
import { ignoredClients } from '../../store/schema/control.ts';
import { parseSealingKey, unseal } from '../../store/seal.ts';
import type { Store } from '../../store/store.ts';
import { createTestDatabase } from '../support/database.ts';
import * as rows from '../organizations/configurations.ts';
import { env, example, fileOf, problemsOf } from './files.ts';

let store: Store;
let drop: () => Promise<void>;

beforeAll(async () => {
  ({ store, drop } = await createTestDatabase());
});
afterAll(() => drop());
beforeEach(() =>
  store.db.execute(sql`truncate organizations, connections, mappings, configuration, triggers cascade`),
);

const apply = async (text: string, values: Record<string, string> = env): Promise<string[]> =>
  renderPlan(await applyFile(store, fileOf(text, { env: values }))).split('\n');
const plan = async (text: string, values: Record<string, string> = env): Promise<string[]> =>
  renderPlan(await planFile(store, fileOf(text, { env: values }))).split('\n');
const refusals = (text: string): Promise<string[]> => problemsOf(applyFile(store, fileOf(text)));
const version = async (): Promise<number> => (await readConfiguration(store)).version;

/** Organizations as `slug: parent`, connections as `id: organization*` (* default), mappings as `client organization`. */
function fileWith(parts: {
  organizations: Record<string, string | null>;
  connections?: Record<string, string>;
  mappings?: Record<string, string[]>;
}): string {
  const lines = ['organizations:'];
  for (const [slug, parent] of Object.entries(parts.organizations)) {
    lines.push(`  ${slug}: { name: ${slug.toUpperCase()}${parent === null ? '' : `, parent: ${parent}`} }`);
  }
  lines.push('connections:');
  for (const [id, owner] of Object.entries(parts.connections ?? {})) {
    const starred = owner.endsWith('*');
    lines.push(
      `  ${id}: { organization: ${owner.replace('*', '')}, resourceServer: h, clientId: c, ` +
        `clientSecret: '\${GLOBEX_CLIENT_SECRET}'${starred ? ', default: true' : ''} }`,
    );
  }
  lines.push('mappings:');
  for (const [on, clients] of Object.entries(parts.mappings ?? {})) {
    lines.push(
      `  ${on}:`,
      ...clients.map((pair) => `    ${pair.split(' ')[1]}: { client: ${pair.split(' ')[0]} }`),
    );
  }
  return `${lines.join('\n')}\n`;
}

async function insertByHand(parts: {
  organizations?: Parameters<typeof rows.organization>[];
  connections?: Parameters<typeof rows.connection>[];
  mappings?: Parameters<typeof rows.mapping>[];
}): Promise<void> {
  const origin = 'manual' as const;
  for (const row of parts.organizations ?? []) {
    const { tags, ...rest } = rows.organization(...row);
    await store.db.insert(organizations).values({ ...rest, tags: [...tags], origin });
  }
  for (const row of parts.connections ?? []) {
    await store.db.insert(connections).values({ ...rows.connection(...row), origin });
  }
  for (const row of parts.mappings ?? [])
    await store.db.insert(mappings).values({ ...rows.mapping(...row), origin });
}

async function originOf(slug: string): Promise<string | undefined> {
  const found = await store.db
    .select()
    .from(organizations)
    .where(sql`slug = ${slug}`);
  return found[0]?.origin;
}

describe('applying a file', () => {
  test('writes what it names and says so', async () => {
    expect(await apply(example)).toEqual([
      '+ organization northwind (Northwind MSP)',
      '+ organization acme (Acme, parent northwind, tags gold)',
      '+ organization globex (Globex, parent northwind)',
      '+ organization initech (Initech, parent northwind)',
      '+ connection northwind-halo (of northwind, default, https://northwind.halopsa.com)',
      '+ connection globex-halo (of globex, default, https://globex.halopsa.com)',
      '+ mapping northwind-halo/northwind (client 1)',
      '+ mapping northwind-halo/acme (client 12, in use)',
      '8 to add, 0 to change, 0 to delete.',
    ]);
    const configuration = await readConfiguration(store);
    expect(configuration.version).toBe(1);
    expect(configuration.organizations.map(({ slug }) => slug)).toEqual([
      'acme',
      'globex',
      'initech',
      'northwind',
    ]);
    expect(configuration.connections[0]).toMatchObject({ id: 'globex-halo', isDefault: true, scope: 'all' });
    expect(configuration.mappings[0]).toMatchObject({
      organization: 'acme',
      client: 12,
      contact: 5,
      site: 6,
    });
  });

  test('seals the secrets', async () => {
    await apply(example);
    const { connections: stored } = await readConfiguration(store);
    expect(JSON.stringify(stored)).not.toContain('globex-secret-value');
    expect(await unseal(store.key, stored[0]?.sealedSecret ?? '')).toBe('globex-secret-value');
  });

  test('a second time changes nothing, not even the version', async () => {
    await apply(example);
    const before = await readConfiguration(store);
    expect(await apply(example)).toEqual(['No changes.']);
    expect(await readConfiguration(store)).toEqual(before);
  });

  test('planning changes nothing and says the same as applying', async () => {
    const planned = await plan(example);
    expect(await readConfiguration(store)).toMatchObject({ version: 0, organizations: [], connections: [] });
    expect(await apply(example)).toEqual(planned);
    expect(await plan(example)).toEqual(['No changes.']);
  });

  test('shows what changes, and deletes what is no longer named', async () => {
    await apply(example);
    const changed = example
      .replace('{ name: Acme, parent: northwind, tags: [gold] }', '{ name: Acme Ltd, enabled: false }')
      .replace(/ {2}initech.*\n/, '')
      .replace('requests: 300', 'requests: 450')
      .replace('    northwind: { client: 1 }\n', '');
    expect(await apply(changed)).toEqual([
      '~ organization acme: name Acme -> Acme Ltd, parent northwind -> none, tags ["gold"] -> [], enabled true -> false',
      '- organization initech (Initech, parent northwind)',
      '~ connection northwind-halo: rateLimit.requests 300 -> 450',
      '- mapping northwind-halo/northwind (client 1)',
      '0 to add, 2 to change, 2 to delete.',
    ]);
    expect(await version()).toBe(2);
    expect(await plan(changed)).toEqual(['No changes.']);
  });

  test("Halo's address is taken in any form that people paste, and judged by onPremise", async () => {
    const normaliseServer: NormaliseServer = (text, { field, onPremise }) =>
      (field === 'authServer' ? normaliseAuthServer : normaliseResourceServer)(text, { onPremise });
    const pasted = (server: string) =>
      fileOf(example.replace('resourceServer: northwind.halopsa.com', `resourceServer: ${server}`), {
        normaliseServer,
      });
    await applyFile(store, pasted('northwind.halopsa.com'));
    for (const form of ['https://northwind.halopsa.com/', 'HTTPS://Northwind.HaloPSA.com/api/']) {
      expect(renderPlan(await planFile(store, pasted(form)))).toBe('No changes.');
    }
    expect(renderPlan(await planFile(store, pasted('http://127.0.0.1:4010/api')))).toContain(
      'resourceServer https://northwind.halopsa.com -> http://127.0.0.1:4010',
    );
    expect(await problemsOf(applyFile(store, pasted('10.0.0.5')))).toEqual([
      expect.stringMatching(
        /^my\.yaml:10:21: connections\.northwind-halo\.resourceServer: .*onPremise: true/,
      ),
    ]);
    const onPremise = pasted('10.0.0.5');
    const text = onPremise.text.replace('onPremise: false', 'onPremise: true');
    expect(renderPlan(await planFile(store, { ...onPremise, text }))).toContain('-> https://10.0.0.5');
  });

  test('an empty section removes everything it had', async () => {
    await apply(example);
    const plan = await applyFile(store, fileOf('organizations: {}\n'));
    expect(summarisePlan(plan)).toBe('0 to add, 0 to change, 8 to delete.');
    expect(await readConfiguration(store)).toMatchObject({
      organizations: [],
      connections: [],
      mappings: [],
    });
  });

  test('what a connection is and when it was made survives a change of its secret', async () => {
    await apply(example);
    const read = () =>
      store.db
        .select()
        .from(connections)
        .where(sql`id = 'globex-halo'`);
    const [before] = await read();
    expect(await apply(example, { ...env, GLOBEX_CLIENT_SECRET: 'another-secret' })).toEqual([
      '~ connection globex-halo: clientSecret (changed)',
      '0 to add, 1 to change, 0 to delete.',
    ]);
    const [after] = await read();
    expect(after).toEqual({ ...before, sealedSecret: after?.sealedSecret });
    expect(await unseal(store.key, after?.sealedSecret ?? '')).toBe('another-secret');
  });

  test('a secret sealed with a key that is gone is a change, which seals it anew', async () => {
    await apply(example);
    const other = { ...store, key: parseSealingKey(Buffer.alloc(32, 7).toString('base64url'), 'test') };
    const plan = renderPlan(await applyFile(other, fileOf(example))).split('\n');
    expect(plan.slice(0, 2)).toEqual([
      '~ connection northwind-halo: clientSecret (changed)',
      '~ connection globex-halo: clientSecret (changed)',
    ]);
    expect(renderPlan(await planFile(other, fileOf(example)))).toBe('No changes.');
  });

  test('no value of the environment is in a plan, new or old', async () => {
    const text = example
      .replace('tenant: northwind', 'tenant: ${TENANT}')
      .replace('resourceServer: northwind', 'resourceServer: ${HOST}')
      .replace('name: Northwind MSP', 'name: ${NAME}')
      .replace('[gold]', '["${TAG}"]')
      .replace('client: 12', 'client: ${CLIENT}');
    const first = {
      ...env,
      TENANT: 'first-tenant',
      HOST: 'first-host',
      NAME: 'First Name',
      TAG: 'first-tag',
      CLIENT: '901',
    };
    const second = {
      NORTHWIND_CLIENT_ID: 'second-id',
      NORTHWIND_CLIENT_SECRET: 'second-secret',
      GLOBEX_CLIENT_ID: 'second-globex',
      GLOBEX_CLIENT_SECRET: 'second-globex-secret',
      TENANT: 'second-tenant',
      HOST: 'second-host',
      NAME: 'Second Name',
      TAG: 'second-tag',
      CLIENT: '902',
    };
    const plans = [
      await applyFile(store, fileOf(text, { env: first })),
      await applyFile(store, fileOf(text, { env: second })),
    ];
    expect(plans[1]?.items.flatMap(({ changes }) => changes.map(({ field }) => field))).toEqual([
      'name',
      'tags',
      'resourceServer',
      'tenant',
      'clientId',
      'clientSecret',
      'clientId',
      'clientSecret',
      'client',
    ]);
    const shown = JSON.stringify(plans) + plans.map(renderPlan).join('\n');
    for (const value of [...Object.values(first), ...Object.values(second)])
      expect(shown).not.toContain(value);
    expect((await readConfiguration(store)).organizations.map(({ name }) => name)).toContain('Second Name');
  });
});

describe('changes that cross each other, in one apply', () => {
  const tree = { msp: null, a: 'msp', b: 'msp' };
  const turn = async (before: Parameters<typeof fileWith>[0], after: Parameters<typeof fileWith>[0]) => {
    await apply(fileWith(before));
    await apply(fileWith(after));
    expect(await plan(fileWith(after))).toEqual(['No changes.']);
    return readConfiguration(store);
  };

  test('two connections swap the default', async () => {
    const { connections: stored } = await turn(
      { organizations: tree, connections: { one: 'msp*', two: 'msp' } },
      { organizations: tree, connections: { one: 'msp', two: 'msp*' } },
    );
    expect(stored.map(({ id, isDefault }) => `${id} ${isDefault}`)).toEqual(['one false', 'two true']);
  });

  test('two default connections swap their organizations', async () => {
    const { connections: stored } = await turn(
      { organizations: tree, connections: { one: 'a*', two: 'b*' } },
      { organizations: tree, connections: { one: 'b*', two: 'a*' } },
    );
    expect(stored.map(({ id, organization }) => `${id} ${organization}`)).toEqual(['one b', 'two a']);
  });

  test('a default connection is replaced by a new one', async () => {
    const { connections: stored } = await turn(
      { organizations: tree, connections: { one: 'a' } },
      { organizations: tree, connections: { two: 'a' } },
    );
    expect(stored).toMatchObject([{ id: 'two', isDefault: true }]);
  });

  test('a client passes from one organization to another, and two swap theirs', async () => {
    const on = { organizations: tree, connections: { halo: 'msp' } };
    const moved = await turn({ ...on, mappings: { halo: ['7 a'] } }, { ...on, mappings: { halo: ['7 b'] } });
    expect(moved.mappings).toMatchObject([{ organization: 'b', client: 7 }]);
    const swapped = await turn(
      { ...on, mappings: { halo: ['1 a', '2 b'] } },
      { ...on, mappings: { halo: ['2 a', '1 b'] } },
    );
    expect(swapped.mappings).toMatchObject([{ client: 2 }, { client: 1 }]);
  });

  test('parent and child change places', async () => {
    const { organizations: stored } = await turn(
      { organizations: { top: null, mid: 'top', low: 'mid' } },
      { organizations: { low: null, mid: 'low', top: 'mid' } },
    );
    expect(stored.map(({ slug, parent }) => `${slug} ${parent}`)).toEqual(['low null', 'mid low', 'top mid']);
  });

  test('an organization is replaced by a new one above all that hung on it', async () => {
    const { organizations: stored, connections: kept } = await turn(
      {
        organizations: { old: null, a: 'old', b: 'a' },
        connections: { halo: 'old' },
        mappings: { halo: ['1 old', '2 a'] },
      },
      {
        organizations: { b: 'a', a: 'fresh', fresh: null },
        connections: { halo: 'fresh' },
        mappings: { halo: ['1 fresh', '2 a'] },
      },
    );
    expect(stored.map(({ slug }) => slug)).toEqual(['a', 'b', 'fresh']);
    expect(kept).toMatchObject([{ id: 'halo', organization: 'fresh' }]);
  });

  test('a whole branch goes, children and all', async () => {
    const { organizations: stored } = await turn(
      {
        organizations: { msp: null, a: 'msp', aa: 'a', aaa: 'aa' },
        connections: { halo: 'aa' },
        mappings: { halo: ['1 aaa'] },
      },
      { organizations: { msp: null } },
    );
    expect(stored).toHaveLength(1);
  });

  test('more customers than go into one statement, in the order of the file or against it', async () => {
    const customers = Object.fromEntries(
      Array.from({ length: 1200 }, (_, index) => [`c${index}`, index === 1199 ? 'msp' : `c${index + 1}`]),
    );
    const clients = Object.keys(customers).map((slug, index) => `${index + 1} ${slug}`);
    const text = fileWith({
      organizations: { ...customers, msp: null },
      connections: { halo: 'msp' },
      mappings: { halo: clients },
    });
    expect((await apply(text)).at(-1)).toBe('2402 to add, 0 to change, 0 to delete.');
    expect(await plan(text)).toEqual(['No changes.']);
    expect((await apply('organizations: {}\n')).at(-1)).toBe('0 to add, 0 to change, 2402 to delete.');
  }, 20_000);
});

describe('a file that does not fit together is refused, all of it', () => {
  const base = { organizations: { msp: null, a: 'msp', b: 'msp' } };
  const nothingWritten = async () => {
    expect(await readConfiguration(store)).toMatchObject({ version: 0, organizations: [], connections: [] });
  };

  test('every problem is told at once, in the order of the file, and nothing is written', async () => {
    const text = fileWith({
      organizations: { msp: 'mps', a: 'b', b: 'a', c: 'c' },
      connections: { one: 'msp*', two: 'msp*', three: 'aa' },
      mappings: { one: ['1 a', '1 b', '2 nobody'], oen: ['3 a'] },
    }).replace('three: {', 'three: { tenant: ${MISSING}, skope: all,');
    expect(await refusals(text)).toEqual([
      'my.yaml:2:29: organizations.msp.parent: organization "mps" does not exist. Did you mean "msp"?',
      'my.yaml:3:25: organizations.a.parent: the parents form a cycle: a -> b -> a',
      'my.yaml:5:25: organizations.c.parent: the parents form a cycle: c -> c',
      expect.stringMatching(
        /^my\.yaml:8:\d+: connections\.two\.default: msp has more than one default connection: one, two$/,
      ),
      'my.yaml:9:20: connections.three.tenant: the environment variable MISSING is not set',
      'my.yaml:9:32: connections.three: unknown key "skope". Did you mean "scope"?',
      'my.yaml:9:58: connections.three.organization: organization "aa" does not exist. Did you mean "a"?',
      'my.yaml:13:18: mappings.one.b.client: client 1 of one stands for a already; it can stand for one organization only',
      'my.yaml:14:5: mappings.one.nobody: organization "nobody" does not exist.',
      'my.yaml:15:3: mappings.oen: connection "oen" does not exist. Did you mean "one"?',
    ]);
    await nothingWritten();
  });

  test('organizations with nothing below them are refused, as a lost indentation would delete everything', async () => {
    expect(await refusals('organizations:\nconnections: {}\n')).toEqual([
      expect.stringMatching(
        /^my\.yaml:1:1: organizations: there is nothing below it; .*"organizations: \{\}"/,
      ),
    ]);
    await nothingWritten();
  });

  test('a file without organizations is looked through all the same', async () => {
    expect(await refusals('organisations: {}\nmappings:\n  one:\n    acme: { client: 1 }\n')).toEqual([
      expect.stringContaining('my.yaml:1:1: unknown key "organisations"'),
      expect.stringContaining('mappings.one'),
      expect.stringContaining('mappings.one.acme'),
    ]);
  });

  test('the error counts the problems and has them for machines', async () => {
    await expect(planFile(store, fileOf('a: 1\nb: 2\n'))).rejects.toMatchObject({
      name: 'ConfigurationError',
      message: expect.stringMatching(
        /^my\.yaml has 2 problems; nothing was changed\.\n {2}my\.yaml:1:1: unknown key "a"/,
      ),
      details: { problems: [{ place: 'my.yaml:1:1' }, { place: 'my.yaml:2:1' }] },
    });
  });

  test('a syntax error is told alone', async () => {
    await apply(example);
    expect(await refusals('organizations:\n  a: {\n')).toHaveLength(1);
    expect(await version()).toBe(1);
  });

  test('several connections and no default', async () => {
    expect(await refusals(fileWith({ ...base, connections: { one: 'a', two: 'a' } }))).toEqual([
      expect.stringContaining(
        'connections.one: a has several connections (one, two) and none says "default: true"',
      ),
    ]);
  });

  test('an only connection that will not be the default', async () => {
    const text = fileWith({ ...base, connections: { one: 'a*' } }).replace('default: true', 'default: false');
    expect(await refusals(text)).toEqual([
      expect.stringContaining('connections.one.default: the only connection of a is its default'),
    ]);
  });

  test('two mappings of one organization that both say "use: true"', async () => {
    const text = fileWith({
      ...base,
      connections: { one: 'msp*', two: 'msp' },
      mappings: { one: ['1 a'], two: ['1 a'] },
    }).replaceAll('client: 1', 'client: 1, use: true');
    expect(await refusals(text)).toEqual([
      expect.stringContaining('mappings.two.a.use: a already uses its mapping on one'),
    ]);
  });

  test('a name that comes from the environment is not repeated', async () => {
    const text = 'organizations:\n  a: { name: A, parent: "${GLOBEX_CLIENT_ID}" }\n';
    expect(await refusals(text)).toEqual([
      'my.yaml:2:25: organizations.a.parent: the organization that the environment names does not exist',
    ]);
  });
});

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
    expect(await readConfiguration(store)).toMatchObject({
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
    const before = await readConfiguration(store);
    expect(await refusals('organizations:\n  msp: { name: MSP }\n')).toEqual([
      'my.yaml: organization a is not named here and would be deleted, but rows made by hand hang on it: ' +
        'organization child, connection a-halo, mapping halo/a. Name it, or remove or name them.',
      'my.yaml: connection halo is not named here and would be deleted, but rows made by hand hang on it: ' +
        'mapping halo/a, mapping halo/child. Name it, or remove or name them.',
    ]);
    expect(await readConfiguration(store)).toEqual(before);
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
    expect((await readConfiguration(store)).connections).toMatchObject([
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
    expect(await isEmptyOrDemo(store.db)).toBe(true);
    expect(summarisePlan(await applyDemo(store, fileOf(demo)))).toBe('4 to add, 0 to change, 0 to delete.');
    expect(await isEmptyOrDemo(store.db)).toBe(true);
    expect(renderPlan(await applyDemo(store, fileOf(demo)))).toBe('No changes.');
    const moved = await applyDemo(store, fileOf(demo.replace('resourceServer: h', 'resourceServer: i')));
    expect(renderPlan(moved)).toContain('~ connection halo: resourceServer https://h -> https://i');
  });

  test.each(['file', 'manual'])('is refused beside a row of origin %s', async (origin) => {
    await store.db
      .insert(organizations)
      .values({ slug: 'x', name: 'X', origin: origin as 'file' | 'manual' });
    expect(await isEmptyOrDemo(store.db)).toBe(false);
    await expect(applyDemo(store, fileOf(demo))).rejects.toThrow('only loaded where there is no other');
    expect(await version()).toBe(0);
  });

  test('goes away with the first file; what the file names is taken over', async () => {
    await applyDemo(store, fileOf(demo));
    expect(await apply(fileWith({ organizations: { msp: null, a: 'msp' } }))).toEqual([
      '~ organization msp taken over from the demo',
      '+ organization a (A, parent msp)',
      '- organization demo (DEMO, parent msp)',
      '- connection halo (of msp, default)',
      '- mapping halo/demo (client 1)',
      '1 to add, 1 to change, 3 to delete.',
    ]);
    expect(await originOf('msp')).toBe('file');
    expect(await isEmptyOrDemo(store.db)).toBe(false);
  });
});

test('what fails half way leaves nothing behind, and says nothing of the environment', async () => {
  await store.db.execute(sql`alter table connections add constraint refusing check (id <> 'globex-halo')`);
  try {
    const failure = await applyFile(store, fileOf(example)).catch((error: unknown) => error);
    expect(String(failure)).toContain('refusing');
    for (const value of Object.values(env)) expect(String(failure)).not.toContain(value);
    expect(await readConfiguration(store)).toMatchObject({ version: 0, organizations: [], connections: [] });
  } finally {
    await store.db.execute(sql`alter table connections drop constraint refusing`);
  }
});

describe('applies at the same time', () => {
  test('do not mix: the end is one of the files whole, and each plan is the one of its moment', async () => {
    const files = Array.from({ length: 6 }, (_, index) => {
      const own = `own-${index}`;
      return fileWith({
        organizations: { msp: null, [own]: 'msp', [`${own}-b`]: own },
        connections: { [`halo-${index}`]: 'msp*' },
        mappings: { [`halo-${index}`]: [`1 ${own}`, '2 msp'] },
      });
    });
    const plans = await Promise.all(files.map((text) => applyFile(store, fileOf(text))));
    const configuration = await readConfiguration(store);
    expect(configuration.version).toBe(6);
    expect(configuration.organizations).toHaveLength(3);
    const last = files[Number(configuration.organizations[1]?.slug.split('-')[1])] ?? '';
    expect(await plan(last)).toEqual(['No changes.']);
    const sizes = plans.map(({ items }) => items.filter(({ op }) => op === '-').length).sort((a, b) => a - b);
    expect(sizes).toEqual([0, 5, 5, 5, 5, 5]);
  });

  test('of one file: one does the work, the others find nothing to do', async () => {
    const plans = await Promise.all(Array.from({ length: 5 }, () => applyFile(store, fileOf(example))));
    expect(plans.map(({ items }) => items.length).sort((a, b) => a - b)).toEqual([0, 0, 0, 0, 8]);
    expect(await version()).toBe(1);
  });
});

describe('ignored clients', () => {
  const ignoring = (...lines: readonly string[]): string =>
    `${example}ignoredClients:\n  northwind-halo:\n${lines.map((line) => `    ${line}\n`).join('')}`;
  const ignored = async (): Promise<unknown[]> =>
    (await store.db.select().from(ignoredClients).orderBy(ignoredClients.client)).map(
      ({ client, reason, origin }) => [client, reason, origin],
    );
  const ignoreByHand = (client: number, reason: string | null = null): Promise<unknown> =>
    store.db
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
    await store.db
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
