/** `/metrics` with a million runs and a million events in the store, against a few of them, and what others wait meanwhile. */
import { LOCAL } from '../access/principal.ts';
import { createToken } from '../access/tokens.ts';
import { startApi } from '../api/server.ts';
import { readStored } from '../api/storedMetrics.ts';
import { table } from '../cli/table.ts';
import { configurationReader } from '../organizations/configuration.ts';
import type { Store } from '../store/store.ts';
import { triggerReader } from '../triggers/registry.ts';
import type { Starter } from '../triggers/start.ts';
import { summarize } from './measure.ts';
import { withOwnStore } from './stack.ts';

const FEW = 60_000;
const MANY = 1_000_000;
const LOOKS = 20;
const AT_ONCE = 40;

/** Brings both tables to so many rows, a thousandth of them open. */
async function fill({ pool }: Store, from: number, to: number): Promise<void> {
  await pool.query(
    `insert into events (trigger, key, source, status, organization, created_at)
       select 'trigger-' || n % 20, 'tickets/' || n, 'poll', case when n % 1000 = 0 then 'pending' else 'accepted' end,
         'msp', now() - n * interval '1 minute' from generate_series($1::int, $2::int) n`,
    [from + 1, to],
  );
  await pool.query(
    `insert into runs (id, workflow_id, workflow, owner, organization, overrides, started_by, started_at, status, closed_at)
       select gen_random_uuid(), 'o/msp/' || n, 'triage', 'msp', 'msp', '{}', 'trigger', now() - n * interval '1 minute',
         case when n % 1000 = 0 then 'running' else 'completed' end, case when n % 1000 > 0 then now() end
       from generate_series($1::int, $2::int) n`,
    [from + 1, to],
  );
  await pool.query('vacuum analyze');
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

export const benchMetrics = (): Promise<void> => withOwnStore(measured);

async function measured(store: Store): Promise<void> {
  await store.pool.query(`insert into organizations (slug, name, origin) values ('msp', 'MSP', 'manual')`);
  const { text } = await createToken(store, LOCAL, { name: 'bench', organization: null, role: 'viewer' });
  const unused = (): Promise<never> => Promise.reject(new Error('not asked here'));
  const api = await startApi(
    {
      store,
      configuration: configurationReader(store),
      triggers: triggerReader(store),
      dispatch: unused,
      starter: { store, taskQueue: 'bench' } as Starter,
      halo: { call: unused, authenticate: unused, callWith: unused },
      connector: { normaliseServer: (pasted) => pasted, isOwnNetwork: () => false, check: unused },
      files: { normaliseServer: (pasted) => pasted, workflowNames: unused },
    },
    { host: '127.0.0.1', port: 0 },
  );
  const headers = { authorization: `Bearer ${text}` };
  const list = async (): Promise<unknown> =>
    await (await fetch(`${api.url}/api/v1/organizations`, { headers })).text();
  const metrics = async (): Promise<unknown> => await (await fetch(`${api.url}/metrics`)).text();
  try {
    const looks: number[] = [];
    const beside: number[] = [];
    let alone = 0;
    for (const [from, to] of [
      [0, FEW],
      [FEW, MANY],
    ] as const) {
      await fill(store, from, to);
      const took: number[] = [];
      for (let n = 0; n < LOOKS; n += 1) took.push(await timed(() => readStored(store)));
      looks.push(summarize(took, 1).p50);
      await list();
      alone = await timed(list);
      const scrapes = Array.from({ length: AT_ONCE }, metrics);
      beside.push(await timed(list));
      await Promise.all(scrapes);
    }
    const row = (name: string, [few = 0, many = 0]: readonly number[]): string[] => [
      name,
      few.toFixed(1),
      many.toFixed(1),
      (many / few).toFixed(2),
    ];
    console.log(
      table(
        ['milliseconds', `${FEW} rows`, `${MANY} rows`, 'ratio'],
        [
          row('a look at runs and events', looks),
          row(`GET /organizations while ${AT_ONCE} ask for /metrics`, beside),
        ],
      ),
    );
    console.log(`GET /organizations with nobody else: ${alone.toFixed(1)} ms`);
  } finally {
    await api.close();
  }
}
