/** Lists of runs over HTTP with 100,000 runs in the store, against a bare route that asks Postgres for one row. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import Fastify from 'fastify';
import { LOCAL } from '../access/principal.ts';
import { createToken } from '../access/tokens.ts';
import { createControlPlane } from '../api/server.ts';
import { configurationReader } from '../organizations/configuration.ts';
import type { Store } from '../store/store.ts';
import { triggerReader } from '../triggers/registry.ts';
import type { LoadRequest, LoadResult } from './load.ts';
import { here, withOwnStore } from './stack.ts';

const RUNS = 100_000;
const ORGANIZATIONS = 500;
const AT_A_TIME = 8;

/** An MSP with clients below it, and a year of runs spread over them. */
async function fill({ pool }: Store): Promise<void> {
  await pool.query(`insert into organizations (slug, name, origin) values ('msp', 'MSP', 'manual')`);
  await pool.query(
    `insert into organizations (slug, name, parent, origin)
       select 'client-' || n, 'Client ' || n, 'msp', 'manual' from generate_series(1, $1::int) n`,
    [ORGANIZATIONS],
  );
  await pool.query(
    `insert into events (trigger, key, source, status, kind, record, organization, created_at, decided_at)
       select 'trigger-' || n % 20, 'tickets/' || n, 'poll', 'accepted', 'tickets', n, 'client-' || 1 + n % $2::int,
         now() - n * interval '5 minutes', now() - n * interval '5 minutes'
       from generate_series(1, $1::int) n`,
    [RUNS, ORGANIZATIONS],
  );
  await pool.query(
    `insert into runs (id, workflow_id, workflow, owner, organization, trigger, overrides, started_by, input, event,
         started_at, status, closed_at, error_type, error_message)
       select e.run, 'o/' || e.organization || '/t/' || e.trigger || '/' || e.key, 'workflow-' || e.id % 30, 'msp',
         e.organization, e.trigger, '{"halo": {"use": "mapping"}}', 'trigger', '[{"event": {}}]', e.id, e.created_at,
         case when e.id % 200 = 0 then 'failed' else 'completed' end, e.created_at + interval '2 seconds',
         case when e.id % 200 = 0 then 'HaloServerError' end, case when e.id % 200 = 0 then 'it answered 500' end
       from events e`,
  );
  await pool.query('analyze');
}

const PATHS = [
  '/runs',
  '/runs?organization=client-7',
  '/runs?status=failed',
  '/runs?workflow=workflow-3',
  '/runs?trigger=trigger-5&limit=20',
  '/runs?ticket=4711',
  '/events',
  '/events?organization=client-7&limit=20',
] as const;

export const benchApi = (lengths: { readonly seconds: number }): Promise<void> =>
  withOwnStore((store) => lists(store, lengths));

async function lists(store: Store, { seconds }: { readonly seconds: number }): Promise<void> {
  await fill(store);
  const unused = (): Promise<never> => Promise.reject(new Error('not asked here'));
  const server = await createControlPlane(
    {
      store,
      configuration: configurationReader(store),
      triggers: triggerReader(store),
      halo: { call: unused, authenticate: unused, callWith: unused },
      connector: { normaliseServer: (pasted) => pasted, isOwnNetwork: () => false, check: unused },
      files: { normaliseServer: (pasted) => pasted, workflowNames: unused },
      starter: unused,
      taskQueue: 'bench',
    },
    { version: '0' },
  );
  const bare = Fastify();
  bare.get('/', async () => (await store.pool.query('select 1 as one')).rows[0] as object);
  const api = `${await server.listen({ host: '127.0.0.1', port: 0 })}/api/v1`;
  const bareUrl = await bare.listen({ host: '127.0.0.1', port: 0 });
  try {
    for (const organization of [null, 'msp']) {
      // The limit of requests a minute, by token, is not what is measured.
      const tokens = await Promise.all(
        Array.from({ length: 50 }, async (_, index) => {
          const name = `${organization} ${index}`;
          return (await createToken(store, LOCAL, { name, organization, role: 'viewer' })).text;
        }),
      );
      console.log(organization === null ? 'a token of everything' : `a token of ${organization}`);
      const baseline = await load({ urls: [bareUrl], tokens, seconds, atATime: AT_A_TIME });
      print('select 1', baseline, baseline);
      const all = PATHS.map((path) => api + path);
      print('all of them in turn', await load({ urls: all, tokens, seconds, atATime: AT_A_TIME }), baseline);
      for (const path of PATHS) {
        const one = await load({ urls: [api + path], tokens, seconds: seconds / 3, atATime: AT_A_TIME });
        print(path, one, baseline);
      }
    }
  } finally {
    await server.close();
    await bare.close();
  }
}

/** From a process of its own, as those who ask are. */
async function load(request: LoadRequest): Promise<LoadResult> {
  const child = fork(join(here, 'load.ts'), { execArgv: ['--import', 'tsx'] });
  child.send(request);
  const [result] = (await once(child, 'message')) as [LoadResult];
  child.disconnect();
  return result;
}

function print(name: string, { perSecond, p50, p99 }: LoadResult, baseline: LoadResult): void {
  const ratio = (perSecond / baseline.perSecond).toFixed(2);
  console.log(
    `${name.padEnd(42)} ${perSecond.toFixed(0).padStart(6)} requests/s  p50 ${p50.toFixed(1)} ms  p99 ${p99.toFixed(1)} ms  ` +
      `${ratio} of select 1`,
  );
}
