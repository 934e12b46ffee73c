/** An event that processes die of, among others that none dies of. */
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { untilTrue } from '../../support/polling.ts';
import { startProgram } from '../../support/programs.ts';
import type { Program } from '../../support/programs.ts';
import { startHalting } from './halting.ts';
import { startDispatchStack } from './stack.ts';
import type { DispatchStack } from './stack.ts';

const INNOCENT = 100;

let stack: DispatchStack;

beforeAll(async () => {
  stack = await startDispatchStack();
}, 120_000);
afterAll(() => stack.close());

const dispatcher = async (
  temporal = process.env['HALOFLOW_TEST_TEMPORAL_ADDRESS'] ?? '',
): Promise<Program> => {
  const { databaseUrl, queues } = stack.haloflow;
  const program = startProgram(fileURLToPath(new URL('programs/dispatcher.ts', import.meta.url)), {
    args: [databaseUrl, queues.prefix.replace(/-$/, ''), temporal],
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

test('one whose run was decided is given up as well when processes die while they start it', async () => {
  const { haloflow } = stack;
  await stack.trigger('starts');
  const [ticket] = await stack.tickets({});
  await stack.found(['starts'], [ticket!]);
  const temporal = await startHalting(process.env['HALOFLOW_TEST_TEMPORAL_ADDRESS'] ?? '');
  const eventOf = async () =>
    (
      await haloflow.store.pool.query<{
        status: string;
        reason: string;
        run: string;
        workflow_id: string;
        silent_tries: number;
      }>(`select status, reason, run, workflow_id, silent_tries from events where trigger = 'starts'`)
    ).rows[0]!;
  for (let deaths = 0; deaths < 4; deaths += 1) {
    const program = await dispatcher(temporal.address);
    temporal.halt();
    await stack.hurry();
    await untilTrue(
      async () => (await eventOf()).silent_tries > deaths && (await eventOf()).workflow_id !== null,
    );
    await program.kill('SIGKILL');
    temporal.goOn();
  }
  const program = await dispatcher(temporal.address);
  await stack.hurry();
  await untilTrue(async () => (await eventOf()).status !== 'pending');
  await program.kill();
  await temporal.close();
  const { status, reason, run } = await eventOf();
  expect(status).toBe('failed');
  expect(reason).toMatch(/^WorkerDiedError: 4 processes that took it up died/);
  expect(reason).toContain(`its run ${run} may have been started`);
}, 300_000);
