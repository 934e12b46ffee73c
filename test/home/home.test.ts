import { chmodSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ConfigurationError } from '../../errors.ts';
import { homeDirectory } from '../../home/home.ts';
import { startProgram, temporaryDirectory } from '../support/programs.ts';

const given = process.env.HALOFLOW_HOME;
const directory = temporaryDirectory({ mode: 0o755 });
afterEach(() => {
  process.env.HALOFLOW_HOME = given;
});
afterAll(() => directory.remove());

test('HALOFLOW_HOME names the home; it and what is above it are made, the home for this user only', () => {
  process.env.HALOFLOW_HOME = path.join(directory.path, 'made', 'with a space', 'home');
  expect(homeDirectory()).toBe(path.join(directory.path, 'made', 'with a space', 'home'));
  expect(statSync(homeDirectory()).mode & 0o777).toBe(0o700);
});

test('a relative HALOFLOW_HOME, or none, goes by the working directory', async () => {
  const program = path.resolve('test/home/programs/home.ts');
  for (const [value, expected] of [
    ['some/where', 'some/where'],
    ['', '.haloflow'],
  ] as const) {
    const child = startProgram(program, { cwd: directory.path, env: { HALOFLOW_HOME: value } });
    expect(await child.reply()).toEqual({ home: path.join(directory.path, expected) });
    expect(await child.ended()).toBe(0);
  }
});

test('the permissions of a home that is there stay as they are', () => {
  process.env.HALOFLOW_HOME = path.join(directory.path, 'open');
  mkdirSync(process.env.HALOFLOW_HOME);
  chmodSync(process.env.HALOFLOW_HOME, 0o755);
  expect(statSync(homeDirectory()).mode & 0o777).toBe(0o755);
});

test('a home that is a file, or lies below one, is a clear error', () => {
  const file = path.join(directory.path, 'file');
  writeFileSync(file, '');
  for (const home of [file, path.join(file, 'below')]) {
    process.env.HALOFLOW_HOME = home;
    expect(homeDirectory).toThrow(ConfigurationError);
    expect(homeDirectory).toThrow(`The directory ${home}, where haloflow keeps its state, cannot be used`);
    expect(homeDirectory).toThrow(/set HALOFLOW_HOME to a directory it may write/);
  }
});

const asRoot = process.getuid?.() === 0 ? test : test.skip;

asRoot('a home that this user may not write, or not even enter, is a clear error', async () => {
  const notWritable = path.join(directory.path, 'of root');
  const notEnterable = path.join(directory.path, 'private', 'home');
  mkdirSync(notWritable, { mode: 0o755 });
  mkdirSync(path.dirname(notEnterable), { mode: 0o700 });
  for (const home of [notWritable, notEnterable]) {
    const child = startProgram(path.resolve('test/home/programs/home.ts'), {
      uid: 65534,
      env: { HALOFLOW_HOME: home },
    });
    expect(await child.reply()).toEqual({
      error: expect.stringMatching(/^The directory .*(of root|private\/home).* cannot be used: EACCES/),
    });
    expect(await child.ended()).toBe(1);
  }
  expect(existsSync(notEnterable)).toBe(false);
});
