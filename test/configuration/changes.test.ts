/** Changes that move what others stand on: planned, explained, refused where something would break. */
import { sql } from 'drizzle-orm';
import { applyFile, planFile } from '../../configuration/apply/apply.ts';
import { renderPlan } from '../../configuration/apply/render.ts';
import { exportConfiguration } from '../../configuration/export/export.ts';
import { normaliseServer } from '../../cli/normaliseServer.ts';
import { connections, mappings, organizations } from '../../store/schema/configuration.ts';
import { triggers } from '../../store/schema/triggers.ts';
import { emptied } from './emptied.ts';
import { fileOf, problemsOf } from './files.ts';

const database = emptied();

const env = { S: 'the-secret', T: 'another-secret' };
const apply = (text: string) => applyFile(database.store, fileOf(text, { env, normaliseServer }));
const plan = (text: string) => planFile(database.store, fileOf(text, { env, normaliseServer }));
const refusal = async (text: string): Promise<string> => {
  const before = await database.store.pool.query('select version from configuration');
  const planned = await problemsOf(plan(text));
  expect(await problemsOf(apply(text))).toEqual(planned);
  expect((await database.store.pool.query('select version from configuration')).rows).toEqual(before.rows);
  return planned.join('\n');
};

const file = `organizations:
  msp: { name: MSP }
  acme: { name: Acme, parent: msp }
  lab: { name: Lab, parent: acme }
  globex: { name: Globex, parent: msp }
  other: { name: Other MSP }
connections:
  msp-halo: { organization: msp, default: true, resourceServer: msp.halopsa.com, clientId: a, clientSecret: $\{S} }
  globex-halo: { organization: globex, resourceServer: globex.halopsa.com, clientId: b, clientSecret: $\{T} }
  other-halo: { organization: other, resourceServer: other.halopsa.com, clientId: c, clientSecret: $\{S} }
mappings:
  msp-halo:
    acme: { client: 12 }
    lab: { client: 13 }
    globex: { client: 14 }
triggers:
  mapped:
    organization: msp
    type: always-pass
    workflow: listAgents
    runFor: { owner: false, allClients: true }
    overrides: { halo: { use: mapping } }
  globex-own: { organization: globex, type: new-ticket-record, connection: globex-halo, workflow: listAgents }
  others: { organization: other, type: always-pass, workflow: listAgents, runFor: { allClients: true }, overrides: { halo: { use: mapping, fallback: default } } }
`;
const without = (text: string, ...lines: string[]): string =>
  text
    .split('\n')
    .filter((line) => !lines.some((start) => line.trimStart().startsWith(start)))
    .join('\n');

