import type { Budgets } from '../../calls/budget.ts';
import type { Grant } from '../../halo/types.ts';
import type { Store } from '../../store/store.ts';
import { createFrozenDatabase } from './clock.ts';
import { rowsOf, testHost } from './host.ts';

let frozen: Awaited<ReturnType<typeof createFrozenDatabase>>;
let store: Store;
beforeAll(async () => {
  frozen = await createFrozenDatabase();
  store = frozen.store;
});
afterAll(() => frozen.drop());

describe('the window', () => {
  it('grants as many requests as the limit, then tells when the first of them no longer counts', async () => {
    const { ask, granted } = testHost(store, { requests: 5 });
    expect(await granted(5)).toBe(5);
    expect(await ask()).toBe(300_000);
  });

  it('grants no more than the limit to callers who all ask at once', async () => {
    const { ask } = testHost(store, { requests: 50 });
    const answers = await Promise.all(Array.from({ length: 200 }, () => ask()));
    expect(answers.filter((answer) => typeof answer !== 'number')).toHaveLength(50);
  });

  it('counts a grant for one window after its reply', async () => {
    const { granted, pass } = testHost(store, { requests: 2 });
    expect(await granted(2)).toBe(2);
    await pass(297);
    expect(await granted(1)).toBe(0);
    await pass(10);
    expect(await granted(3)).toBe(2);
  });

  it('counts a grant from the moment it is given, however late the reply', async () => {
    const { ask, granted, pass, budgets } = testHost(store, { requests: 1 });
    const grant = (await ask()) as Grant;
    await pass(20);
    grant.replied({ status: 200 });
    await budgets.close();
    await pass(297);
    expect(await granted(1)).toBe(0);
    await pass(10);
    expect(await granted(1)).toBe(1);
  });

  it('counts a grant without a reply for the request timeout and a window', async () => {
    const { ask, granted, pass, budgets } = testHost(store, { requests: 2, requestTimeoutMs: 30_000 });
    await ask();
    ((await ask()) as Grant).replied({ status: null });
    await budgets.close();
    await pass(327);
    expect(await granted(1)).toBe(0);
    await pass(10);
    expect(await granted(2)).toBe(2);
  });

  it('keeps each host apart', async () => {
    const one = testHost(store, { requests: 1 });
    const other = testHost(store, { requests: 1 });
    expect(await one.granted(2)).toBe(1);
    expect(await other.granted(2)).toBe(1);
  });

  it('holds the smaller limit for a window when callers disagree, and takes the larger one after it', async () => {
    const { ask, granted, pass } = testHost(store, { requests: 10 });
    expect(await granted(5)).toBe(5);
    expect(await ask({}, { requests: 5 })).toEqual(expect.any(Number));
    expect(await ask()).toEqual(expect.any(Number));
    await pass(290);
    expect(await granted(1)).toBe(0);
    await pass(20);
    expect(await granted(20)).toBe(10);
  });

  it('deletes grants that no longer count, and leaves no other rows behind', async () => {
    const { host, granted, pass } = testHost(store, { requests: 20 });
    await granted(20);
    await pass(301);
    await granted(1);
    expect(await rowsOf(store, 'budget_grants', host.host)).toHaveLength(1);
    expect(await rowsOf(store, 'budget_waits', host.host)).toHaveLength(0);
    expect(await rowsOf(store, 'budget_hosts', host.host)).toMatchObject([
      { live: 1, live_feed: 0, live_bulk: 0 },
    ]);
  });
});

