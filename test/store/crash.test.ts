/** What a crash can leave behind, and that the next start copes with it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { Client } from 'pg';
import { ConfigurationError } from '../../errors.ts';
import { openPostgres } from '../../store/postgres.ts';
import type { PostgresServer } from '../../store/postgres.ts';
import { isAlive } from '../../home/process.ts';
import { untilTrue } from '../support/polling.ts';
import { startProgram } from '../support/programs.ts';
import { query, testHome } from './home.ts';
import type { TestHome } from './home.ts';

let home: TestHome;
let server: PostgresServer;
let pidFile: string;
const children: ReturnType<typeof spawn>[] = [];

beforeAll(async () => {
  home = testHome();
  pidFile = path.join(home.data, 'postmaster.pid');
  server = await openPostgres();
  await query(server.url, 'create table kept as select 1 as one');
  await server.close();
});
beforeEach(async () => {
  server = await openPostgres();
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await server.close();
});
afterAll(() => home.remove());

/** A process that is not PostgreSQL, of the user that PostgreSQL runs as. */
function sleeper(): number {
  const { uid, gid } = statSync(home.data);
  const child = spawn('sleep', ['60'], { stdio: 'ignore', uid, gid });
  children.push(child);
  return child.pid ?? -1;
}

/** Opens once more and checks that it is the same server's data behind the same URL. */
async function comesUp(): Promise<void> {
  const again = await openPostgres();
  expect(again.url).toBe(server.url);
  expect(await query(again.url, 'select one from kept')).toEqual([{ one: 1 }]);
  await again.close();
}

test('after kill -9 of the server under load every commit that was confirmed is there', async () => {
  await query(server.url, 'create table numbers (n int primary key)');
  const client = new Client(server.url);
  client.on('error', () => {});
  await client.connect();
  let confirmed = 0;
  const writing = (async () => {
    for (let n = 1; ; n++) {
      await client.query('insert into numbers values ($1)', [n]);
      confirmed = n;
      if (n === 200) process.kill(home.postmaster().pid, 'SIGKILL');
    }
  })();
  await expect(writing).rejects.toThrow();
  expect(confirmed).toBeGreaterThanOrEqual(200);
  await comesUp();
  const [row] = await query(server.url, 'select max(n) as last, count(*)::int as rows from numbers');
  expect(row?.last).toBe(row?.rows);
  expect(row?.rows).toBeGreaterThanOrEqual(confirmed);
});

test('a backend that outlives the killed server in a long query is ended, not waited for', async () => {
  const client = new Client(server.url);
  client.on('error', () => {});
  await client.connect();
  const [backend] = (await client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows;
  const endless = client.query('select count(*) from generate_series(1, 100000000000)').catch(() => 'lost');
  await untilTrue(async () => {
    const at = `select from pg_stat_activity where state = 'active' and query like '%generate_series%'`;
    return (await query(server.url, `${at} and pid = ${backend?.pid}`)).length === 1;
  });
  const postmaster = home.postmaster();
  process.kill(postmaster.pid, 'SIGKILL');
  await untilTrue(() => !isAlive(postmaster));
  expect(() => process.kill(backend?.pid ?? -1, 0)).not.toThrow();
  await comesUp();
  expect(await endless).toBe('lost');
});

test('a postmaster.pid whose number is another process by now does not keep the server down', async () => {
  const text = readFileSync(pidFile, 'utf8');
  await server.close();
  expect(home.isRunning()).toBe(false);
  writeFileSync(pidFile, text.replace(/^\d+/, String(sleeper())), { mode: 0o600 });
  await comesUp();
});

test('neither does one whose server is a zombie', async () => {
  const text = readFileSync(pidFile, 'utf8');
  await server.close();
  const { uid, gid } = statSync(home.data);
  const parent = spawn('sh', ['-c', 'true & echo $!; exec sleep 60'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    uid,
    gid,
  });
  children.push(parent);
  const [line] = (await once(parent.stdout, 'data')) as [Buffer];
  writeFileSync(pidFile, text.replace(/^\d+/, line.toString().trim()), { mode: 0o600 });
  await comesUp();
});

test('neither does an empty one, nor one without its server', async () => {
  const text = readFileSync(pidFile, 'utf8');
  await server.close();
  for (const left of ['', text.replace(/^\d+/, '1073741823')]) {
    writeFileSync(pidFile, left, { mode: 0o600 });
    await comesUp();
  }
});

test('the PostgreSQL of another home under that number is not taken for ours', async () => {
  await server.close();
  const other = testHome();
  try {
    const foreign = await openPostgres();
    writeFileSync(pidFile, readFileSync(path.join(other.data, 'postmaster.pid')), { mode: 0o600 });
    process.env.HALOFLOW_HOME = home.path;
    await comesUp();
    expect(other.isRunning()).toBe(true);
    process.env.HALOFLOW_HOME = other.path;
    await foreign.close();
  } finally {
    await other.remove();
    process.env.HALOFLOW_HOME = home.path;
  }
});

test('a port that another program took is given up for a new one, and that is said', async () => {
  await server.close();
  const port = Number(new URL(server.url).port);
  const squatter = net.createServer().listen(port, '127.0.0.1');
  await once(squatter, 'listening');
  try {
    const said: string[] = [];
    const moved = await openPostgres({ onProgress: (line) => said.push(line) });
    expect(new URL(moved.url).port).not.toBe(String(port));
    expect(said).toEqual([
      `Port ${port} of the embedded PostgreSQL is taken by another program; it moves to ${new URL(moved.url).port}.`,
    ]);
    expect(await query(moved.url, 'select one from kept')).toEqual([{ one: 1 }]);
    await moved.close();
    const again = await openPostgres();
    expect(again.url).toBe(moved.url);
    await again.close();
  } finally {
    squatter.close();
  }
});

test('a server that cannot start is an error with the name of the log and its last words, and holds nobody up', async () => {
  await server.close();
  writeFileSync(path.join(home.data, 'PG_VERSION'), '17\n');
  const failure = openPostgres();
  await expect(failure).rejects.toThrow(ConfigurationError);
  await expect(failure).rejects.toThrow(/database files are incompatible with server.*version 17/);
  await expect(failure).rejects.toThrow(`log: ${home.log}`);
  await expect(failure).rejects.toThrow('set DATABASE_URL');
  writeFileSync(path.join(home.data, 'PG_VERSION'), '18\n');
  await comesUp();
});

test('a password that is gone or cut off is an error that says what to restore; nothing is made anew', async () => {
  await server.close();
  const file = path.join(home.path, 'postgres.password');
  const password = readFileSync(file, 'utf8');
  writeFileSync(file, password.slice(0, 5));
  await expect(openPostgres()).rejects.toThrow(`${file}, is damaged. Restore that file`);
  rmSync(file);
  await expect(openPostgres()).rejects.toThrow(`${file}, is missing. Restore that file`);
  writeFileSync(file, password);
  await comesUp();
});

test('a home that was deleted starts afresh', async () => {
  await server.close();
  rmSync(home.path, { recursive: true });
  const again = await openPostgres();
  await expect(query(again.url, 'select * from kept')).rejects.toMatchObject({ code: '42P01' });
  await again.close();
});

test('a first start that was killed at any moment leaves nothing in the way of the next', async () => {
  for (const afterMs of [400, 600, 800]) {
    await server.close();
    rmSync(home.path, { recursive: true });
    const child = startProgram(path.resolve('test/store/programs/server.ts'));
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    await child.kill('SIGKILL');
    server = await openPostgres();
    expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(readdirSync(home.path).filter((name) => name.includes('.new'))).toEqual([]);
  }
});
