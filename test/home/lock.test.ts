import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ConfigurationError } from '../../errors.ts';
import { withLock } from '../../home/lock.ts';
import { startProgram, temporaryDirectory } from '../support/programs.ts';

const directory = temporaryDirectory();
const program = path.resolve('test/home/programs/counter.ts');
let lock: string;
let n = 0;
beforeEach(() => {
  lock = path.join(directory.path, `${++n}`, 'some.lock');
});
afterAll(() => directory.remove());

const claims = (): string[] => readdirSync(path.dirname(lock)).filter((name) => name.startsWith('some.lock'));

test('four processes never are inside at once', async () => {
  const file = path.join(directory.path, 'counter');
  writeFileSync(file, '0');
  const children = [1, 2, 3, 4].map(() => startProgram(program, { args: [lock, file, 'count', '25'] }));
  for (const child of children) expect(await child.reply()).toEqual({ done: true });
  expect(readFileSync(file, 'utf8')).toBe('100');
  expect(new Set(readFileSync(`${file}.who`, 'utf8').trim().split('\n')).size).toBe(4);
  expect(claims()).toEqual([]);
});

test('twenty callers in one process neither', async () => {
  let inside = 0;
  let most = 0;
  await Promise.all(
    Array.from({ length: 20 }, () =>
      withLock(lock, async () => {
        most = Math.max(most, ++inside);
        await new Promise((resolve) => setTimeout(resolve, 2));
        inside--;
      }),
    ),
  );
  expect(most).toBe(1);
});

test('the lock of a process that was killed is taken over', async () => {
  const child = startProgram(program, { args: [lock, '', 'hold'] });
  expect(await child.reply()).toEqual({ holding: true });
  await child.kill('SIGKILL');
  expect(claims()).toHaveLength(1);
  // Not waited for: what waits asks for a time that is over.
  expect(await withLock(lock, async () => claims().length, { waitMs: 0 })).toBe(1);
  expect(claims()).toEqual([]);
});

test('a lock that a live process keeps is an error that names it, after the time given', async () => {
  const child = startProgram(program, { args: [lock, '', 'hold'] });
  try {
    expect(await child.reply()).toEqual({ holding: true });
    const failure = withLock(lock, async () => 'inside', { waitMs: 300 });
    await expect(failure).rejects.toThrow(ConfigurationError);
    await expect(failure).rejects.toThrow(`some.lock, which process ${child.pid} holds`);
  } finally {
    await child.kill();
  }
});

test('the number of a dead process that somebody else has now does not keep its lock', async () => {
  await withLock(lock, async () => {});
  // A claim under our own number, by a process that started at another time.
  writeFileSync(`${lock}.${process.pid}.00000000-1.0123456789ab`, '');
  expect(await withLock(lock, async () => claims().length, { waitMs: 200 })).toBe(1);
});

test('a body that fails gives the lock back', async () => {
  await expect(withLock(lock, async () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await withLock(lock, async () => 'inside', { waitMs: 200 })).toBe('inside');
});
