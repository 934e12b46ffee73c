import { randomUUID } from 'node:crypto';
import { createBudgets } from '../../calls/budget.ts';
import { endCall } from '../../calls/endings.ts';
import type { EndedCall } from '../../calls/endings.ts';
import { beginCall, callsOfRun, registerRun } from '../../calls/record.ts';
import { ConfigurationError } from '../../errors.ts';
import type { Store } from '../../store/store.ts';
import { createTestDatabase } from '../support/database.ts';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let store: Store;
beforeAll(async () => {
  database = await createTestDatabase();
  store = database.store;
});
afterAll(() => database.drop());

async function newRun(): Promise<string> {
  const id = randomUUID();
  await registerRun(store, {
    id,
    workflowId: `o/acme/cli/listAgents/${id}`,
    workflow: 'listAgents',
    owner: 'northwind',
    organization: 'acme',
    trigger: 'new-tickets',
    overrides: { halo: { use: 'mapping', fallback: 'default' } },
    startedBy: 'trigger',
  });
  return id;
}

async function newCall() {
  const run = await newRun();
  return { run, key: `o/acme/${run}/1`, attempt: 1, action: 'tickets.get', extra: [] as string[] };
}

const ended = (key: string, more: Partial<EndedCall> = {}): EndedCall => ({
  key,
  attempt: 1,
  organization: 'acme',
  connection: 'northwind-halo',
  because: 'trigger override: mapping',
  attempts: 1,
  status: 'ok',
  error: null,
  durationMs: 12.4,
  ...more,
});

async function takeFor(key: string): Promise<void> {
  const budgets = createBudgets(store);
  const host = { host: `${randomUUID()}:443`, requests: 10, perSeconds: 300, requestTimeoutMs: 1_000 };
  const signal = new AbortController().signal;
  const budget = budgets.for(host, {
    organization: 'acme',
    lane: 'normal',
    key,
    mayGiveUp: () => true,
    signal,
  });
  for (let request = 0; request < 3; request += 1) (await budget.take()).replied({ status: 200 });
  await budgets.close();
}

describe('a call that begins', () => {
  it('reads its run and the version of the configuration', async () => {
    await store.pool.query(
      'insert into configuration (version) values (41) on conflict (singleton) do update set version = 41',
    );
    const call = await newCall();
    expect(await beginCall(store, call)).toEqual({
      run: {
        id: call.run,
        workflowId: `o/acme/cli/listAgents/${call.run}`,
        workflow: 'listAgents',
        owner: 'northwind',
        organization: 'acme',
        trigger: 'new-tickets',
        overrides: { halo: { use: 'mapping', fallback: 'default' } },
        startedBy: 'trigger',
      },
      version: 41,
      attempts: 0,
      connection: null,
      writes: [],
    });
  });

  it('leaves a row that says it is running, with the names of what extra carried', async () => {
    const call = { ...(await newCall()), extra: ['brand_new_field'] };
    await beginCall(store, call);
    expect(await callsOfRun(store, call.run)).toMatchObject([
      {
        key: call.key,
        action: 'tickets.get',
        organization: 'acme',
        status: 'running',
        attempts: 0,
        extra: ['brand_new_field'],
      },
    ]);
  });

  it.each([undefined, randomUUID(), 'no uuid'])(
    'is refused when its workflow came from elsewhere (%s)',
    async (run) => {
      const begun = beginCall(store, {
        key: randomUUID(),
        attempt: 1,
        run,
        action: 'tickets.get',
        extra: [],
      });
      await expect(begun).rejects.toThrow(ConfigurationError);
      await expect(begun).rejects.toThrow(/tickets\.get .* not started through haloflow/);
      await expect(begun).rejects.toMatchObject({ retryable: false });
    },
  );

  it('is registered once, however often its run is', async () => {
    const id = await newRun();
    await registerRun(store, {
      id,
      workflowId: 'x',
      workflow: 'x',
      owner: 'x',
      organization: 'x',
      overrides: {},
      startedBy: 'x',
    });
    expect(
      (await beginCall(store, { key: randomUUID(), attempt: 1, run: id, action: 'a', extra: [] })).run
        .organization,
    ).toBe('acme');
  });
});

