/** An event that processes die of, among others that none dies of. */
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startProgram } from '../../support/programs.ts';
import type { Program } from '../../support/programs.ts';
import { startDispatchStack } from './stack.ts';
import type { DispatchStack } from './stack.ts';

const INNOCENT = 100;

let stack: DispatchStack;

beforeAll(async () => {
  stack = await startDispatchStack();
}, 120_000);
afterAll(() => stack.close());

const dispatcher = async (): Promise<Program> => {
  const { databaseUrl, queues } = stack.haloflow;
  const program = startProgram(fileURLToPath(new URL('programs/dispatcher.ts', import.meta.url)), {
    args: [databaseUrl, queues.prefix.replace(/-$/, ''), process.env['HALOFLOW_TEST_TEMPORAL_ADDRESS'] ?? ''],
  });
  await program.reply();
  return program;
};

interface Row {
  readonly record: number;
  readonly status: string;
  readonly reason: string | null;
  readonly attempts: number;
}

const rows = async (): Promise<Row[]> =>
  (
    await stack.haloflow.store.pool.query<Row>(
      'select record, status, reason, attempts from events order by id',
    )
  ).rows;

test('is given up, and takes none of a hundred others with it', async () => {
  const { northwind } = stack.haloflow;
  await northwind.settings({ rateLimit: { requests: 100_000, perSeconds: 300 } });
  await stack.haloflow.reconfigure(
    `update connections set rate_requests = 100000 where id = 'northwind-halo'`,
  );
  await stack.trigger('watch');
  const tickets = await stack.tickets(...Array.from({ length: INNOCENT + 1 }, () => ({})));
  const poison = tickets[60] ?? 0;
  const path = `/Tickets/${poison}`;
  await northwind.fault({ times: 100, kind: 'delay', delayMs: 60_000, match: { path } });
  await stack.found(['watch'], tickets);

  let deaths = 0;
  let program = await dispatcher();
  for (;;) {
    const now = await rows();
    if (now.every(({ status }) => status !== 'pending')) break;
    const asked = await northwind.requests();
    if (asked.some(({ method, path: seen }) => method === 'GET' && seen.endsWith(path))) {
      await program.kill('SIGKILL');
      deaths += 1;
      await northwind.clearRequests();
      await stack.hurry();
      program = await dispatcher();
    }
    await sleep(20);
  }
  await program.kill();

  const ended = await rows();
  const others = ended.filter(({ record }) => record !== poison);
  expect(others.map(({ status }) => status)).toEqual(Array.from({ length: INNOCENT }, () => 'accepted'));
  expect(ended.find(({ record }) => record === poison)).toMatchObject({
    status: 'failed',
    reason: expect.stringMatching(/^WorkerDiedError: 4 processes that took it up died/),
  });
  expect(deaths).toBe(4);
  // The first try of all of them was one, and the second was each one's own.
  expect(Math.max(...others.map(({ attempts }) => attempts))).toBeLessThanOrEqual(2);
  expect(await stack.started('watch')).toHaveLength(INNOCENT);
}, 300_000);
