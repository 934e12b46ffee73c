/** Organizations over the API: made, moved and deleted, where nothing stands on them and nobody else is told of them. */
import { organizations } from '../../../store/schema/configuration.ts';
import { triggers } from '../../../store/schema/triggers.ts';
import { startConnectionPlane } from './connectionPlane.ts';
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

const patch = (token: string, slug: string, changes: object) =>
  plane.ask(token, 'PATCH', `/organizations/${slug}`, changes);
const make = (token: string, slug: string, changes: object = {}) =>
  plane.ask(token, 'POST', '/organizations', { slug, name: slug.toUpperCase(), ...changes });

test('organizations are made below who makes them, changed, searched, and told in the audit log', async () => {
  const token = await plane.token('msp', 'admin');
  const made = await make(token, 'msp-umbrella', { tags: ['gold'], domain: 'umbrella.example' });
  expect([made.status, made.body['organization']]).toEqual([
    201,
    expect.objectContaining({ slug: 'msp-umbrella', parent: 'msp', tags: ['gold'], enabled: true }),
  ]);
  expect((await make(token, 'msp-umbrella')).status).toBe(409);
  expect((await make(token, 'msp-elsewhere', { parent: 'other' })).status).toBe(404);
  const changed = await patch(token, 'msp-umbrella', { name: 'Umbrella', retentionDays: 7 });
  expect(changed.body['organization']).toMatchObject({
    name: 'Umbrella',
    retentionDays: 7,
    tags: ['gold'],
  });
  const found = await plane.ask(token, 'GET', '/organizations?search=MBREL');
  expect((found.body['organizations'] as { slug: string }[]).map(({ slug }) => slug)).toEqual([
    'msp-umbrella',
  ]);
  const log = await plane.ask(token, 'GET', '/audit?limit=1');
  expect((log.body['entries'] as object[])[0]).toMatchObject({
    action: 'organizations.change',
    before: { name: 'MSP-UMBRELLA' },
    after: { name: 'Umbrella' },
  });
});

test.each(['organizations/acme', 'connections/msp-halo'])(
  'a change of nothing leaves %s as it was, also whose it is',
  async (path) => {
    await plane.create(admin, 'msp-halo');
    await plane.store.pool.query(
      `update organizations set origin = 'file'; update connections set origin = 'file'`,
    );
    const before = await plane.ask(admin, 'GET', `/${path}`);
    const log = await plane.ask(admin, 'GET', '/audit');
    expect((await plane.ask(admin, 'PATCH', `/${path}`, {})).status).toBe(200);
    expect(before.body).toMatchObject({ [path.split('/')[0]!.slice(0, -1)]: { origin: 'file' } });
    expect(await plane.ask(admin, 'GET', `/${path}`)).toEqual(before);
    expect(await plane.ask(admin, 'GET', '/audit')).toEqual(log);
  },
);

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
  await plane.putTrigger('for-sub', 'msp', { runFor });
  const refused = await patch(admin, 'acme', { parent: 'other' });
  expect([refused.status, refused.body['triggers']]).toEqual([409, ['for-sub']]);
  expect((await patch(admin, 'acme', { parent: 'beside' })).status).toBe(200);
  await plane.store.db.delete(triggers);
  expect((await patch(admin, 'acme', { parent: 'other' })).status).toBe(200);
  expect((await plane.ask(token, 'GET', '/organizations/sub')).status).toBe(404);
  await patch(admin, 'acme', { parent: 'msp' });
});

test('are not moved away from what they stand for, nor where others lose what they use', async () => {
  await plane.create(admin, 'mains');
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
  await plane.putTrigger('of-acme', 'acme', { overrides: { halo: { use: 'mapping' } } });
  await plane.create(admin, 'of-sub', { organization: 'sub' });
  await plane.putTrigger('by-name', 'acme', { connection: 'of-sub' });
  const log = () => plane.store.pool.query(`select id from audit_log where action = 'organizations.change'`);
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
  await plane.create(admin, 'mains');
  await plane.putTrigger('by-default', 'msp', { type: 'new-ticket-record' });
  for (const [method, path, sent] of [
    ['DELETE', '/connections/mains?withMappings=true', undefined],
    ['PATCH', '/connections/mains', { organization: 'acme' }],
  ] as const) {
    const refused = await plane.ask(admin, method, path, sent);
    expect([refused.status, refused.body['triggers']]).toEqual([409, ['by-default']]);
  }
  expect((await plane.shown('mains'))['organization']).toBe('msp');
});

