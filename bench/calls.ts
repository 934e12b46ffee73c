/**
 * What haloflow costs on top of Temporal: runs with one call and with three calls in a row, 1, 8 and 32 at a time, beside
 * the same work done by a bare SDK workflow with one hand-written activity, on the same server, in the same process, with
 * the same settings. Rounds of both sides take turns, so that a change of the machine's mood hits both.
 */
import { table } from '../cli/table.ts';
import { control } from '../test/support/sandbox.ts';
import { taskQueues } from '../worker/queues.ts';
import { DEFAULT_SLOTS, POLLER } from '../worker/worker.ts';
import { startBareWorker } from './bareWorker.ts';
import { measure, summarize } from './measure.ts';
import { connectionTo } from './stack.ts';
import type { BenchStack } from './stack.ts';

const AT_A_TIME = [1, 8, 32];
const SHAPES = [
  { name: 'one call', calls: 1, haloflow: 'haloflowOne', bare: 'bareOne' },
  { name: 'three calls', calls: 3, haloflow: 'haloflowThree', bare: 'bareThree' },
];

export async function benchCalls(
  stack: BenchStack,
  { seconds, rounds }: { readonly seconds: number; readonly rounds: number },
): Promise<void> {
  const [northwind] = stack.tenants;
  if (!northwind) throw new Error('the sandbox has no tenants');
  await stack.apply({
    organizations: { northwind: { name: 'Northwind MSP' } },
    connections: { 'northwind-halo': connectionTo(northwind, 'northwind') },
  });
  const bare = await startBareWorker({
    sandbox: northwind,
    connection: stack.temporal.connectionOptions(),
    namespace: stack.temporal.namespace,
    workflowBundle: stack.workflowBundle,
    queues: taskQueues('bare'),
  });
  stack.closing.add(() => bare.stop());
  const halo = control(northwind);
  const sides = {
    haloflow: (workflow: string) => async () => {
      const { handle } = await stack.start(workflow, 'northwind');
      await handle.result();
    },
    bare: (workflow: string) => () => bare.run(workflow),
  };

  console.log(
    `both sides: dev server and worker in one process on loopback, ${DEFAULT_SLOTS} activity slots, pollers ${JSON.stringify(POLLER)}, eager start, the same search attributes and priority, one HTTP pool of 32 sockets, ${rounds} rounds of ${seconds} s each, in turns`,
  );
  const rows: (string | number)[][] = [];
  for (const shape of SHAPES) {
    for (const atATime of AT_A_TIME) {
      const took: Record<keyof typeof sides, number[]> = { haloflow: [], bare: [] };
      let haloCalls = 0;
      for (const side of ['haloflow', 'bare'] as const) await sides[side](shape[side])();
      for (let round = 0; round < rounds; round += 1) {
        // Who goes first alternates: the second one of a pair finds a warmer server.
        const order = round % 2 === 0 ? (['haloflow', 'bare'] as const) : (['bare', 'haloflow'] as const);
        for (const side of order) {
          await halo.clearRequests();
          took[side].push(...(await measure(sides[side](shape[side]), { atATime, seconds })));
          if (side === 'haloflow') {
            haloCalls += (await halo.requests()).filter(({ path }) => path.startsWith('/api/Agent')).length;
          }
        }
      }
      const ours = summarize(took.haloflow, atATime);
      const theirs = summarize(took.bare, atATime);
      rows.push([
        shape.name,
        atATime,
        `${ours.perSecond.toFixed(1)} / ${theirs.perSecond.toFixed(1)}`,
        (ours.perSecond / theirs.perSecond).toFixed(2),
        `${ours.p50.toFixed(1)} / ${theirs.p50.toFixed(1)}`,
        (ours.p50 / theirs.p50).toFixed(2),
        `${ours.p99.toFixed(0)} / ${theirs.p99.toFixed(0)}`,
        (haloCalls / took.haloflow.length / shape.calls).toFixed(2),
        Math.round(process.memoryUsage.rss() / 1024 / 1024),
      ]);
      console.error(rows.at(-1)?.join('  '));
    }
  }
  console.log(
    table(
      [
        'workflow',
        'at a time',
        'runs/s ours / bare',
        'ratio',
        'p50 ms ours / bare',
        'ratio',
        'p99 ms',
        'Halo calls per call',
        'rss MB',
      ],
      rows,
    ),
  );
}
