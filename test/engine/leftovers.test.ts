import { openTemporal } from '../../engine/server.ts';
import { writeState } from '../../engine/state.ts';
import { identify } from '../../home/process.ts';
import { makeHome, type TestHome } from './home.ts';

let home: TestHome;
let progress: string[];
beforeEach(async () => {
  home = await makeHome();
  progress = [];
});
afterEach(async () => home.remove());

const open = async (ui = false): ReturnType<typeof openTemporal> =>
  openTemporal({ ui, onProgress: (line) => progress.push(line) });

test('a server that does not hold the cluster we know is stopped, never joined by a second one', async () => {
  const user = await home.startUser();
  const [pid] = home.servers();
  await user.kill();
  const state = home.state();
  writeState(home.directory, { ...state, clusterIds: { [state.version]: 'another' } });

  const server = await open();
  expect(home.servers()).toHaveLength(1);
  expect(home.servers()).not.toContain(pid);
  await server.close();
});

test('a server that nothing is noted of any more is found and stopped before another starts on its file', async () => {
  const user = await home.startUser();
  const [pid] = home.servers();
  await user.kill();
  writeState(home.directory, { ...home.state(), process: null });

  const server = await open();
  expect(home.servers()).toHaveLength(1);
  expect(home.servers()).not.toContain(pid);
  await server.close();
});

test('a process that has the number of the server today is left alone', async () => {
  await (await open()).close();
  const bystander = identify(process.pid);
  writeState(home.directory, { ...home.state(), process: bystander });
  const server = await open();
  expect(home.servers()).toHaveLength(1);
  await server.close();
  expect(identify(process.pid)).toEqual(bystander);
});

test('the web UI: a server without it gives way when nobody uses it, and stays when somebody does', async () => {
  const user = await home.startUser();
  const [pid] = home.servers();
  const withoutUi = await open(true);
  expect(withoutUi.uiUrl).toBeNull();
  expect(home.servers()).toEqual([pid]);
  expect(progress).toEqual(['the Temporal server in use was started without its web UI; it stays as it is']);
  await withoutUi.close();
  await user.kill();

  const withUi = await open(true);
  expect(withUi.address).toBe(user.address);
  expect((await fetch(`${withUi.uiUrl}`)).status).toBe(200);
  expect(home.servers()).toHaveLength(1);
  await withUi.close();
});

test('a server that others use and that does not answer is named, and neither stopped nor moved', async () => {
  const user = await home.startUser();
  const [pid] = home.servers();
  const { port } = home.state();
  process.kill(pid!, 'SIGSTOP');
  try {
    await expect(open()).rejects.toThrow(`process ${pid}) runs, and other processes use it`);
    expect(home.servers()).toEqual([pid]);
  } finally {
    process.kill(pid!, 'SIGCONT');
  }
  const server = await open();
  expect(home.servers()).toEqual([pid]);
  expect(home.state().port).toBe(port);
  await server.close();

  // One that was killed comes back where its users look for it.
  process.kill(pid!, 'SIGKILL');
  const next = await open();
  expect(home.state().port).toBe(port);
  await next.close();
  await user.kill();
});
