import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { goBuild } from '../../engine/build.ts';
import { probeCli } from '../../engine/version.ts';
import { goThatBuilds, script } from './scripts.ts';

const moduleDirectory = fileURLToPath(new URL('../../engine/temporal', import.meta.url));
const saved = { ...process.env };
let directory: string;
let bin: string;
let output: string;

beforeEach(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'haloflow-build-'));
  bin = path.join(directory, 'bin');
  output = path.join(directory, 'output');
  process.env.PATH = `${bin}:/usr/bin:/bin`;
});

afterEach(async () => {
  process.env = { ...saved };
  await rm(directory, { recursive: true });
});

async function build(): Promise<string[]> {
  const lines: string[] = [];
  await script(output, 'placeholder', '');
  await goBuild.obtain(output, (line) => lines.push(line));
  return lines;
}

test('builds the pinned module, apart from any go.work and without a C compiler', async () => {
  const log = path.join(directory, 'go.log');
  await script(bin, 'go', goThatBuilds('1.31.2', 0, log));
  process.env.GOOS = 'plan9';
  expect(await build()).toEqual(['building the Temporal server with Go (about 4 minutes, once)']);
  expect((await probeCli(path.join(output, 'temporal'))).server).toBe('1.31.2');
  const [began] = (await readFile(log, 'utf8')).split('\n');
  expect(began).toContain(`began ${moduleDirectory} off 0 build -v -mod=readonly -trimpath`);
  expect(began).toMatch(/ github\.com\/temporalio\/cli\/cmd\/temporal$/);
});

test('the pinned module holds the version that the cache is named after', async () => {
  const { CLI_VERSION } = await import('../../engine/version.ts');
  const pinned = await readFile(path.join(moduleDirectory, 'go.mod'), 'utf8');
  expect(pinned).toContain(`github.com/temporalio/cli v${CLI_VERSION}`);
});

test('no go on PATH', async () => {
  process.env.PATH = bin;
  await expect(build()).rejects.toThrow('there is no go on PATH');
});

test('a go that is too old and may not fetch a newer one', async () => {
  const said = 'go: go.mod requires go >= 1.26.4 (running go 1.24.1; GOTOOLCHAIN=local)';
  await script(bin, 'go', `echo "${said}" >&2; exit 1`);
  await expect(build()).rejects.toThrow(
    'Go 1.24.1 is too old, 1.26.4 is needed, and GOTOOLCHAIN forbids go to fetch that itself',
  );
});

test('a build that fails quotes what go said, without the names of packages', async () => {
  const lines = [
    'go: downloading go.temporal.io/server v1.31.2',
    'go.temporal.io/server/temporal',
    'go.temporal.io/server@v1.31.2: Get "https://modules.example/…": dial tcp: lookup modules.example: no such host',
  ];
  await script(bin, 'go', `${lines.map((line) => `echo '${line}' >&2`).join('\n')}\nexit 1`);
  await expect(build()).rejects.toThrow(`go build ended with 1: ${lines[2]}`);
});
