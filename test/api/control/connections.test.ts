/** Connections and organizations over the API: secrets go in and never come out, nobody reaches more than is theirs. */
import { normaliseServer } from '../../../cli/normaliseServer.ts';
import { isOwnNetwork } from '../../../halo/host.ts';
import { triggers } from '../../../store/schema/triggers.ts';
import { mappings, organizations } from '../../../store/schema/configuration.ts';
import { unseal } from '../../../store/seal.ts';
import { startPlane } from './plane.ts';
import type { Answer, TestPlane } from './plane.ts';

const SECRET = 'marker-5f0c-secret';

let plane: TestPlane;
let admin: string;
let asked: string[] = [];
beforeAll(async () => {
  plane = await startPlane({
    connector: {
      normaliseServer,
      isOwnNetwork,
      check: (connection) => {
        asked.push(connection);
        return Promise.resolve({ ok: true } as never);
      },
    },
  });
  admin = await plane.token(null, 'admin');
});
beforeEach(async () => {
  asked = [];
  await plane.store.pool.query('delete from triggers');
  await plane.store.pool.query('delete from connections');
});
afterAll(() => plane.close());

const body = (id: string, changes: object = {}) => ({
  id,
  organization: 'msp',
  resourceServer: 'northwind.halopsa.com',
  clientId: 'abc',
  clientSecret: SECRET,
  ...changes,
});
const create = (token: string, id: string, changes: object = {}) =>
  plane.ask(token, 'POST', '/connections', body(id, changes));
const shown = async (id: string, token = admin): Promise<Record<string, unknown>> =>
  (await plane.ask(token, 'GET', `/connections/${id}`)).body['connection'] as Record<string, unknown>;
const version = async (): Promise<unknown> =>
  (await plane.store.pool.query('select version from configuration')).rows[0];

const putTrigger = (id: string, organization: string, changes: object = {}) =>
  plane.store.db.insert(triggers).values({
    id,
    organization,
    type: 'always-pass',
    workflow: 'w',
    runAs: 'owner',
    runFor: { owner: true, organizations: [], tags: [], allClients: false },
    overrides: {},
    parameters: {},
    variables: {},
    enabled: true,
    origin: 'manual',
    ...changes,
  });

test.each([
  ['  HTTPS://Northwind.HaloPSA.com/api/ ', 'https://northwind.halopsa.com'],
  ['northwind.halopsa.com/auth', 'https://northwind.halopsa.com'],
])('a pasted address "%s" is stored as %s, which the reply shows', async (pasted, stored) => {
  const before = await version();
  const made = await create(admin, 'one', { resourceServer: pasted, authServer: 'northwind.halopsa.com' });
  expect([made.status, made.body['connection']]).toEqual([
    201,
    expect.objectContaining({
      id: 'one',
      resourceServer: stored,
      authServer: 'https://northwind.halopsa.com/auth',
      default: true,
      scope: 'all',
      rateLimit: { requests: 300, perSeconds: 300 },
      origin: 'manual',
    }),
  ]);
  expect(await version()).not.toEqual(before);
});

