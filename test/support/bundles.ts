/** Bundles of workflows, made once for all test files of a run of jest and the programs that they start. */
import { createHash } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DefaultLogger } from '@temporalio/worker';
import { homeDirectory } from '../../home/home.ts';
import { withLock } from '../../home/lock.ts';
import { bundleSystemWorkflows, bundleWorkflows } from '../../worker/bundle.ts';

/** The tests' own workflows, which most of them run. */
export const PROBES = new URL('../worker/workflows', import.meta.url).pathname;

/** Bundles a folder of workflows, or finds what another test file has bundled in this run of jest. */
export async function bundled(folder: string): Promise<{ readonly codePath: string }> {
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 12);
  return await bundledOnce(name, () => bundleWorkflows(folder, new DefaultLogger('ERROR')));
}

/** The same for the system workflows. */
export async function systemBundled(): Promise<{ readonly codePath: string }> {
  return await bundledOnce('system', () => bundleSystemWorkflows(new DefaultLogger('ERROR')));
}

async function bundledOnce(
  name: string,
  bundle: () => Promise<{ readonly code: string }>,
): Promise<{ readonly codePath: string }> {
  const codePath = path.join(homeDirectory(), `workflows-${name}.js`);
  const make = async (): Promise<void> => {
    if (!existsSync(codePath)) writeFileSync(codePath, (await bundle()).code);
  };
  await withLock(`${codePath}.lock`, make, { waitMs: Infinity });
  return { codePath };
}
