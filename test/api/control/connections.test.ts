/** Connections over the API: secrets go in and never come out, nobody reaches more than is theirs. */
import { mappings } from '../../../store/schema/configuration.ts';
import { unseal } from '../../../store/seal.ts';
import { triggers } from '../../../store/schema/triggers.ts';
import { SECRET, startConnectionPlane } from './connectionPlane.ts';
import type { ConnectionPlane } from './connectionPlane.ts';
import type { Answer } from './plane.ts';

let plane: ConnectionPlane;
let admin: string;
beforeAll(async () => {
  plane = await startConnectionPlane();
  admin = plane.admin;
});
beforeEach(() => plane.clear());
afterAll(() => plane.close());

test.each([
  ['  HTTPS://Northwind.HaloPSA.com/api/ ', 'https://northwind.halopsa.com'],
  ['northwind.halopsa.com/auth', 'https://northwind.halopsa.com'],
])('a pasted address "%s" is stored as %s, which the reply shows', async (pasted, stored) => {
  const before = await plane.version();
  const made = await plane.create(admin, 'one', {
    resourceServer: pasted,
    authServer: 'northwind.halopsa.com',
  });
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
  expect(await plane.version()).not.toEqual(before);
});

test('the secret is sealed, and is in no reply, log or audit entry', async () => {
  const answers = [
    await plane.create(admin, 'one'),
    await plane.create(admin, 'one'),
    await plane.ask(admin, 'PATCH', '/connections/one', { clientSecret: `${SECRET}-2`, tenant: 'northwind' }),
    await plane.ask(admin, 'GET', '/connections'),
    await plane.ask(admin, 'GET', '/connections/one'),
    await plane.ask(admin, 'GET', '/audit'),
    await plane.create(admin, 'two', { clientSecret: [SECRET] }),
    await plane.create(admin, 'two', { resourceServer: `https://me:${SECRET}@northwind.halopsa.com` }),
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
    [{ authServer: 'http://auth.example.com:8080' }, 'body.authServer'],
    [{ clientSecret: '   ' }, 'body.clientSecret'],
  ] as const) {
    const refused = await plane.create(admin, 'bad', changes);
    expect([refused.status, refused.body['code'], refused.body['field']]).toEqual([
      400,
      'SchemaError',
      field,
    ]);
  }
  const unknown = await plane.create(admin, 'bad', { colour: 'red', rateLimit: { requests: 0 } });
  const fields = (unknown.body['errors'] as { field: string }[]).map((error) => error.field).toSorted();
  expect(fields).toEqual(['body.colour', 'body.rateLimit.requests']);
  expect((await plane.ask(admin, 'GET', '/connections')).body['connections']).toEqual([]);
  expect((await plane.create(admin, 'inside', { resourceServer: '10.0.0.1', onPremise: true })).status).toBe(
    201,
  );
});

test('an organization has one default, whatever is made, changed and deleted', async () => {
  const defaults = async (): Promise<unknown> => {
    const { body: found } = await plane.ask(admin, 'GET', '/connections?organization=msp');
    const all = found['connections'] as { id: string; default: boolean }[];
    return all.filter((one) => one.default).map(({ id }) => id);
  };
  await plane.create(admin, 'one');
  await plane.create(admin, 'two');
  expect(await defaults()).toEqual(['one']);
  await plane.create(admin, 'three', { default: true });
  expect(await defaults()).toEqual(['three']);
  await plane.ask(admin, 'PATCH', '/connections/two', { default: true });
  expect(await defaults()).toEqual(['two']);
  expect((await plane.ask(admin, 'PATCH', '/connections/two', { default: false })).status).toBe(409);
  expect((await plane.ask(admin, 'DELETE', '/connections/two')).status).toBe(409);
  expect((await plane.ask(admin, 'DELETE', '/connections/one')).status).toBe(200);
  expect((await plane.ask(admin, 'DELETE', '/connections/two')).status).toBe(200);
  expect(await defaults()).toEqual(['three']);
  await plane.create(admin, 'four', { organization: 'other' });
  await plane.ask(admin, 'PATCH', '/connections/four', { organization: 'msp' });
  expect(await defaults()).toEqual(['three']);
});