test('the secret is sealed, and is in no reply, log or audit entry', async () => {
  const answers = [
    await create(admin, 'one'),
    await create(admin, 'one'),
    await plane.ask(admin, 'PATCH', '/connections/one', { clientSecret: `${SECRET}-2`, tenant: 'northwind' }),
    await plane.ask(admin, 'GET', '/connections'),
    await plane.ask(admin, 'GET', '/connections/one'),
    await plane.ask(admin, 'GET', '/audit'),
    await create(admin, 'two', { clientSecret: [SECRET] }),
    await create(admin, 'two', { resourceServer: `https://me:${SECRET}@northwind.halopsa.com` }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([201, 409, 200, 200, 200, 200, 400, 400]);
  expect(JSON.stringify(answers)).not.toContain(SECRET);
  expect(JSON.stringify(answers)).not.toContain('sealed');
  const { rows } = await plane.store.pool.query<{ sealed_secret: string }>('select * from connections');
  expect(JSON.stringify(rows)).not.toContain(SECRET);
  expect(await unseal(plane.store.key, rows[0]?.sealed_secret ?? '')).toBe(`${SECRET}-2`);
});

test('what cannot be an address of Halo names the field, and nothing is stored', async () => {
  for (const [changes, field] of [
    [{ resourceServer: 'ftp://x' }, 'body.resourceServer'],
    [{ resourceServer: '10.0.0.1' }, 'body.resourceServer'],
    [{ authServer: 'http://auth.example.com' }, 'body.authServer'],
    [{ clientSecret: '   ' }, 'body.clientSecret'],
  ] as const) {
    const refused = await create(admin, 'bad', changes);
    expect([refused.status, refused.body['code'], refused.body['field']]).toEqual([
      400,
      'SchemaError',
      field,
    ]);
  }
  const unknown = await create(admin, 'bad', { colour: 'red', rateLimit: { requests: 0 } });
  const fields = (unknown.body['errors'] as { field: string }[]).map((error) => error.field).toSorted();
  expect(fields).toEqual(['body.colour', 'body.rateLimit.requests']);
  expect((await plane.ask(admin, 'GET', '/connections')).body['connections']).toEqual([]);
  expect((await create(admin, 'inside', { resourceServer: '10.0.0.1', onPremise: true })).status).toBe(201);
});

test('an organization has one default, whatever is made, changed and deleted', async () => {
  const defaults = async (): Promise<unknown> => {
    const { body: found } = await plane.ask(admin, 'GET', '/connections?organization=msp');
    const all = found['connections'] as { id: string; default: boolean }[];
    return all.filter((one) => one.default).map(({ id }) => id);
  };
  await create(admin, 'one');
  await create(admin, 'two');
  expect(await defaults()).toEqual(['one']);
  await create(admin, 'three', { default: true });
  expect(await defaults()).toEqual(['three']);
  await plane.ask(admin, 'PATCH', '/connections/two', { default: true });
  expect(await defaults()).toEqual(['two']);
  expect((await plane.ask(admin, 'PATCH', '/connections/two', { default: false })).status).toBe(409);
  expect((await plane.ask(admin, 'DELETE', '/connections/two')).status).toBe(409);
  expect((await plane.ask(admin, 'DELETE', '/connections/one')).status).toBe(200);
  expect((await plane.ask(admin, 'DELETE', '/connections/two')).status).toBe(200);
  expect(await defaults()).toEqual(['three']);
  await create(admin, 'four', { organization: 'other' });
  await plane.ask(admin, 'PATCH', '/connections/four', { organization: 'msp' });
  expect(await defaults()).toEqual(['three']);
});

test('one that is in use is not deleted, and the refusal says by what', async () => {
  await create(admin, 'one');
  await putTrigger('by-name', 'msp', { connection: 'one' });
  await putTrigger('by-override', 'msp', { overrides: { halo: { use: 'connection', connection: 'one' } } });
  await plane.store.db
    .insert(mappings)
    .values({ connection: 'one', organization: 'acme', client: 12, origin: 'manual' });
  const refused = await plane.ask(admin, 'DELETE', '/connections/one');
  expect([refused.status, refused.body['code']]).toEqual([409, 'ConflictError']);
  expect(refused.body).toMatchObject({ triggers: ['by-name', 'by-override'], mappings: ['acme'] });
  expect((await plane.ask(admin, 'PATCH', '/connections/one', { organization: 'acme' })).status).toBe(409);
  await plane.store.db.delete(triggers);
  expect((await plane.ask(admin, 'DELETE', '/connections/one')).status).toBe(409);
  expect((await plane.ask(admin, 'DELETE', '/connections/one?withMappings=true')).status).toBe(200);
  expect((await plane.ask(admin, 'GET', '/connections/one')).status).toBe(404);
});

test('nobody sees, changes, checks or makes a connection beside or above their organization', async () => {
  await create(admin, 'mains');
  for (const organization of ['acme', 'other']) {
    const token = await plane.token(organization, 'admin');
    expect((await plane.ask(token, 'GET', '/connections')).body['connections']).toEqual([]);
    for (const [method, path, sent] of [
      ['GET', '/connections/mains', undefined],
      ['PATCH', '/connections/mains', { tenant: 'x' }],
      ['DELETE', '/connections/mains', undefined],
      ['POST', '/connections/mains/check', undefined],
    ] as const) {
      const theirs = await plane.ask(token, method, path, sent);
      const none = await plane.ask(token, method, path.replace('mains', 'ghost'), sent);
      expect([theirs.status, theirs.body['code']]).toEqual([404, 'NotFoundError']);
      expect(JSON.stringify(theirs).replaceAll('mains', 'ghost')).toBe(JSON.stringify(none));
    }
    expect((await create(token, 'mine', { organization: 'msp' })).status).toBe(404);
    const own = await create(token, `of-${organization}`, { organization });
    expect(own.status).toBe(201);
    const moved = await plane.ask(token, 'PATCH', `/connections/of-${organization}`, { organization: 'msp' });
    expect(moved.status).toBe(404);
  }
  expect(asked).toEqual([]);
  expect((await shown('mains'))['tenant']).toBeNull();
});

const OWN_NETWORK: readonly (readonly [string, object])[] = [
  ['onPremise', { onPremise: true }],
  ['http', { resourceServer: 'http://northwind.halopsa.com' }],
  ['loopback', { resourceServer: 'https://127.0.0.1:5432' }],
  ['loopback in another spelling', { resourceServer: 'https://0x7f.1' }],
  ['a name of this machine', { authServer: 'https://admin.localhost/auth' }],
  ['a private address', { resourceServer: 'https://[::ffff:10.0.0.1]', onPremise: true }],
  ['link-local', { resourceServer: 'https://169.254.169.254' }],
  ['a short name', { resourceServer: 'intranet', onPremise: true }],
];
test.each(OWN_NETWORK)(
  'who reaches a client only connects to nothing in our own network: %s',
  async (_what, changes) => {
    const client = await plane.token('acme', 'admin');
    const refused = await create(client, 'inside', { organization: 'acme', ...changes });
    expect([refused.status, refused.body['code']]).toEqual([403, 'ForbiddenError']);
    expect(refused.body['detail']).toContain('ask an admin of the MSP');
    expect((await create(client, 'hosted', { organization: 'acme' })).status).toBe(201);
    const before = await shown('hosted');
    const changed = await plane.ask(client, 'PATCH', '/connections/hosted', changes);
    expect([changed.status, changed.body['code']]).toEqual([403, 'ForbiddenError']);
    expect(await shown('hosted')).toEqual(before);
    expect((await plane.ask(admin, 'GET', '/connections/inside')).status).toBe(404);
  },
);

test('an admin of an MSP leads connections of clients into its network, who change all but the addresses', async () => {
  const msp = await plane.token('msp', 'admin');
  const inside = { organization: 'acme', resourceServer: 'http://10.0.0.1', onPremise: true };
  expect((await create(msp, 'one', inside)).status).toBe(201);
  expect((await create(msp, 'local', { resourceServer: 'http://localhost:8080' })).status).toBe(201);
  const client = await plane.token('acme', 'admin');
  const change = (changes: object) => plane.ask(client, 'PATCH', '/connections/one', changes);
  expect((await change({ clientSecret: 'new', tenant: 'x', onPremise: true })).status).toBe(200);
  expect((await change({ resourceServer: 'http://10.0.0.2' })).status).toBe(403);
  expect((await change({ authServer: 'http://10.0.0.1/auth' })).status).toBe(403);
  expect((await change({ resourceServer: 'northwind.halopsa.com', onPremise: false })).status).toBe(200);
  expect((await change({ onPremise: true })).status).toBe(403);
});

test('one is disabled and enabled, also while triggers use it, and the log tells it', async () => {
  await create(admin, 'one');
  await putTrigger('watch', 'msp', { type: 'new-ticket-record' });
  const before = await version();
  const switched = await plane.ask(admin, 'PATCH', '/connections/one', { enabled: false });
  expect(switched).toMatchObject({ status: 200, body: { connection: { id: 'one', enabled: false } } });
  expect(await version()).not.toEqual(before);
  expect((await plane.ask(admin, 'PATCH', '/connections/one', { tenant: 'x' })).body).toMatchObject({
    connection: { enabled: false },
  });
  expect((await plane.ask(admin, 'GET', '/audit?limit=2')).body['entries']).toMatchObject([
    { before: { enabled: false }, after: { enabled: false, tenant: 'x' } },
    { action: 'connections.change', before: { enabled: true }, after: { enabled: false } },
  ]);
  expect((await plane.ask(admin, 'GET', '/explain?organization=msp')).body).toMatchObject({
    connection: null,
    error: { type: 'ConfigurationError', message: expect.stringContaining('connections enable one') },
  });
  expect((await plane.ask(admin, 'GET', '/triggers')).body['triggers']).toMatchObject([
    { id: 'watch', feeds: [{ state: 'paused: connection one is disabled' }] },
  ]);
  await plane.ask(admin, 'PATCH', '/connections/one', { enabled: true });
  expect(await shown('one')).toMatchObject({ enabled: true });
  await create(admin, 'two', { enabled: false });
  expect(await shown('two')).toMatchObject({ enabled: false });
});

test('what Halo listed is forgotten when its connection is changed', async () => {
  await create(admin, 'one');
  await create(admin, 'two');
  await plane.store.pool.query(
    `insert into halo_options (connection, kind, rows, complete) values ('one', 'teams', '[]', true), ('two', 'teams', '[]', true)`,
  );
  await plane.ask(admin, 'PATCH', '/connections/one', { resourceServer: 'southwind.halopsa.com' });
  const { rows } = await plane.store.pool.query<object>('select connection from halo_options');
  expect(rows).toEqual([{ connection: 'two' }]);
});

test('a connection does not become the Halo of another one while its mappings name clients of its own', async () => {
  const map = (id: string, client: number): Promise<unknown> =>
    plane.ask(admin, 'PUT', `/connections/${id}/mappings/acme`, { client });
  await create(admin, 'one');
  await create(admin, 'two', { organization: 'acme', resourceServer: 'two.halopsa.com' });
  await create(admin, 'three', { organization: 'other', resourceServer: 'three.halopsa.com' });
  await map('one', 12);
  const point = (host: string, token = admin): Promise<Answer> =>
    plane.ask(token, 'PATCH', '/connections/one', { resourceServer: host });
  const refused = await point('two.halopsa.com');
  expect([refused.status, refused.body['field']]).toEqual([409, 'body.resourceServer']);
  expect(refused.body['detail']).toContain('this is the Halo that two asks now');
  expect((await shown('one'))['resourceServer']).toBe('https://northwind.halopsa.com');
  // What others connect to is nothing that shows.
  const msp = await plane.token('msp', 'admin');
  expect((await point('three.halopsa.com', msp)).status).toBe(200);
  expect((await point('new.halopsa.com')).status).toBe(200);
});

test('an operator may have a connection looked at, a viewer may not', async () => {
  await create(admin, 'one');
  const operator = await plane.ask(await plane.token('msp', 'operator'), 'POST', '/connections/one/check');
  expect([operator.status, operator.body]).toEqual([200, { report: { ok: true } }]);
  const viewer = await plane.ask(await plane.token('msp', 'viewer'), 'POST', '/connections/one/check');
  expect(viewer.status).toBe(403);
  expect(asked).toEqual(['one']);
});

test('lists are paged by cursor, and what concerns an organization is found', async () => {
  for (const id of ['a', 'b', 'c']) await create(admin, id, { organization: id === 'c' ? 'other' : 'msp' });
  const first = await plane.ask(admin, 'GET', '/connections?limit=2');
  const second = await plane.ask(admin, 'GET', `/connections?limit=2&cursor=${String(first.body['next'])}`);
  const ids = [first, second].map((page) =>
    (page.body['connections'] as { id: string }[]).map(({ id }) => id),
  );
  expect(ids).toEqual([['a', 'b'], ['c']]);
  expect(second.body['next']).toBeNull();
  await plane.store.db
    .insert(mappings)
    .values({ connection: 'b', organization: 'acme', client: 1, origin: 'manual' });
  const acme = await plane.ask(admin, 'GET', '/connections?organization=acme');
  expect((acme.body['connections'] as { id: string }[]).map(({ id }) => id)).toEqual(['b']);
});

describe('organizations', () => {
  const patch = (token: string, slug: string, changes: object) =>
    plane.ask(token, 'PATCH', `/organizations/${slug}`, changes);
  const make = (token: string, slug: string, changes: object = {}) =>
    plane.ask(token, 'POST', '/organizations', { slug, name: slug.toUpperCase(), ...changes });

  test('are made below who makes them, changed, searched, and told in the audit log', async () => {
    const token = await plane.token('msp', 'admin');
    const made = await make(token, 'umbrella', { tags: ['gold'], domain: 'umbrella.example' });
    expect([made.status, made.body['organization']]).toEqual([
      201,
      expect.objectContaining({ slug: 'umbrella', parent: 'msp', tags: ['gold'], enabled: true }),
    ]);
    expect((await make(token, 'umbrella')).status).toBe(409);
    expect((await make(token, 'elsewhere', { parent: 'other' })).status).toBe(404);
    const changed = await patch(token, 'umbrella', { name: 'Umbrella', retentionDays: 7 });
    expect(changed.body['organization']).toMatchObject({
      name: 'Umbrella',
      retentionDays: 7,
      tags: ['gold'],
    });
    const found = await plane.ask(token, 'GET', '/organizations?search=MBREL');
    expect((found.body['organizations'] as { slug: string }[]).map(({ slug }) => slug)).toEqual(['umbrella']);
    const log = await plane.ask(token, 'GET', '/audit?limit=1');
    expect((log.body['entries'] as object[])[0]).toMatchObject({
      action: 'organizations.change',
      before: { name: 'UMBRELLA' },
      after: { name: 'Umbrella' },
    });
  });

  test.each(['two\nlines', ' ', '\u0007'])('are not named %j, which no file could have', async (name) => {
    const token = await plane.token('msp', 'admin');
    expect(await make(token, 'oddly-named', { name })).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('name must be one line, and not blank') },
    });
  });

  test('of others are not there', async () => {
    const token = await plane.token('other', 'admin');
    const theirs = await plane.ask(token, 'GET', '/organizations/acme');
    const none = await plane.ask(token, 'GET', '/organizations/nobody');
    expect(theirs.status).toBe(404);
    expect(String(theirs.body['detail']).replace('acme', 'nobody')).toBe(none.body['detail']);
    const listed = await plane.ask(token, 'GET', '/organizations');
    expect((listed.body['organizations'] as { slug: string }[]).map(({ slug }) => slug)).toEqual(['other']);
    expect((await patch(token, 'acme', { name: 'Mine' })).status).toBe(404);
  });

  test('move, but into no circle, out of nobody’s reach, and away from no trigger that names them', async () => {
    const token = await plane.token('msp', 'admin');
    await make(admin, 'sub', { parent: 'acme' });
    await make(admin, 'beside', { parent: 'msp' });
    for (const parent of ['acme', 'sub']) {
      const circle = await patch(admin, 'acme', { parent });
      expect([circle.status, circle.body['code'], circle.body['field']]).toEqual([
        409,
        'ConflictError',
        'body.parent',
      ]);
    }
    expect((await patch(token, 'acme', { parent: 'other' })).status).toBe(404);
    expect((await patch(token, 'acme', { parent: null })).status).toBe(403);
    expect((await patch(token, 'msp', { parent: 'beside' })).status).toBe(403);
    const runFor = { owner: false, organizations: ['sub'], tags: [], allClients: false };
    await putTrigger('for-sub', 'msp', { runFor });
    const refused = await patch(admin, 'acme', { parent: 'other' });
    expect([refused.status, refused.body['triggers']]).toEqual([409, ['for-sub']]);
    expect((await patch(admin, 'acme', { parent: 'beside' })).status).toBe(200);
    await plane.store.db.delete(triggers);
    expect((await patch(admin, 'acme', { parent: 'other' })).status).toBe(200);
    expect((await plane.ask(token, 'GET', '/organizations/sub')).status).toBe(404);
    await patch(admin, 'acme', { parent: 'msp' });
  });

  test('are not moved away from what they stand for, nor where others lose what they use', async () => {
    await create(admin, 'mains');
    await plane.ask(admin, 'PUT', '/connections/mains/catch-all', { organization: 'acme' });
    const caught = await patch(admin, 'acme', { parent: 'other' });
    expect([caught.status, caught.body['code'], caught.body['field']]).toEqual([
      409,
      'ConflictError',
      'body.parent',
    ]);
    expect(caught.body['problems']).toEqual([
      'connections.mains.catchAll: acme is not msp, which owns the connection, nor below it',
    ]);
    await plane.ask(admin, 'PUT', '/connections/mains/catch-all', { organization: null });
    await plane.ask(admin, 'PUT', '/connections/mains/mappings/acme', { client: 12 });
    await make(admin, 'sub', { parent: 'acme' });
    await putTrigger('of-acme', 'acme', { overrides: { halo: { use: 'mapping' } } });
    await create(admin, 'of-sub', { organization: 'sub' });
    await putTrigger('by-name', 'acme', { connection: 'of-sub' });
    const log = () =>
      plane.store.pool.query(`select id from audit_log where action = 'organizations.change'`);
    const before = (await log()).rows.length;
    const lost = await patch(admin, 'sub', { parent: 'other' });
    expect([lost.status, lost.body['triggers']]).toEqual([409, ['by-name']]);
    expect(await plane.ask(admin, 'GET', '/organizations/sub')).toMatchObject({
      body: { organization: { parent: 'acme' } },
    });
    expect((await log()).rows).toHaveLength(before);
    await plane.store.db.delete(triggers);
    expect((await patch(admin, 'sub', { parent: 'other' })).status).toBe(200);
  });

  test('a connection goes nowhere where triggers would be left without any', async () => {
    await create(admin, 'mains');
    await putTrigger('by-default', 'msp', { type: 'new-ticket-record' });
    for (const [method, path, sent] of [
      ['DELETE', '/connections/mains?withMappings=true', undefined],
      ['PATCH', '/connections/mains', { organization: 'acme' }],
    ] as const) {
      const refused = await plane.ask(admin, method, path, sent);
      expect([refused.status, refused.body['triggers']]).toEqual([409, ['by-default']]);
    }
    expect((await shown('mains'))['organization']).toBe('msp');
  });

  test('what stands on one that is to be deleted is listed, and nothing is lost', async () => {
    const token = await plane.token('msp', 'admin');
    const remove = (slug: string, query = '', by = token) =>
      plane.ask(by, 'DELETE', `/organizations/${slug}${query}`);
    await make(token, 'leaving');
    await make(token, 'below', { parent: 'leaving' });
    await create(token, 'own', { organization: 'leaving' });
    await create(token, 'mains', { organization: 'msp' });
    await plane.ask(token, 'PUT', '/connections/mains/mappings/leaving', { client: 7 });
    await plane.ask(token, 'PUT', '/connections/mains/catch-all', { organization: 'leaving' });
    await plane.ask(token, 'PUT', '/organizations/leaving/variables/x', { type: 'text', value: 'y' });
    await putTrigger('its-own', 'leaving');
    const runFor = { owner: false, organizations: ['leaving'], tags: [], allClients: false };
    await putTrigger('for-it', 'msp', { runFor, runAs: 'client', overrides: { halo: { use: 'mapping' } } });
    const run = '7b1f0e0a-0000-4000-8000-00000000beef';
    await plane.store.pool.query(
      `insert into runs (id, workflow_id, workflow, owner, organization, overrides, started_by)
         values ($1, 'o/leaving/x', 'w', 'msp', 'leaving', '{}', 'cli')`,
      [run],
    );
    await plane.token('leaving', 'viewer');
    expect((await plane.ask(token, 'GET', '/organizations/leaving')).body['overview']).toEqual({
      children: 1,
      connections: [{ id: 'own', default: true }],
      mappings: [{ connection: 'mains', client: 7, contact: null, site: null, use: false }],
      overrides: [{ trigger: 'for-it', organization: 'msp', halo: { use: 'mapping' } }],
      variables: 1,
      retention: { days: 30, from: null },
    });
    const refused = await remove('leaving');
    expect([refused.status, refused.body['code']]).toEqual([409, 'ConflictError']);
    expect(refused.body).toMatchObject({
      organizations: ['below'],
      connections: ['own'],
      catchAll: ['mains'],
      triggers: ['for-it', 'its-own'],
      mappings: ['mains'],
      variables: ['x'],
      runs: [run],
    });
    expect(refused.body['detail']).toContain(`runs under way: ${run}`);
    await remove('below');
    await plane.store.db.delete(triggers);
    await plane.store.pool.query(`update runs set status = 'completed'`);
    await plane.ask(token, 'PUT', '/connections/mains/catch-all', { organization: null });
    await plane.ask(token, 'DELETE', '/connections/own');
    const kept = await remove('leaving', '?withVariables=true');
    expect([kept.status, Object.keys(kept.body)]).toEqual([409, expect.not.arrayContaining(['variables'])]);
    const before = await version();
    const done = await remove('leaving', '?withVariables=true&withMappings=true');
    expect(done).toMatchObject({ status: 200, body: { organization: { slug: 'leaving' } } });
    expect(done.body['tokens']).toHaveLength(1);
    expect(await version()).not.toEqual(before);
    expect((await remove('leaving')).status).toBe(404);
    const log = await plane.ask(token, 'GET', '/audit?limit=1');
    expect((log.body['entries'] as object[])[0]).toMatchObject({
      action: 'organizations.delete',
      object: 'organization leaving',
      before: { slug: 'leaving' },
    });
  });

  test('nobody deletes their own organization, one above, or one beside', async () => {
    const token = await plane.token('acme', 'admin');
    const remove = (slug: string, by = token) => plane.ask(by, 'DELETE', `/organizations/${slug}`);
    expect((await remove('acme')).body).toMatchObject({ status: 403, code: 'ForbiddenError' });
    for (const slug of ['msp', 'other', 'nobody']) expect((await remove(slug)).status).toBe(404);
    expect((await remove('acme', await plane.token('msp', 'editor'))).status).toBe(403);
    // A trigger of above is told as a number only.
    await make(token, 'team');
    const runFor = { owner: false, organizations: ['team'], tags: [], allClients: false };
    await putTrigger('secretly-named', 'msp', { runFor });
    const refused = await remove('team');
    expect([refused.status, refused.body['triggers']]).toEqual([409, []]);
    expect(refused.body['detail']).toContain('triggers: 1 that you cannot see');
    expect(JSON.stringify(refused)).not.toContain('secretly-named');
    await plane.store.db.delete(triggers);
    expect((await remove('team')).status).toBe(200);
  });
});

