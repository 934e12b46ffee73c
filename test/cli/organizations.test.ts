/** `haloflow organizations`, on a database of its own. */
import { connections, mappings, organizations } from '../../store/schema/configuration.ts';
import { createTestDatabase } from '../support/database.ts';
import { temporaryDirectory } from '../support/programs.ts';
import { run } from './command.ts';
import type { Ended } from './command.ts';

const directory = temporaryDirectory();
let haloflow: (...args: string[]) => Promise<Ended>;
let drop: () => Promise<void>;
beforeAll(async () => {
  const { store, url, ...database } = await createTestDatabase();
  drop = database.drop;
  await store.db.insert(organizations).values([
    { slug: 'msp', name: 'MSP', retentionDays: 60, origin: 'manual' },
    { slug: 'acme', name: 'Acme', parent: 'msp', origin: 'file' },
    { slug: 'beta', name: 'Beta', parent: 'msp', origin: 'manual' },
  ]);
  await store.db.insert(connections).values({
    id: 'msp-halo',
    organization: 'msp',
    isDefault: true,
    resourceServer: 'https://msp.halopsa.com',
    clientId: 'x',
    sealedSecret: 'x',
    origin: 'manual',
  });
  await store.db
    .insert(mappings)
    .values({ connection: 'msp-halo', organization: 'acme', client: 12, site: 3, origin: 'manual' });
  haloflow = (...args) =>
    run(['organizations', ...args], { home: directory.path, env: { DATABASE_URL: url } });
});
afterAll(async () => {
  await drop();
  directory.remove();
});

const columns = ({ stdout }: Ended): string[][] =>
  stdout.split('\n').map((line) => line.trimEnd().split(/ {2,}(?=\S)/));

test('one is added, moved, shown in the tree, and removed when nothing stands on it any more', async () => {
  const added = await haloflow(
    'add',
    'dental',
    '--name',
    'Dental',
    '--parent',
    'acme',
    '--tags',
    'gold,managed',
  );
  expect([added.code, added.stderr]).toEqual([0, '']);
  const changes = ['--name', 'Acme Ltd', '--retention-days', '90', '--domain', 'acme.example'];
  const changed = await haloflow('change', 'acme', ...changes);
  expect([changed.code, changed.stdout]).toEqual([0, expect.stringMatching(/^domain {8}acme\.example$/m)]);
  expect(changed.stdout).toContain('the next apply');
  expect(changed.stdout).toMatch(/^runs kept {5}90 days$/m);
  const [tree, branch, page, refused, nothing] = await Promise.all([
    haloflow('list'),
    haloflow('list', '--below', 'acme', '--json'),
    haloflow('show', 'dental'),
    haloflow('remove', 'acme', '--yes', '--json'),
    haloflow('change', 'acme'),
  ]);
  expect(columns(tree).slice(1)).toEqual([
    ['msp', 'MSP', 'yes', '-', '-', '60 days'],
    ['', 'acme', 'Acme Ltd', 'yes', '-', 'acme.example', '90 days'],
    ['', 'dental', 'Dental', 'yes', 'gold managed', '-', '-'],
    ['', 'beta', 'Beta', 'yes', '-', '-', '-'],
    [''],
  ]);
  expect(tree.stdout).toContain('\n    dental ');
  const { organizations: below } = JSON.parse(branch.stdout) as { organizations: { slug: string }[] };
  expect(below.map(({ slug }) => slug)).toEqual(['acme', 'dental']);
  expect(page.stdout).toMatch(/^runs are kept {2}90 days, as acme says$/m);
  expect([refused.code, JSON.parse(refused.stdout)]).toMatchObject([
    1,
    { ok: false, removed: false, error: { type: 'ConflictError' } },
  ]);
  expect(refused.stdout).toContain('organizations below it: dental; mappings on connections: msp-halo');
  expect([nothing.code, nothing.stderr]).toEqual([1, expect.stringContaining('nothing to change')]);

  const moved = await haloflow('change', 'dental', '--parent', 'beta', '--no-enabled', '--tags', '');
  expect(moved.stdout).toMatch(/^parent {8}beta$[^]*^enabled {7}no$[^]*^tags {10}none$/m);
  const [kept, removed] = await Promise.all([
    haloflow('show', 'acme'),
    haloflow('remove', 'dental', '--yes'),
  ]);
  expect(kept.stdout).toMatch(/^mappings {7}client 12 of msp-halo, site 3$/m);
  expect([removed.code, removed.stdout]).toEqual([0, 'Organization dental is deleted.\n']);
  expect((await haloflow('remove', 'acme', '--with-mappings', '--yes')).code).toBe(0);
}, 240_000);
