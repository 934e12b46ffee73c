/** Where the API listens and what its public address is. */
import { createServer } from 'node:net';
import { once } from 'node:events';
import { startApi } from '../../api/server.ts';
import { apiAddress } from '../../home/apiAddress.ts';
import type { Intake } from '../../api/types.ts';
import { parseSealingKey } from '../../store/seal.ts';
import { temporaryDirectory } from '../support/programs.ts';

const home = temporaryDirectory();
const NAMES = ['HALOFLOW_HOME', 'HALOFLOW_API_HOST', 'HALOFLOW_API_PORT', 'HALOFLOW_PUBLIC_URL'];
const before = new Map(NAMES.map((name) => [name, process.env[name]]));

beforeEach(() => {
  for (const name of NAMES) delete process.env[name];
  process.env['HALOFLOW_HOME'] = home.path;
});
afterAll(() => {
  for (const [name, value] of before) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  home.remove();
});

test('a port is chosen once for a home and kept', async () => {
  const first = await apiAddress();
  expect(first).toEqual({
    host: '127.0.0.1',
    port: expect.any(Number),
    publicUrl: `http://127.0.0.1:${first.port}`,
  });
  expect(await apiAddress()).toEqual(first);
});

test('the environment goes first', async () => {
  process.env['HALOFLOW_API_HOST'] = '0.0.0.0';
  process.env['HALOFLOW_API_PORT'] = '8443';
  expect(await apiAddress()).toEqual({ host: '0.0.0.0', port: 8443, publicUrl: 'http://127.0.0.1:8443' });
  process.env['HALOFLOW_PUBLIC_URL'] = 'https://flow.example.com/base/';
  expect((await apiAddress()).publicUrl).toBe('https://flow.example.com/base');
});

test.each([
  ['HALOFLOW_API_PORT', '0'],
  ['HALOFLOW_API_PORT', 'http'],
  ['HALOFLOW_API_PORT', '70000'],
  ['HALOFLOW_PUBLIC_URL', 'flow.example.com'],
  ['HALOFLOW_PUBLIC_URL', 'ftp://flow.example.com'],
  ['HALOFLOW_PUBLIC_URL', 'https://user:word@flow.example.com'],
])('%s=%s is refused with what to do', async (name, value) => {
  process.env[name] = value;
  await expect(apiAddress()).rejects.toThrow(new RegExp(`${name}.*set it to`));
});

test('a port that something else uses is named', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  const key = parseSealingKey('A'.repeat(43), 'the test');
  const intake = { store: { key }, starter: {} } as unknown as Intake;
  await expect(startApi(intake, { host: '127.0.0.1', port })).rejects.toThrow(
    new RegExp(`port ${port}.*EADDRINUSE.*HALOFLOW_API_PORT`),
  );
  other.close();
});
