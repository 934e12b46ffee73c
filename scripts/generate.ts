/** Writes what follows from the declarations: the types of actions/generated, the ids in sdk/ and docs/actions.md. `--check` only compares. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { actionIds, actionTypes, recordTypes } from './generate/types.ts';
import { actionsPage } from './generate/page.ts';

const ROOT = new URL('../', import.meta.url);

const files: readonly (readonly [path: string, text: string])[] = [
  ['actions/generated/records.ts', await recordTypes()],
  ['actions/generated/actions.ts', actionTypes()],
  ['sdk/actionIds.ts', actionIds()],
  ['docs/actions.md', actionsPage()],
];

const stale = files.filter(([path, text]) => current(path) !== text);

if (process.argv.includes('--check')) {
  for (const [path] of stale) console.error(`${path} is stale: run npm run generate`);
  process.exitCode = stale.length === 0 ? 0 : 1;
} else {
  for (const [path, text] of stale) write(path, text);
}

function current(path: string): string | undefined {
  try {
    return readFileSync(new URL(path, ROOT), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function write(path: string, text: string): void {
  const file = fileURLToPath(new URL(path, ROOT));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  console.log(`wrote ${relative(process.cwd(), file)}`);
}