test('one that is in use is not deleted, and the refusal says by what', async () => {
  await plane.create(admin, 'one');
  await plane.putTrigger('by-name', 'msp', { connection: 'one' });
  await plane.putTrigger('by-override', 'msp', {
    overrides: { halo: { use: 'connection', connection: 'one' } },
  });
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

test('a client deletes a connection that Halo never accepted, also one that a trigger above runs with', async () => {
  const acme = await plane.token('acme', 'admin');
  const make = () => plane.create(acme, 'mistaken', { organization: 'acme' });
  const runFor = { owner: false, organizations: [], tags: [], allClients: true };
  await plane.putTrigger('for-clients', 'msp', { runAs: 'client', runFor });
  await make();
  expect((await plane.ask(acme, 'DELETE', '/connections/mistaken')).status).toBe(200);

  await make();
  await plane.store.pool.query('update connections set is_accepted = true');
  const refused = await plane.ask(acme, 'DELETE', '/connections/mistaken');
  expect([refused.status, refused.body['detail']]).toEqual([
    409,
    'deleting connection mistaken would break what is there: 1 trigger of organizations that you cannot see. Ask an admin ' +
      'above you to change what you cannot see, or disable the connection with "enabled": false ' +
      '(`haloflow connections disable mistaken`): then calls on it fail',
  ]);
  expect((await plane.ask(acme, 'PATCH', '/connections/mistaken', { enabled: false })).status).toBe(200);
  const seen = await plane.ask(admin, 'DELETE', '/connections/mistaken');
  expect(seen.body).toMatchObject({ status: 409, triggers: ['for-clients'] });
  expect(seen.body['detail']).toMatch(/Change these first$/);

  // One that may be wrong holds what its own triggers, which can be seen, stand on.
  await plane.store.pool.query('update connections set is_accepted = false');
  expect((await plane.ask(admin, 'DELETE', '/connections/mistaken')).status).toBe(409);
  expect((await plane.ask(acme, 'DELETE', '/connections/mistaken')).status).toBe(200);
});

test('an unknown id is answered with the nearest that is within reach, by each route', async () => {
  await plane.create(admin, 'northwind-halo');
  const other = await plane.token('other', 'admin');
  for (const [method, path] of [
    ['POST', '/connections/nortwind-halo/check'],
    ['GET', '/connections/nortwind-halo'],
    ['DELETE', '/connections/nortwind-halo'],
  ] as const) {
    expect((await plane.ask(admin, method, path)).body['detail']).toBe(
      'there is no connection nortwind-halo. Did you mean "northwind-halo"? `haloflow connections list` shows all of them',
    );
    expect((await plane.ask(other, method, path)).body['detail']).not.toContain('northwind-halo');
  }
});

test('nobody sees, changes, checks or makes a connection beside or above their organization', async () => {
  await plane.create(admin, 'mains');
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
    expect((await plane.create(token, 'mine', { organization: 'msp' })).status).toBe(404);
    const own = await plane.create(token, `of-${organization}`, { organization });
    expect(own.status).toBe(201);
    const moved = await plane.ask(token, 'PATCH', `/connections/of-${organization}`, { organization: 'msp' });
    expect(moved.status).toBe(404);
  }
  expect(plane.checked).toEqual([]);
  expect((await plane.shown('mains'))['tenant']).toBeNull();
});

const OWN_NETWORK: readonly (readonly [string, object])[] = [
  ['onPremise', { onPremise: true }],
  ['http', { resourceServer: 'http://northwind.halopsa.com:8080' }],
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
    const refused = await plane.create(client, 'inside', { organization: 'acme', ...changes });
    expect([refused.status, refused.body['code']]).toEqual([403, 'ForbiddenError']);
    expect(refused.body['detail']).toContain('ask an admin of the MSP');
    expect((await plane.create(client, 'hosted', { organization: 'acme' })).status).toBe(201);
    const before = await plane.shown('hosted');
    const changed = await plane.ask(client, 'PATCH', '/connections/hosted', changes);
    expect([changed.status, changed.body['code']]).toEqual([403, 'ForbiddenError']);
    expect(await plane.shown('hosted')).toEqual(before);
    expect((await plane.ask(admin, 'GET', '/connections/inside')).status).toBe(404);
  },
);

test('an admin of an MSP leads connections of clients into its network, who change all but the addresses', async () => {
  const msp = await plane.token('msp', 'admin');
  const inside = { organization: 'acme', resourceServer: 'http://10.0.0.1', onPremise: true };
  expect((await plane.create(msp, 'one', inside)).status).toBe(201);
  expect((await plane.create(msp, 'local', { resourceServer: 'http://localhost:8080' })).status).toBe(201);
  const client = await plane.token('acme', 'admin');
  const change = (changes: object) => plane.ask(client, 'PATCH', '/connections/one', changes);
  expect((await change({ clientSecret: 'new', tenant: 'x', onPremise: true })).status).toBe(200);
  expect((await change({ resourceServer: 'http://10.0.0.2' })).status).toBe(403);
  expect((await change({ authServer: 'http://10.0.0.1/auth' })).status).toBe(403);
  const hosted = {
    resourceServer: 'northwind.halopsa.com',
    onPremise: false,
    clientSecret: 'of the hosted one',
  };
  expect((await change(hosted)).status).toBe(200);
  expect((await change({ onPremise: true })).status).toBe(403);
});

