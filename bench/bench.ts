/**
 * What haloflow costs on top of Temporal: runs with one call and with three calls in a row, 1, 8 and 32 at a time, beside
 * the same work done by a bare SDK workflow with one hand-written activity, on the same server, in the same process, with
 * the same settings. Rounds of both sides take turns, so that a change of the machine's mood hits both.
 *
 * `npm run bench -- --seconds 3 --rounds 4` sets the length of a round and how many there are of each side.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Closing } from '../cli/closing.ts';
import { openOnlyStore } from '../cli/openStore.ts';
import { normaliseServer } from '../cli/normaliseServer.ts';
import { table } from '../cli/table.ts';
import { openTemporal } from '../engine/server.ts';
import { applyFile } from '../configuration/apply/apply.ts';
import { readConfiguration } from '../organizations/configuration.ts';
import type { SandboxTenant } from '../sandbox/sandbox.ts';
import { control } from '../test/support/sandbox.ts';
import { createClient } from '../triggers/client.ts';
import { startRun } from '../triggers/start.ts';
import { bundleWorkflows } from '../worker/bundle.ts';
import { workflowNames } from '../worker/workflowNames.ts';
import { temporalLogger } from '../worker/logger.ts';
import { taskQueues } from '../worker/queues.ts';
import { DEFAULT_SLOTS, POLLER, startWorker } from '../worker/worker.ts';
import { startBareWorker } from './bareWorker.ts';
import { measure, summarize } from './measure.ts';

const here = dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '3' }, rounds: { type: 'string', default: '4' } },
});
const seconds = Number(values.seconds);
const rounds = Number(values.rounds);

const AT_A_TIME = [1, 8, 32];
const SHAPES = [
  { name: 'one call', calls: 1, haloflow: 'haloflowOne', bare: 'bareOne' },
  { name: 'three calls', calls: 3, haloflow: 'haloflowThree', bare: 'bareThree' },
];

function configurationOf({ baseUrl, authUrl, tenant, clientId }: SandboxTenant): string {
  return JSON.stringify({
    organizations: { northwind: { name: 'Northwind MSP' } },
    connections: {
      'northwind-halo': {
        organization: 'northwind',
        resourceServer: baseUrl,
        authServer: authUrl,
        tenant,
        clientId,
        clientSecret: '${BENCH_SECRET}',
        rateLimit: { requests: 1_000_000, perSeconds: 10 },
      },
    },
  });
}

const closing = new Closing();

async function bench(sandbox: SandboxTenant): Promise<void> {
  const opened = await openOnlyStore();
  closing.add(() => opened.close());
  const temporal = await openTemporal();
  closing.add(() => temporal.close());
  const workflowBundle = await bundleWorkflows(join(here, 'workflows'), temporalLogger);
  const { store } = opened;
  await applyFile(store, {
    file: 'bench',
    text: configurationOf(sandbox),
    env: { BENCH_SECRET: sandbox.clientSecret },
    normaliseServer,
    workflowNames,
  });
  const configuration = await readConfiguration(store);
  const connection = temporal.connectionOptions();
  const queues = taskQueues('');
  const worker = await startWorker({
    store,
    temporal: { connection, namespace: temporal.namespace },
    queues,
    workflowBundle,
  });
  closing.add(() => worker.stop());
  const bare = await startBareWorker({
    sandbox,
    connection,
    namespace: temporal.namespace,
    workflowBundle,
    queues: taskQueues('bare'),
  });
  closing.add(() => bare.stop());
  const client = createClient({ connection: worker.connection, namespace: temporal.namespace });
  const halo = control(sandbox);

  const sides = {
    haloflow: (workflow: string) => async () => {
      const { handle } = await startRun(
        { store, client, taskQueue: queues.runs, eager: true },
        configuration,
        {
          workflow,
          args: [],
          organization: 'northwind',
          owner: 'northwind',
          overrides: {},
          startedBy: 'bench',
        },
      );
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

const home = await mkdtemp(join(tmpdir(), 'haloflow-bench-'));
process.env['HALOFLOW_HOME'] = home;
for (const name of ['DATABASE_URL', 'TEMPORAL_ADDRESS', 'HALOFLOW_KEY']) delete process.env[name];
const child = fork(join(here, 'sandboxProcess.ts'), { execArgv: ['--import', 'tsx'] });
try {
  const [[northwind]] = (await once(child, 'message')) as [[SandboxTenant]];
  await bench(northwind);
} finally {
  await closing.close();
  child.disconnect();
  await rm(home, { recursive: true, force: true });
}
