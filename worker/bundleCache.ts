/** Bundles of haloflow's own workflows, kept from start to start as long as everything in them is as it was. */
import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import type { WorkflowBundle } from '@temporalio/worker';
import type { WebpackPlugin } from './bundleProblems.ts';
import { code, root } from './workflowFolders.ts';

interface KeptBundle {
  /** Files that webpack read, without those of packages, and folders that it listed. */
  readonly inputs: readonly string[];
  readonly digest: string;
  readonly code: string;
}

/** Where npm says which packages it has installed. */
const INSTALLED = join(root, 'node_modules', '.package-lock.json');

/**
 * Bundles, or answers what the last bundling of that name made where nothing has changed since: no file that it read,
 * no list of files in a folder that it read, no installed package. An installed haloflow keeps nothing: its folder
 * belongs to npm.
 *
 * @param bundle does it with this plugin of webpack, which notes what was read.
 */
export async function keptBundle(
  name: string,
  bundle: (plugin: WebpackPlugin) => Promise<WorkflowBundle>,
): Promise<WorkflowBundle> {
  if (code !== root) return await bundle(() => undefined);
  const file = join(root, 'node_modules', '.cache', 'haloflow', `${name}.json`);
  const kept = readKept(file);
  if (kept) return { code: kept.code };
  const started = Date.now();
  let inputs: readonly string[] = [];
  const made = await bundle((compiler) => {
    compiler.hooks.done.tap('haloflow', ({ compilation }) => {
      const files = [...compilation.fileDependencies].filter(isOwnFile);
      inputs = [...files, ...compilation.contextDependencies];
    });
  });
  keep(file, { code: made.code, inputs, started });
  return made;
}

function readKept(file: string): KeptBundle | undefined {
  try {
    const kept = JSON.parse(readFileSync(file, 'utf8')) as KeptBundle;
    return kept.digest === digestOf(kept.inputs) ? kept : undefined;
  } catch {
    return undefined;
  }
}

function keep(
  file: string,
  { code: bundled, inputs, started }: Pick<KeptBundle, 'code' | 'inputs'> & { readonly started: number },
): void {
  const fresh = `${file}.${randomUUID()}`;
  try {
    // What was edited meanwhile may have been read as it was before.
    if (inputs.some((path) => statSync(path).mtimeMs >= started)) return;
    const kept: KeptBundle = { inputs, digest: digestOf(inputs), code: bundled };
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(fresh, JSON.stringify(kept));
    renameSync(fresh, file);
  } catch {
    // Where nothing can be written, a file has gone meanwhile, or something else than npm has installed the packages,
    // each start bundles.
    rmSync(fresh, { force: true });
  }
}

/** Not of a package, which `INSTALLED` stands for, and not Temporal's entry, which is in memory only. */
const isOwnFile = (path: string): boolean =>
  !path.split(sep).includes('node_modules') && (statSync(path, { throwIfNoEntry: false })?.isFile() ?? false);

function digestOf(inputs: readonly string[]): string {
  const hash = createHash('sha256').update(process.version);
  for (const path of [INSTALLED, ...inputs]) {
    const content = contentOf(path);
    hash.update(`\n${path} ${content.length}\n`).update(content);
  }
  return hash.digest('hex');
}

/** Of a file, or the names in a folder. */
function contentOf(path: string): Buffer {
  return statSync(path).isDirectory()
    ? Buffer.from(readdirSync(path).toSorted().join('\n'))
    : readFileSync(path);
}