test('what stands on one that is to be deleted is listed, and nothing is lost', async () => {
  const token = await plane.token('msp', 'admin');
  const remove = (slug: string, query = '', by = token) =>
    plane.ask(by, 'DELETE', `/organizations/${slug}${query}`);
  await make(admin, 'leaving', { parent: 'msp' });
  await make(admin, 'below', { parent: 'leaving' });
  await plane.create(token, 'own', { organization: 'leaving' });
  await plane.create(token, 'mains', { organization: 'msp' });
  await plane.ask(token, 'PUT', '/connections/mains/mappings/leaving', { client: 7 });
  await plane.ask(token, 'PUT', '/connections/mains/catch-all', { organization: 'leaving' });
  await plane.ask(token, 'PUT', '/organizations/leaving/variables/x', { type: 'text', value: 'y' });
  await plane.putTrigger('its-own', 'leaving');
  const runFor = { owner: false, organizations: ['leaving'], tags: [], allClients: false };
  await plane.putTrigger('for-it', 'msp', {
    runFor,
    runAs: 'client',
    overrides: { halo: { use: 'mapping' } },
  });
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
  const before = await plane.version();
  const done = await remove('leaving', '?withVariables=true&withMappings=true');
  expect(done).toMatchObject({ status: 200, body: { organization: { slug: 'leaving' } } });
  expect(done.body['tokens']).toHaveLength(1);
  expect(await plane.version()).not.toEqual(before);
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
  await make(token, 'acme-team');
  const runFor = { owner: false, organizations: ['acme-team'], tags: [], allClients: false };
  await plane.putTrigger('secretly-named', 'msp', { runFor });
  const refused = await remove('acme-team');
  expect([refused.status, refused.body['triggers']]).toEqual([409, []]);
  expect(refused.body['detail']).toContain('triggers: 1 that you cannot see');
  expect(JSON.stringify(refused)).not.toContain('secretly-named');
  await plane.store.db.delete(triggers);
  expect((await remove('acme-team')).status).toBe(200);
});

test('what is switched off from above is not switched on by its own token', async () => {
  const own = await plane.token('acme', 'admin');
  const enable = (token: string, enabled: boolean) =>
    plane.ask(token, 'PATCH', '/organizations/acme', { enabled });
  expect((await enable(own, true)).status).toBe(200);
  expect((await enable(await plane.token('msp', 'admin'), false)).status).toBe(200);
  const refused = await enable(own, true);
  expect([refused.status, refused.body['errors']]).toMatchObject([403, [{ field: 'body.enabled' }]]);
  expect((await plane.ask(own, 'PATCH', '/organizations/acme', { name: 'Acme Ltd' })).status).toBe(200);
  expect((await enable(await plane.token('msp', 'admin'), true)).status).toBe(200);
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
  await plane.create(admin, 'taken-theirs', {
    organization: 'taken-theirs',
    tenant: marked,
    clientId: marked,
  });
  await plane.create(admin, 'taken-ours');
  const refusals = async (id: string): Promise<readonly Answer[]> => [
    await plane.ask(msp, 'POST', '/organizations', { slug: id, name: 'Mine' }),
    await plane.ask(msp, 'POST', '/organizations', { slug: id, name: 'Mine', parent: 'acme' }),
    await plane.create(msp, id),
    await plane.create(msp, id, { organization: 'acme' }),
  ];
  const [theirs, ours] = [await refusals('taken-theirs'), await refusals('taken-ours')];
  expect(theirs.map(({ status }) => status)).toEqual([409, 409, 409, 409]);
  expect(JSON.stringify(theirs)).not.toMatch(/zq-marker|other"|below other/);
  expect(JSON.stringify(theirs).replaceAll('taken-theirs', 'x')).toBe(
    JSON.stringify(ours).replaceAll('taken-ours', 'x'),
  );
});
