/** `haloflow start` keeps its server up. */
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { withLock } from '../../home/lock.ts';
import { identify, isAlive } from '../../home/process.ts';
import { becomesFree } from '../../store/embedded/port.ts';
import { openPostgres } from '../../store/postgres.ts';
import type { RestartInfo } from '../../home/watch.ts';
import { openStore, retrying } from '../../store/store.ts';
import { untilTrue } from '../support/polling.ts';
import { startProgram } from '../support/programs.ts';
import type { Program } from '../support/programs.ts';
import { query, testHome } from './home.ts';
import type { TestHome } from './home.ts';

let home: TestHome;
const children: Program[] = [];
beforeAll(() => {
  home = testHome();
});
afterEach(async () => {
  await Promise.all(children.splice(0).map((child) => child.kill()));
  await (await openPostgres()).close();
  expect(home.isRunning()).toBe(false);
});
afterAll(() => home.remove());

/** Starts a process that opens the server, and lets it watch. */
async function watcher(): Promise<{ child: Program; url: string }> {
  const child = startProgram(path.resolve('test/store/programs/server.ts'));
  children.push(child);
  const { url } = await child.reply<{ url: string }>();
  child.say('watch');
  expect(await child.reply()).toEqual({ watching: true });
  return { child, url };
}

test('a server that was killed is back on the same port, with its data; again and again', async () => {
  const { child, url } = await watcher();
  await query(url, 'create table kept as select 1 as one');
  for (let i = 0; i < 3; i++) {
    const { pid } = home.postmaster();
    process.kill(pid, 'SIGKILL');
    const info = await child.reply<RestartInfo>();
    expect(await query(url, 'select one from kept')).toEqual([{ one: 1 }]);
    expect(info.ok).toBe(true);
    expect(info.message).toBe('PostgreSQL had ended and was restarted');
  }
  child.say('close');
  expect(await child.reply()).toEqual({ closed: true });
  expect(home.isRunning()).toBe(false);
});

test('a server taken over from a killed process is watched just as well', async () => {
  const first = startProgram(path.resolve('test/store/programs/server.ts'));
  children.push(first);
  const opened = await first.reply<{ url: string }>();
  await first.kill('SIGKILL');
  const { child, url } = await watcher();
  expect(url).toBe(opened.url);
  process.kill(home.postmaster().pid, 'SIGKILL');
  expect((await child.reply<RestartInfo>()).ok).toBe(true);
  expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('two watchers of one server start one', async () => {
  const [one, two] = await Promise.all([watcher(), watcher()]);
  process.kill(home.postmaster().pid, 'SIGKILL');
  const infos = [await one.child.reply<RestartInfo>(), await two.child.reply<RestartInfo>()];
  expect(infos.map(({ ok }) => ok)).toEqual([true, true]);
  expect(infos[0]?.message).toBe(infos[1]?.message);
});

test('a store goes on through a restart: queries wait for it, the process never falls', async () => {
  const { url } = await watcher();
  const store = await openStore({ url, embedded: true });
  await store.pool.query('create table counted (n int)');
  const idle = await Promise.all([1, 2, 3].map(() => store.pool.connect()));
  for (const client of idle) client.release();
  const inTransaction = await store.pool.connect();
  await inTransaction.query('begin');
  process.kill(home.postmaster().pid, 'SIGKILL');
  await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      retrying(() => store.pool.query('insert into counted values ($1)', [n])),
    ),
  );
  const { rows } = await store.pool.query<{ n: number }>('select count(distinct n)::int as n from counted');
  expect(rows).toEqual([{ n: 20 }]);
  await expect(inTransaction.query('commit')).rejects.toThrow();
  inTransaction.release(true);
  await store.close();
});

test('a server that cannot come back is said, and tried again', async () => {
  const server = await openPostgres();
  const infos: RestartInfo[] = [];
  server.watch((info) => infos.push(info));
  const version = path.join(home.data, 'PG_VERSION');
  writeFileSync(version, '17\n');
  const gone = home.postmaster();
  process.kill(gone.pid, 'SIGKILL');
  await untilTrue(() => infos.length > 0);
  expect(infos[0]?.ok).toBe(false);
  expect(infos[0]?.message).toMatch(/did not restart: .*incompatible with server.*log: /);
  writeFileSync(version, '18\n');
  await untilTrue(() => infos.at(-1)?.ok === true);
  expect(identify(home.postmaster().pid)).not.toBeNull();
  await server.close();
  expect(home.isRunning()).toBe(false);
  expect(isAlive(gone)).toBe(false);
});

test('a port that another program took meanwhile is said, and taken back when it is free', async () => {
  const server = await openPostgres();
  const infos: RestartInfo[] = [];
  server.watch((info) => infos.push(info));
  const port = Number(new URL(server.url).port);
  const squatter = net.createServer();
  try {
    // Under the lock, so that the watcher cannot be faster.
    await withLock(path.join(home.path, 'postgres.lock'), async () => {
      process.kill(home.postmaster().pid, 'SIGKILL');
      expect(await becomesFree(port, 5_000)).toBe(true);
      squatter.listen(port, '127.0.0.1');
      await once(squatter, 'listening');
    });
    await untilTrue(() => infos.length > 0);
    expect(infos[0]?.message).toContain(
      `Port ${port} of the embedded PostgreSQL is taken by another program`,
    );
  } finally {
    squatter.close();
    await untilTrue(() => infos.at(-1)?.ok === true);
    await server.close();
  }
  expect(home.isRunning()).toBe(false);
});
