/** Names with a past: who had one may have it again, and nobody else gets what was done under it. */
import { applyFile, planFile } from '../../../configuration/apply/apply.ts';
import { fileOf } from '../../configuration/files.ts';
import { startConnectionPlane } from './connectionPlane.ts';
import type { ConnectionPlane } from './connectionPlane.ts';
import type { Answer } from './plane.ts';

let plane: ConnectionPlane;
let admin: string;
let msp: string;
let other: string;
beforeAll(async () => {
  plane = await startConnectionPlane();
  admin = plane.admin;
  [msp, other] = await Promise.all([plane.token('msp', 'admin'), plane.token('other', 'admin')]);
});
afterEach(async () => {
  await plane.clear();
  await plane.store.pool.query(
    `truncate runs, events, writes, audit_log, past_names cascade; delete from organizations where slug not in ('msp', 'other', 'acme')`,
  );
  await plane.store.pool.query('truncate past_names');
});
afterAll(() => plane.close());

const make = (token: string, slug: string, parent?: string | null): Promise<Answer> =>
  plane.ask(token, 'POST', '/organizations', {
    slug,
    name: slug,
    ...(parent === undefined ? {} : { parent }),
  });
const remove = (token: string, path: string): Promise<Answer> => plane.ask(token, 'DELETE', path);
const ranFor = (slug: string, trigger: string | null = null) =>
  plane.store.pool.query(
    `insert into runs (id, workflow_id, workflow, owner, organization, overrides, started_by, input, trigger, status)
       values (gen_random_uuid(), 'o/x', 'w', 'msp', $1, '{}', 'cli', '[{"patient":"Jane Roe"}]', $2, 'completed')`,
    [slug, trigger],
  );
const slugs = async () =>
  (await plane.store.pool.query<{ slug: string }>('select slug from organizations order by 1')).rows.map(
    ({ slug }) => slug,
  );

/** A file of the tree of the plane, and what is said beside. */
const file = (organizations: string, rest = '') =>
  fileOf(
    `organizations:\n  msp: { name: MSP }\n  other: { name: Other }\n  acme: { name: Acme, parent: msp }\n${organizations}${rest}`,
    { env: { S: 'secret' } },
  );

describe('the slug of an organization that is gone', () => {
  beforeEach(async () => {
    expect((await make(admin, 'contoso', 'msp')).status).toBe(201);
    await ranFor('contoso');
    expect((await remove(msp, '/organizations/contoso')).status).toBe(200);
  });

  test('goes to no other tree, whoever asks', async () => {
    for (const [token, parent] of [
      [other, undefined],
      [admin, 'other'],
      [admin, null],
    ] as const) {
      expect(await make(token, 'contoso', parent)).toMatchObject({
        status: 409,
        body: { code: 'ConflictError', errors: [{ field: 'body.slug' }] },
      });
    }
    expect(await slugs()).not.toContain('contoso');
  });

  test('goes to no other tree by a file', async () => {
    const theirs = file('  contoso: { name: Contoso, parent: other }\n');
    await expect(planFile(plane.store, theirs)).rejects.toThrow(
      'my.yaml:5:3: organizations.contoso: the slug contoso belonged to another organization whose records are still kept',
    );
    await expect(applyFile(plane.store, theirs)).rejects.toThrow('belonged to another organization');
    expect(await slugs()).not.toContain('contoso');
    await applyFile(plane.store, file('  contoso: { name: Contoso, parent: msp }\n'));
    expect(await slugs()).toContain('contoso');
  });

  test('goes to no client beside it', async () => {
    const acme = await plane.token('acme', 'admin');
    expect((await make(acme, 'contoso')).status).toBe(409);
  });

  test('goes to who had it, though it does not begin with the slug of the token', async () => {
    expect((await make(msp, 'contoso')).status).toBe(201);
    const runs = await plane.ask(msp, 'GET', '/runs?organization=contoso');
    expect(runs.body['runs']).toHaveLength(1);
  });

  test('is free again when nothing of it is left', async () => {
    await plane.store.pool.query('truncate runs, events, audit_log cascade');
    expect((await make(admin, 'contoso', 'other')).status).toBe(201);
  });
});

test('a whole branch that a file deletes is known with all that was above it', async () => {
  await applyFile(
    plane.store,
    file('  a: { name: A, parent: acme }\n  b: { name: B, parent: a }\n  c: { name: C, parent: b }\n'),
  );
  await applyFile(plane.store, file(''));
  const { rows } = await plane.store.pool.query('select name, holders from past_names order by 1');
  expect(rows).toEqual([
    { name: 'a', holders: ['msp', 'acme'] },
    { name: 'b', holders: ['msp', 'acme', 'a'] },
    { name: 'c', holders: ['msp', 'acme', 'a', 'b'] },
  ]);
});

test('an MSP that is gone is no client of another one', async () => {
  await make(admin, 'third', null);
  await ranFor('third');
  await remove(admin, '/organizations/third');
  expect((await make(admin, 'third', 'msp')).status).toBe(409);
  expect((await make(admin, 'third', null)).status).toBe(201);
});

