import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { temporalBinary } from '../../engine/binary.ts';
import { cacheEntry } from '../../engine/cache.ts';
import { ConfigurationError } from '../../errors.ts';
import { script, temporalWith } from './scripts.ts';

const saved = { ...process.env };
let directory: string;
let progress: string[];

/** Every test has a complete cache, so none reaches the network. */
beforeEach(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'haloflow-binary-'));
  progress = [];
  delete process.env.TEMPORAL_CLI_PATH;
  process.env.XDG_CACHE_HOME = path.join(directory, 'cache');
  process.env.PATH = `${path.join(directory, 'bin')}:/usr/bin:/bin`;
  await script(cacheEntry(), 'temporal', temporalWith('1.31.2'));
});

afterEach(async () => {
  process.env = { ...saved };
  await rm(directory, { recursive: true });
});

const find = async (): Promise<string> => temporalBinary({ onProgress: (line) => progress.push(line) });
const onPath = async (body: string): Promise<string> => script(path.join(directory, 'bin'), 'temporal', body);
const cached = (): string => path.join(cacheEntry(), 'temporal');

test('the cache entry is named by version, platform and processor, in the cache of the user', () => {
  const name = `1.8.2-${process.platform}-${process.arch}`;
  expect(cacheEntry()).toBe(path.join(directory, 'cache', 'haloflow', 'temporal', name));
  delete process.env.XDG_CACHE_HOME;
  expect(cacheEntry().startsWith(os.homedir())).toBe(true);
  process.env.XDG_CACHE_HOME = 'relative/is/not/allowed';
  expect(cacheEntry().startsWith(os.homedir())).toBe(true);
});

test('a temporal on PATH with server 1.31 or newer is used', async () => {
  const own = await onPath(temporalWith('1.31.2'));
  expect(await find()).toBe(own);
  expect(progress).toEqual([]);
});

test('an older temporal on PATH is passed over, and the reason is told', async () => {
  const own = await onPath(temporalWith('1.30.4'));
  expect(await find()).toBe(cached());
  expect(progress).toEqual([`${own} is not used: it holds server 1.30.4, 1.31 is needed`]);
});

test.each([
  ['prints something else', 'echo "temporal, a tool for dates"'],
  ['prints nothing', 'true'],
  ['fails', 'echo "temporal version 1.8.2 (Server 1.31.2, UI 2.50.1)"; exit 3'],
])('a temporal on PATH that %s is passed over', async (_what, body) => {
  const other = await onPath(body);
  expect(await find()).toBe(cached());
  expect(progress).toEqual([`${other} is not used: it names no server version`]);
});

test('without one on PATH the cache is used, silently', async () => {
  expect(await find()).toBe(cached());
  expect(progress).toEqual([]);
});

test('TEMPORAL_CLI_PATH comes before PATH, whatever its version', async () => {
  await onPath(temporalWith('1.31.2'));
  process.env.TEMPORAL_CLI_PATH = await script(
    path.join(directory, 'mine'),
    'temporal',
    temporalWith('1.29.1'),
  );
  expect(await find()).toBe(process.env.TEMPORAL_CLI_PATH);
});

test.each([
  ['is missing', null],
  ['is another program', 'echo hello'],
])('a TEMPORAL_CLI_PATH that %s is an error, not a reason to look elsewhere', async (_what, body) => {
  const file = path.join(directory, 'mine', 'temporal');
  if (body !== null) await script(path.dirname(file), 'temporal', body);
  process.env.TEMPORAL_CLI_PATH = file;
  await expect(find()).rejects.toThrow(ConfigurationError);
  await expect(find()).rejects.toThrow(
    /^TEMPORAL_CLI_PATH is not a Temporal CLI that runs here: .*mine\/temporal/,
  );
});
