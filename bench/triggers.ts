/** One trigger beside 1,000 on the same connection, idle: requests to Halo, memory and processor of the process. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { table } from '../cli/table.ts';
import { here } from './stack.ts';
import type { Idle } from './idleTriggers.ts';

const COUNTS = [1, 1_000];

/** Each count in a process of its own, so that the memory of one is not the other's. */
async function measured(count: number): Promise<Idle> {
  const program = join(here, 'idleTriggers.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', program, String(count)]);
  return JSON.parse(stdout) as Idle;
}

export async function benchTriggers(): Promise<void> {
  const [one, many] = [await measured(COUNTS[0] ?? 1), await measured(COUNTS[1] ?? 1)];
  const row = (what: string, of: (idle: Idle) => number): string[] => [
    what,
    of(one).toFixed(1),
    of(many).toFixed(1),
    (of(many) / of(one)).toFixed(2),
  ];
  console.log(
    table(
      [
        'idle, polled every 10 s',
        `${one.triggers} trigger`,
        `${many.triggers} triggers`,
        'ratio (aim: 1.20)',
      ],
      [
        row('requests to Halo for each interval', ({ requestsPerInterval }) => requestsPerInterval),
        row('memory (rss), MB', ({ rssMb }) => rssMb),
        row('processor, ms a second', ({ cpuMsPerSecond }) => cpuMsPerSecond),
      ],
    ),
  );
}
