/** Mappings out of haloflow and into it, and organizations made from clients. */
import { readConfiguration } from '../../../organizations/configuration.ts';
import { startMappingPlane } from './mappingPlane.ts';
import type { MappingPlane } from './mappingPlane.ts';
import type { Answer } from './plane.ts';

let plane: MappingPlane;
let admin: string;

beforeAll(async () => {
  plane = await startMappingPlane();
  admin = await plane.token('msp', 'admin');
});
afterAll(() => plane.close());
beforeEach(() => plane.clear());

const at = '/connections/halo/mappings';
const ask = (method: string, path: string, body?: unknown): Promise<Answer> =>
  plane.ask(admin, method, path, body);
const take = (values: readonly object[], plan = false): Promise<Answer> =>
  ask('POST', `${at}/import`, { rows: values.map((row, index) => ({ line: index + 2, values: row })), plan });
const mappings = async (): Promise<readonly unknown[]> =>
  (await readConfiguration(plane.store)).mappings.map((row) => [row.organization, row.client]);
const version = async (): Promise<number> => (await readConfiguration(plane.store)).version;

test('what is exported is taken back, and a second time changes nothing', async () => {
  await ask('PUT', `${at}/acme`, { client: 12, contact: 5, site: 7, use: true });
  await ask('PUT', `${at}/globex`, { client: 13 });
  await ask('PUT', `${at}/ignored/14`, { reason: 'a supplier, "not" a customer' });
  await ask('GET', at);
  const { body } = await ask('GET', `${at}/export`);
  const exported = body['rows'] as readonly object[];
  expect(exported).toEqual([
    expect.objectContaining({ organization: 'acme', client: 12, contact: 5, site: 7, clientName: 'Acme' }),
    expect.objectContaining({ organization: 'globex', client: 13, ignored: false }),
    expect.objectContaining({ organization: null, client: 14, ignored: true }),
  ]);
  await plane.clear();
  const planned = await take(exported, true);
  expect([await mappings(), planned.body['unchanged']]).toEqual([[], 0]);
  const taken = await take(exported);
  expect(taken.body).toEqual(planned.body);
  expect((await ask('GET', `${at}/export`)).body).toEqual(body);
  const before = await version();
  expect((await take(exported)).body).toEqual({ changes: [], unchanged: 3, bad: [] });
  expect(await version()).toBe(before);
});

test('clients change places, bad rows are named and do not block the others', async () => {
  await ask('PUT', `${at}/acme`, { client: 12 });
  await ask('PUT', `${at}/globex`, { client: 13 });
  await ask('PUT', `${at}/bluefin-shipping`, { client: 20 });
  const { body } = await take([
    { organization: 'acme', client: '13', contact: '', use: 'false' },
    { organization: 'globex', client: '12', use: 'TRUE' },
    { organization: 'whoever', client: 15 },
    { organization: 'other', client: 16 },
    { organization: 'nobody-known', client: 20 },
    { organization: 'nobody-known', client: 'twelve' },
    { organization: 'kestrel-aviation-part', client: 13 },
    { client: 17 },
    { client: 18, ignored: true, colour: 'red' },
    { client: 19, ignored: 'true', reason: 'internal' },
  ]);
  expect(body['bad']).toEqual([
    { line: 4, reason: 'there is no organization whoever' },
    { line: 5, reason: 'there is no organization other' },
    { line: 6, reason: 'client 20 is bluefin-shipping already' },
    { line: 7, reason: "client: Halo's id, a whole number from 1 to 2147483647, is expected" },
    { line: 8, reason: 'client 13 is in line 2 already' },
    { line: 9, reason: 'organization: is missing, and the client is not ignored either' },
    { line: 10, reason: expect.stringContaining('there is no column colour') as string },
  ]);
  expect(body['changes']).toEqual([
    { line: 2, op: '~', organization: 'acme', client: 13 },
    { line: 3, op: '~', organization: 'globex', client: 12 },
    { line: 11, op: '+', organization: null, client: 19 },
  ]);
  expect(await mappings()).toEqual([
    ['acme', 13],
    ['bluefin-shipping', 20],
    ['globex', 12],
  ]);
});

