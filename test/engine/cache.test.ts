import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { goBuild } from '../../engine/build.ts';
import { cachedCli, type Source } from '../../engine/cache.ts';
import { ConfigurationError } from '../../errors.ts';
import { untilTrue } from '../support/polling.ts';
import { goThatBuilds, script, temporalWith } from './scripts.ts';

const saved = process.env.PATH;
let directory: string;
let entry: string;
let children: ChildProcess[];

beforeEach(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'haloflow-cache-'));
  entry = path.join(directory, 'cache', '1.8.2-test');
  children = [];
});

afterEach(async () => {
  process.env.PATH = saved;
  for (const child of children) child.kill('SIGKILL');
  await rm(directory, { recursive: true, maxRetries: 5 });
});

/** A source that puts such a `temporal` there. */
function sourceOf(body: string, name = 'the source'): Source {
  return { name, obtain: async (target) => void (await script(target, 'temporal', body)) };
}

const failing: Source = { name: 'the download', obtain: async () => Promise.reject(new Error('no network')) };
const entries = async (): Promise<string[]> => (await readdir(path.dirname(entry))).sort();
const silent = (): void => undefined;

test('what a source obtains is kept, and the next call asks no source', async () => {
  const first = await cachedCli(entry, [sourceOf(temporalWith('1.31.2'))], silent);
  expect(first).toEqual({ path: path.join(entry, 'temporal'), server: '1.31.2' });
  expect(await cachedCli(entry, [failing], silent)).toEqual(first);
  expect(await entries()).toEqual(['1.8.2-test']);
});

test('a source that fails is reported, and the next one is asked', async () => {
  const lines: string[] = [];
  await cachedCli(entry, [failing, sourceOf(temporalWith('1.31.2'))], (line) => lines.push(line));
  expect(lines).toEqual(['the download failed: no network']);
});

test('a broken download is never left in the cache', async () => {
  const broken = sourceOf('exit 126', 'the download');
  await expect(cachedCli(entry, [broken, failing], silent)).rejects.toThrow(
    /^the download failed: .*; the download failed: no network$/,
  );
  await expect(cachedCli(entry, [broken], silent)).rejects.toThrow(ConfigurationError);
  expect(await entries()).toEqual([]);
});

test('an entry that no longer runs, and what a killed process left beside it, are replaced', async () => {
  await script(entry, 'temporal', 'exit 1');
  await mkdir(`${entry}.new-killed`);
  await writeFile(`${entry}.new-killed/temporal`, 'half a file');
  const { server } = await cachedCli(entry, [sourceOf(temporalWith('1.31.2'))], silent);
  expect(server).toBe('1.31.2');
  expect(await entries()).toEqual(['1.8.2-test']);
});

/** Another process that needs the entry, with the fake `go` on its PATH. */
function otherProcess(): { child: ChildProcess; output: () => string; ended: Promise<number | null> } {
  const engine = (file: string): string =>
    JSON.stringify(new URL(`../../engine/${file}`, import.meta.url).href);
  const program = `
    const { cachedCli } = await import(${engine('cache.ts')});
    const { goBuild } = await import(${engine('build.ts')});
    const cli = await cachedCli(${JSON.stringify(entry)}, [goBuild], (line) => console.log(line));
    console.log('found ' + cli.server);`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], {
    env: process.env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, output: () => text, ended };
}

test('of two processes at once one builds, the other waits and uses the result', async () => {
  const log = path.join(directory, 'go.log');
  const bin = path.dirname(await script(path.join(directory, 'bin'), 'go', goThatBuilds('1.31.2', 1.5, log)));
  process.env.PATH = `${bin}:${saved}`;
  const [one, other] = [otherProcess(), otherProcess()];
  expect(await Promise.all([one.ended, other.ended])).toEqual([0, 0]);
  expect(one.output()).toMatch(/found 1\.31\.2$/m);
  expect(other.output()).toMatch(/found 1\.31\.2$/m);
  expect((await readFile(log, 'utf8')).match(/^began/gm)).toHaveLength(1);
});

test('a build whose process is killed leaves nothing, and the next process builds', async () => {
  const log = path.join(directory, 'go.log');
  const bin = path.dirname(await script(path.join(directory, 'bin'), 'go', goThatBuilds('1.31.2', 2, log)));
  process.env.PATH = `${bin}:${saved}`;
  const { child, ended } = otherProcess();
  await untilTrue(async () => (await readFile(log, 'utf8').catch(() => '')).includes('began'));
  child.kill('SIGKILL');
  await ended;
  expect(await readdir(path.dirname(entry))).not.toContain('1.8.2-test');

  await script(bin, 'go', goThatBuilds('1.31.2', 0, log));
  const { server } = await cachedCli(entry, [goBuild], silent);
  expect(server).toBe('1.31.2');
  expect(await entries()).toEqual(['1.8.2-test']);
});
