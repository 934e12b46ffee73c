/** What those above an organization say of it: tags, domain, retention, how many there are, and what goes by these. */
import { readConfiguration } from '../../../organizations/configuration.ts';
import { holds, organizationsIn } from '../../../organizations/runFor.ts';
import { MOST_BELOW } from '../../../organizations/limits.ts';
import { startPlane } from './plane.ts';
import type { Answer, TestPlane } from './plane.ts';

let plane: TestPlane;
let admin: string;
let msp: string;
let acme: string;
beforeAll(async () => {
  plane = await startPlane();
  admin = await plane.token(null, 'admin');
  msp = await plane.token('msp', 'admin');
  acme = await plane.token('acme', 'admin');
});
afterEach(async () => {
  await plane.store.pool.query(
    `delete from organizations where slug not in ('msp', 'other', 'acme');
     update organizations set tags = '{}', said_by = '{}', retention_days = null, min_retention_days = null,
       max_organizations = null, domain = null, enabled = true`,
  );
  await plane.store.pool.query('truncate past_names, audit_log');
});
afterAll(() => plane.close());

const patch = (token: string, slug: string, changes: object): Promise<Answer> =>
  plane.ask(token, 'PATCH', `/organizations/${slug}`, changes);
const make = (token: string, slug: string, changes: object = {}): Promise<Answer> =>
  plane.ask(token, 'POST', '/organizations', { slug, name: slug, ...changes });
const runFor = (changes: object = {}) => ({
  organization: 'msp',
  runFor: { owner: false, organizations: [], tags: [], allClients: false, ...changes },
});
const gold = async (trigger = runFor({ tags: ['gold'] })): Promise<readonly string[]> =>
  organizationsIn(await readConfiguration(plane.store), trigger).map(({ slug }) => slug);

test.each([
  ['tags', ['gold']],
  ['domain', 'initech.example'],
  ['retentionDays', 90],
  ['minRetentionDays', 1],
  ['maxOrganizations', 1000],
])('%s of its own organization no token says; said as it is, it is no change', async (field, value) => {
  expect(await patch(acme, 'acme', { [field]: value })).toMatchObject({
    status: 403,
    body: { code: 'ForbiddenError', errors: [{ field: `body.${field}` }] },
  });
  expect((await patch(msp, 'acme', { [field]: value })).body).toMatchObject({
    organization: { [field]: value },
  });
  expect((await patch(acme, 'acme', { [field]: value, name: 'Acme Ltd' })).status).toBe(200);
});

test('a tag counts for triggers of whoever said it and of those below, not of those above', async () => {
  await make(acme, 'acme-sub', { tags: ['gold'] });
  await make(acme, 'acme-team');
  expect((await patch(acme, 'acme-team', { tags: ['gold'] })).status).toBe(200);
  expect(await gold()).toEqual([]);
  expect(await gold({ ...runFor({ tags: ['gold'] }), organization: 'acme' })).toEqual([
    'acme-sub',
    'acme-team',
  ]);
  const { overview } = (await plane.ask(admin, 'GET', '/organizations/acme-sub')).body as {
    overview: { overrides: unknown[] };
  };
  expect(overview.overrides).toEqual([]);
  expect((await patch(msp, 'acme-sub', { tags: ['gold'] })).status).toBe(200);
  expect(await gold()).toEqual(['acme-sub']);
  expect(holds(await readConfiguration(plane.store), runFor({ tags: ['gold'] }), 'acme-team')).toBe(false);
  expect((await patch(acme, 'acme-sub', { tags: ['gold', 'blue'] })).status).toBe(200);
  expect(await gold()).toEqual([]);
  await patch(admin, 'acme-team', { tags: ['gold'] });
  expect(await gold()).toEqual(['acme-team']);
});

test('who said what is not shown', async () => {
  await make(acme, 'acme-sub', { tags: ['gold'] });
  const shown = await plane.ask(acme, 'GET', '/organizations');
  const log = await plane.ask(acme, 'GET', '/audit');
  expect(JSON.stringify([shown.body, log.body])).not.toMatch(/said_?by/i);
});

describe('retention', () => {
  test('is not shorter than what is above the organization of the token, unless that allows it', async () => {
    const short = () => make(acme, 'acme-short', { retentionDays: 1 });
    expect(await short()).toMatchObject({
      status: 409,
      body: {
        detail: expect.stringContaining('it is at least 30 days'),
        errors: [{ field: 'body.retentionDays' }],
      },
    });
    await patch(msp, 'acme', { retentionDays: 60 });
    expect((await make(acme, 'acme-short', { retentionDays: 59 })).status).toBe(409);
    expect((await make(acme, 'acme-same', { retentionDays: 60 })).status).toBe(201);
    await patch(msp, 'acme', { minRetentionDays: 7 });
    expect((await patch(acme, 'acme-same', { retentionDays: 7 })).status).toBe(200);
    expect((await patch(acme, 'acme-same', { minRetentionDays: 6 })).status).toBe(409);
    expect((await patch(acme, 'acme-same', { retentionDays: null })).status).toBe(200);
  });

  test('of its clients an MSP says, as far as nobody has said something of the MSP', async () => {
    expect((await patch(msp, 'acme', { retentionDays: 7 })).status).toBe(200);
    await patch(admin, 'msp', { retentionDays: 30 });
    expect((await patch(msp, 'acme', { retentionDays: 6 })).status).toBe(409);
    expect((await patch(msp, 'acme', { retentionDays: 7, name: 'As it was' })).status).toBe(200);
    expect((await patch(admin, 'acme', { retentionDays: 1 })).status).toBe(200);
  });
});

describe('how many organizations a token makes', () => {
  test('is bound by what is said of its own and of those above, also one at a time', async () => {
    await patch(msp, 'acme', { maxOrganizations: 3 });
    const made = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((name) => make(acme, `acme-${name}`)));
    expect(made.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 201, 201, 409, 409]);
    expect((await make(acme, 'acme-a-deep', { parent: 'acme-a' })).status).toBe(409);
    expect((await make(msp, 'acme-more', { parent: 'acme' })).status).toBe(201);
    await patch(msp, 'acme', { maxOrganizations: 10 });
    await patch(admin, 'msp', { maxOrganizations: 6 });
    expect((await make(acme, 'acme-f')).status).toBe(201);
    expect((await make(acme, 'acme-g')).body).toMatchObject({
      status: 409,
      detail: expect.stringContaining('an organization above acme already has the most'),
    });
    expect((await make(admin, 'acme-g', { parent: 'acme' })).status).toBe(201);
  });

  test('is 100 for a client where nobody says otherwise', async () => {
    await plane.store.pool.query(
      `insert into organizations (slug, name, parent, origin)
         select 'x-' || n, 'x', 'acme', 'manual' from generate_series(1, ${MOST_BELOW.others}) n`,
    );
    expect((await make(acme, 'acme-more')).status).toBe(409);
    expect((await make(msp, 'msp-more')).status).toBe(201);
  });
});

test('what was disabled from above is not enabled from below', async () => {
  await make(acme, 'acme-sub');
  const enable = (token: string, enabled: boolean) => patch(token, 'acme-sub', { enabled });
  expect((await enable(acme, false)).status).toBe(200);
  expect((await enable(acme, true)).status).toBe(200);
  for (const above of [msp, admin]) {
    expect((await enable(above, false)).status).toBe(200);
    expect(await enable(acme, true)).toMatchObject({
      status: 403,
      body: { errors: [{ field: 'body.enabled' }] },
    });
    expect((await enable(above, true)).status).toBe(200);
  }
});
