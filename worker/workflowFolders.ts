/** Where workflow code is: haloflow's own, compiled or not, and the author's. */
import { existsSync, statSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigurationError } from '../errors.ts';
import { packageRoot } from '../packageRoot.ts';

/** The checkout or the installed package. */
export const root = resolve(fileURLToPath(packageRoot));
// Temporal's bundler does not compile TypeScript below node_modules: an installed haloflow brings compiled workflow code.
export const code = root.split(sep).includes('node_modules') ? join(root, 'dist') : root;
export const extension = code === root ? 'ts' : 'js';

/** Of the workflows that come with haloflow. */
export const ownWorkflows = join(code, 'workflows');

/**
 * The folder with the author's workflows: `HALOFLOW_WORKFLOWS`, or `workflows/` in the current folder where there is
 * one, or haloflow's own.
 *
 * @throws ConfigurationError when HALOFLOW_WORKFLOWS is not a folder.
 */
export function workflowsFolder(): string {
  const named = process.env['HALOFLOW_WORKFLOWS'];
  if (named) {
    const folder = resolve(named);
    if (!existsSync(folder) || !statSync(folder).isDirectory()) {
      throw new ConfigurationError(
        `HALOFLOW_WORKFLOWS is ${folder}, which is not a folder: name the folder with your workflows, or unset it to use workflows/ here`,
      );
    }
    return folder;
  }
  const local = resolve('workflows');
  return existsSync(local) && statSync(local).isDirectory() ? local : ownWorkflows;
}
