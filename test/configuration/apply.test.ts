/** The sections `organizations`, `connections` and `mappings`, from the file to the tables. */
import { sql } from 'drizzle-orm';
import { applyFile, planFile } from '../../configuration/apply/apply.ts';
import { renderPlan, summarisePlan } from '../../configuration/apply/render.ts';
import type { NormaliseServer } from '../../configuration/file/scope.ts';
import { normaliseAuthServer, normaliseResourceServer } from '../../halo/host.ts';
import { readConfiguration } from '../../organizations/configuration.ts';
import { connections } from '../../store/schema/configuration.ts';
import { parseSealingKey, unseal } from '../../store/seal.ts';
import { emptied } from './emptied.ts';
import { env, example, fileOf, fileWith, problemsOf } from './files.ts';

const database = emptied();
const { apply, plan, version } = database;

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
    const configuration = await readConfiguration(database.store);
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
    const { connections: stored } = await readConfiguration(database.store);
    expect(JSON.stringify(stored)).not.toContain('globex-secret-value');
    expect(await unseal(database.store.key, stored[0]?.sealedSecret ?? '')).toBe('globex-secret-value');
  });

  test('a second time changes nothing, not even the version', async () => {
    await apply(example);
    const before = await readConfiguration(database.store);
    expect(await apply(example)).toEqual(['No changes.']);
    expect(await readConfiguration(database.store)).toEqual(before);
  });

  test('planning changes nothing and says the same as applying', async () => {
    const planned = await plan(example);
    expect(await readConfiguration(database.store)).toMatchObject({
      version: 0,
      organizations: [],
      connections: [],
    });
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
    await applyFile(database.store, pasted('northwind.halopsa.com'));
    for (const form of ['https://northwind.halopsa.com/', 'HTTPS://Northwind.HaloPSA.com/api/']) {
      expect(renderPlan(await planFile(database.store, pasted(form)))).toBe('No changes.');
    }
    expect(renderPlan(await planFile(database.store, pasted('http://127.0.0.1:4010/api')))).toContain(
      'resourceServer https://northwind.halopsa.com -> http://127.0.0.1:4010',
    );
    expect(await problemsOf(applyFile(database.store, pasted('10.0.0.5')))).toEqual([
      expect.stringMatching(
        /^my\.yaml:10:21: connections\.northwind-halo\.resourceServer: .*onPremise: true/,
      ),
    ]);
    const onPremise = pasted('10.0.0.5');
    const text = onPremise.text.replace('onPremise: false', 'onPremise: true');
    expect(renderPlan(await planFile(database.store, { ...onPremise, text }))).toContain(
      '-> https://10.0.0.5',
    );
  });

  test('an empty section removes everything it had', async () => {
    await apply(example);
    const plan = await applyFile(database.store, fileOf('organizations: {}\n'));
    expect(summarisePlan(plan)).toBe('0 to add, 0 to change, 8 to delete.');
    expect(await readConfiguration(database.store)).toMatchObject({
      organizations: [],
      connections: [],
      mappings: [],
    });
  });

  test('what a connection is and when it was made survives a change of its secret', async () => {
    await apply(example);
    const read = () =>
      database.store.db
        .select()
        .from(connections)
        .where(sql`id = 'globex-halo'`);
    const [before] = await read();
    expect(await apply(example, { env: { ...env, GLOBEX_CLIENT_SECRET: 'another-secret' } })).toEqual([
      '~ connection globex-halo: clientSecret (changed)',
      '0 to add, 1 to change, 0 to delete.',
    ]);
    const [after] = await read();
    expect(after).toEqual({ ...before, sealedSecret: after?.sealedSecret });
    expect(await unseal(database.store.key, after?.sealedSecret ?? '')).toBe('another-secret');
  });

  test('a secret sealed with a key that is gone is a change, which seals it anew', async () => {
    await apply(example);
    const other = {
      ...database.store,
      key: parseSealingKey(Buffer.alloc(32, 7).toString('base64url'), 'test'),
    };
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
      await applyFile(database.store, fileOf(text, { env: first })),
      await applyFile(database.store, fileOf(text, { env: second })),
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
    expect((await readConfiguration(database.store)).organizations.map(({ name }) => name)).toContain(
      'Second Name',
    );
  });
});

describe('changes that cross each other, in one apply', () => {
  const tree = { msp: null, a: 'msp', b: 'msp' };
  const turn = async (before: Parameters<typeof fileWith>[0], after: Parameters<typeof fileWith>[0]) => {
    await apply(fileWith(before));
    await apply(fileWith(after));
    expect(await plan(fileWith(after))).toEqual(['No changes.']);
    return readConfiguration(database.store);
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

test('what fails half way leaves nothing behind, and says nothing of the environment', async () => {
  await database.store.db.execute(
    sql`alter table connections add constraint refusing check (id <> 'globex-halo')`,
  );
  try {
    const failure = await applyFile(database.store, fileOf(example)).catch((error: unknown) => error);
    expect(String(failure)).toContain('refusing');
    for (const value of Object.values(env)) expect(String(failure)).not.toContain(value);
    expect(await readConfiguration(database.store)).toMatchObject({
      version: 0,
      organizations: [],
      connections: [],
    });
  } finally {
    await database.store.db.execute(sql`alter table connections drop constraint refusing`);
  }
});

describe('applies at the same time', () => {
  test('do not mix: the end is one of the files whole, and each plan is the one of its moment', async () => {
    // As many as a slow machine gets through before the last of them is told to come again.
    const files = Array.from({ length: 3 }, (_, index) => {
      const own = `own-${index}`;
      return fileWith({
        organizations: { msp: null, [own]: 'msp', [`${own}-b`]: own },
        connections: { [`halo-${index}`]: 'msp*' },
        mappings: { [`halo-${index}`]: [`1 ${own}`, '2 msp'] },
      });
    });
    const plans = await Promise.all(files.map((text) => applyFile(database.store, fileOf(text))));
    const configuration = await readConfiguration(database.store);
    expect(configuration.version).toBe(3);
    expect(configuration.organizations).toHaveLength(3);
    const last = files[Number(configuration.organizations[1]?.slug.split('-')[1])] ?? '';
    expect(await plan(last)).toEqual(['No changes.']);
    const sizes = plans.map(({ items }) => items.filter(({ op }) => op === '-').length).sort((a, b) => a - b);
    expect(sizes).toEqual([0, 5, 5]);
  });

  test('of one file: one does the work, the others find nothing to do', async () => {
    const plans = await Promise.all(
      Array.from({ length: 3 }, () => applyFile(database.store, fileOf(example))),
    );
    expect(plans.map(({ items }) => items.length).sort((a, b) => a - b)).toEqual([0, 0, 8]);
    expect(await version()).toBe(1);
  });
});
