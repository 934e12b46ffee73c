/** Whether a tenant with 2,000 waiting calls holds up one with 20: the time of the 20, alone and beside the others. */
import { setTimeout as sleep } from 'node:timers/promises';
import { table } from '../cli/table.ts';
import { summarize } from './measure.ts';
import { connectionTo } from './stack.ts';
import type { BenchStack } from './stack.ts';

const MANY = 2_000;
const FEW = 20;
/** The tenant with many calls has a limit that makes them wait; a run that waits is a row and a timer. */
const SLOW = { rateLimit: { requests: 30, perSeconds: 10 } };

/** Until nearly all of them have asked for a place and were told to wait. */
async function untilWaiting({ store }: BenchStack): Promise<void> {
  for (;;) {
    const { rows } = await store.pool.query<{ waiting: number }>(
      'select count(*)::int as waiting from budget_waits',
    );
    if ((rows[0]?.waiting ?? 0) >= MANY * 0.9) break;
    await sleep(250);
  }
  // The last ones are still on their first try.
  await sleep(5_000);
}

export async function benchFairness(stack: BenchStack): Promise<void> {
  const [northwind, globex] = stack.tenants;
  if (!northwind || !globex) throw new Error('the sandbox has two tenants');
  await stack.apply({
    organizations: { northwind: { name: 'Northwind MSP' }, globex: { name: 'Globex MSP' } },
    connections: {
      'northwind-halo': connectionTo(northwind, 'northwind', SLOW),
      'globex-halo': connectionTo(globex, 'globex'),
    },
  });
  const timed = async (): Promise<number> => {
    const began = performance.now();
    await (await stack.start('haloflowOne', 'globex')).handle.result();
    return performance.now() - began;
  };
  const few = (): Promise<number[]> => Promise.all(Array.from({ length: FEW }, timed));
  await few();
  const alone = [...(await few()), ...(await few()), ...(await few())];
  const waiting = await Promise.all(
    Array.from({ length: MANY }, () => stack.start('haloflowOne', 'northwind')),
  );
  await untilWaiting(stack);
  const beside = [...(await few()), ...(await few()), ...(await few())];
  // Some have ended meanwhile.
  await Promise.allSettled(waiting.map(({ handle }) => handle.terminate('the measurement is over')));
  const [a, b] = [summarize(alone, FEW), summarize(beside, FEW)];
  console.log(
    table(
      [`${FEW} calls at once`, 'p50 ms', 'p95 ms'],
      [
        ['alone', a.p50.toFixed(0), a.p95.toFixed(0)],
        [`beside ${MANY} waiting calls of another tenant`, b.p50.toFixed(0), b.p95.toFixed(0)],
        ['ratio', (b.p50 / a.p50).toFixed(2), (b.p95 / a.p95).toFixed(2)],
      ],
    ),
  );
}
