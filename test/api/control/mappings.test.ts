/** Clients of a Halo mapped to organizations over the API, on the sandbox's tenants. */
import { readConfiguration } from '../../../organizations/configuration.ts';
import type { Control } from '../../support/sandbox.ts';
import { startMappingPlane } from './mappingPlane.ts';
import type { MappingPlane } from './mappingPlane.ts';
import type { Answer } from './plane.ts';

let plane: MappingPlane;
let northwind: Control;
let editor: string;

beforeAll(async () => {
  plane = await startMappingPlane();
  ({ northwind } = plane);
  editor = await plane.token('msp', 'editor');
});
afterAll(() => plane.close());
beforeEach(() => plane.clear());

const at = '/connections/halo/mappings';
const ask = (method: string, path: string, body?: unknown): Promise<Answer> =>
  plane.ask(editor, method, path, body);
const rows = async (): Promise<readonly unknown[]> =>
  (await readConfiguration(plane.store)).mappings.map(({ organization, client }) => [organization, client]);
const version = async (): Promise<number> => (await readConfiguration(plane.store)).version;
interface Told {
  readonly action: string;
  readonly object: string;
  readonly actor: string;
}
const log = async (): Promise<readonly Told[]> =>
  (await plane.store.pool.query<Told>('select action, object, actor from audit_log order by id')).rows;

test('suggestions come with a score and reasons, and the exact ones are mapped in one go', async () => {
  const seen = await ask('GET', `${at}/suggestions?limit=200`);
  expect(seen.status).toBe(200);
  expect(seen.body['suggestions']).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ clientName: 'Acme', organization: 'acme', score: 1, reasons: ['same name'] }),
      expect.objectContaining({
        clientName: 'Pinecrest Law',
        organization: 'pinecrest-law-llp',
        score: 0.97,
        exact: true,
      }),
      expect.objectContaining({
        clientName: 'Kestrel Aviation Parts',
        organization: 'kestrel-aviation-part',
        exact: false,
      }),
    ]),
  );
  expect(seen.body['acceptable']).toEqual({ exact: 4, above: 5 });

  const before = await version();
  const planned = await ask('POST', `${at}/accept`, { exact: true, plan: true });
  expect([planned.body['batch'], await rows(), await version()]).toEqual([null, [], before]);
  const exact = await ask('POST', `${at}/accept`, { exact: true });
  expect(exact.body['mappings']).toEqual(planned.body['mappings']);
  expect(await rows()).toEqual([
    ['acme', 12],
    ['bluefin-shipping', 20],
    ['globex', 13],
    ['pinecrest-law-llp', 16],
  ]);
  expect(await version()).toBe(before + 1);

  const above = await ask('POST', `${at}/accept`, { above: 0.9 });
  expect(above.body['mappings']).toEqual([{ organization: 'kestrel-aviation-part', client: 21 }]);
  expect(await log()).toHaveLength(5);

  const undone = await ask('POST', `${at}/undo`, {});
  expect(undone.body).toEqual({
    batch: above.body['batch'],
    mappings: [{ organization: 'kestrel-aviation-part', client: 21 }],
  });
  expect((await ask('PUT', `${at}/acme`, { client: 12, site: 3 })).status).toBe(200);
  expect((await ask('POST', `${at}/undo`, { batch: exact.body['batch'] })).status).toBe(200);
  expect(await rows()).toEqual([['acme', 12]]);
  expect((await ask('POST', `${at}/undo`, {})).status).toBe(404);
});

test('two of the same name are left to a person', async () => {
  const twin = await northwind.add('Client', { name: 'Globex Ltd' });
  const rest = await northwind.add('Client', { name: 'Globex GmbH' });
  try {
    await northwind.add('Client', { id: 13, inactive: true });
    const done = await ask('POST', `${at}/accept`, { exact: true, refresh: true });
    const tied = done.body['tied'] as readonly { client: number }[];
    expect(tied.map(({ client }) => client)).toEqual([rest['id'], twin['id']]);
    expect(await rows()).not.toContainEqual(['globex', expect.anything()]);
    const one = await ask('POST', `${at}/accept`, { pair: { organization: 'globex', client: twin['id'] } });
    expect(one.status).toBe(200);
    expect(await rows()).toContainEqual(['globex', twin['id']]);
    const again = await ask('POST', `${at}/accept`, { pair: { organization: 'globex', client: 13 } });
    expect([again.status, again.body['code']]).toEqual([409, 'ConflictError']);
    const taken = await ask('POST', `${at}/accept`, {
      pair: { organization: 'nobody-known', client: twin['id'] },
    });
    expect([taken.status, String(taken.body['detail'])]).toEqual([409, expect.stringContaining('is globex')]);
  } finally {
    await northwind.reset();
    await ask('GET', `${at}?refresh=true`);
  }
});

