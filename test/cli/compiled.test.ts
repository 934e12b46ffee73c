/** What a command runs, dist/ or the sources: in a small checkout, with the real loader, build, compiler and tsx. */
import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '../docs/markdown.ts';
import { temporaryDirectory } from '../support/programs.ts';

const REAL = [
  'package.json',
  'packageRoot.ts',
  'tsconfig.json',
  'tsconfig.build.json',
  'scripts/build.js',
  ...['haloflow.js', 'load.js', 'version.ts', 'worker.js'].map((name) => `cli/${name}`),
];

const WORD = `export const word: string = 'first';
`;

/** When it was saved, in seconds. */
const SAVED = 1_750_000_000;

const MAIN = `import { version } from './version.ts';
import { word } from './word.ts';

interface Said {
  readonly word: string;
}

export function main([, , command]: readonly string[]): void {
  const said: Said = { word };
  if (command === 'fail') throw new Error('it failed');
  process.stdout.write(\`\${said.word} \${version()} \${import.meta.url.slice(-12)}\`);
}
`;

const PROGRAM = `const way: string = import.meta.url.slice(-10);
process.stdout.write(way);
`;

const checkout = temporaryDirectory();
const at = (file: string): string => join(checkout.path, file);

function put(file: string, text: string): void {
  mkdirSync(dirname(at(file)), { recursive: true });
  writeFileSync(at(file), text);
}

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function node(file: string, ...args: readonly string[]): Promise<Ended> {
  const env = { ...process.env, NODE_OPTIONS: '' };
  return new Promise((resolve) => {
    execFile(process.execPath, [at(file), ...args], { cwd: checkout.path, env }, (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? -1), out, err });
    });
  });
}

const ended = (out: string): Ended => ({ code: 0, out, err: '' });
const build = (): Promise<Ended> => node('scripts/build.js');
const haloflow = (...args: readonly string[]): Promise<Ended> => node('cli/haloflow.js', ...args);

const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
const compiled = (word: string): Ended => ended(`${word} ${version} /cli/main.js`);
const source = (word: string): Ended => ended(`${word} ${version} /cli/main.ts`);

beforeAll(async () => {
  for (const file of REAL) cpSync(join(ROOT, file), at(file));
  for (const name of ['typescript', '@types', 'tsx', 'undici-types']) {
    mkdirSync(at('node_modules'), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), at(`node_modules/${name}`));
  }
  put('cli/main.ts', MAIN);
  put('cli/word.ts', WORD);
  utimesSync(at('cli/word.ts'), SAVED, SAVED);
  put('cli/gone.ts', 'export {};\n');
  put('cli/workers/program.ts', PROGRAM);
  expect(await build()).toEqual(ended(''));
}, 60_000);

afterAll(() => checkout.remove());

test('what is compiled runs, and loads no compiler', async () => {
  renameSync(at('node_modules/tsx'), at('node_modules/away'));
  try {
    expect(await haloflow()).toEqual(compiled('first'));
    expect(await node('cli/worker.js', '{}', 'compiled')).toEqual(ended('program.js'));
  } finally {
    renameSync(at('node_modules/away'), at('node_modules/tsx'));
  }
});

test('errors name the lines of the sources', async () => {
  const failed = {
    code: 1,
    out: '',
    err: expect.stringMatching(/^Error: it failed\n.*\n? .*main\.ts:10:\d+/s),
  };
  expect(await haloflow('fail')).toEqual(failed);
});

test('a source that was edited runs as it was edited, until it is compiled', async () => {
  put('cli/word.ts', `export const word: number = 'other';\n`);
  expect(await haloflow()).toEqual(source('other'));
  expect(await build()).toMatchObject({ code: 2, out: expect.stringContaining('cli/word.ts') });
  expect(await haloflow()).toEqual(source('other'));

  put('cli/word.ts', WORD);
  utimesSync(at('cli/word.ts'), SAVED, SAVED);
  expect(await haloflow()).toEqual(compiled('first'));

  // Of the same size, and older.
  put('cli/word.ts', WORD.replace('first', 'third'));
  utimesSync(at('cli/word.ts'), SAVED - 60, SAVED - 60);
  rmSync(at('cli/gone.ts'));
  expect(await haloflow()).toEqual(source('third'));
  expect(await build()).toEqual(ended(''));
  expect(await haloflow()).toEqual(compiled('third'));
  expect(existsSync(at('dist/cli/gone.js'))).toBe(false);
});

test('what npm installs, where nothing can be compiled, runs compiled', async () => {
  rmSync(at('tsconfig.build.json'));
  put('cli/word.ts', WORD.replace('first', 'never'));
  expect(await haloflow()).toEqual(compiled('third'));
});
