import { Connection } from '@temporalio/client';
import { openTemporal, type TemporalServer } from '../../engine/server.ts';
import type { RestartInfo } from '../../home/watch.ts';
import { untilPasses } from '../support/polling.ts';
import { makeHome, startWorkflow, type TestHome, workflowStatus } from './home.ts';

let home: TestHome;
beforeEach(async () => {
  home = await makeHome();
});
afterEach(async () => home.remove());

/** Kills the server of the home and waits for what its watcher says. */
async function killWatched(server: TemporalServer): Promise<RestartInfo> {
  const restarted = new Promise<RestartInfo>((resolve) => {
    server.watch(resolve);
  });
  for (const pid of home.servers()) process.kill(pid, 'SIGKILL');
  return restarted;
}

test('a watched server that is killed is back: same port, same workflows', async () => {
  const server = await openTemporal();
  const connection = await Connection.connect(server.connectionOptions());
  await startWorkflow(server, 'kept');
  const before = home.state();

  const info = await killWatched(server);
  expect(info).toMatchObject({ ok: true, message: 'Temporal had ended and was restarted' });
  const after = home.state();
  expect(after).toEqual({ ...before, process: after.process });
  expect(after.process?.pid).not.toBe(before.process?.pid);
  expect(await workflowStatus(server, 'kept')).toBe(1);

  // The connection from before finds it again by itself.
  const { clusterId } = await untilPasses(async () => connection.workflowService.getClusterInfo({}));
  expect(clusterId).toBe(after.clusterIds[after.version]);
  await connection.close();
  await server.close();
  expect(home.servers()).toEqual([]);
});

test('a server that was adopted is watched as well', async () => {
  const user = await home.startUser();
  await user.kill();
  const server = await openTemporal();
  expect((await killWatched(server)).ok).toBe(true);
  expect(home.servers()).toHaveLength(1);
  expect(server.address).toBe(user.address);
  await server.close();
});

test('of two watchers one restarts it, and the other goes on with that one', async () => {
  const user = await home.startUser('--watch');
  const server = await openTemporal();
  expect((await killWatched(server)).ok).toBe(true);
  expect(home.servers()).toEqual([home.state().process?.pid]);
  await user.close();
  expect(home.servers()).toHaveLength(1);
  await server.close();
  expect(home.servers()).toEqual([]);
});

test('a server whose watcher has closed stays down', async () => {
  const server = await openTemporal();
  let restarts = 0;
  server.watch(() => (restarts += 1));
  await server.close();
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(restarts).toBe(0);
  expect(home.servers()).toEqual([]);
});