test('clients are read once in a quarter of an hour, and again when somebody says so', async () => {
  await northwind.clearRequests();
  await ask('GET', at);
  await ask('GET', `${at}/suggestions`);
  expect(await northwind.requests()).toEqual([]);
  await ask('GET', `${at}?refresh=true`);
  expect(await northwind.requests()).not.toEqual([]);
  await northwind.clearRequests();
  await plane.store.pool.query(`update halo_options set fetched_at = now() - interval '16 minutes'`);
  await ask('GET', at);
  expect(await northwind.requests()).not.toEqual([]);
});

test('domains and websites are learnt of clients one by one, and kept', async () => {
  const { pool } = plane.store;
  await pool.query(`update organizations set domain = 'lumen-bakery.example' where slug = 'nobody-known'`);
  const of = async (query: string): Promise<unknown> => {
    const { body } = await ask('GET', `${at}/suggestions?limit=200${query}`);
    const all = body['suggestions'] as readonly { organization: string }[];
    return all.filter(({ organization }) => organization === 'nobody-known');
  };
  expect(await of('')).toEqual([]);
  await northwind.clearRequests();
  const found = await of('&details=true');
  expect(found).toMatchObject([
    { clientName: 'Lumen Bakery', score: 0.9, reasons: ['same website lumen-bakery.example'] },
  ]);
  const asked = (await northwind.requests()).length;
  expect(await of('&details=true')).toEqual(found);
  expect(await northwind.requests()).toHaveLength(asked);
  expect(await of('&refresh=true')).toEqual(found);
  await pool.query('update organizations set domain = null');
});

test('the list has every client in its state, in pages, with counts', async () => {
  await ask('PUT', `${at}/acme`, { client: 12, contact: 5, site: 7, use: true });
  // As when Halo loses a client that was mapped.
  await plane.store.pool.query(
    `insert into mappings (connection, organization, client, origin) values ('halo', 'globex', 99999, 'manual')`,
  );
  await ask('PUT', `${at}/ignored/10`, { reason: 'nobody in particular' });
  const all = await ask('GET', `${at}?limit=200`);
  const counts = all.body['counts'] as Readonly<Record<string, number>>;
  expect(counts).toMatchObject({ mapped: 2, ignored: 1 });
  expect((all.body['clients'] as unknown[]).length).toBe(counts['all']);
  const mapped = await ask('GET', `${at}?state=mapped`);
  expect(mapped.body['clients']).toMatchObject([
    { client: 12, name: 'Acme', organization: 'acme', contact: 5, site: 7, use: true, missing: false },
    { client: 99_999, name: 'client 99999', organization: 'globex', missing: true },
  ]);
  const ignored = await ask('GET', `${at}?state=ignored`);
  expect(ignored.body['clients']).toMatchObject([{ client: 10, reason: 'nobody in particular' }]);
  const found = await ask('GET', `${at}?search=aviation`);
  expect(found.body['clients']).toMatchObject([{ client: 21, state: 'unmapped', organization: null }]);

  const paged: unknown[] = [];
  let cursor = '';
  for (let pages = 0; pages < 20; pages++) {
    const page = await ask('GET', `${at}?limit=3${cursor}`);
    paged.push(...(page.body['clients'] as unknown[]));
    if (page.body['next'] === null) break;
    cursor = `&cursor=${page.body['next'] as string}`;
  }
  expect(paged).toEqual(all.body['clients']);
});

test('single changes: what is left out stays, another client begins anew', async () => {
  await ask('PUT', `${at}/acme`, { client: 12, contact: 5, site: 7 });
  const kept = await ask('PUT', `${at}/acme`, { client: 12, contact: null });
  expect(kept.body['mapping']).toMatchObject({ client: 12, contact: null, site: 7, origin: 'manual' });
  const before = await version();
  expect((await ask('PUT', `${at}/acme`, { client: 12 })).body['changed']).toBe(false);
  expect(await version()).toBe(before);
  const moved = await ask('PUT', `${at}/acme`, { client: 14 });
  expect(moved.body['mapping']).toMatchObject({ client: 14, contact: null, site: null });
  expect((await ask('PUT', `${at}/globex`, { client: 14 })).status).toBe(409);
  expect((await ask('PUT', `${at}/ignored/14`, {})).status).toBe(409);
  expect((await ask('DELETE', `${at}/acme`)).status).toBe(200);
  expect((await ask('DELETE', `${at}/acme`)).status).toBe(404);
  expect((await ask('PUT', `${at}/ignored/14`, {})).status).toBe(200);
  const { body } = await ask('POST', `${at}/accept`, { pair: { organization: 'acme', client: 14 } });
  expect(body['code']).toBe('ConflictError');
  expect((await ask('DELETE', `${at}/ignored/14`)).status).toBe(200);
  expect((await ask('DELETE', `${at}/ignored/14`)).status).toBe(404);
  expect((await log()).map(({ action }) => action)).toEqual([
    'mappings.set',
    'mappings.set',
    'mappings.set',
    'mappings.remove',
    'mappings.ignore',
    'mappings.unignore',
  ]);
});

