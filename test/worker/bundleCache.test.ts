/** A kept bundle is answered as long as nothing that is in it has changed; with the real bundler. */
import { randomUUID } from 'node:crypto';
import { readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DefaultLogger, bundleWorkflowCode } from '@temporalio/worker';
import { keptBundle } from '../../worker/bundleCache.ts';
import { root } from '../../worker/workflowFolders.ts';
import { temporaryDirectory } from '../support/programs.ts';

const CACHE = join(root, 'node_modules', '.cache', 'haloflow');
const SAVED = 1_750_000_000;
const name = `test-${randomUUID()}`;
const folder = temporaryDirectory();

let bundled = 0;
/** The code of the bundle, and whether it was made anew. */
async function bundle(): Promise<readonly [string, boolean]> {
  const before = bundled;
  const { code } = await keptBundle(name, async (plugin) => {
    bundled += 1;
    return await bundleWorkflowCode({
      workflowsPath: join(folder.path, 'entry.cjs'),
      logger: new DefaultLogger('ERROR'),
      webpackConfigHook: (config) => ({
        ...config,
        resolve: { ...config.resolve, modules: [join(root, 'node_modules')] },
        plugins: [...(config.plugins ?? []), plugin],
      }),
    });
  });
  return [code, bundled > before];
}

function save(file: string, text: string, seconds: number = SAVED): void {
  writeFileSync(join(folder.path, file), text);
  utimesSync(join(folder.path, file), seconds, seconds);
  utimesSync(folder.path, SAVED, SAVED);
}

afterAll(() => {
  rmSync(join(CACHE, `${name}.json`), { force: true });
  folder.remove();
});

test('it is made once, and anew for each file that changes, comes or goes', async () => {
  save(
    'entry.cjs',
    `const all = require.context('.', false, /\\.js$/);\nfor (const file of all.keys()) all(file);`,
  );
  save('flow.js', `import { word } from './word.ts';\nexport const flow = async () => word;`);
  save('word.ts', `export const word: string = 'first word';`);
  expect(await bundle()).toEqual([expect.stringContaining('first word'), true]);
  expect(await bundle()).toEqual([expect.stringContaining('first word'), false]);

  // Of the same size and time.
  save('word.ts', `export const word: string = 'other word';`);
  expect(await bundle()).toEqual([expect.stringContaining('other word'), true]);
  expect(await bundle()).toEqual([expect.stringContaining('other word'), false]);

  save('more.js', `export const more = async () => 'one more';`);
  expect(await bundle()).toEqual([expect.stringContaining('one more'), true]);
  rmSync(join(folder.path, 'more.js'));
  utimesSync(folder.path, SAVED, SAVED);
  expect(await bundle()).toEqual([expect.not.stringContaining('one more'), true]);

  // Saved while it was bundled, perhaps after it was read.
  save('word.ts', `export const word: string = 'last word';`, Date.now() / 1000 + 60);
  expect(await bundle()).toEqual([expect.stringContaining('last word'), true]);
  expect(await bundle()).toEqual([expect.stringContaining('last word'), true]);
  expect(readdirSync(CACHE).filter((file) => file.startsWith(name))).toHaveLength(1);
});
