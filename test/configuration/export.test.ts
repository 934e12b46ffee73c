/** The exported file, applied to the same database and to an empty one. */
import { eq, sql } from 'drizzle-orm';
import * as fc from 'fast-check';
import { normaliseServer } from '../../cli/normaliseServer.ts';
import { applyFile, planFile } from '../../configuration/apply/apply.ts';
import { renderPlan } from '../../configuration/apply/render.ts';
import { exportConfiguration } from '../../configuration/export/export.ts';
import { readConfiguration } from '../../organizations/configuration.ts';
import { connections, mappings, organizations } from '../../store/schema/configuration.ts';
import { LOCAL } from '../../access/principal.ts';
import { setVariable } from '../../organizations/variables.ts';
import { ignoredClients, variables } from '../../store/schema/control.ts';
import { triggers } from '../../store/schema/triggers.ts';
import { seal, unseal } from '../../store/seal.ts';
import type { Store } from '../../store/store.ts';
import { readTriggers } from '../../triggers/registry.ts';
import { createTestDatabase } from '../support/database.ts';
import { example, env, fileOf } from './files.ts';

let store: Store;
let drop: () => Promise<void>;

beforeAll(async () => {
  ({ store, drop } = await createTestDatabase());
});
afterAll(() => drop());
const empty = () =>
  store.db.execute(sql`truncate organizations, connections, mappings, configuration, triggers cascade`);
beforeEach(empty);

/** Secrets in clear, without what a database adds: when rows were made, by whom, under which version. */
async function everything(): Promise<unknown> {
  const { organizations: tree, connections: sealed, mappings: mapped } = await readConfiguration(store);
  const plain = (row: object): object => ({ ...row, createdAt: null, enabledAt: null, origin: null });
  return {
    organizations: tree.map(plain),
    connections: await Promise.all(
      sealed.map(async (row) => ({
        ...plain(row),
        sealedSecret: null,
        secret: await unseal(store.key, row.sealedSecret),
      })),
    ),
    mappings: mapped.map(plain),
    ignoredClients: (
      await store.db.select().from(ignoredClients).orderBy(ignoredClients.connection, ignoredClients.client)
    ).map(plain),
    variables: await Promise.all(
      (await store.db.select().from(variables).orderBy(variables.organization, variables.name)).map(
        async (row) => ({
          ...plain(row),
          sealedValue: row.sealedValue && (await unseal(store.key, row.sealedValue)),
        }),
      ),
    ),
    triggers: (await readTriggers(store)).map((row) => ({
      ...plain(row),
      sealedSecret: row.sealedSecret !== null,
    })),
  };
}

