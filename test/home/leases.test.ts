import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { takeLease } from '../../home/leases.ts';
import { startProgram, temporaryDirectory } from '../support/programs.ts';

const directory = temporaryDirectory();
let leases: string;
let n = 0;
beforeEach(() => {
  leases = path.join(directory.path, String(++n));
});
afterAll(() => directory.remove());

test('only the last one out of the users of a kind is told so', async () => {
  const first = await takeLease(leases, 'postgres');
  const second = await takeLease(leases, 'postgres');
  await takeLease(leases, 'temporal');
  expect(await first.release()).toBe(false);
  expect(await second.release()).toBe(true);
  expect(await second.release()).toBe(false);
});

test('the lease of a process that was killed does not count and is removed', async () => {
  const child = startProgram(path.resolve('test/home/programs/lease.ts'), { args: [leases] });
  expect(await child.reply()).toEqual({ held: true });
  const mine = await takeLease(leases, 'postgres');
  expect(await mine.release()).toBe(false);
  await child.kill('SIGKILL');
  const again = await takeLease(leases, 'postgres');
  expect(await again.release()).toBe(true);
  expect(readdirSync(leases)).toEqual([]);
});

test('a number that was used again and a file that was cut off do not count', async () => {
  const mine = await takeLease(leases, 'postgres');
  writeFileSync(
    path.join(leases, `postgres-${process.pid}-1.json`),
    JSON.stringify({ pid: process.pid, startedAt: '0-1' }),
  );
  writeFileSync(path.join(leases, 'postgres-1-2.json'), '{"pid":');
  expect(await mine.release()).toBe(true);
});

test('a directory that is gone meanwhile is no error', async () => {
  const mine = await takeLease(leases, 'postgres');
  directory.remove();
  expect(await mine.release()).toBe(true);
});
