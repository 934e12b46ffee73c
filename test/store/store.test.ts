import { readFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { eq } from 'drizzle-orm';
import { ConfigurationError } from '../../errors.ts';
import { maskUrl } from '../../store/connection.ts';
import { organizations } from '../../store/schema/configuration.ts';
import { isConnectionLoss, openStore, retrying } from '../../store/store.ts';
import { createTestDatabase } from '../support/database.ts';
import { untilTrue } from '../support/polling.ts';
import { startProgram } from '../support/programs.ts';
import { query } from './home.ts';

const serverUrl = process.env.HALOFLOW_TEST_DATABASE_URL ?? '';
const at = (change: (url: URL) => void): string => {
  const url = new URL(serverUrl);
  change(url);
  return url.href;
};

test('each test file gets an empty database of its own', async () => {
  const [one, two] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  await one.store.db.insert(organizations).values({ slug: 'acme', name: 'Acme', origin: 'manual' });
  expect(await one.store.db.select().from(organizations).where(eq(organizations.slug, 'acme'))).toHaveLength(
    1,
  );
  expect(await two.store.db.select().from(organizations)).toEqual([]);
  await Promise.all([one.drop(), two.drop()]);
  await expect(query(one.url, 'select 1')).rejects.toMatchObject({ code: '3D000' });
});

test('four processes that open a new database at once migrate it once', async () => {
  const name = 'test_migrations_race';
  await query(serverUrl, `create database ${name}`);
  try {
    const url = at((one) => (one.pathname = `/${name}`));
    const program = path.resolve('test/store/programs/migrate.ts');
    const children = [1, 2, 3, 4].map(() => startProgram(program, { args: [url] }));
    const replies = await Promise.all(
      children.map((child) => child.reply<{ tables: number; applied: number }>()),
    );
    const { entries } = JSON.parse(readFileSync('store/migrations/meta/_journal.json', 'utf8')) as {
      entries: unknown[];
    };
    for (const reply of replies) expect(reply).toEqual(replies[0]);
    expect(replies[0]?.applied).toBe(entries.length);
    expect(replies[0]?.tables).toBeGreaterThan(4);
    await Promise.all(children.map((child) => child.ended()));
  } finally {
    await query(serverUrl, `drop database ${name} with (force)`);
  }
});

test('the tables of the checked-in migrations are the ones that the code declares', async () => {
  const { store, drop } = await createTestDatabase();
  for (const [name, table] of Object.entries(store.db._.fullSchema)) {
    expect([name, await store.db.select().from(table).limit(1)]).toEqual([name, expect.any(Array)]);
  }
  await drop();
});

describe('a DATABASE_URL that does not work is a configuration error that names it, without the password', () => {
  const password = 'hunter2-Hunter2';
  test.each<[string, () => string, RegExp]>([
    ['nobody listens', () => `postgresql://me:${password}@127.0.0.1:1/db`, /ECONNREFUSED/],
    ['wrong password', () => at((url) => (url.password = password)), /refuses the user or password/],
    [
      'unknown user',
      () => at((url) => ((url.username = 'nobody'), (url.password = password))),
      /refuses the user/,
    ],
    ['unknown database', () => at((url) => (url.pathname = '/nowhere')), /no such database.*"nowhere"/],
    ['unknown host', () => `postgresql://me:${password}@nowhere.invalid/db`, /its host is unknown/],
    ['no TLS there', () => at((url) => (url.search = '?sslmode=verify-full')), /does not support SSL/],
    ['another scheme', () => `mysql://me:${password}@127.0.0.1/db`, /not a URL of a PostgreSQL database/],
    ['no URL', () => `me:${password}@127.0.0.1/db`, /not a URL/],
    ['an unescaped password', () => `postgresql://me:${password}#@127.0.0.1/db`, /written as %40/],
  ])('%s', async (_, url, reason) => {
    const failure = await openStore({ url: url(), embedded: false }).then(
      () => null,
      (error: unknown) => error as Error,
    );
    expect(failure).toBeInstanceOf(ConfigurationError);
    expect(failure?.message).toMatch(reason);
    expect(failure?.message).toContain('DATABASE_URL');
    expect(failure?.message).not.toContain('hunter2');
    expect(failure?.message).not.toContain(new URL(serverUrl).password);
  });

  test('a port where something else answers', async () => {
    const other = net
      .createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
      .listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as net.AddressInfo;
    const failure = openStore({ url: `postgresql://me:${password}@127.0.0.1:${port}/db`, embedded: false });
    await expect(failure).rejects.toThrow(/DATABASE_URL, postgresql:\/\/me:\*\*\*@127/);
    other.close();
  });

  test('a user who may not create tables', async () => {
    await query(serverUrl, "create role reader login password 'reader'");
    const { url, drop } = await createTestDatabase();
    const own = new URL(url);
    own.username = own.password = 'reader';
    const failure = openStore({ url: own.href, embedded: false });
    await expect(failure).rejects.toThrow(ConfigurationError);
    await expect(failure).rejects.toThrow(/the user may not create the tables \(permission denied/);
    await drop();
    await query(serverUrl, 'drop role reader');
  });
});

test.each([
  ['postgresql://me:secret@host/db', 'postgresql://me:***@host/db'],
  ['postgresql://me:se/c@re:t@host/db', 'postgresql://me:***@host/db'],
  ['postgresql://host/db?user=me&password=secret&x=1', 'postgresql://host/db?user=me&password=***&x=1'],
  ['postgresql://me@host:5432/db', 'postgresql://me@host:5432/db'],
  ['me:secret@host/db', 'me:***@host/db'],
])('%s is shown as %s', (url, shown) => {
  expect(maskUrl(url)).toBe(shown);
});

test('idle connections that the server ends do not end the process, and queries go on', async () => {
  const { store, url, drop } = await createTestDatabase();
  const clients = await Promise.all([1, 2, 3].map(() => store.pool.connect()));
  for (const client of clients.slice(1)) client.release();
  await query(
    url,
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  const { rows } = await retrying(() => store.pool.query<{ one: number }>('select 1 as one'));
  expect(rows).toEqual([{ one: 1 }]);
  const lost = await clients[0]?.query('select 1').catch((error: unknown) => error);
  expect(isConnectionLoss(lost)).toBe(true);
  clients[0]?.release(true);
  await drop();
});

test('a query cut off by a restart is known as a lost connection, through the wrappers too', async () => {
  const { store, url, drop } = await createTestDatabase();
  const waiting = store.db.execute('select pg_sleep(30)').catch((error: unknown) => error);
  const asleep = `from pg_stat_activity where state = 'active' and query like 'select pg_sleep%'`;
  await untilTrue(async () => (await query(url, `select ${asleep}`)).length === 1);
  await query(url, `select pg_terminate_backend(pid) ${asleep}`);
  const error = await waiting;
  expect(isConnectionLoss(error)).toBe(true);
  await drop();
});

test('other errors are not, and are not tried again', async () => {
  const { store, drop } = await createTestDatabase();
  let tries = 0;
  const failing = retrying(() => {
    tries++;
    return store.pool.query('select * from nothing');
  });
  await expect(failing).rejects.toMatchObject({ code: '42P01' });
  expect(tries).toBe(1);
  for (const error of [new Error('no'), 'ECONNREFUSED', null, undefined, { code: 'ECONNREFUSED' }]) {
    expect(isConnectionLoss(error)).toBe(false);
  }
  await drop();
});

test('trying again has an end', async () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  let tries = 0;
  const failing = retrying(
    () => {
      tries++;
      return Promise.reject(refused);
    },
    { forMs: 500 },
  );
  await expect(failing).rejects.toBe(refused);
  expect(tries).toBeGreaterThan(2);
});
