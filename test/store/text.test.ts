/** Texts from outside are storable, whatever they hold and wherever they are cut. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { array, assert, asyncProperty, constantFrom, integer, property, tuple } from 'fast-check';
import { storable, storableJson } from '../../store/text.ts';
import type { Store } from '../../store/store.ts';
import { createTestDatabase } from '../support/database.ts';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let store: Store;
beforeAll(async () => {
  database = await createTestDatabase();
  ({ store } = database);
});
afterAll(() => database.drop());

const unit = constantFrom(0, 0x41, 0x22, 0x5c, 0xe4, 0xd83e, 0xdd81, 0xfffd, 0xffff);
const texts = array(unit, { maxLength: 70 }).map((units) => String.fromCharCode(...units));

test('PostgreSQL takes every text, in a column, in jsonb and in JSON that it takes apart', async () => {
  await store.pool.query('create table texts (plain text, document jsonb)');
  await assert(
    asyncProperty(texts, integer({ min: 1, max: 60 }), async (text, longest) => {
      const { rows } = await store.pool.query<{ plain: string; document: unknown }>(
        'insert into texts select given.t, $1::jsonb from json_to_recordset($2::json) as given(t text) returning *',
        [storableJson({ [text]: text }), storableJson([{ t: storable(text, longest) }])],
      );
      expect(rows[0]?.plain).toBe(storable(text, longest));
      expect(rows[0]?.document).toEqual({ [storable(text)]: storable(text) });
    }),
    { numRuns: 200 },
  );
});

test('a text is cut between characters, and halves become U+FFFD wherever they are', () => {
  for (const filler of ['a', 'ä', '🦁']) {
    for (const longest of [...Array(62).keys()].slice(2).concat(3_999, 4_000, 4_001)) {
      for (const place of [0, 1, longest - 2, longest - 1, longest]) {
        const whole = filler.repeat(longest + 2);
        const kept = storable(`${whole.slice(0, place)}\ud83e${whole.slice(place)}`, longest);
        expect(kept.length).toBeLessThanOrEqual(longest);
        expect(kept.isWellFormed()).toBe(true);
        expect(kept.endsWith('…')).toBe(true);
      }
    }
  }
  expect(storable(`a${'🦁'.repeat(5_000)}`, 4_000)).toBe(`a${'🦁'.repeat(1_999)}…`);
});

test('what is short enough and whole comes back as it is', () => {
  assert(property(texts, (text) => storable(storable(text)) === storable(text)));
  assert(
    property(tuple(texts, texts), ([key, value]) => {
      const escaped = { [key]: JSON.stringify(value) };
      expect(JSON.parse(storableJson(escaped))).toEqual({ [storable(key)]: JSON.stringify(value) });
    }),
  );
});

test('a parameter with U+0000 is stored with U+FFFD, in every way of asking', async () => {
  await store.pool.query('create table parameters (id serial, plain text)');
  const text = 'insert into parameters (plain) values ($1)';
  await store.pool.query(text, ['a\0b']);
  await store.pool.query({ text, values: ['a\0b'] });
  await store.pool.query({ name: 'named', text, values: ['a\0b'] });
  await store.pool.query('insert into parameters (plain) select unnest($1::text[])', [['a\0b', 'c']]);
  const client = await store.pool.connect();
  await new Promise<void>((resolve, reject) =>
    client.query(text, ['a\0b'], (error: Error | null) => (error ? reject(error) : resolve())),
  );
  client.release();
  const { rows } = await store.pool.query<{ plain: string }>('select plain from parameters order by id');
  expect(rows.map(({ plain }) => plain)).toEqual([...Array<string>(4).fill('a\u{FFFD}b'), 'c', 'a\u{FFFD}b']);
});

/** Where a U+0000 means something else: lists of the system, and keys that are compared. */
const OTHERS = new Set(['engine/process.ts', 'store/embedded/processes.ts', 'store/text.ts']);

test('nothing else cleans texts for PostgreSQL, and nothing is cut after it was cleaned', () => {
  const root = new URL('../..', import.meta.url).pathname;
  const folders = [
    'access',
    'api',
    'calls',
    'configuration',
    'halo',
    'organizations',
    'store',
    'triggers',
    'worker',
  ];
  const files = ['engine', ...folders].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => `${folder}/${name}`),
  );
  const found = files.flatMap((file) => {
    const source = readFileSync(path.join(root, file), 'utf8');
    const wrong = [
      ...source.matchAll(
        /replaceAll\('\\0'[^\n]*|function storable\w*[^\n]*|storable\([^\n]*\)\.slice\([^\n]*/g,
      ),
      ...source.matchAll(/\.slice\(0, (?:LONGEST|MAXIMUM)_(?:MESSAGE|REASON|TEXT)\)[^\n]*/g),
      ...source.matchAll(/\bjsonb\b[^\n]*from 'drizzle-orm\/pg-core'/g),
    ].map(([line]) => `${file}: ${line}`);
    return OTHERS.has(file) ? [] : wrong;
  });
  expect(found).toEqual([]);
});
