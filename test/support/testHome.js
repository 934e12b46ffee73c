/** The home of all test files, and what is undone when they have ended. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** @type {(() => Promise<void>)[]} */
export const undo = [];

/** Makes it and sets HALOFLOW_HOME, once for all projects of jest.config.js; the settings of whoever runs the tests are none of theirs. */
export async function useTemporaryHome() {
  if (globalThis.stopTestServers !== undefined) return;
  Object.assign(globalThis, { stopTestServers });
  for (const signal of ['SIGINT', 'SIGTERM']) {
    // The servers are detached: Ctrl+C ends jest without its teardown, and would leave them.
    process.once(signal, () => void stopTestServers().finally(() => process.exit(1)));
  }
  const home = await mkdtemp(path.join(os.tmpdir(), 'haloflow-test-'));
  undo.push(() => rm(home, { recursive: true, force: true, maxRetries: 3 }));
  process.env.HALOFLOW_HOME = home;
  for (const name of ['DATABASE_URL', 'HALOFLOW_KEY', 'TEMPORAL_ADDRESS']) delete process.env[name];
}

export async function stopTestServers() {
  for (const step of undo.splice(0).toReversed()) {
    await step().catch((error) => process.stderr.write(`While stopping the test servers: ${error}\n`));
  }
}