/** What the file needs, filled with the secrets that are stored. */
async function environmentOf(names: readonly { name: string; secret: string }[]) {
  const rows = await store.db.select().from(connections);
  const values = await store.db.select().from(variables);
  const entries = names.map(async ({ name, secret }) => {
    const row = rows.find(({ id }) => secret === `client secret of connection ${id}`);
    const value = values.find((one) => secret === `variable ${one.organization}/${one.name}`);
    return [name, await unseal(store.key, row?.sealedSecret ?? value?.sealedValue ?? '')] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** Exports, and applies that here (twice) and to nothing; both times it has to be the same configuration. */
async function roundTrip(): Promise<string> {
  const before = await everything();
  const { text, environment } = await exportConfiguration(store);
  const source = fileOf(text, { env: await environmentOf(environment), normaliseServer });
  await applyFile(store, source);
  expect(renderPlan(await planFile(store, source))).toBe('No changes.');
  expect(await everything()).toEqual(before);
  await empty();
  await applyFile(store, source);
  expect(await everything()).toEqual(before);
  expect((await exportConfiguration(store)).text).toBe(text);
  return text;
}

test('domains, catch-alls and what is disabled come back', async () => {
  const text = example
    .replace('tags: [gold] }', 'tags: [gold], domain: acme.example }')
    .replace('    scope: all\n', '    scope: all\n    enabled: false\n    catchAll: acme\n');
  await applyFile(store, fileOf(text, { normaliseServer }));
  const exported = await roundTrip();
  expect(exported).toContain('domain: acme.example');
  expect(exported).toContain('catchAll: acme');
  expect(exported.match(/enabled: .*/g)).toEqual(['enabled: false']);
});

test('ignored clients come back with their reasons; one that is mapped counts as mapped', async () => {
  await applyFile(store, fileOf(example, { normaliseServer }));
  const ignore = (connection: string, client: number, reason: string | null) =>
    store.db.insert(ignoredClients).values({ connection, client, reason, origin: 'manual' });
  await ignore('northwind-halo', 2_147_483_647, null);
  await ignore('northwind-halo', 9, `our own: "test"\nof $\{HOME}`);
  await ignore('globex-halo', 9, ' ');
  const text = await roundTrip();
  expect(text).toContain('\n  northwind-halo:\n    9:\n      reason: ');
  expect(text).toContain('\n    2147483647: {}\n');
  await ignore('northwind-halo', 12, 'mapped since');
  expect((await exportConfiguration(store)).text).toBe(text);
});

test('the example of the documentation comes back as a file that changes nothing', async () => {
  await applyFile(store, fileOf(example, { normaliseServer }));
  const text = await roundTrip();
  expect(text).toContain('clientSecret: ${HALO_SECRET_NORTHWIND_HALO}');
  expect(text).toMatch(/\n# {3}HALO_SECRET_NORTHWIND_HALO: client secret of connection northwind-halo\n$/);
  for (const secret of [env.NORTHWIND_CLIENT_SECRET, env.GLOBEX_CLIENT_SECRET])
    expect(text).not.toContain(secret);
});

test('a configuration without anything is a file, too', async () => {
  expect(await roundTrip()).toContain('organizations: {}');
});

test('every type of trigger comes back with its parameters, conditions and overrides', async () => {
  const yaml = `${example}triggers:
  tickets:
    organization: northwind
    type: new-ticket-record
    connection: northwind-halo
    workflow: triageNewTicket
    runAs: owner
    runFor: { owner: false, organizations: [acme], tags: [gold], allClients: true }
    overrides: { halo: { use: name, name: north, fallback: default } }
    criteria: { all: [ { field: ticket.tickettype_id, in: [1, 4] }, { not: { field: ticket.summary, matches: "^Auto: $\${x}" } } ] }
    parameters: { everySeconds: 90, deliver: batch }
    enabled: false
  by-hand: { organization: acme, type: always-pass, workflow: listAgents, overrides: { halo: { use: mapping } } }
  times: { organization: northwind, type: cron, workflow: listAgents, parameters: { expression: '0 8 * * mon', timeZone: europe/berlin } }
  often: { organization: northwind, type: cron, workflow: listAgents, parameters: { everySeconds: 60 } }
  url: { organization: northwind, type: webhook, workflow: listAgents, parameters: { deliveryKey: { headers: [X-Key], body: a.b } } }
  plain-url: { organization: northwind, type: webhook, workflow: listAgents, parameters: { deliveryKey: { headers: [] } } }
  changes: { organization: northwind, type: halo-event, workflow: listAgents, parameters: { events: [status changed] } }
  after: { organization: northwind, type: workflow-completed, workflow: triageNewTicket, parameters: { workflows: [listAgents] } }
`
    .replace('criteria: { all: [ { field: ticket.tickettype_id, in: [1, 4] }, ', 'criteria: { all: [ ')
    .replace('field: ticket.summary', 'field: tickets.summary');
  await applyFile(store, fileOf(yaml, { normaliseServer }));
  const text = await roundTrip();
  expect(text).toContain('matches: "^Auto: $${x}"');
});

test('rows made by hand are adopted, and odd texts stay what they are', async () => {
  const odd = `"it's" \\ #1: {a} [b] & *c ! | > % @ \`d\` \${HOME} $\${HOME} $5 ünï ☃ 🔑`;
  await store.db.insert(organizations).values([
    { slug: 'on', name: odd, tags: ['yes', 'null', '1', '0x1F', '- a', '~', '2026-01-01'], origin: 'manual' },
    {
      slug: '007',
      name: 'null',
      parent: 'on',
      enabled: false,
      saidBy: { enabled: '*' },
      origin: 'manual',
    },
  ]);
  await applyFile(
    store,
    fileOf(
      `organizations: {}\nconnections:\n  -1-x: { organization: '007', resourceServer: a.halopsa.com, clientId: '123', clientSecret: $\{S}, scope: 'all $\${x}', writeSettleSeconds: 7 }\n`,
      { normaliseServer, env: { S: `multi 'quoted' $\{S} secret` } },
    ),
  );
  await store.db
    .insert(mappings)
    .values({ connection: '-1-x', organization: '007', client: 7, origin: 'manual' });
  await store.db.insert(triggers).values({
    id: 'null',
    organization: 'on',
    type: 'always-pass',
    workflow: 'listAgents',
    runAs: 'client',
    runFor: { owner: true, organizations: [], tags: ['yes'], allClients: false },
    overrides: {},
    criteria: { field: 'a', equals: 'line 1\n  line 2\r\n\ttab\n\n' },
    parameters: {},
    variables: {
      text: odd,
      'key: "${x}" #': ['', ' ', '\n', 'a\u2028b\u0085c\ufeff', '\ufeff'],
      none: null,
      big: 1.2345678901234567e19,
    },
    enabled: true,
    sealedSecret: await seal(store.key, 'of its URL'),
    origin: 'manual',
  });
  await roundTrip();
});

test('variables come back with their types, and secret ones as references, each to a variable of its own', async () => {
  await store.db.insert(organizations).values([
    { slug: 'a', name: 'A', origin: 'manual' },
    { slug: 'a-b', name: 'AB', parent: 'a', origin: 'manual' },
  ]);
  const set = (name: string, value: unknown, more: object = {}): Promise<unknown> =>
    setVariable(store, LOCAL, { organization: 'a-b', name, value, ...more });
  await set('number', 1.5);
  await set('text', ' ${HOME} \n: ');
  await set('empty', '');
  await set('digits', '007');
  await set('flag', false, { description: 'says: "no"' });
  await set('none', null);
  await set('list', [1, null, { a: [] }]);
  await set('object', { secret: 'x', value: 1, type: 'y' });
  await set('quoted', 'true', { type: 'json' });
  await set('c-d', 'secret-one\n-----END-----\n', { type: 'secret', description: 'PEM' });
  await set('c_d', 'secret-two', { type: 'secret' });
  await set('B_c-d', 'secret-three', { type: 'secret' });
  await setVariable(store, LOCAL, { organization: 'a', name: 'b-c_d', value: 'secret-four', type: 'secret' });
  await set('portalKeyV2', 'secret-five', { type: 'secret' });
  await set('HTTPToken', 'secret-six', { type: 'secret' });
  const text = await roundTrip();
  expect(text).not.toContain('secret-');
  expect(text).toContain('number: 1.5\n');
  expect(text).toContain('#   SECRET_A_B_PORTAL_KEY_V2: variable a-b/portalKeyV2\n');
  expect(text).toContain('#   SECRET_A_B_HTTP_TOKEN: variable a-b/HTTPToken\n');
  const shared = text.match(/SECRET_A_B_C_D_[0-9A-F]{12}(?=: variable)/g) ?? [];
  expect(new Set(shared).size).toBe(3);
  // Whose name it shares no more, it keeps to itself; what looks like a digested name of another is digested, too.
  await store.pool.query(`delete from variables where name in ('c-d', 'b-c_d')`);
  await set(`c_d_${shared[0]?.slice(-12).toLowerCase()}`, 'secret-seven', { type: 'secret' });
  expect(await roundTrip()).toMatch(
    /SECRET_A_B_C_D: variable a-b\/c_d\n[^]*SECRET_A_B_C_D_[0-9A-F]{12}_[0-9A-F]{12}: /,
  );
});

test('domains, retention and catch-all organizations come back, and texts that look like something else', async () => {
  await applyFile(store, fileOf(example, { normaliseServer }));
  await store.pool.query(
    `update organizations set domain = 'acme.example', retention_days = 7 where slug = 'acme'`,
  );
  await store.pool.query(`update connections set catch_all = 'acme' where id = 'northwind-halo'`);
  const set = (name: string, value: unknown): Promise<unknown> =>
    setVariable(store, LOCAL, { organization: 'acme', name, value, description: `of $\{HOME}: "${name}"` });
  for (const [index, value] of ['12', 'true', 'null', '"x"', '[]', '{}'].entries()) {
    await set(`v${index}`, value);
  }
  const text = await roundTrip();
  expect(text).toContain('catchAll: acme');
  expect(text).toContain('retentionDays: 7');
});

/** What `variables` may hold: any JSON that Postgres keeps. */
const storable = fc.string({ unit: 'binary' }).filter((text) => !/[\0\p{Surrogate}]/u.test(text));
const strings = fc.oneof(
  storable,
  fc.string(),
  fc.constantFrom(
    '${A}',
    '$${A}',
    '$$${A}',
    '{',
    '}',
    '$',
    '\n',
    ' a',
    'a ',
    '#',
    'a: b',
    '- ',
    '"',
    "'",
    '\\',
    '~',
    '<<',
  ),
  fc
    .array(fc.constantFrom('$', '{', '}', 'A', '\n', ' ', '"', ',', '\ue001', '\ue002'), { maxLength: 8 })
    .map((all) => all.join('')),
);
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    strings,
    fc.boolean(),
    fc.constant(null),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (number === 0 ? 0 : number)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      strings.filter((key) => key !== '<<' && key !== '__proto__'),
      tie('value'),
      { maxKeys: 4, noNullPrototype: true },
    ),
  ),
})).value;

test('whatever a trigger holds comes back, why a client is ignored, and what is disabled', async () => {
  await applyFile(
    store,
    fileOf(
      `${example}ignoredClients: { northwind-halo: { 14: {} } }\ntriggers:\n  t: { organization: acme, type: always-pass, workflow: listAgents }\n`,
      {
        normaliseServer,
      },
    ),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(
        strings.filter((key) => key !== '<<' && key !== '__proto__'),
        json,
        { maxKeys: 4, noNullPrototype: true },
      ),
      fc.option(storable, { nil: null }),
      fc.boolean(),
      async (variables, reason, enabled) => {
        await store.db.update(triggers).set({ variables });
        await store.db.update(connections).set({ enabled }).where(eq(connections.id, 'northwind-halo'));
        await store.db.update(ignoredClients).set({ reason });
        const before = await everything();
        const { text, environment } = await exportConfiguration(store);
        expect(text.includes('\n    enabled: false\n')).toBe(!enabled);
        const source = fileOf(text, { env: await environmentOf(environment), normaliseServer });
        expect(renderPlan(await planFile(store, source))).toBe('No changes.');
        expect(await everything()).toEqual(before);
      },
    ),
    { numRuns: 60 },
  );
});
