/** Loads modules of the command: from dist/ as long as that is compiled from the sources that are here, else these. */
import { existsSync, readFileSync, statSync } from 'node:fs';

const ROOT = new URL('../', import.meta.url);
const DIST = new URL('dist/', ROOT);

/** In dist/: each source that is compiled there, with its size and time then. */
export const STAMP = 'sources.json';

/**
 * Loads a module of that path, without its extension.
 *
 * @param {string} path
 */
export async function load(path) {
  return await (isCurrent() ? loadCompiled(path) : loadSource(path));
}

/** @param {string} path */
export async function loadCompiled(path) {
  // The lines of errors are those of the sources.
  process.setSourceMapsEnabled(true);
  return await import(new URL(`${path}.js`, DIST).href);
}

/** @param {string} path */
export async function loadSource(path) {
  const { register } = await import('tsx/esm/api');
  register();
  return await import(new URL(`${path}.ts`, ROOT).href);
}

function isCurrent() {
  // An installed package cannot be compiled: it is as it was packed.
  if (!existsSync(new URL('tsconfig.build.json', ROOT))) return existsSync(new URL('cli/main.js', DIST));
  try {
    const stamp = JSON.parse(readFileSync(new URL(STAMP, DIST), 'utf8'));
    return stamp.every(([path, ...state]) => String(stateOf(path)) === String(state));
  } catch {
    return false;
  }
}

/**
 * Size and time of a source.
 *
 * @param {string} path from the root
 */
export function stateOf(path) {
  const { size, mtimeMs } = statSync(new URL(path, ROOT));
  return [size, mtimeMs];
}