describe('the id of a connection that is gone', () => {
  const wrote = (id: string) =>
    plane.store.pool.query(
      `insert into writes (call, connection, host, action, resource, effect, state, once, result)
         values ('c', $1, 'northwind.halopsa.com', 'tickets.create', '/Tickets', 'create', 'confirmed', 'k', '{"id":1}')`,
      [id],
    );

  test('goes to no other tree, and to who had it', async () => {
    expect((await plane.create(admin, 'mains')).status).toBe(201);
    await wrote('mains');
    expect((await remove(msp, '/connections/mains')).status).toBe(200);
    for (const token of [other, admin]) {
      expect(await plane.create(token, 'mains', { organization: 'other' })).toMatchObject({
        status: 409,
        body: { errors: [{ field: 'body.id' }] },
      });
    }
    const theirs =
      'connections:\n  mains: { organization: other, resourceServer: x.halopsa.com, clientId: c, clientSecret: "${S}" }\n';
    await expect(applyFile(plane.store, file('', theirs))).rejects.toThrow(
      'the id mains belonged to another connection',
    );
    expect((await plane.create(msp, 'mains')).status).toBe(201);
  });

  test('does not pass to another tree with what it has written, by the API or a file', async () => {
    await plane.create(admin, 'mains');
    const give = () => plane.ask(admin, 'PATCH', '/connections/mains', { organization: 'other' });
    expect((await give()).status).toBe(200);
    await plane.ask(admin, 'PATCH', '/connections/mains', { organization: 'msp' });
    await wrote('mains');
    expect(await give()).toMatchObject({
      status: 409,
      body: { errors: [{ field: 'body.organization' }] },
    });
    expect((await plane.ask(admin, 'PATCH', '/connections/mains', { organization: 'acme' })).status).toBe(
      200,
    );
    const theirs =
      'connections:\n  mains: { organization: other, resourceServer: x.halopsa.com, clientId: c, clientSecret: "${S}" }\n';
    await expect(applyFile(plane.store, file('', theirs))).rejects.toThrow(
      'connections.mains.organization: connection mains has records that the organizations above it there could then read',
    );
  });
});

describe('the id of a trigger that is gone', () => {
  const trigger = (owner: string) =>
    `triggers:\n  watch: { organization: ${owner}, type: always-pass, workflow: listAgents }\n`;

  test('goes to no other tree by a file', async () => {
    await applyFile(plane.store, file('', trigger('msp')));
    await plane.store.pool.query(
      `insert into events (trigger, key, status, source) values ('watch', 'manual/1', 'accepted', 'manual')`,
    );
    await applyFile(plane.store, file(''));
    await expect(applyFile(plane.store, file('', trigger('other')))).rejects.toThrow(
      'triggers.watch: the id watch belonged to another trigger',
    );
    await applyFile(plane.store, file('', trigger('acme')));
    await expect(applyFile(plane.store, file('', trigger('other')))).rejects.toThrow(
      'triggers.watch.organization: trigger watch has records',
    );
  });
});

test('an organization with runs does not move to another tree, nor does what is above one', async () => {
  await make(admin, 'sub', 'acme');
  await ranFor('sub');
  const move = (slug: string, parent: string | null) =>
    plane.ask(admin, 'PATCH', `/organizations/${slug}`, { parent });
  for (const slug of ['sub', 'acme']) {
    expect(await move(slug, 'other')).toMatchObject({
      status: 409,
      body: { errors: [{ field: 'body.parent' }] },
    });
  }
  expect((await move('sub', 'msp')).status).toBe(200);
  await make(admin, 'single', null);
  await ranFor('single');
  expect((await move('single', 'msp')).status).toBe(200);
  await move('single', null);
});

describe('a slug that a token with a root makes', () => {
  test('begins with a slug in its reach, and is refused in the same words whoever has it', async () => {
    await make(admin, 'theirs', 'other');
    const refusals = await Promise.all(
      ['theirs', 'nobody', 'mspx', 'other-x'].map((slug) => make(msp, slug)),
    );
    expect(new Set(refusals.map(({ status }) => status))).toEqual(new Set([409]));
    const [taken, free] = refusals;
    expect(JSON.stringify(taken).replaceAll('theirs', 'it')).toBe(
      JSON.stringify(free).replaceAll('nobody', 'it'),
    );
    expect((await make(msp, 'msp-contoso')).status).toBe(201);
    expect((await make(msp, 'acme-lab', 'acme')).status).toBe(201);
    const acme = await plane.token('acme', 'admin');
    expect((await make(acme, 'msp-lab')).status).toBe(409);
    expect((await make(acme, 'acme-plant')).status).toBe(201);
  });

  test('is any where the token is for the whole installation', async () => {
    expect((await make(admin, 'fabrikam', 'msp')).status).toBe(201);
  });
});
