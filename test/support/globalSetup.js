/** Starts, once for all test files, the servers that they share; their addresses are in the environment. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { tsImport } from 'tsx/esm/api';

/** @type {(() => Promise<void>)[]} */
const undo = [];

// oxlint-disable-next-line import/no-default-export -- what jest calls
export default async function globalSetup() {
  Object.assign(globalThis, { stopTestServers });
  for (const signal of ['SIGINT', 'SIGTERM']) {
    // The servers are detached: Ctrl+C ends jest without its teardown, and would leave them.
    process.once(signal, () => void stopTestServers().finally(() => process.exit(1)));
  }
  try {
    await useTemporaryHome();
    // Both to their end, so that the one that came up is stopped when the other did not.
    const results = await Promise.allSettled([startPostgres(), startTemporal()]);
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  } catch (error) {
    await stopTestServers();
    throw error;
  }
}

async function useTemporaryHome() {
  const home = await mkdtemp(path.join(os.tmpdir(), 'haloflow-test-'));
  undo.push(() => rm(home, { recursive: true, force: true, maxRetries: 3 }));
  process.env.HALOFLOW_HOME = home;
  for (const name of ['DATABASE_URL', 'HALOFLOW_KEY', 'TEMPORAL_ADDRESS']) delete process.env[name];
}

/** Sets HALOFLOW_TEST_DATABASE_URL; that server has a migrated database `template_haloflow` to copy. */
async function startPostgres() {
  const { openPostgres } = await tsImport('../../store/postgres.ts', import.meta.url);
  const { makeTemplate } = await tsImport('./database.ts', import.meta.url);
  const server = await openPostgres();
  undo.push(() => server.close());
  await makeTemplate(server.url);
  process.env.HALOFLOW_TEST_DATABASE_URL = server.url;
}

/** Sets HALOFLOW_TEST_TEMPORAL_ADDRESS to a development server of our own. */
async function startTemporal() {
  const { openTemporal } = await tsImport('../../engine/server.ts', import.meta.url);
  const server = await openTemporal({ onProgress: (line) => void process.stderr.write(`${line}\n`) });
  undo.push(() => server.close());
  process.env.HALOFLOW_TEST_TEMPORAL_ADDRESS = server.address;
}

async function stopTestServers() {
  for (const step of undo.splice(0).toReversed()) {
    await step().catch((error) => process.stderr.write(`While stopping the test servers: ${error}\n`));
  }
}