test('a slug or an id that is taken is refused in the same words, whoever has it', async () => {
  const msp = await plane.token('msp', 'admin');
  const marked = 'zq-marker';
  const { db } = plane.store;
  await db.insert(organizations).values([
    {
      slug: 'taken-theirs',
      name: marked,
      parent: 'other',
      tags: [marked],
      domain: `${marked}.example`,
      origin: 'manual',
    },
    { slug: 'taken-ours', name: 'Ours', parent: 'msp', origin: 'manual' },
  ]);
  await create(admin, 'taken-theirs', { organization: 'taken-theirs', tenant: marked, clientId: marked });
  await create(admin, 'taken-ours');
  const refusals = async (id: string): Promise<readonly Answer[]> => [
    await plane.ask(msp, 'POST', '/organizations', { slug: id, name: 'Mine' }),
    await plane.ask(msp, 'POST', '/organizations', { slug: id, name: 'Mine', parent: 'acme' }),
    await create(msp, id),
    await create(msp, id, { organization: 'acme' }),
  ];
  const [theirs, ours] = [await refusals('taken-theirs'), await refusals('taken-ours')];
  expect(theirs.map(({ status }) => status)).toEqual([409, 409, 409, 409]);
  expect(JSON.stringify(theirs)).not.toMatch(/zq-marker|other"|below other/);
  expect(JSON.stringify(theirs).replaceAll('taken-theirs', 'x')).toBe(
    JSON.stringify(ours).replaceAll('taken-ours', 'x'),
  );
});
