/** The worked example of CONTRIBUTING.md, followed word for word in a copy. */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readPage, ROOT } from './markdown.ts';

const COPIED = [
  'actions',
  'cli',
  'docs',
  'errors.ts',
  'foreignJson.ts',
  'halo',
  'nearest.ts',
  'package.json',
  'packageRoot.ts',
  'scripts',
  'shares.ts',
  'test',
  'texts.ts',
];

let copy: string;

function node(args: readonly string[]): Promise<{ code: number; text: string }> {
  return new Promise((resolve) => {
    const env = { ...process.env, NODE_OPTIONS: '' };
    execFile(process.execPath, args, { cwd: copy, env }, (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? -1), text: out + err });
    });
  });
}

beforeAll(() => {
  copy = mkdtempSync(join(realpathSync(tmpdir()), 'haloflow-contributing-'));
  for (const name of COPIED) cpSync(join(ROOT, name), join(copy, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

function edit(file: string, from: string, to: string): void {
  const text = readFileSync(join(copy, file), 'utf8');
  expect(text.split(from)).toHaveLength(2);
  writeFileSync(join(copy, file), text.replace(from, to));
}

/** The lines of a diff without those that begin with `but`. */
const side = (diff: string, but: string): string =>
  diff
    .split('\n')
    .filter((line) => !line.startsWith(but))
    .map((line) => line.slice(1))
    .join('\n');

test('an action is added as it says', async () => {
  const examples = readPage('CONTRIBUTING.md').blocks.filter(({ about }) => about[0] === 'example');
  expect(examples).toHaveLength(6);
  for (const { language, about, text } of examples) {
    const file = about[1] ?? '';
    if (language === 'diff') edit(file, side(text, '+'), side(text, '-'));
    else writeFileSync(join(copy, file), `${text}\n`);
  }
  edit('test/actions/catalogue.test.ts', ' organisations projects ', ' organisations outcomes projects ');

  expect(await node(['--import', 'tsx', 'scripts/generate.ts'])).toMatchObject({ code: 0 });
  expect(readFileSync(join(copy, 'docs/actions.md'), 'utf8')).toContain(
    '\n### outcomes.list\n\n**List Outcomes**',
  );
  expect(readFileSync(join(copy, 'actions/generated/actions.ts'), 'utf8')).toContain(
    "'outcomes.list': (input: OutcomesListInput) => Promise<Outcome[]>;",
  );

  // The two tests need none of the servers that the global setup starts.
  const { default: config } = (await import(pathToFileURL(join(ROOT, 'jest.config.js')).href)) as {
    default: { readonly projects: readonly object[] };
  };
  const bare = {
    ...config.projects[0],
    rootDir: copy,
    testMatch: ['**/*.test.ts'],
    setupFilesAfterEnv: [],
    globalSetup: undefined,
    globalTeardown: undefined,
  };
  const tests = ['test/actions/catalogue.test.ts', 'test/actions/fixtures.test.ts'];
  const settings = ['--config', JSON.stringify(bare), '--runInBand', '-t', 'outcomes|resource'];
  const jest = [
    '--experimental-vm-modules',
    '--no-warnings',
    'node_modules/jest/bin/jest.js',
    ...settings,
    ...tests,
  ];
  const { code, text } = await node(jest);
  expect({ code, text }).toEqual({ code: 0, text: expect.stringMatching(/^Tests: .* \d+ passed/m) });
}, 60_000);
