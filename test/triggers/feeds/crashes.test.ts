/** Processes that die: the feed goes on, every ticket has one event, every event one run. */
import { startProgram } from '../../support/programs.ts';
import type { Program } from '../../support/programs.ts';
import { eventually } from '../../worker/helpers.ts';
import { startFeedStack } from './stack.ts';
import type { FeedStack } from './stack.ts';

let stack: FeedStack;
const workers: Program[] = [];

beforeAll(async () => {
  stack = await startFeedStack();
  await stack.clear();
});
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.kill()));
  await stack.close();
});

async function startWorkerProcess(): Promise<Program> {
  const { databaseUrl, queues, workflowBundle } = stack.haloflow;
  const worker = startProgram(new URL('./programs/worker.ts', import.meta.url).pathname, {
    args: [databaseUrl, queues.prefix.replace(/-$/, ''), workflowBundle.codePath],
  });
  workers.push(worker);
  expect(await worker.reply()).toBe('ready');
  return worker;
}

const accepted = async (count: number): Promise<(number | null)[]> =>
  await eventually(async () => {
    const rows = (await stack.eventsOf('triage')).filter(({ status }) => status === 'accepted');
    return rows.length >= count ? rows.map(({ record }) => record) : undefined;
  });

const runsOf = async (): Promise<number> => {
  const { rows } = await stack.haloflow.store.pool.query<{ n: number }>(
    `select count(*)::integer as n from runs where trigger = 'triage'`,
  );
  return rows[0]!.n;
};

test('a worker that is killed in the middle of a poll costs no ticket', async () => {
  const { northwind } = stack.haloflow;
  await stack.trigger('triage', { parameters: { everySeconds: 2 } });
  const first = await startWorkerProcess();
  await eventually(async () => ((await stack.feed().catch(() => null))?.polls ? true : undefined));
  const ids = [await stack.ticket()];
  await northwind.fault({ kind: 'delay', delayMs: 600_000, times: 1, match: { path: '/Tickets' } });
  await northwind.clearRequests();
  await eventually(async () => ((await stack.haloflow.northwind.requests()).length > 0 ? true : undefined));
  ids.push(await stack.ticket());
  const second = await startWorkerProcess();
  await first.kill();
  expect(await accepted(2)).toEqual(ids);

  // Whoever of several processes dies, and when.
  const third = await startWorkerProcess();
  for (let burst = 0; burst < 3; burst += 1) ids.push(await stack.ticket());
  await eventually(async () => ((await stack.recordsOf('triage')).length > 2 ? true : undefined));
  await second.kill();
  for (let burst = 0; burst < 3; burst += 1) ids.push(await stack.ticket());
  expect(await accepted(8)).toEqual(ids);
  await third.kill();
  ids.push(await stack.ticket());
  await startWorkerProcess();
  expect(await accepted(9)).toEqual(ids);
  expect(await stack.recordsOf('triage')).toEqual(ids);
  expect(await runsOf()).toBe(9);
}, 240_000);
