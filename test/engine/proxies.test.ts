/** A server of our own on this machine is reached directly, whatever proxy the shell names. */
import { NativeConnection } from '@temporalio/worker';
import { connect } from '../../engine/rpc.ts';
import { openTemporal } from '../../engine/server.ts';
import { makeHome } from './home.ts';
import type { TestHome } from './home.ts';

let home: TestHome;
beforeEach(async () => {
  home = await makeHome();
});
afterEach(async () => home.remove());

const NOBODY = 'http://127.0.0.1:9';

test.each([
  ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY', 'grpc_proxy', 'all_proxy', 'ALL_PROXY'],
])('starting, asking and working need no proxy', async (...names) => {
  const before = { ...process.env };
  for (const name of names) process.env[name] = NOBODY;
  try {
    const server = await openTemporal();
    const asking = await connect(server.connectionOptions());
    await asking.workflowService.getSystemInfo({});
    await asking.close();
    const working = await NativeConnection.connect(server.connectionOptions());
    await working.workflowService.getSystemInfo({});
    await working.close();
    await server.close();
  } finally {
    process.env = before;
  }
});
