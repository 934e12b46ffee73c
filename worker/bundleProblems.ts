/** What is wrong with an author's workflows, by file: webpack and Temporal's bundler tell it to a log only. */
import { builtinModules } from 'node:module';
import { dirname, sep } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { BundleOptions } from '@temporalio/worker';

type WebpackConfiguration = Parameters<NonNullable<BundleOptions['webpackConfigHook']>>[0];
type Plugin = NonNullable<WebpackConfiguration['plugins']>[number];
type Compiler = Parameters<Extract<Plugin, (...args: never[]) => void>>[0];

export type WebpackPlugin = (this: Compiler, compiler: Compiler) => void;

export interface BundleProblems {
  readonly plugin: WebpackPlugin;
  /** One line each, with the file; empty when nothing of the author's is to blame. */
  list(): readonly string[];
}

export interface Module {
  readonly file: string;
  readonly source: string;
  readonly requests: readonly string[];
}

interface WebpackError {
  readonly module?: { nameForCondition(): string | null } | null;
  readonly message: string;
}

const builtin = new Set(builtinModules);
export const isBuiltin = (request: string): boolean => request.startsWith('node:') || builtin.has(request);

const FUNCTION =
  /^export (?:async )?function\*? ?([\w$]+)|^export (?:const|let|var) ([\w$]+) = (?:async )?(?:function\b|\(|[\w$]+ ?=>)/gm;

/** The functions that a module declares and exports, after its types are stripped. */
function exportedFunctions(source: string): string[] {
  return [...source.matchAll(FUNCTION)].map(([, declared, assigned]) => declared ?? assigned ?? '');
}

/** Watches one bundling of the workflows in `folder`. */
export function watchProblems(folder: string): BundleProblems {
  const modules: Module[] = [];
  const errors: string[] = [];

  return {
    plugin(compiler) {
      compiler.hooks.compilation.tap('haloflow', (compilation) => {
        compilation.hooks.finishModules.tap('haloflow', (finished) => {
          for (const module of finished) {
            const file = module.nameForCondition();
            if (file === null || file.split(sep).includes('node_modules')) continue;
            const source = module.originalSource()?.source() ?? '';
            const requests = module.dependencies.flatMap((dependency) =>
              'request' in dependency && typeof dependency.request === 'string' ? [dependency.request] : [],
            );
            modules.push({ file, source: source.toString(), requests });
          }
        });
      });
      compiler.hooks.done.tap('haloflow', ({ compilation }) => {
        // webpack's own errors know the module, which its type declarations keep to themselves.
        for (const { module, message } of compilation.errors as readonly WebpackError[]) {
          const file = module?.nameForCondition() ?? '';
          if (!isBuiltin(file)) errors.push(`${file === '' ? '' : `${file}: `}${firstLines(message)}`);
        }
      });
    },
    list: () => [...errors, ...forbidden(modules), ...duplicates(modules, folder)],
  };
}

function firstLines(message: string): string {
  const lines = stripVTControlCharacters(message)
    .split('\n')
    .map((line) => line.trim());
  return lines
    .filter((line) => line !== '' && !line.startsWith('at '))
    .slice(0, 8)
    .join(' ');
}

/** The Node modules that modules import, with the importing files. */
export function forbidden(modules: readonly Module[]): string[] {
  return modules.flatMap(({ file, requests }) => {
    const found = [...new Set(requests.filter(isBuiltin))];
    return found.length === 0
      ? []
      : [`${file} imports ${found.join(', ')}, which workflows cannot have: do it in an action`];
  });
}

/** The functions that two files at the top of the folder export. */
export function duplicates(modules: readonly Module[], folder: string): string[] {
  const files = new Map<string, string[]>();
  for (const { file, source } of modules) {
    if (dirname(file) !== folder) continue;
    for (const name of exportedFunctions(source)) files.set(name, [...(files.get(name) ?? []), file]);
  }
  return [...files]
    .filter(([, found]) => found.length > 1)
    .map(
      ([name, found]) => `${name} is exported by ${found.toSorted().join(' and by ')}: rename one of them`,
    );
}
