/** Compiles haloflow to dist/. A command that runs meanwhile finds each file there, as it was or as it becomes. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { STAMP, stateOf } from '../cli/load.js';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const DIST = join(ROOT, 'dist');
const SETTINGS = ['tsconfig.json', 'tsconfig.build.json'];

const started = Date.now();
// Beside dist/, so that the paths in its source maps are right there.
const made = mkdtempSync(join(ROOT, '.dist-'));
try {
  const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  const args = [tsc, '-p', 'tsconfig.build.json', '--outDir', made];
  const { status } = spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit' });
  if (status === 0) replaceDist(filesIn(made));
  else process.exitCode = status ?? 1;
} finally {
  rmSync(made, { recursive: true, force: true });
}

/** @param {readonly string[]} files */
function replaceDist(files) {
  rmSync(join(DIST, STAMP), { force: true });
  for (const file of files) {
    mkdirSync(dirname(join(DIST, file)), { recursive: true });
    renameSync(join(made, file), join(DIST, file));
  }
  const known = new Set(files);
  for (const file of filesIn(DIST)) if (!known.has(file)) rmSync(join(DIST, file));
  const states = [...sourcesOf(files), ...SETTINGS].map((source) => [source, ...stateOf(source)]);
  // What was edited while it was compiled may be here as it was before.
  const isEdited = states.some(([, , time]) => time >= started && time <= Date.now());
  if (!isEdited) writeFileSync(join(DIST, STAMP), JSON.stringify(states));
}

/**
 * Those that the command runs: workflows are only bundled, and in a checkout from their sources.
 *
 * @param {readonly string[]} files
 */
function sourcesOf(files) {
  return files
    .filter((file) => file.endsWith('.js') && !file.startsWith(`workflows${sep}`))
    .map((file) => file.replace(/\.js$/, '.ts').replaceAll(sep, '/'));
}

/** @param {string} folder */
function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}
