/** Under a lock, reads a number from a file, dawdles and writes one more, so often; `hold` keeps the lock for good. */
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { withLock } from '../../../home/lock.ts';

const [lock = '', file = '', mode = '', times = '0'] = process.argv.slice(2);
for (let i = 0; i < Number(times); i++) {
  await withLock(lock, async () => {
    const value = Number(readFileSync(file, 'utf8'));
    await sleep(1);
    writeFileSync(file, String(value + 1));
    appendFileSync(`${file}.who`, `${process.pid}\n`);
  });
}
if (mode === 'hold') {
  await withLock(lock, async () => {
    process.stdout.write(`${JSON.stringify({ holding: true })}\n`);
    await sleep(60_000);
  });
}
process.stdout.write(`${JSON.stringify({ done: true })}\n`);
