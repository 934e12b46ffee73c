/** Checks whether a worker could start with the author's workflows, in a fraction of the time that bundling takes. */
import { readFileSync, readdirSync, realpathSync } from 'node:fs';
import { join, sep } from 'node:path';
import { build, transform } from 'esbuild';
import type { BuildFailure, Message, Plugin } from 'esbuild';
import { ConfigurationError } from '../errors.ts';
import { duplicates, forbidden, isBuiltin } from './bundleProblems.ts';
import { ownWorkflows, root, workflowsFolder } from './workflowFolders.ts';
import { WORKFLOW_FILE } from './workflowNames.ts';

/** Node modules for which Temporal's bundler has substitutes, when a package imports them. */
const STOOD_IN = new Set(['assert', 'url', 'util']);

/**
 * Follows all imports of the workflows in `folder`, also through packages. haloflow's own workflows are not checked.
 *
 * @throws ConfigurationError with file and reason, as `bundleWorkflows` does: for files that do not compile, a missing
 * package, a Node module, and a name that two files export.
 */
export async function checkWorkflows(folder: string = workflowsFolder()): Promise<void> {
  const authored = realpathSync(folder);
  if (authored === realpathSync(ownWorkflows)) return;
  const files = readdirSync(authored).filter((name) => WORKFLOW_FILE.test(name));
  if (files.length === 0) return;
  const requests = new Map<string, Set<string>>();
  const errors = await errorsOf(authored, files, requests);
  const imports = [...requests].map(([file, asked]) => ({ file, source: '', requests: [...asked] }));
  const sources = errors.length > 0 ? [] : await Promise.all(files.map((name) => readModule(authored, name)));
  const reasons = [...errors, ...forbidden(imports), ...duplicates(sources, authored)];
  if (reasons.length === 0) return;
  throw new ConfigurationError(`the workflows in ${folder} cannot be bundled: ${reasons.join('; ')}`);
}

async function errorsOf(
  folder: string,
  files: readonly string[],
  requests: Map<string, Set<string>>,
): Promise<readonly string[]> {
  try {
    await build({
      absWorkingDir: folder,
      entryPoints: files.map((name) => `./${name}`),
      bundle: true,
      platform: 'neutral',
      format: 'esm',
      mainFields: ['module', 'main'],
      conditions: ['module', 'import', 'require'],
      nodePaths: [join(root, 'node_modules')],
      write: false,
      outdir: 'out',
      logLevel: 'silent',
      tsconfigRaw: '{}',
      plugins: [noting(requests)],
    });
    return [];
  } catch (error) {
    const found = (error as Partial<BuildFailure>).errors;
    if (!found) throw error;
    return found.slice(0, 8).map((message) => describe(folder, message));
  }
}

/** Records which files import Node modules; those of haloflow and Temporal are allowed. */
const noting = (requests: Map<string, Set<string>>): Plugin => ({
  name: 'haloflow',
  setup(builder) {
    builder.onResolve({ filter: /^(haloflow\/sdk|@temporalio\/.*)$/ }, ({ path }) => ({
      path,
      external: true,
    }));
    builder.onResolve({ filter: /^[\w@]/ }, ({ path, importer }) => {
      if (!isBuiltin(path)) return undefined;
      const inPackage = importer.split(sep).includes('node_modules');
      if (!inPackage || !STOOD_IN.has(path.replace(/^node:/, ''))) {
        requests.set(importer, (requests.get(importer) ?? new Set()).add(path));
      }
      return { path, external: true };
    });
  },
});

/** A file at the top, as its exports are declared once its types are stripped. */
async function readModule(folder: string, name: string) {
  const file = join(folder, name);
  const { code } = await transform(readFileSync(file, 'utf8'), {
    loader: name.endsWith('.ts') ? 'ts' : 'js',
    tsconfigRaw: '{}',
  });
  return { file, source: code, requests: [] };
}

function describe(folder: string, { location, text }: Message): string {
  return location ? `${join(folder, location.file)}:${location.line}:${location.column + 1}: ${text}` : text;
}
