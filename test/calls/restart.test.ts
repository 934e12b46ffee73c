/** Postgres is killed under the calls and comes back on the same port and data. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createBudgets } from '../../calls/budget.ts';
import { endCall } from '../../calls/endings.ts';
import { beginCall, callsOfRun, registerRun } from '../../calls/record.ts';
import { openPostgres } from '../../store/postgres.ts';
import type { PostgresServer } from '../../store/postgres.ts';
import { openStore } from '../../store/store.ts';
import type { Store } from '../../store/store.ts';
import { untilPasses, untilTrue } from '../support/polling.ts';
import { testHome } from '../store/home.ts';
import type { TestHome } from '../store/home.ts';

let home: TestHome;
let server: PostgresServer;
let store: Store;
beforeAll(async () => {
  home = testHome();
  server = await openPostgres();
  server.watch();
  store = await openStore({ url: server.url, embedded: true });
});
afterAll(async () => {
  await store.close();
  await server.close();
  await home.remove();
});

it('loses no call, no record and no grant that was given', async () => {
  const run = randomUUID();
  const organization = 'acme';
  await registerRun(store, {
    id: run,
    workflowId: 'w',
    workflow: 'w',
    owner: organization,
    organization,
    overrides: {},
    startedBy: 'cli',
  });
  const host = { host: 'halo.example:443', requests: 40, perSeconds: 2, requestTimeoutMs: 1_000 };
  const budgets = createBudgets(store);
  const times: number[] = [];

  async function call(number: number): Promise<void> {
    const key = `${run}/${number}`;
    await beginCall(store, { key, attempt: 1, run, action: 'tickets.get', extra: [] });
    const grant = await budgets
      .for(host, {
        organization,
        lane: 'normal',
        key,
        mayGiveUp: () => false,
        signal: new AbortController().signal,
      })
      .take();
    times.push(performance.now());
    await sleep(10);
    grant.replied({ status: 200 });
    await endCall(store, {
      key,
      attempt: 1,
      organization,
      connection: 'c',
      because: 'own default',
      attempts: 1,
      status: 'ok',
      error: null,
      durationMs: 10,
    });
  }

  const work = Promise.all(Array.from({ length: 120 }, (_, number) => call(number)));
  for (const granted of [20, 60]) {
    await untilTrue(() => times.length >= granted);
    const postmaster = await untilPasses(async () => home.postmaster());
    process.kill(postmaster.pid, 'SIGKILL');
  }
  await work;
  await budgets.close();

  expect(times).toHaveLength(120);
  const most = Math.max(
    ...times.map((at) => times.filter((other) => other > at - 2_000 && other <= at).length),
  );
  expect(most).toBeLessThanOrEqual(40);
  const records = await callsOfRun(store, run);
  expect(records).toHaveLength(120);
  expect(records.filter(({ status, attempts }) => status === 'ok' && attempts === 1)).toHaveLength(120);
}, 120_000);
