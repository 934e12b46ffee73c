import type { Client } from '@temporalio/client';
import { configurationReader } from '../../organizations/configuration.ts';
import { LOCKS } from '../../store/locks.ts';
import { openStore } from '../../store/store.ts';
import type { Store } from '../../store/store.ts';
import { createClient } from '../../triggers/client.ts';
import { keepReconciled } from '../../triggers/keepReconciled.ts';
import { triggerReader } from '../../triggers/registry.ts';
import { untilTrue } from '../support/polling.ts';
import { startHaloflow } from '../support/haloflow.ts';
import type { TestHaloflow } from '../support/haloflow.ts';

let haloflow: TestHaloflow;
const undo: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  haloflow = await startHaloflow({ worker: false });
  undo.push(() => haloflow.close());
});
afterAll(async () => {
  for (const step of undo.toReversed()) await step();
});

/** What a process has asked Temporal and whether it waits for an answer, which the test may hold back. */
interface Watched {
  readonly client: Client;
  readonly store: Store;
  readonly asked: string[];
  underWay: number;
  gate: Promise<void>;
}

async function watched(): Promise<Watched> {
  const { client } = haloflow.starter;
  const { connection, options } = client;
  const seen = { asked: [] as string[], underWay: 0, gate: Promise.resolve() };
  const workflowService = new Proxy(connection.workflowService, {
    get(service, name) {
      const found: unknown = Reflect.get(service, name);
      if (typeof found !== 'function') return found;
      return async (...args: unknown[]) => {
        seen.asked.push(String(name));
        seen.underWay += 1;
        try {
          await seen.gate;
          return (await found.apply(service, args)) as unknown;
        } finally {
          seen.underWay -= 1;
        }
      };
    },
  });
  const through = new Proxy(connection, {
    get(target, name) {
      if (name === 'workflowService') return workflowService;
      const found: unknown = Reflect.get(target, name);
      return typeof found === 'function' ? (found.bind(target) as unknown) : found;
    },
  });
  const store = await openStore({ url: haloflow.databaseUrl, embedded: false });
  undo.push(() => store.close());
  return Object.assign(seen, { store, client: createClient({ ...options, connection: through }) });
}

/** Reconciles as `haloflow start` does; `looks` grows with each look for something to do while it has the lock. */
async function reconciling(): Promise<Watched & { looks: number; stop(): Promise<void> }> {
  const watching = Object.assign(await watched(), { looks: 0 });
  const { store, client } = watching;
  const configuration = configurationReader(store);
  const keeping = keepReconciled(
    {
      store,
      client,
      triggers: triggerReader(store),
      queues: haloflow.queues,
      configuration: {
        ...configuration,
        current: async () => {
          const current = await configuration.current();
          watching.looks += 1;
          return current;
        },
      },
    },
    () => undefined,
  );
  undo.push(() => keeping.stop());
  return Object.assign(watching, { stop: () => keeping.stop() });
}

/** Nothing that Temporal is asked comes back before it is opened. */
function shut(process: Watched): () => void {
  let open = (): void => undefined;
  process.gate = new Promise((resolve) => (open = resolve));
  return open;
}

const holder = async (): Promise<number | undefined> =>
  (
    await haloflow.store.pool.query<{ pid: number }>(
      `select pid from pg_locks where locktype = 'advisory' and granted and database = (select oid from pg_database
        where datname = current_database()) and (classid::bigint << 32) | objid::bigint = $1`,
      [LOCKS.reconciler],
    )
  ).rows[0]?.pid;

/** The session that has the lock ends, as its process learns from PostgreSQL. */
async function end(pid: number | undefined): Promise<void> {
  await haloflow.store.pool.query('select pg_terminate_backend($1)', [pid]);
}

test('who has lost the lock in the middle of a pass asks no more, and waits for it before it begins another', async () => {
  const one = await reconciling();
  const open = shut(one);
  await untilTrue(() => Promise.resolve(one.underWay > 2));
  const asked = one.asked.length;
  const before = await holder();
  await end(before);
  // It takes the lock again, and has looked for something to do.
  await untilTrue(async () => ![undefined, before].includes(await holder()));
  const { looks } = one;
  await untilTrue(() => Promise.resolve(one.looks > looks + 1));
  expect(one.asked.length).toBe(asked);
  open();
  await untilTrue(() => Promise.resolve(one.asked.length > asked));
  await untilTrue(() => Promise.resolve(one.underWay === 0));
  await one.stop();
});

test('another process takes it, and reconciles alone', async () => {
  const one = await reconciling();
  const open = shut(one);
  await untilTrue(() => Promise.resolve(one.underWay > 2));
  const asked = one.asked.length;
  const other = await reconciling();
  await end(await holder());
  await untilTrue(async () => {
    // Who lost it may be the first to have it again.
    if (other.looks === 0 && one.looks > 1) await end(await holder());
    return other.looks > 0 && other.underWay === 0 && other.asked.length > asked;
  });
  open();
  await untilTrue(() => Promise.resolve(one.underWay === 0));
  const pass = other.asked.length;
  await other.stop();
  // What the first asks from now on is one whole pass, and nothing of the one that it lost.
  await untilTrue(() => Promise.resolve(one.asked.length >= asked + pass));
  await untilTrue(() => Promise.resolve(one.underWay === 0));
  expect(one.asked.slice(asked).toSorted()).toEqual(other.asked.toSorted());
  await one.stop();
});