describe('a 429', () => {
  async function refuse(budgets: Budgets, grant: Grant | number, retryAfterMs?: number): Promise<void> {
    (grant as Grant).replied(retryAfterMs === undefined ? { status: 429 } : { status: 429, retryAfterMs });
    await budgets.close();
  }

  it('keeps everybody away until its Retry-After', async () => {
    const { ask, pass, budgets } = testHost(store, { requests: 100 });
    await ask();
    await refuse(budgets, await ask(), 60_000);
    expect(await ask()).toBe(60_000);
    await pass(60);
    expect(typeof (await ask())).toBe('object');
  });

  it('keeps everybody away for 10 s when it says nothing, and for a second at least', async () => {
    const silent = testHost(store, { requests: 100 });
    await refuse(silent.budgets, await silent.ask());
    expect(await silent.ask()).toBe(10_000);

    const hasty = testHost(store, { requests: 100 });
    await refuse(hasty.budgets, await hasty.ask(), 0);
    expect(await hasty.ask()).toBe(1_000);
  });

  it('sets the limit to what was granted before it, which recovers by a tenth of the configured one per window', async () => {
    const { ask, granted, pass, budgets } = testHost(store, { requests: 100 });
    await granted(40);
    await refuse(budgets, await ask(), 1_000);
    // The window that follows allows 40; one without a 429 later it is 50, then 60.
    await pass(310);
    expect(await granted(60)).toBe(50);
    await pass(310);
    expect(await granted(100)).toBe(60);
  });

  it('holds the believed limit within the window of the 429', async () => {
    const { ask, granted, pass, budgets } = testHost(store, { requests: 100 });
    await granted(20);
    await pass(200);
    await granted(20);
    await refuse(budgets, await ask(), 1_000);
    await pass(105);
    // The first 20 no longer count; 20 and the refused one do.
    expect(await granted(60)).toBe(19);
  });

  it('is known to the next caller of the process, however soon it asks', async () => {
    const { ask } = testHost(store, { requests: 100 });
    const grant = (await ask()) as Grant;
    grant.replied({ status: 429, retryAfterMs: 60_000 });
    expect(await ask()).toBe(60_000);
  });

  it('never believes less than a tenth of the configured limit', async () => {
    const { ask, granted, pass, budgets } = testHost(store, { requests: 100 });
    await refuse(budgets, await ask(), 1_000);
    await pass(290);
    expect(await granted(20)).toBe(9);
  });

  it('takes the lowest of several that come together', async () => {
    const { ask, granted, pass, budgets } = testHost(store, { requests: 100 });
    await granted(30);
    const inFlight = [await ask(), await ask(), await ask()];
    for (const grant of inFlight.toReversed()) await refuse(budgets, grant, 1_000);
    await pass(297);
    expect(await granted(1)).toBe(0);
    await pass(10);
    expect(await granted(100)).toBe(40);
  });

  it('never raises the limit above the configured one', async () => {
    const { ask, granted, pass, budgets } = testHost(store, { requests: 10 });
    await refuse(budgets, await ask(), 1_000);
    await pass(300 * 50);
    expect(await granted(20)).toBe(10);
  });
});

describe('lanes', () => {
  it('gives bulk at most half', async () => {
    const { granted } = testHost(store, { requests: 10 });
    expect(await granted(10, { lane: 'bulk' })).toBe(5);
    expect(await granted(10)).toBe(5);
  });

  it('lets others pass bulk calls that wait for their share', async () => {
    const { ask, granted, pass, waiting } = testHost(store, { requests: 10 });
    await granted(5, { lane: 'bulk' });
    const bulk = await ask({ lane: 'bulk', key: 'bulk' });
    expect(bulk).toBe(300_000);
    expect(await granted(2, { lane: 'normal' })).toBe(2);
    expect(await granted(1, { lane: 'interactive' })).toBe(1);
    expect(await waiting()).toEqual(['bulk']);
    await pass(301);
    expect(typeof (await ask({ lane: 'bulk', key: 'bulk' }))).toBe('object');
  });

  it('puts interactive calls before those of runs', async () => {
    const { ask, granted, pass, waiting } = testHost(store, { requests: 1 });
    await granted(1);
    await ask({ key: 'run' });
    await ask({ key: 'bulk', lane: 'bulk' });
    await ask({ key: 'person', lane: 'interactive' });
    expect(await waiting()).toEqual(['person', 'run', 'bulk']);
    await pass(301);
    expect(typeof (await ask({ key: 'run' }))).toBe('number');
    expect(typeof (await ask({ key: 'person', lane: 'interactive' }))).toBe('object');
  });

  it('shares interactive grants fairly among organizations too', async () => {
    const { ask, granted, waiting } = testHost(store, { requests: 1 });
    await granted(1);
    const lane = 'interactive';
    for (const key of ['acme-1', 'acme-2', 'acme-3']) await ask({ key, lane, organization: 'acme' });
    await ask({ key: 'globex-1', lane, organization: 'globex' });
    expect(await waiting()).toEqual(['acme-1', 'globex-1', 'acme-2', 'acme-3']);
  });

  it('leaves a feed a tenth, in which it goes first', async () => {
    const { host, ask, granted, pass } = testHost(store, { requests: 20 });
    await granted(1);
    await pass(301);
    await store.pool.query('update budget_hosts set feed_active = true where host = $1', [host.host]);
    expect(await granted(5, { lane: 'interactive' })).toBe(5);
    expect(await granted(15)).toBe(13);
    expect(await granted(1, { lane: 'feed' })).toBe(1);
    expect(await granted(1)).toBe(0);
    expect(await granted(5, { lane: 'feed' })).toBe(1);
    await pass(301);
    expect(typeof (await ask({ lane: 'feed' }))).toBe('object');
  });

  it('lets a feed have everything that nobody else uses', async () => {
    const { granted } = testHost(store, { requests: 10 });
    expect(await granted(12, { lane: 'feed' })).toBe(10);
  });
});
