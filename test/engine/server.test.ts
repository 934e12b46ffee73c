import { stat } from 'node:fs/promises';
import path from 'node:path';
import { openTemporal } from '../../engine/server.ts';
import { makeHome, overClient, startWorkflow, type TestHome, workflowStatus } from './home.ts';

let home: TestHome;
beforeEach(async () => {
  home = await makeHome();
});
afterEach(async () => home.remove());

test('serves with search attributes and seven days of retention, in private files', async () => {
  const server = await openTemporal();
  expect(server).toMatchObject({ namespace: 'default', uiUrl: null, started: 'own' });
  expect(server.connectionOptions()).toEqual({ address: server.address, grpcCompression: { codec: 'none' } });
  await overClient(server, async ({ workflowService, operatorService }) => {
    const { config } = await workflowService.describeNamespace({ namespace: 'default' });
    expect(Number(config?.workflowExecutionRetentionTtl?.seconds)).toBe(7 * 24 * 60 * 60);
    const { customAttributes } = await operatorService.listSearchAttributes({ namespace: 'default' });
    expect(customAttributes).toEqual({ OrgId: 2, OwnerId: 2, TriggerId: 2 });
  });
  expect((await stat(home.directory)).mode & 0o777).toBe(0o700);
  expect((await stat(path.join(home.directory, 'server.json'))).mode & 0o777).toBe(0o600);
  expect(home.state().process?.pid).toBe(home.servers()[0]);
  await server.close();
});

test('the last one out stops it; the next start has the same port and the same workflows', async () => {
  const first = await openTemporal();
  const second = await openTemporal();
  expect(second.address).toBe(first.address);
  await startWorkflow(first, 'kept');
  const { clusterIds } = home.state();

  await first.close();
  await first.close();
  expect(await workflowStatus(second, 'kept')).toBe(1);
  await second.close();
  expect(home.servers()).toEqual([]);
  expect(home.state().process).toBeNull();

  const third = await openTemporal();
  expect(third.address).toBe(first.address);
  expect(home.state().clusterIds).toEqual(clusterIds);
  expect(await workflowStatus(third, 'kept')).toBe(1);
  await third.close();
});

test('three processes at once share one server', async () => {
  const users = await Promise.all([home.startUser(), home.startUser(), home.startUser()]);
  expect(new Set(users.map(({ address }) => address)).size).toBe(1);
  expect(home.servers()).toHaveLength(1);
  await Promise.all(users.map(async (user) => user.close()));
  expect(home.servers()).toEqual([]);
});

test('the server of a process that was killed is adopted, and stopped by whoever adopted it', async () => {
  const user = await home.startUser();
  const [pid] = home.servers();
  await user.kill();
  expect(home.servers()).toEqual([pid]);

  const server = await openTemporal();
  expect(server.address).toBe(user.address);
  expect(home.servers()).toEqual([pid]);
  await server.close();
  expect(home.servers()).toEqual([]);
});
