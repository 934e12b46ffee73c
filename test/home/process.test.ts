import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { identify, isAlive } from '../../home/process.ts';
import { untilTrue } from '../support/polling.ts';

test('a process has one identity as long as it lives', async () => {
  const child = spawn('sleep', ['30'], { stdio: 'ignore' });
  const identity = identify(child.pid ?? -1);
  expect(identity).toEqual({ pid: child.pid, startedAt: expect.stringMatching(/^[A-Za-z0-9-]+$/) });
  expect(identify(child.pid ?? -1)).toEqual(identity);
  expect(identity !== null && isAlive(identity)).toBe(true);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(identity !== null && isAlive(identity)).toBe(false);
  expect(identify(child.pid ?? -1)).toBeNull();
});

test('another process under the same number is another one', () => {
  expect(isAlive({ pid: process.pid, startedAt: '00000000-1' })).toBe(false);
});

test('a command whose name holds spaces and parentheses is read right', async () => {
  const child = spawn('sleep', ['30'], { stdio: 'ignore', argv0: 'x) S 1 (y' });
  expect(identify(child.pid ?? -1)).not.toBeNull();
  child.kill('SIGKILL');
  await once(child, 'exit');
});

test('a zombie is dead', async () => {
  // Neither the second shell nor `exec sleep` waits for the first shell's child, which stays a zombie.
  const parent = spawn('sh', ['-c', `sleep 30 & echo $!; exec sh -c 'echo up; exec sleep 30'`], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let said = '';
  parent.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  try {
    await untilTrue(() => said.includes('up'));
    const pid = Number(said.split('\n')[0]);
    expect(identify(pid)).not.toBeNull();
    process.kill(pid, 'SIGKILL');
    await untilTrue(() => identify(pid) === null);
    expect(() => process.kill(pid, 0)).not.toThrow();
  } finally {
    parent.kill('SIGKILL');
  }
});

test.each([0, -1, Number.NaN, 1.5, 2 ** 30])('%p is no process', (pid) => {
  expect(identify(pid)).toBeNull();
});
