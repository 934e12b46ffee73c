/** What PostgreSQL refuses reaches nobody with its statement, its parameters or the rows that it quotes. */
import { inspect } from 'node:util';
import { sql } from 'drizzle-orm';
import { organizations } from '../../store/schema/configuration.ts';
import { events } from '../../store/schema/events.ts';
import { DatabaseError } from '../../store/databaseError.ts';
import { isUnavailable, isUniqueViolation } from '../../store/store.ts';
import type { Store } from '../../store/store.ts';
import { createTestDatabase } from '../support/database.ts';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let store: Store;
beforeAll(async () => {
  database = await createTestDatabase();
  ({ store } = database);
  await store.pool.query(`
    create table refusing (id int primary key, name text check (name <> '${MARKER}'), small varchar(3));
    insert into refusing values (1, 'one', 'abc');
    create function refuse() returns trigger language plpgsql as
      $$ begin raise exception 'refused: %', new using detail = new::text, errcode = tg_argv[0]; end $$;`);
});
afterAll(() => database.drop());

const MARKER = 'Jane-Roe-HIV-positive';

/** Everything that a log, a row or a reply could be made of. */
const allOf = (error: unknown): string =>
  [
    inspect(error, { depth: 9, showHidden: true }),
    JSON.stringify(error),
    String(error),
    (error as Error).stack,
  ].join('\n');

const failing = async (work: () => unknown): Promise<unknown> => {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was refused');
};

const WAYS: Readonly<Record<string, () => unknown>> = {
  'a value of another type': () => store.pool.query('select $1::int', [MARKER]),
  'a value that is too long': () =>
    store.pool.query('insert into refusing values (2, $1, $1)', ['x'.repeat(9) + MARKER]),
  'a constraint': () => store.pool.query('insert into refusing values (3, $1)', [MARKER]),
  'a row that is there': () =>
    store.pool.query({ text: 'insert into refusing values (1, $1)', values: [`${MARKER}!`] }),
  'JSON that is none': () => store.pool.query('select $1::jsonb', [`{${MARKER}`]),
  'a null': () => store.db.insert(events).values({ trigger: MARKER, key: MARKER, source: null as never }),
  'a function': () => store.db.execute(sql`select ${MARKER}::int`),
  'a transaction': () => store.db.transaction((tx) => tx.execute(sql`select ${MARKER}::int`)),
  'a selection': () =>
    store.db
      .select()
      .from(organizations)
      .where(sql`${organizations.slug}::int = 1 or ${MARKER}::int = 2`),
  'a callback': () =>
    new Promise((resolve, reject) => {
      void store.pool.connect().then((client) =>
        client.query('select $1::int', [MARKER], (error: Error | null, result: unknown) => {
          client.release();
          if (error) reject(error);
          else resolve(result);
        }),
      );
    }),
};

test.each(Object.keys(WAYS))('%s: the error holds neither statement nor parameter', async (way) => {
  const error = await failing(() => WAYS[way]?.());
  expect(error).toBeInstanceOf(DatabaseError);
  expect((error as DatabaseError).code).toMatch(/^[0-9A-Z]{5}$/);
  expect(allOf(error)).not.toContain(MARKER);
  expect(allOf(error)).not.toMatch(/insert into|Failed query|params/i);
});

test('it says which rule of which table refused', async () => {
  const error = await failing(WAYS['a constraint']!);
  expect((error as Error).message).toBe(
    'PostgreSQL refuses a row of the table refusing, by refusing_name_check (23514)',
  );
  expect(isUniqueViolation(await failing(WAYS['a row that is there']!))).toBe(true);
});

test.each(['53100', '53200', '53300', '53400', '57P01', '57P03', '58030', '25006'])(
  'no room, no memory, a server that takes no writes (%s) is unavailable, not refused',
  async (code) => {
    await store.pool.query(
      `create or replace trigger full_disk before insert on refusing for each row execute function refuse('${code}')`,
    );
    const error = await failing(() => store.pool.query('insert into refusing values (9)'));
    expect(isUnavailable(error)).toBe(true);
  },
);

test('every table that refuses says nothing of what was to be written', async () => {
  const { rows } = await store.pool.query<{ name: string }>(
    `select quote_ident(table_name) as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  );
  expect(rows.length).toBeGreaterThan(20);
  for (const code of ['22000', '23514', 'P0001']) {
    for (const { name } of rows) {
      await store.pool.query(
        `create or replace trigger refuses before insert on ${name} for each row execute function refuse('${code}')`,
      );
      const error = await failing(() =>
        store.pool.query(
          `insert into ${name} select (jsonb_populate_record(null::${name}, jsonb_object_agg(column_name, $1::text) )).* from information_schema.columns where table_name = '${name}' and data_type = 'text'`,
          [MARKER],
        ),
      );
      expect(error).toBeInstanceOf(DatabaseError);
      expect(allOf(error)).not.toContain(MARKER);
    }
  }
});
