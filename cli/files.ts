/** What a configuration file is held against here: Halo's addresses, and the workflows that a worker would run. */
import type { ConfigurationFile } from '../configuration/file/scope.ts';
import { normaliseServer } from './normaliseServer.ts';

export const files: Pick<ConfigurationFile, 'normaliseServer' | 'workflowNames' | 'checkWorkflows'> = {
  normaliseServer,
  // Loaded when it is asked for: it brings the bundler with it.
  workflowNames: async () => await (await import('../worker/workflowNames.ts')).workflowNames(),
  checkWorkflows: async () => await (await import('../worker/checkWorkflows.ts')).checkWorkflows(),
};