describe('attempts', () => {
  it('count a try from its first grant, once, though its worker dies before the end', async () => {
    const call = await newCall();
    expect((await beginCall(store, call)).attempts).toBe(0);
    await takeFor(call.key);
    expect((await beginCall(store, call)).attempts).toBe(1);
    await takeFor(call.key);
    expect((await beginCall(store, call)).attempts).toBe(2);
  });

  it('are what the end of a try says, since a grant may not have reached Halo', async () => {
    const call = await newCall();
    await beginCall(store, call);
    await takeFor(call.key);
    await endCall(store, ended(call.key, { attempts: 0, status: 'waiting' }));
    expect((await beginCall(store, call)).attempts).toBe(0);
  });

  it('do not count waiting', async () => {
    const call = await newCall();
    for (let time = 0; time < 3; time += 1) {
      expect((await beginCall(store, call)).attempts).toBe(0);
      await endCall(store, ended(call.key, { attempts: 0, status: 'waiting' }));
    }
  });
});

describe('a call that ends', () => {
  it('records what happened and why', async () => {
    const call = await newCall();
    await beginCall(store, call);
    await endCall(
      store,
      ended(call.key, {
        organization: 'globex',
        status: 'failed',
        attempts: 5,
        error: { type: 'HaloServerError', message: 'GET /Tickets/7 answered 500' },
      }),
    );
    expect(await callsOfRun(store, call.run)).toMatchObject([
      {
        organization: 'globex',
        connection: 'northwind-halo',
        because: 'trigger override: mapping',
        attempts: 5,
        status: 'failed',
        errorType: 'HaloServerError',
        errorMessage: 'GET /Tickets/7 answered 500',
        durationMs: 12,
      },
    ]);
  });

  it('forgets the error of an earlier try', async () => {
    const call = await newCall();
    await beginCall(store, call);
    await endCall(
      store,
      ended(call.key, { status: 'waiting', error: { type: 'HaloServerError', message: '503' } }),
    );
    await beginCall(store, call);
    await endCall(store, ended(call.key));
    expect(await callsOfRun(store, call.run)).toMatchObject([
      { status: 'ok', errorType: null, errorMessage: null },
    ]);
  });

  it('shares a statement with those that end beside it', async () => {
    const made = await Promise.all(Array.from({ length: 50 }, newCall));
    await Promise.all(made.map((call) => beginCall(store, call)));
    const query = import.meta.jest.spyOn(store.pool, 'query');
    await Promise.all(made.map((call, number) => endCall(store, ended(call.key, { durationMs: number }))));
    expect(query).toHaveBeenCalledTimes(1);
    query.mockRestore();
    for (const [number, call] of made.entries()) {
      expect(await callsOfRun(store, call.run)).toMatchObject([{ status: 'ok', durationMs: number }]);
    }
  });

  it('is recorded although one beside it cannot be', async () => {
    const [good, bad] = [await newCall(), await newCall()];
    for (const call of [good, bad]) await beginCall(store, call);
    const results = await Promise.allSettled([
      endCall(store, ended(good.key)),
      endCall(store, ended(bad.key, { durationMs: 1e12 })),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(await callsOfRun(store, good.run)).toMatchObject([{ status: 'ok' }]);
  });

  it('keeps messages that Postgres would refuse, or that nobody would read to the end', async () => {
    const call = await newCall();
    await beginCall(store, call);
    const message = `a\0b${'x'.repeat(100_000)}`;
    await endCall(store, ended(call.key, { status: 'failed', error: { type: 'HaloServerError', message } }));
    const [row] = await callsOfRun(store, call.run);
    expect(row?.errorMessage).toMatch(/^a\u{FFFD}bx+…$/u);
    expect(row?.errorMessage).toHaveLength(4_000);
  });
});
