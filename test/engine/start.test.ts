import { readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import path from 'node:path';
import { temporalBinary } from '../../engine/binary.ts';
import { openTemporal } from '../../engine/server.ts';
import { databaseFile, writeState } from '../../engine/state.ts';
import { ConfigurationError } from '../../errors.ts';
import { makeHome, startWorkflow, type TestHome, workflowStatus } from './home.ts';
import { script } from './scripts.ts';

let home: TestHome;
let progress: string[];
beforeEach(async () => {
  home = await makeHome();
  progress = [];
});
afterEach(async () => home.remove());

const open = async (): ReturnType<typeof openTemporal> =>
  openTemporal({ onProgress: (line) => progress.push(line) });

async function occupy(port: number): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return server;
}

test('a port that another program took meanwhile is given up, and that is told', async () => {
  await (await open()).close();
  const { port } = home.state();
  const other = await occupy(port);
  try {
    const server = await open();
    const moved = home.state().port;
    expect(moved).not.toBe(port);
    expect(server.address).toBe(`127.0.0.1:${moved}`);
    expect(progress).toEqual([
      `port ${port} is taken by another program: the Temporal server moves to ${moved}`,
    ]);
    await server.close();
  } finally {
    other.close();
  }
});

test('another version of the server gets a database of its own, and the old one stays', async () => {
  await (await open()).close();
  const { version, ...state } = home.state();
  const old = databaseFile(home.directory, '1.30.0');
  await writeFile(old, 'of another version');
  writeState(home.directory, { ...state, version: '1.30.0', clusterIds: { '1.30.0': 'old' } });
  await (await open()).close();
  expect(progress[0]).toBe(
    `Temporal server ${version} cannot read what 1.30.0 kept: it starts with an empty database ` +
      `${databaseFile(home.directory, version)}; ${old} stays as it is`,
  );
  expect(await readdir(home.directory)).toContain('server-1.30.0.db');
});

test('a database that a killed first start left unfinished is put aside', async () => {
  await (await open()).close();
  const { version } = home.state();
  writeState(home.directory, { ...home.state(), clusterIds: {} });
  await writeFile(databaseFile(home.directory, version), 'half a schema');
  const server = await open();
  expect(progress[0]).toMatch(/server-1\.\d+\.\d+\.db is not known to be complete: it was put aside as /);
  await startWorkflow(server, 'works');
  expect(await workflowStatus(server, 'works')).toBe(1);
  await server.close();
});

test('a server that does not come up is an error with the last lines of its log', async () => {
  await (await open()).close();
  const database = databaseFile(home.directory, home.state().version);
  for (const part of ['-wal', '-shm']) await rm(database + part, { force: true });
  await writeFile(database, 'not a database');
  await expect(open()).rejects.toThrow(ConfigurationError);
  await expect(open()).rejects.toThrow(
    /^The Temporal server on .*\.db did not come up: .*temporal ended with 1\n[^]*file is not a database[^]*\nThe whole log: .*server\.log$/,
  );
  expect(home.servers()).toEqual([]);
  expect(home.state().process).toBeNull();
});

test('a server that somebody kills while it starts is started again', async () => {
  const real = await temporalBinary();
  const mark = path.join(home.directory, 'killed-once');
  await (await open()).close();
  process.env.TEMPORAL_CLI_PATH = await script(
    path.join(home.directory, 'bin'),
    'temporal',
    `if [ "$1" = server ] && [ ! -e '${mark}' ]; then touch '${mark}'; kill -9 $$; fi; exec '${real}' "$@"`,
  );
  const server = await open();
  expect(await readdir(home.directory)).toContain('killed-once');
  expect(home.servers()).toHaveLength(1);
  await server.close();
});
