/**
 * 2,000 tickets at once: how long from a ticket's creation to the start of its run, how many starts a second, how many
 * requests a ticket costs, and whether each has exactly one run. The baseline is a bare Temporal client that starts the
 * same empty workflow on the same server, as many at a time.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import { table } from '../cli/table.ts';
import { control } from '../test/support/sandbox.ts';
import { summarize } from './measure.ts';
import { connectionTo } from './stack.ts';
import type { BenchStack } from './stack.ts';

const TICKETS = 2_000;
const AT_A_TIME = 20;
const EVERY_SECONDS = 10;
const CLIENT = 12;

export async function benchBurst(stack: BenchStack): Promise<void> {
  const [northwind] = stack.tenants;
  if (!northwind) throw new Error('the sandbox has no tenants');
  const bare = await bareStarts(stack);
  await stack.apply({
    organizations: { northwind: { name: 'Northwind MSP' }, acme: { name: 'Acme', parent: 'northwind' } },
    connections: { 'northwind-halo': connectionTo(northwind, 'northwind') },
    mappings: { 'northwind-halo': { acme: { client: CLIENT } } },
    triggers: {
      burst: {
        organization: 'northwind',
        type: 'new-ticket-record',
        workflow: 'empty',
        runFor: { allClients: true },
        overrides: { halo: { use: 'mapping' } },
        parameters: { everySeconds: EVERY_SECONDS },
      },
    },
  });
  await until(stack, 'select count(*)::int as n from subscriptions where baseline is not null', 1);
  const halo = control(northwind);
  await halo.clearRequests();
  const created = Date.now();
  await halo.addAll(
    'Tickets',
    Array.from({ length: TICKETS }, (_, index) => ({ summary: `Burst ${index}`, client_id: CLIENT })),
  );
  await until(stack, `select count(*)::int as n from events where status <> 'pending'`, TICKETS);
  const { rows } = await stack.store.pool.query<{ record: number; workflow: string }>(
    `select events.record, runs.workflow_id as workflow from runs join events on events.run = runs.id`,
  );
  const started = await startsOf(stack);
  const times = rows.map(({ workflow }) => started.get(workflow) ?? NaN).sort((a, b) => a - b);
  const ours = (TICKETS * 1_000) / ((times.at(-1) ?? 0) - (times[0] ?? 0));
  const lateness = summarize(
    times.map((time) => time - created),
    1,
  );
  const requests = (await halo.requests()).length;
  const distinct = new Set(rows.map(({ record }) => record)).size;
  console.log(
    table(
      ['what', 'value'],
      [
        [`tickets at once, polled every ${EVERY_SECONDS} s`, TICKETS],
        ['runs; tickets with a run', `${rows.length}; ${distinct}`],
        ['creation to start, p50 / p99', `${lateness.p50} ms / ${lateness.p99} ms`],
        ['requests to Halo for each ticket', (requests / TICKETS).toFixed(3)],
        ['starts a second, ours / bare', `${ours.toFixed(0)} / ${bare.toFixed(0)}`],
        ['ratio (aim: 0.80)', (ours / bare).toFixed(2)],
      ],
    ),
  );
}

/** When Temporal started each run of the trigger, by workflow id: the rows of runs tell when that was decided. */
async function startsOf({ starter }: BenchStack): Promise<ReadonlyMap<string, number>> {
  const started = new Map<string, number>();
  const deadline = Date.now() + 60_000;
  while (started.size < TICKETS && Date.now() < deadline) {
    for await (const { workflowId, startTime } of starter.client.workflow.list({
      query: 'TriggerId = "burst"',
    })) {
      started.set(workflowId, startTime.getTime());
    }
  }
  return started;
}

/** Starts a second of a client that does nothing else, with everything on a start that ours has. */
async function bareStarts({ starter, temporal }: BenchStack): Promise<number> {
  const client = new Client({ connection: starter.client.connection, namespace: temporal.namespace });
  const one = (): Promise<unknown> =>
    client.workflow.start('empty', {
      workflowId: `bare/${randomUUID()}`,
      taskQueue: starter.taskQueue,
      args: [],
      requestEagerStart: true,
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      priority: { fairnessKey: 'northwind' },
      typedSearchAttributes: ['OrgId', 'OwnerId', 'TriggerId'].map((name) => ({
        key: defineSearchAttributeKey(name, 'KEYWORD'),
        value: 'northwind',
      })),
    });
  const startAll = async (count: number): Promise<void> => {
    let left = count;
    const work = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        await one();
      }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, work));
  };
  await startAll(100);
  const began = performance.now();
  await startAll(TICKETS);
  return (TICKETS * 1_000) / (performance.now() - began);
}

/** Waits, for five minutes at most, until a count has been reached. */
async function until({ store }: BenchStack, query: string, wanted: number): Promise<void> {
  const deadline = Date.now() + 300_000;
  for (;;) {
    const { rows } = await store.pool.query<{ n: number }>(query);
    if ((rows[0]?.n ?? 0) >= wanted) return;
    if (Date.now() > deadline) throw new Error(`after 5 minutes ${rows[0]?.n} of ${wanted}: ${query}`);
    await sleep(200);
  }
}