test('clients, contacts and sites are named, too', async () => {
  const [site] = await plane.northwind.records('Site', { client_id: 12 });
  const named = { client: { name: 'acme' }, site: { name: String(site?.['name']) }, contact: null };
  const { status, body } = await ask('PUT', `${at}/acme`, named);
  expect([status, body['mapping']]).toMatchObject([200, { client: 12, contact: null, site: site?.['id'] }]);
  const wrong = await ask('PUT', `${at}/acme`, { client: 12, contact: { name: 'Nobody Atall' } });
  expect([wrong.status, wrong.body]).toMatchObject([
    422,
    { code: 'ConfigurationError', field: 'body.contact' },
  ]);
  expect(String(wrong.body['detail'])).toContain(
    'the Halo of halo has no contact of client 12 "Nobody Atall"',
  );
  const pair = { organization: 'globex', client: { name: 'Globx' } };
  const near = await ask('POST', `${at}/accept`, { pair });
  expect([near.status, String(near.body['detail'])]).toEqual([
    422,
    expect.stringContaining('Did you mean "Globex"?'),
  ]);
  const asked = { pair: { ...pair, client: { name: 'Globex' } }, plan: true };
  expect((await ask('POST', `${at}/accept`, asked)).body['mappings']).toEqual([
    { organization: 'globex', client: 13 },
  ]);
  for (const client of [{}, { name: 1 }, { name: 'x', id: 1 }, 'acme', 1.5]) {
    expect((await ask('PUT', `${at}/acme`, { client })).status).toBe(400);
  }
  const theirs = await plane.ask(await plane.token('other', 'admin'), 'PUT', `${at}/other`, named);
  expect(theirs.status).toBe(404);
});

test('nobody maps beyond what is theirs, and learns of nothing there', async () => {
  const acme = await plane.token('acme', 'admin');
  for (const path of [at, '/connections/their-halo/mappings', '/connections/none-such/mappings']) {
    const answer = await plane.ask(path === at ? acme : editor, 'GET', path);
    expect([answer.status, answer.body['code']]).toEqual([404, 'NotFoundError']);
  }
  const theirs = await ask('PUT', `${at}/other`, { client: 12 });
  const unknown = await ask('PUT', `${at}/whoever`, { client: 12 });
  expect([theirs.status, String(theirs.body['detail']).replace('other', 'whoever')]).toEqual([
    404,
    unknown.body['detail'],
  ]);
  expect((await ask('PUT', '/connections/halo/catch-all', { organization: 'other' })).status).toBe(404);
  const pair = await ask('POST', `${at}/accept`, { pair: { organization: 'other', client: 12 } });
  expect(pair.status).toBe(404);

  // Mapped by somebody who may do so.
  const all = await plane.token(null, 'editor');
  expect((await plane.ask(all, 'PUT', `${at}/other`, { client: 12 })).status).toBe(200);
  const seen = await ask('GET', `${at}?state=mapped`);
  expect(seen.body['clients']).toMatchObject([{ client: 12, organization: null, organizationName: null }]);
  const refused = await ask('PUT', `${at}/acme`, { client: 12 });
  expect(JSON.stringify(refused.body)).not.toMatch(/\bother\b/);
  expect((await ask('DELETE', `${at}/other`)).status).toBe(404);
});

test('a client is ignored by its name, too', async () => {
  const path = (client: string): string => `${at}/ignored/${encodeURIComponent(client)}`;
  const { body } = await ask('GET', `${at}?search=14`);
  const [{ name }] = body['clients'] as [{ name: string }];
  expect((await ask('PUT', path(`name:${name}`), { reason: 'ours' })).body).toEqual({
    client: 14,
    reason: 'ours',
  });
  expect((await ask('DELETE', path(name.toUpperCase()))).body).toEqual({
    client: 14,
    reason: 'ours',
  });
  for (const client of [`name:${name}x`, 'name:', 'name: ', '0', '1.5', '2147483648', '99999999999']) {
    const refused = await ask('PUT', path(client), {});
    expect([client, refused.body['field']]).toEqual([client, 'params.client']);
    expect(refused.status).toBe(client === `name:${name}x` ? 422 : 400);
  }
});

