/** Whether a worker here could start: its workflows, bundled as it would bundle them. */
import { realpathSync } from 'node:fs';
import { DefaultLogger } from '@temporalio/worker';
import { bundleWorkflows } from './bundle.ts';
import { ownWorkflows, workflowsFolder } from './workflowFolders.ts';

/**
 * Bundles the author's workflows and throws the bundle away. haloflow's own alone are known to be sound.
 *
 * @throws ConfigurationError as `bundleWorkflows` does, when no worker would start with them.
 */
export async function checkWorkflows(folder: string = workflowsFolder()): Promise<void> {
  if (realpathSync(folder) === realpathSync(ownWorkflows)) return;
  await bundleWorkflows(folder, new DefaultLogger('ERROR', () => undefined));
}
