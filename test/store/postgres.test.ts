/** One server per home, shared by its processes, gone with the last of them. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { isAlive } from '../../home/process.ts';
import { openPostgres } from '../../store/postgres.ts';
import { startProgram } from '../support/programs.ts';
import type { Program } from '../support/programs.ts';
import { query, testHome } from './home.ts';
import type { TestHome } from './home.ts';

const program = path.resolve('test/store/programs/server.ts');
interface Opened {
  url: string;
  embedded: boolean;
}

let home: TestHome;
const children: Program[] = [];
beforeAll(() => {
  home = testHome({ name: 'a home with spaces' });
});
afterEach(async () => {
  await Promise.all(children.splice(0).map((child) => child.kill()));
});
afterAll(() => home.remove());

function start(): Program {
  const child = startProgram(program);
  children.push(child);
  return child;
}

test('four processes that start at once on an empty home share one server, and the last one out stops it', async () => {
  const all = [start(), start(), start(), start()];
  const opened = await Promise.all(all.map((child) => child.reply<Opened>()));
  expect(new Set(opened.map(({ url }) => url)).size).toBe(1);
  expect(opened[0]?.embedded).toBe(true);
  expect(readFileSync(home.log, 'utf8').match(/starting PostgreSQL/g)).toHaveLength(1);

  const server = home.postmaster();
  all[0]?.say('query create table numbers as select 42 as answer');
  await all[0]?.reply();
  all[3]?.say('query select answer from numbers');
  expect(await all[3]?.reply()).toEqual({ rows: [{ answer: 42 }] });

  for (const child of all.slice(0, 3)) {
    child.say('close');
    expect(await child.reply()).toEqual({ closed: true });
    expect(await child.ended()).toBe(0);
    expect(isAlive(server)).toBe(true);
  }
  all[3]?.say('close');
  expect(await all[3]?.reply()).toEqual({ closed: true });
  expect(isAlive(server)).toBe(false);
  expect(existsSync(path.join(home.data, 'postmaster.pid'))).toBe(false);
});

test('a server outlives the process that started it and was killed; the next one takes it over and stops it', async () => {
  const first = start();
  const { url } = await first.reply<Opened>();
  await query(url, 'create table orphaned as select 1 as one');
  const server = home.postmaster();
  await first.kill('SIGKILL');
  expect(isAlive(server)).toBe(true);

  const second = await openPostgres();
  expect(second.url).toBe(url);
  expect(home.postmaster()).toEqual(server);
  expect(await query(second.url, 'select one from orphaned')).toEqual([{ one: 1 }]);
  await second.close();
  expect(isAlive(server)).toBe(false);
});

test('Ctrl+C in the terminal does not reach the server: it is not of our process group', async () => {
  const child = start();
  await child.reply();
  const group = Number(
    readFileSync(`/proc/${home.postmaster().pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[2],
  );
  expect(group).toBe(home.postmaster().pid);
  await child.kill('SIGINT');
  expect(home.isRunning()).toBe(true);
  await (await openPostgres()).close();
});

test('everything is there again at the next start, on the same port, and nothing that was refused is in the log', async () => {
  const first = await openPostgres();
  await query(first.url, "create table kept as select 'text' as value");
  await query(first.url, "alter table kept add check (value <> 'Jane Roe')");
  const refused = ["insert into kept values ('Jane Roe')", "select 'Jane Roe'::int", `select 1 as "Jane Roe`];
  for (const statement of refused) await expect(query(first.url, statement)).rejects.toThrow();
  expect(readFileSync(home.log, 'utf8')).not.toContain('Jane');
  await first.close();
  expect(home.isRunning()).toBe(false);
  const second = await openPostgres();
  expect(second.url).toBe(first.url);
  expect(await query(second.url, 'select value from kept')).toEqual([{ value: 'text' }]);
  await second.close();
});

test('it listens on loopback only, asks for the password, and keeps every commit', async () => {
  const server = await openPostgres();
  const rows = await query(
    server.url,
    "select name, setting from pg_settings where name in ('listen_addresses', 'unix_socket_directories', " +
      "'fsync', 'synchronous_commit', 'full_page_writes', 'server_encoding')",
  );
  expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    server_encoding: 'UTF8',
  });
  const wrong = new URL(server.url);
  wrong.password = 'guess';
  await expect(query(wrong.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
  wrong.password = '';
  await expect(query(wrong.href, 'select 1')).rejects.toThrow();
  await server.close();
});

test('what it keeps is for this user only, also with a generous umask, and works with a strict one', async () => {
  for (const umask of [0o000, 0o077]) {
    const before = process.umask(umask);
    const own = testHome();
    try {
      const server = await openPostgres();
      expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
      const modes = ['', 'postgres', 'postgres.password', 'postgres.log', 'leases'].map((name) =>
        (statSync(path.join(own.path, name)).mode & 0o777).toString(8),
      );
      expect(modes).toEqual(['700', '700', '600', '600', '700']);
      await server.close();
    } finally {
      process.umask(before);
      await own.remove();
    }
  }
});

test('the server gets none of our environment', async () => {
  process.env.HALOFLOW_KEY = 'secret';
  process.env.PGPORT = '1';
  try {
    const server = await openPostgres();
    await query(server.url, "create table environment (line text); copy environment from program 'env'");
    const lines = (await query(server.url, 'select line from environment')).map(({ line }) => String(line));
    expect(lines).toContainEqual(expect.stringMatching(/^PATH=/));
    expect(lines.filter((line) => /^(HALOFLOW|PGPORT)/.test(line))).toEqual([]);
    await server.close();
  } finally {
    delete process.env.HALOFLOW_KEY;
    delete process.env.PGPORT;
  }
});

test('with DATABASE_URL nothing is started and no home is made', async () => {
  const unused = testHome();
  process.env.DATABASE_URL = 'postgresql://someone@db.example/haloflow';
  try {
    const server = await openPostgres();
    expect(server.url).toBe('postgresql://someone@db.example/haloflow');
    expect(server.embedded).toBe(false);
    server.watch();
    await server.close();
    expect(existsSync(unused.path)).toBe(false);
  } finally {
    delete process.env.DATABASE_URL;
    await unused.remove();
  }
});