test('a client that Halo does not have is not mapped, and the answer names it', async () => {
  const before = await version();
  for (const [method, path, body] of [
    ['PUT', `${at}/acme`, { client: 424_242 }],
    ['POST', `${at}/accept`, { pair: { organization: 'acme', client: 424_242 } }],
  ] as const) {
    const refused = await ask(method, path, body);
    expect([refused.status, refused.body['code']]).toEqual([404, 'NotFoundError']);
    expect(refused.body['detail']).toContain('has no client 424242');
  }
  expect([await rows(), await version()]).toEqual([[], before]);
});

test('whatever a client is refused for, its field is named', async () => {
  await ask('PUT', `${at}/globex`, { client: 13 });
  await ask('PUT', `${at}/ignored/14`, {});
  for (const [client, status] of [
    [424_242, 404],
    [13, 409],
    [{ name: 'Globex' }, 409],
    [{ name: 'Nobody Atall' }, 422],
    [0, 400],
    ['acme', 400],
  ] as const) {
    const set = await ask('PUT', `${at}/acme`, { client });
    const accepted = await ask('POST', `${at}/accept`, { pair: { organization: 'acme', client } });
    for (const [answer, field] of [
      [set, 'body.client'],
      [accepted, 'body.pair.client'],
    ] as const) {
      expect([answer.status, answer.body['errors']]).toEqual([
        status,
        expect.arrayContaining([expect.objectContaining({ field })]),
      ]);
    }
  }
  const ignored = await ask('POST', `${at}/accept`, { pair: { organization: 'acme', client: 14 } });
  expect([ignored.status, ignored.body['field']]).toEqual([409, 'body.pair.client']);
  await ask('DELETE', `${at}/ignored/14`);
});

test('contact and site that are of another client, or nobody, are told and taken', async () => {
  const [contact] = await northwind.records('Users', { client_id: 13 });
  const set = await ask('PUT', `${at}/acme`, { client: 12, contact: contact?.['id'], site: 424_242 });
  expect(set.status).toBe(200);
  expect(set.body['warning']).toContain(`contact ${String(contact?.['id'])} is of client 13, and not of 12`);
  expect(set.body['warning']).toContain('no site 424242');
  const [own] = await northwind.records('Users', { client_id: 12 });
  const corrected = await ask('PUT', `${at}/acme`, { client: 12, contact: own?.['id'] });
  expect(corrected.body).not.toHaveProperty('warning');
});

test('where Halo cannot be asked, a mapping is taken with a warning', async () => {
  await plane.store.pool.query('delete from halo_options');
  await northwind.fault({ kind: 'status', status: 403, match: { path: '/Client*' }, times: 9 });
  try {
    const set = await ask('PUT', `${at}/acme`, { client: 424_242 });
    expect([set.status, await rows()]).toEqual([200, [['acme', 424_242]]]);
    expect(set.body['warning']).toMatch(/could not be asked.*403/);
  } finally {
    await northwind.clearFaults();
  }
});

test('a catch-all organization is set and taken away', async () => {
  const path = '/connections/halo/catch-all';
  expect((await ask('PUT', path, { organization: 'acme' })).body).toEqual({
    catchAll: 'acme',
    changed: true,
  });
  expect((await ask('GET', at)).body['catchAll']).toBe('acme');
  expect((await ask('PUT', path, { organization: 'acme' })).body['changed']).toBe(false);
  expect((await ask('PUT', path, { organization: null })).body).toEqual({ catchAll: null, changed: true });
});

test.each([
  [{}, 'body'],
  [{ exact: true, above: 0.9 }, 'body'],
  [{ above: 2 }, 'body.above'],
  [{ pair: { organization: 'acme' } }, 'body.pair.client'],
  [{ pair: { organization: 'acme', client: 0 } }, 'body.pair.client'],
  [{ exact: true, or: 1 }, 'body.or'],
  [{ pair: { organization: 'ACME', client: 12 } }, 'body.pair.organization'],
])('what to accept has to be said properly: %j', async (body, field) => {
  const answer = await ask('POST', `${at}/accept`, body);
  expect([answer.status, answer.body['code']]).toEqual([400, 'SchemaError']);
  expect(JSON.stringify(answer.body)).toContain(`"${field}"`);
  expect(answer.body['detail']).not.toContain('pattern');
});
