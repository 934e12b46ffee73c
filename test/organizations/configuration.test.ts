import { applyFile } from '../../configuration/apply/apply.ts';
import { clientFor, configurationReader, readConfiguration } from '../../organizations/configuration.ts';
import { resolve } from '../../organizations/resolve.ts';
import type { Store } from '../../store/store.ts';
import { createTestDatabase } from '../support/database.ts';
import { example, fileOf } from '../configuration/files.ts';

let store: Store;
let drop: () => Promise<void>;

beforeAll(async () => {
  ({ store, drop } = await createTestDatabase());
});
afterAll(() => drop());

/** Counts the transactions that are begun through it. */
function counted(): { db: Store['db']; reads: () => number } {
  let reads = 0;
  const db = new Proxy(store.db, {
    get(target, property) {
      if (property === 'transaction') reads++;
      const value: unknown = Reflect.get(target, property);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return { db, reads: () => reads };
}

test('nothing configured is version 0', async () => {
  expect(await readConfiguration(store)).toEqual({
    version: 0,
    organizations: [],
    connections: [],
    mappings: [],
  });
});

test('a reader reads again only when the version has changed, once for all who ask', async () => {
  await applyFile(store, fileOf(example));
  const { db, reads } = counted();
  const reader = configurationReader({ db });
  const first = await Promise.all([reader.at(1), reader.at(1), reader.at(1)]);
  expect(first[0].version).toBe(1);
  expect(first[1]).toBe(first[0]);
  await reader.at(1);
  expect(reads()).toBe(1);

  await applyFile(store, fileOf(example.replace('name: Acme', 'name: Acme Ltd')));
  expect((await reader.at(2)).organizations[0]?.name).toBe('Acme Ltd');
  expect(reads()).toBe(2);
});

test('a reader that failed asks again the next time', async () => {
  const { db } = counted();
  let broken = true;
  const flaky = new Proxy(db, {
    get(target, property) {
      if (property === 'transaction' && broken) return () => Promise.reject(new Error('connection lost'));
      return Reflect.get(target, property) as unknown;
    },
  });
  const reader = configurationReader({ db: flaky });
  await expect(reader.at(2)).rejects.toThrow('connection lost');
  broken = false;
  expect((await reader.at(2)).version).toBe(2);
});

test('what apply wrote is what resolve decides by', async () => {
  const configuration = await readConfiguration(store);
  const decision = resolve(configuration, {
    organization: 'acme',
    owner: 'northwind',
    triggerOverride: { use: 'mapping' },
  });
  expect(decision).toMatchObject({
    because: 'trigger override: mapping',
    connection: { id: 'northwind-halo' },
  });
  expect(clientFor(configuration, decision.connection.id, 'acme')).toBe(12);
  expect(clientFor(configuration, 'globex-halo', 'acme')).toBeNull();
});

test('a snapshot taken while files are applied is of one version', async () => {
  const versions = [example, example.replaceAll('acme', 'umbrella')];
  const writing = (async () => {
    for (let round = 0; round < 15; round++) await applyFile(store, fileOf(versions[round % 2] ?? ''));
  })();
  const reading = (async () => {
    for (let round = 0; round < 40; round++) {
      const { organizations, mappings } = await readConfiguration(store);
      const slugs = organizations.map(({ slug }) => slug);
      for (const { organization } of mappings) expect(slugs).toContain(organization);
    }
  })();
  await Promise.all([writing, reading]);
});
