import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { DefaultLogger, bundleWorkflowCode } from '@temporalio/worker';
import type { BundleOptions, Logger, WorkflowBundle } from '@temporalio/worker';
import { ConfigurationError } from '../errors.ts';
import { keptBundle } from './bundleCache.ts';
import { watchProblems } from './bundleProblems.ts';
import type { WebpackPlugin } from './bundleProblems.ts';
import { code, extension, ownWorkflows, root } from './workflowFolders.ts';

/**
 * Bundles the system workflows, which the feeds worker runs and no other: `haloflow:feed` and its like. They are in no
 * author's bundle, so that nobody can start or replace them by their names.
 */
export async function bundleSystemWorkflows(logger: Logger): Promise<WorkflowBundle> {
  return await keptBundle('system', (noteInputs) =>
    bundleWorkflowCode({
      workflowsPath: join(root, 'worker', 'systemWorkflowsEntry.cjs'),
      preloadModules: [builtIns],
      logger: quiet(logger),
      webpackConfigHook: changed({ 'haloflow-system': join(code, 'triggers', 'workflows') }, noteInputs),
    }),
  );
}

/**
 * Bundles haloflow's own workflows and every `*.ts` and `*.js` file at the top of `folder`, whose exported functions
 * are workflows by their names; one of the author's takes the place of haloflow's own of the same name.
 *
 * @throws ConfigurationError naming file and reason when the code does not compile, needs what Temporal's sandbox does
 * not have, or exports two workflows of one name.
 */
export async function bundleWorkflows(folder: string, logger: Logger): Promise<WorkflowBundle> {
  const authored = realpathSync(folder);
  if (authored !== realpathSync(ownWorkflows)) return await bundleAuthored(folder, authored, logger);
  return await keptBundle('own', (noteInputs) => bundleAuthored(folder, authored, logger, noteInputs));
}

async function bundleAuthored(
  folder: string,
  authored: string,
  logger: Logger,
  ...plugins: readonly WebpackPlugin[]
): Promise<WorkflowBundle> {
  const problems = watchProblems(authored);
  const aliases = {
    'haloflow-own': ownWorkflows,
    'haloflow-authored': authored,
    // The author's flows use the sdk of the worker that runs them, wherever they live.
    'haloflow/sdk$': join(code, 'sdk', `index.${extension}`),
  };
  let bundle: WorkflowBundle | undefined;
  let failure: unknown;
  try {
    bundle = await bundleWorkflowCode({
      workflowsPath: join(root, 'worker', 'workflowsEntry.cjs'),
      workflowInterceptorModules: [join(code, 'worker', `workflowInterceptors.${extension}`)],
      payloadConverterPath: converters,
      failureConverterPath: converters,
      preloadModules: [builtIns],
      logger: quiet(logger),
      webpackConfigHook: changed(aliases, problems.plugin, ...plugins),
    });
  } catch (error) {
    failure = error;
  }
  const reasons = problems.list();
  if (bundle && reasons.length === 0) return bundle;
  const reason = reasons.length > 0 ? reasons.join('; ') : describe(failure);
  throw new ConfigurationError(`the workflows in ${folder} cannot be bundled: ${reason}`, { cause: failure });
}

const describe = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What stops a bundling is in its error; webpack's pages of it are not. */
const quiet = (logger: Logger): Logger =>
  new DefaultLogger('WARN', ({ level, message, meta }) => {
    if (level !== 'ERROR') logger.log(level, message, meta);
  });

const builtIns = join(code, 'worker', `builtIns.${extension}`);
const converters = join(code, 'worker', `workflowConverters.${extension}`);

type WebpackConfigHook = NonNullable<BundleOptions['webpackConfigHook']>;

const changed =
  (aliases: Readonly<Record<string, string>>, ...plugins: readonly WebpackPlugin[]): WebpackConfigHook =>
  (config) => ({
    ...config,
    plugins: [...(config.plugins ?? []), ...plugins],
    resolve: {
      ...config.resolve,
      modules: [...(config.resolve?.modules ?? []), join(root, 'node_modules')],
      alias: { ...(config.resolve?.alias as Record<string, string | false> | undefined), ...aliases },
    },
  });
