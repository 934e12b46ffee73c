import { setTimeout as sleep } from 'node:timers/promises';
import type { Grant } from '../../halo/types.ts';
import type { Store } from '../../store/store.ts';
import { createTestDatabase } from '../support/database.ts';
import { untilTrue } from '../support/polling.ts';
import { createFrozenDatabase } from './clock.ts';
import { rowsOf, testHost } from './host.ts';

let frozen: Awaited<ReturnType<typeof createFrozenDatabase>>;
let store: Store;
beforeAll(async () => {
  frozen = await createFrozenDatabase();
  store = frozen.store;
});
afterAll(() => frozen.drop());

const aborted = () => {
  const controller = new AbortController();
  return { controller, signal: controller.signal };
};

describe('waiting', () => {
  let ticking: Awaited<ReturnType<typeof createTestDatabase>>;
  beforeAll(async () => {
    ticking = await createTestDatabase();
  });
  afterAll(() => ticking.drop());

  it('sleeps inside when the wait is short, although it might give up', async () => {
    const { ask, granted } = testHost(ticking.store, { requests: 1, perSeconds: 1 });
    const started = performance.now();
    await granted(1);
    expect(typeof (await ask())).toBe('object');
    expect(performance.now() - started).toBeGreaterThan(900);
  });

  it('sleeps through a long wait when it may not give up', async () => {
    const { ask, granted } = testHost(ticking.store, { requests: 1, perSeconds: 3 });
    const started = performance.now();
    await granted(1);
    expect(typeof (await ask({ mayGiveUp: () => false }))).toBe('object');
    expect(performance.now() - started).toBeGreaterThan(2_900);
  });

  it('keeps the place of one who gave up, whoever comes meanwhile', async () => {
    const { ask, granted, pass, waiting } = testHost(store, { requests: 1 });
    await granted(1);
    for (const key of ['first', 'second', 'third']) await ask({ key });
    expect(await waiting()).toEqual(['first', 'second', 'third']);
    await pass(301);
    expect(typeof (await ask({ key: 'third' }))).toBe('number');
    expect(typeof (await ask({ key: 'new' }))).toBe('number');
    expect(typeof (await ask({ key: 'first' }))).toBe('object');
    expect(await waiting()).toEqual(['second', 'third', 'new']);
  });

  it('grants nothing to a newcomer while earlier callers have a claim on what is free', async () => {
    const { ask, granted, pass } = testHost(store, { requests: 3 });
    await granted(3);
    for (const key of ['first', 'second']) await ask({ key });
    await pass(301);
    expect(typeof (await ask({ key: 'new' }))).toBe('object');
    expect(typeof (await ask({ key: 'newer' }))).toBe('number');
    expect(typeof (await ask({ key: 'second' }))).toBe('object');
    expect(typeof (await ask({ key: 'first' }))).toBe('object');
  });

  it('skips a row that is over 5 s late until it asks again, in its old place', async () => {
    const { ask, granted, pass, waiting, host, budgets } = testHost(store, { requests: 1 });
    await granted(1);
    for (const key of ['late', 'second', 'third']) await ask({ key });
    await store.pool.query(
      `update budget_waits set asks_at = clock_timestamp() + case key when 'late' then '300 s' else '320 s' end::interval
        where host = $1`,
      [host.host],
    );
    await pass(304);
    expect(await ask({ key: 'second' })).toBe(1_000);
    await pass(1);
    const grant = (await ask({ key: 'second' })) as Grant;
    grant.replied({ status: 200 });
    await budgets.close();
    await ask({ key: 'late' });
    await pass(301);
    expect(typeof (await ask({ key: 'third' }))).toBe('number');
    expect(typeof (await ask({ key: 'late' }))).toBe('object');
    expect(await waiting()).toEqual(['third']);
  });

  it('deletes a row that is over 10 minutes late', async () => {
    const { ask, granted, pass, waiting } = testHost(store, { requests: 1 });
    await granted(1);
    await ask({ key: 'dead' });
    await pass(300 + 595);
    await granted(1);
    await ask({ key: 'alive' });
    expect(await waiting()).toEqual(['dead', 'alive']);
    await pass(10);
    await ask({ key: 'alive' });
    expect(await waiting()).toEqual(['alive']);
  });

  it('lets a cancelled caller leave at once, with the reason it was given', async () => {
    const { ask, granted, waiting, budgets } = testHost(store, { requests: 1 });
    await granted(1);
    const { controller, signal } = aborted();
    const asked = ask({ key: 'cancelled', mayGiveUp: () => false, signal });
    await ask({ key: 'other' });
    await untilTrue(async () => (await waiting()).length === 2);
    const reason = new Error('the workflow was cancelled');
    controller.abort(reason);
    await expect(asked).rejects.toBe(reason);
    await budgets.close();
    expect(await waiting()).toEqual(['other']);
  });

  it('is answered whenever it is cancelled, also between the answer of Postgres and ours', async () => {
    const answer = { rows: [{ grant_id: '1', wait_ms: null }] };
    const answering = { pool: { query: () => Promise.resolve(answer) } } as unknown as Store;
    for (let turns = 0; turns < 30; turns += 1) {
      const { controller, signal } = aborted();
      const { ask, budgets } = testHost(answering);
      const asked = ask({ signal }).then(
        () => 'settled',
        () => 'settled',
      );
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
      controller.abort(new Error('cancelled'));
      expect(await asked).toBe('settled');
      await budgets.close();
    }
  });

  it('leaves no row and no lasting grant of a caller cancelled while it asks', async () => {
    const { ask, budgets, waiting, pass, granted, host } = testHost(store, { requests: 1 });
    for (let time = 0; time < 10; time += 1) {
      const { controller, signal } = aborted();
      const asked = ask({ key: `cancelled-${time}`, signal, mayGiveUp: () => false });
      await sleep(time / 4);
      controller.abort(new Error('cancelled'));
      await asked.catch(() => undefined);
    }
    await budgets.close();
    expect(await waiting()).toEqual([]);
    expect((await rowsOf(store, 'budget_grants', host.host)).length).toBeLessThanOrEqual(1);
    // One that was granted in time and never answered counts for its timeout too.
    await pass(331);
    expect(await granted(1)).toBe(1);
  });
});
