/** Starts, once for all test files that need them, the servers that they share; their addresses are in the environment. */
import { tsImport } from 'tsx/esm/api';
import { stopTestServers, undo, useTemporaryHome } from './testHome.js';

// oxlint-disable-next-line import/no-default-export -- what jest calls
export default async function globalSetup() {
  try {
    await useTemporaryHome();
    // All to their end, so that what came up is stopped when another one did not.
    const results = await Promise.allSettled([startPostgres(), startTemporal(), bundleWorkflows()]);
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  } catch (error) {
    await stopTestServers();
    throw error;
  }
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

/** The bundles that nearly all of them run; no test file has to make them in its own time. */
async function bundleWorkflows() {
  const { bundled, systemBundled, PROBES } = await tsImport('./bundles.ts', import.meta.url);
  await Promise.all([bundled(PROBES), systemBundled()]);
}
