/** The names of the workflows that the bundle would have, found in a fraction of the time. */
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import type { BuildFailure, Message } from 'esbuild';
import { ConfigurationError } from '../errors.ts';
import { ownWorkflows, workflowsFolder } from './workflowFolders.ts';

/** As worker/workflowsEntry.cjs takes them. */
export const WORKFLOW_FILE = /^[^.]+\.[jt]s$/;

/**
 * The functions that haloflow's own workflows and those in `folder` (default: the author's) export, in the order of the
 * alphabet.
 *
 * @throws ConfigurationError naming file and line when a file in the folder does not compile.
 */
export async function workflowNames(folder: string = workflowsFolder()): Promise<readonly string[]> {
  const folders = [...new Set([ownWorkflows, folder])];
  const found = await Promise.all(folders.map(namesIn));
  return [...new Set(found.flat())].sort();
}

async function namesIn(folder: string): Promise<string[]> {
  const files = readdirSync(folder).filter((name) => WORKFLOW_FILE.test(name));
  const built = await Promise.all(files.map((file) => compile(folder, file)));
  const reasons = built.flatMap((one) => ('reasons' in one ? one.reasons : []));
  if (reasons.length > 0) {
    throw new ConfigurationError(`the workflows in ${folder} do not compile: ${reasons.join('; ')}`);
  }
  return built.flatMap((one) => ('names' in one ? one.names : []));
}

type Compiled = { readonly names: readonly string[] } | { readonly reasons: readonly string[] };

/** What its modules export comes along, packages do not: `export * from './more.ts'` has names, too. */
async function compile(folder: string, file: string): Promise<Compiled> {
  try {
    const { metafile, outputFiles } = await build({
      absWorkingDir: folder,
      entryPoints: [`./${file}`],
      bundle: true,
      packages: 'external',
      platform: 'neutral',
      format: 'esm',
      metafile: true,
      write: false,
      outfile: 'out.js',
      logLevel: 'silent',
      // The author's settings have a say in how it is compiled, not in what it exports.
      tsconfigRaw: '{}',
    });
    if (metafile.inputs[file]?.format === 'cjs') return { names: assigned(folder, file) };
    const [output] = Object.values(metafile.outputs);
    const text = outputFiles[0]?.text ?? '';
    return { names: (output?.exports ?? []).filter((name) => name !== 'default' && isFunction(text, name)) };
  } catch (error) {
    const reasons = (error as Partial<BuildFailure>).errors?.map((message) => describe(folder, message));
    if (!reasons) throw error;
    return { reasons: reasons.slice(0, 3) };
  }
}

/** Beginnings of what is certainly no function; `wrapped(inner)` may be one. */
const OTHER_VALUE =
  /^(?:["'`[{\d-]|\/(?!\*)|\/\* @__PURE__ \*\/ \(\(|new |class\b|true\b|false\b|null\b|void 0)/;

/** Whether the module, as esbuild prints it, exports a function by that name. */
function isFunction(module: string, name: string): boolean {
  const exported = module.slice(module.lastIndexOf('\nexport {'));
  const local = new RegExp(`^  ([\\w$]+) as ${escape(name)},?$`, 'm').exec(exported)?.[1] ?? name;
  const value = new RegExp(`^(?:var|let|const) ${escape(local)} = (.*)$`, 'm').exec(module)?.[1];
  return value === undefined || !OTHER_VALUE.test(value);
}

const escape = (name: string): string => name.replaceAll('$', String.raw`\$`);

/** What a CommonJS file puts into its exports. */
function assigned(folder: string, file: string): string[] {
  const text = readFileSync(join(folder, file), 'utf8');
  const found = text.matchAll(/^\s*(?:module\.)?exports\.([\w$]+) = (?!exports\.)(.*)$/gm);
  const names = [...found]
    .filter(([, , value = '']) => !OTHER_VALUE.test(value))
    .map(([, name = '']) => name);
  return [...new Set(names)].filter((name) => name !== '__esModule' && name !== 'default');
}

function describe(folder: string, { location, text }: Message): string {
  if (!location) return `${basename(folder)}: ${text}`;
  return `${join(folder, location.file)}:${location.line}:${location.column + 1}: ${text}`;
}