test('a row about a client that Halo does not list is named, and does not block the others', async () => {
  const { body } = await take([
    { organization: 'acme', client: 424_242 },
    { organization: 'globex', client: 13 },
  ]);
  expect(body['bad']).toEqual([{ line: 2, reason: expect.stringContaining('no client 424242') as string }]);
  expect(await mappings()).toEqual([['globex', 13]]);
});

test('what a file has no column for stays as it is, as long as the client does', async () => {
  await ask('PUT', `${at}/acme`, { client: 12, contact: 5, use: true });
  expect((await take([{ organization: 'acme', client: 12 }])).body).toMatchObject({ unchanged: 1 });
  expect((await take([{ organization: 'acme', client: 13 }])).body).toMatchObject({ bad: [] });
  const { body } = await ask('GET', `${at}/export`);
  expect(body['rows']).toEqual([expect.objectContaining({ client: 13, contact: null, use: true })]);
});

test('a client that a bad row would have set free stays where it is', async () => {
  await ask('PUT', `${at}/acme`, { client: 12 });
  await ask('PUT', `${at}/globex`, { client: 13 });
  const { body } = await take([
    { organization: 'nobody-known', client: 12 },
    { organization: 'acme', client: 13 },
  ]);
  expect(body['bad']).toEqual([
    { line: 2, reason: 'client 12 is acme already' },
    { line: 3, reason: 'client 13 is globex already' },
  ]);
  expect(await mappings()).toEqual([
    ['acme', 12],
    ['globex', 13],
  ]);
});

test('missing organizations are made of clients and mapped, once, and none that seems to be there', async () => {
  const editor = await plane.token('msp', 'editor');
  expect((await plane.ask(editor, 'POST', `${at}/organizations`, {})).status).toBe(403);
  const planned = await ask('POST', `${at}/organizations`, { name: 'e', plan: true });
  const made = await ask('POST', `${at}/organizations`, { name: 'e', tags: ['new'] });
  expect(made.body).toEqual(planned.body);
  expect(made.body['created']).toContainEqual({
    organization: 'msp-redwood-fabrication',
    name: 'Redwood Fabrication',
    client: 17,
  });
  const skipped = made.body['skipped'] as readonly { organization: string }[];
  expect(skipped.map(({ organization }) => organization)).toEqual([
    'acme',
    'globex',
    'pinecrest-law-llp',
    'bluefin-shipping',
    'kestrel-aviation-part',
  ]);
  const configuration = await readConfiguration(plane.store);
  expect(configuration.organizations.find(({ slug }) => slug === 'msp-redwood-fabrication')).toMatchObject({
    name: 'Redwood Fabrication',
    parent: 'msp',
    tags: ['new'],
  });
  expect(configuration.mappings).toHaveLength((made.body['created'] as unknown[]).length);
  const again = await ask('POST', `${at}/organizations`, { name: 'e' });
  expect(again.body).toEqual({ created: [], skipped: made.body['skipped'] });
  const inactive = await ask('POST', `${at}/organizations`, { inactive: 'only', plan: true });
  expect(inactive.body['created']).toEqual([
    { organization: 'msp-old-mill-textiles', name: 'Old Mill Textiles', client: 27 },
  ]);
  const twin = await ask('POST', `${at}/organizations`, { clients: [12], anyway: true, parent: 'globex' });
  expect(twin.body['created']).toEqual([{ organization: 'msp-acme', name: 'Acme', client: 12 }]);
  expect((await ask('POST', `${at}/organizations`, { clients: [13], parent: 'other' })).status).toBe(404);
  const typed = await ask('POST', `${at}/organizations`, { type: 'none of that type', plan: true });
  expect(typed.body['created']).toEqual([]);
});