describe('a connection', () => {
  test('is not deleted while a trigger of the file names it, or its runs would be without credentials', async () => {
    await apply(file);
    expect(await refusal(without(file, 'globex-halo:'))).toContain(
      'triggers.globex-own.connection: connection "globex-halo" would be deleted, and globex-own still uses it',
    );
    const gone = without(
      file,
      'msp-halo',
      'acme: { client',
      'lab: { client',
      'globex: { client',
      'mappings:',
    );
    const said = await refusal(gone);
    expect(said).toContain(
      'triggers.mapped: its runs would have no credentials any more for acme (now msp-halo',
    );
    expect(said).toContain('lab (now msp-halo');
  });

  test('is not deleted while triggers made by hand stand on it', async () => {
    await apply(without(file, 'globex-own:'));
    const row = {
      type: 'always-pass',
      workflow: 'listAgents',
      runAs: 'client',
      enabled: true,
      criteria: null,
    } as const;
    const base = { ...row, parameters: {}, variables: {}, overrides: {}, origin: 'manual' } as const;
    const owner = { owner: true, organizations: [], tags: [], allClients: false };
    await database.store.db.insert(triggers).values([
      { ...base, id: 'named', organization: 'globex', connection: 'globex-halo', runFor: owner },
      { ...base, id: 'unnamed', organization: 'globex', runFor: owner },
    ]);
    const said = await refusal(without(file, 'globex-own:', 'globex-halo:'));
    expect(said).toContain('connection globex-halo is not named here and would be deleted');
    expect(said).toContain('trigger named');
    await database.store.pool.query(`delete from triggers where id = 'named'`);
    expect(await refusal(without(file, 'globex-own:', 'globex-halo:'))).toContain(
      'triggers.unnamed: its runs would have no credentials any more for globex (now globex-halo',
    );
    await database.store.pool.query(`update triggers set enabled = false where id = 'unnamed'`);
    expect(renderPlan(await apply(without(file, 'globex-own:', 'globex-halo:')))).toContain(
      '- connection globex-halo',
    );
  });

  test('is left by a trigger that somebody changes, with a word on whom that leaves without', async () => {
    await apply(file);
    const own = file.replace(
      'overrides: { halo: { use: mapping } }',
      'overrides: { halo: { use: connection, connection: globex-halo } }',
    );
    const { effects } = await plan(own);
    expect(effects).toEqual([
      expect.stringMatching(
        /^trigger mapped: other credentials for acme \(msp-halo -> none: .*\); globex \(msp-halo -> globex-halo\); lab \(msp-halo -> none: /,
      ),
    ]);
    await apply(own);
    expect((await plan(own)).effects).toEqual([]);
  });

  test('is swapped with another one together with its mappings, and not without them', async () => {
    await apply(file);
    const swapped = file
      .replace('msp.halopsa.com, clientId: a', 'X, clientId: x')
      .replace('globex.halopsa.com, clientId: b', 'msp.halopsa.com, clientId: a')
      .replace('X, clientId: x', 'globex.halopsa.com, clientId: b');
    const said = await refusal(swapped);
    expect(said).toContain(
      'connections.msp-halo.resourceServer: this is the Halo that globex-halo asks now, and these mappings of msp-halo ' +
        'would name its clients by ids of the other Halo: acme (client 12), lab (client 13), globex (client 14)',
    );
    const renumbered = swapped
      .replace('client: 12', 'client: 112')
      .replace('client: 13', 'client: 113')
      .replace('client: 14', 'client: 114');
    const { items, effects } = await plan(renumbered);
    expect(items.filter(({ kind }) => kind === 'connection').map(({ op, id }) => `${op} ${id}`)).toEqual([
      '~ msp-halo',
      '~ globex-halo',
    ]);
    expect(effects).toContain(
      'connections globex-halo and msp-halo are swapped: each asks the Halo of the other',
    );
    await apply(renumbered);
    expect((await plan(renumbered)).items).toEqual([]);
  });

  test('takes the Halo of several others over, where one of them has its mappings', async () => {
    const both = file
      .replace(
        'globex-halo: {',
        'a-halo: { organization: other, resourceServer: globex.halopsa.com, clientId: z, clientSecret: ${S}, default: false }\n  globex-halo: {',
      )
      .replace('other-halo: {', 'other-halo: { default: true,')
      .replace(
        'mappings:\n',
        'mappings:\n  globex-halo:\n    acme: { client: 12 }\n    lab: { client: 13 }\n    globex: { client: 14 }\n',
      );
    await apply(both);
    expect((await plan(both.replace('msp.halopsa.com', 'globex.halopsa.com'))).items).toHaveLength(1);
  });

  test('passes between owners with its default, where nobody loses by it', async () => {
    await apply(
      without(file, 'globex-own:', 'mapped:').replace(/ {4}organization: msp[^]*?(?= {2}others)/, ''),
    );
    const passed = without(file, 'globex-own:', 'mapped:')
      .replace(/ {4}organization: msp[^]*?(?= {2}others)/, '')
      .replace('organization: msp, default: true,', 'organization: X,')
      .replace('organization: globex, resourceServer', 'organization: msp, resourceServer')
      .replace('organization: X,', 'organization: globex, default: true,');
    const { effects } = await apply(passed);
    expect(effects).toEqual([
      'connection globex-halo passes from globex to msp',
      'connection msp-halo passes from msp to globex',
    ]);
    const { rows } = await database.store.pool.query(
      'select id, organization, is_default from connections order by id limit 2',
    );
    expect(rows).toEqual([
      { id: 'globex-halo', organization: 'msp', is_default: true },
      { id: 'msp-halo', organization: 'globex', is_default: true },
    ]);
  });
});

describe('an organization', () => {
  test('moves, with what that means said beside the plan', async () => {
    await apply(file);
    const { effects } = await apply(file.replace('Acme, parent: msp', 'Acme, parent: globex'));
    expect(effects).toEqual([
      expect.stringContaining('organization acme moves with the 1 below it from msp to globex'),
    ]);
  });

  test('moves with a word on the triggers that would have no credentials for it there', async () => {
    await apply(file.replace(', fallback: default', ''));
    const { effects } = await plan(
      file.replace(', fallback: default', '').replace('Acme, parent: msp', 'Acme, parent: other'),
    );
    expect(effects).toContainEqual(
      expect.stringMatching(/^trigger others: other credentials for acme \(none: .*; lab \(none: /),
    );
  });

  test('does not leave the tree of a trigger that names it', async () => {
    const named =
      '  named: { organization: msp, type: always-pass, workflow: listAgents, runFor: { organizations: [acme] } }\n';
    await apply(file + named);
    const said = await refusal(file.replace('Acme, parent: msp', 'Acme, parent: other') + named);
    expect(said).toContain('acme is neither msp, the owner, nor below it');
  });
});

test('applies at the same time end as one of their files, whole', async () => {
  const files = Array.from({ length: 8 }, (_, n) => {
    const clients = Array.from({ length: 20 }, (__, index) => `c${(index * (n + 1)) % 23}`);
    const unique = [...new Set(clients)];
    return [
      'organizations:',
      `  msp: { name: MSP ${n} }`,
      ...unique.map((slug) => `  ${slug}: { name: ${slug} of ${n}, parent: msp }`),
      'connections:',
      `  a: { organization: msp, default: true, resourceServer: h${n}.halopsa.com, clientId: c, clientSecret: $\{S} }`,
      'mappings:',
      '  a:',
      ...unique.map((slug, index) => `    ${slug}: { client: ${index + n + 1} }`),
      'triggers:',
      `  t${n % 3}: { organization: msp, type: always-pass, workflow: listAgents, variables: { n: ${n} } }`,
    ].join('\n');
  });
  const done = await Promise.allSettled(files.map(apply));
  expect(done.filter(({ status }) => status === 'rejected')).toEqual([]);
  const { text } = await exportConfiguration(database.store);
  const version = async () =>
    Number((await database.store.pool.query('select version from configuration')).rows[0].version);
  expect(await version()).toBe(8);
  const tables = [organizations, connections, mappings, triggers];
  const rows = async () => await Promise.all(tables.map((table) => database.store.db.$count(table)));
  const counts = await rows();
  const same: number[] = [];
  for (const [n, each] of files.entries()) if ((await plan(each)).items.length === 0) same.push(n);
  expect(same).toHaveLength(1);
  await database.store.db.execute(
    sql`truncate organizations, connections, mappings, configuration, triggers cascade`,
  );
  await apply(files[same[0] ?? 0] ?? '');
  expect(await rows()).toEqual(counts);
  expect((await exportConfiguration(database.store)).text).toBe(text);
});
