/** 50 connections polled every 10 s: how late the polls are. The baseline is the interval itself. */
import { setTimeout as sleep } from 'node:timers/promises';
import { table } from '../cli/table.ts';
import { summarize } from './measure.ts';
import { connectionTo } from './stack.ts';
import type { BenchStack } from './stack.ts';

const CONNECTIONS = 50;
const EVERY_SECONDS = 10;
const MEASURED_SECONDS = 60;

export async function benchPolls(stack: BenchStack): Promise<void> {
  const [northwind] = stack.tenants;
  if (!northwind) throw new Error('the sandbox has no tenants');
  const names = Array.from({ length: CONNECTIONS }, (_, index) => `halo-${index}`);
  await stack.apply({
    organizations: { northwind: { name: 'Northwind MSP' } },
    connections: Object.fromEntries(
      names.map((name, index) => [name, connectionTo(northwind, 'northwind', { default: index === 0 })]),
    ),
    triggers: Object.fromEntries(
      names.map((connection) => [
        `new-${connection}`,
        {
          organization: 'northwind',
          type: 'new-ticket-record',
          connection,
          workflow: 'empty',
          parameters: { everySeconds: EVERY_SECONDS },
        },
      ]),
    ),
  });
  const polls = await watchPolls(stack);
  const intervals = [...polls.values()].flatMap((times) =>
    times.slice(1).map((time, i) => time - (times[i] ?? 0)),
  );
  const late = summarize(
    intervals.map((interval) => Math.max(0, interval - EVERY_SECONDS * 1_000)),
    1,
  );
  console.log(
    table(
      ['what', 'value'],
      [
        ['connections', CONNECTIONS],
        ['polls seen', intervals.length + polls.size],
        ['polls wanted in that time', (CONNECTIONS * MEASURED_SECONDS) / EVERY_SECONDS],
        ['later than due, p50 / p99 (aim: p99 under 1000 ms)', `${late.p50} ms / ${late.p99} ms`],
        ['p99 as a share of the interval', (late.p99 / (EVERY_SECONDS * 1_000)).toFixed(3)],
      ],
    ),
  );
}

/** When each feed was polled, milliseconds, by its connection; from when all have been polled once. */
async function watchPolls({ store }: BenchStack): Promise<Map<string, number[]>> {
  const polls = new Map<string, number[]>();
  let end = Infinity;
  while (Date.now() < end) {
    const { rows } = await store.pool.query<{ connection: string; polled: Date }>(
      'select connection, polled_at as polled from feeds where succeeded_at is not null',
    );
    if (end === Infinity && rows.length === CONNECTIONS) end = Date.now() + MEASURED_SECONDS * 1_000;
    if (end !== Infinity) {
      for (const { connection, polled } of rows) {
        const times = polls.get(connection) ?? [];
        if (times.at(-1) !== polled.getTime()) polls.set(connection, [...times, polled.getTime()]);
      }
    }
    await sleep(250);
  }
  return polls;
}