test('the secret of a connection goes to no server that a client names without knowing it', async () => {
  const msp = await plane.token('msp', 'admin');
  await plane.create(msp, 'one', { organization: 'acme' });
  const client = await plane.token('acme', 'admin');
  const change = (changes: object, token = client): Promise<Answer> =>
    plane.ask(token, 'PATCH', '/connections/one', changes);
  for (const field of ['resourceServer', 'authServer']) {
    const refused = await change({ [field]: 'thief.example.com' });
    expect([refused.status, refused.body['field']]).toEqual([403, `body.${field}`]);
    expect(refused.body['detail']).toContain('give clientSecret with it');
  }
  expect((await plane.shown('one'))['resourceServer']).toBe('https://northwind.halopsa.com');
  expect((await change({ resourceServer: 'https://northwind.halopsa.com/api/' })).status).toBe(200);
  expect((await change({ resourceServer: 'mine.example.com', clientSecret: 'my own' })).status).toBe(200);
  expect((await change({ resourceServer: 'theirs.example.com' }, msp)).status).toBe(200);
});

test('one is disabled and enabled, also while triggers use it, and the log tells it', async () => {
  await plane.create(admin, 'one');
  await plane.putTrigger('watch', 'msp', { type: 'new-ticket-record' });
  const before = await plane.version();
  const switched = await plane.ask(admin, 'PATCH', '/connections/one', { enabled: false });
  expect(switched).toMatchObject({ status: 200, body: { connection: { id: 'one', enabled: false } } });
  expect(await plane.version()).not.toEqual(before);
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
  await plane.putTrigger('hook', 'msp', { type: 'webhook' });
  const connectionOf = async (id: string): Promise<unknown> =>
    (await plane.ask(admin, 'GET', `/triggers/${id}`)).body['trigger'];
  expect(await connectionOf('hook')).toMatchObject({ connection: 'one', connectionEnabled: false });
  await plane.ask(admin, 'PATCH', '/connections/one', { enabled: true });
  expect(await plane.shown('one')).toMatchObject({ enabled: true });
  expect(await connectionOf('hook')).toMatchObject({ connection: 'one', connectionEnabled: true });
  await plane.create(admin, 'two', { enabled: false });
  expect(await plane.shown('two')).toMatchObject({ enabled: false });
});

test('what Halo listed is forgotten when its connection is changed', async () => {
  await plane.create(admin, 'one');
  await plane.create(admin, 'two');
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
  await plane.create(admin, 'one');
  await plane.create(admin, 'two', { organization: 'acme', resourceServer: 'two.halopsa.com' });
  await plane.create(admin, 'three', { organization: 'other', resourceServer: 'three.halopsa.com' });
  await map('one', 12);
  const point = (host: string, token = admin): Promise<Answer> =>
    plane.ask(token, 'PATCH', '/connections/one', { resourceServer: host });
  const refused = await point('two.halopsa.com');
  expect([refused.status, refused.body['field']]).toEqual([409, 'body.resourceServer']);
  expect(refused.body['detail']).toContain('this is the Halo that two asks now');
  expect((await plane.shown('one'))['resourceServer']).toBe('https://northwind.halopsa.com');
  // What others connect to is nothing that shows.
  const msp = await plane.token('msp', 'admin');
  expect((await point('three.halopsa.com', msp)).status).toBe(200);
  expect((await point('new.halopsa.com')).status).toBe(200);
});

test('an operator may have a connection looked at, a viewer may not', async () => {
  await plane.create(admin, 'one');
  const operator = await plane.ask(await plane.token('msp', 'operator'), 'POST', '/connections/one/check');
  expect([operator.status, operator.body]).toEqual([200, { report: { ok: true } }]);
  const viewer = await plane.ask(await plane.token('msp', 'viewer'), 'POST', '/connections/one/check');
  expect(viewer.status).toBe(403);
  expect(plane.checked).toEqual(['one']);
});

test('lists are paged by cursor, and what concerns an organization is found', async () => {
  for (const id of ['a', 'b', 'c'])
    await plane.create(admin, id, { organization: id === 'c' ? 'other' : 'msp' });
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
