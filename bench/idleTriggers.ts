/** Measures an idle worker with as many triggers as its argument says, and prints the result as one line of JSON. */
import { setTimeout as sleep } from 'node:timers/promises';
import { control } from '../test/support/sandbox.ts';
import { connectionTo, withStack } from './stack.ts';

/** What an idle worker costs. */
export interface Idle {
  readonly triggers: number;
  readonly requestsPerInterval: number;
  readonly rssMb: number;
  readonly cpuMsPerSecond: number;
}

const EVERY_SECONDS = 10;
const INTERVALS = 6;
/** What comes after an apply has settled by then. */
const WARM_UP_SECONDS = 25;

async function measure(triggers: number): Promise<Idle> {
  let idle: Idle | undefined;
  await withStack({ triggers: true }, async (stack) => {
    const [northwind] = stack.tenants;
    if (!northwind) throw new Error('the sandbox has no tenants');
    const halo = control(northwind);
    await stack.apply({
      organizations: { northwind: { name: 'Northwind MSP' } },
      connections: { 'northwind-halo': connectionTo(northwind, 'northwind') },
      triggers: Object.fromEntries(
        Array.from({ length: triggers }, (_, index) => [
          `trigger-${index}`,
          {
            organization: 'northwind',
            type: 'new-ticket-record',
            workflow: 'empty',
            criteria: { field: 'ticket.summary', contains: `word ${index}` },
            parameters: { everySeconds: EVERY_SECONDS },
          },
        ]),
      ),
    });
    await sleep(WARM_UP_SECONDS * 1_000);
    await halo.clearRequests();
    const before = process.cpuUsage();
    await sleep(INTERVALS * EVERY_SECONDS * 1_000);
    const { user, system } = process.cpuUsage(before);
    const requests = (await halo.requests()).length;
    idle = {
      triggers,
      requestsPerInterval: requests / INTERVALS,
      rssMb: process.memoryUsage.rss() / 1024 / 1024,
      cpuMsPerSecond: (user + system) / 1_000 / (INTERVALS * EVERY_SECONDS),
    };
  });
  if (!idle) throw new Error('nothing was measured');
  return idle;
}

process.stdout.write(`${JSON.stringify(await measure(Number(process.argv[2])))}\n`);
process.exit(0);
