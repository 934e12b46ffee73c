import * as fc from 'fast-check';
import type { Store } from '../../store/store.ts';
import { createFrozenDatabase } from './clock.ts';
import { testHost } from './host.ts';
import type { TestHost } from './host.ts';

let database: Awaited<ReturnType<typeof createFrozenDatabase>>;
let store: Store;
beforeAll(async () => {
  database = await createFrozenDatabase();
  store = database.store;
});
afterAll(() => database.drop());

interface Call {
  readonly key: string;
  readonly organization: string;
  /** When it first asks, in seconds. */
  readonly comes: number;
  /** When it stops to exist, without a word. */
  readonly dies?: number;
}

interface Granted extends Call {
  readonly at: number;
  readonly asks: number;
}

const callsOf = (organization: string, count: number, more: Partial<Call> = {}): Call[] =>
  Array.from({ length: count }, (_, number) => ({
    key: `${organization}-${number}`,
    organization,
    comes: 0,
    ...more,
  }));

/** Every call asks when it comes and whenever it was told to, until all that live are granted; in that order. */
async function simulate(
  { ask, pass, budgets }: TestHost,
  calls: readonly Call[],
  shuffle: (calls: Call[]) => Call[] = (same) => same,
): Promise<Granted[]> {
  const granted: Granted[] = [];
  let now = 0;
  const due = new Map(calls.map((call) => [call, call.comes]));
  const asks = new Map<Call, number>();
  for (;;) {
    for (const [call, at] of due) if (call.dies !== undefined && at > call.dies) due.delete(call);
    if (due.size === 0) return granted;
    const idle = Math.max(0, Math.min(...due.values()) - now);
    await pass(idle);
    now += idle;
    for (const call of shuffle([...due.keys()].filter((call) => due.get(call)! <= now))) {
      asks.set(call, (asks.get(call) ?? 0) + 1);
      const answer = await ask(call);
      if (typeof answer === 'number') {
        due.set(call, now + answer / 1000);
        continue;
      }
      due.delete(call);
      answer.replied({ status: 200 });
      granted.push({ ...call, at: now, asks: asks.get(call)! });
    }
    await budgets.close();
  }
}

const countOf = (calls: readonly Call[], organization: string): number =>
  calls.filter((call) => call.organization === organization).length;

const between = (calls: readonly Granted[], from: number, to: number): Granted[] =>
  calls.filter(({ at }) => at >= from && at < to);

describe('the fair share', () => {
  it('is made good to an organization that came when others had used up the window', async () => {
    const host = testHost(store, { requests: 30 });
    const granted = await simulate(host, [...callsOf('acme', 60), ...callsOf('globex', 30)]);
    expect(countOf(between(granted, 0, 200), 'acme')).toBe(30);
    expect(countOf(between(granted, 200, 500), 'globex')).toBe(30);
    expect(countOf(between(granted, 500, 700), 'acme')).toBe(30);
  });

  it('is no credit for an organization that asked for nothing while others waited', async () => {
    const host = testHost(store, { requests: 10 });
    const granted = await simulate(host, [...callsOf('acme', 60), ...callsOf('globex', 20, { comes: 650 })]);
    const shared = between(granted, 800, 1_400);
    expect(shared).toHaveLength(20);
    expect(Math.abs(countOf(shared, 'acme') - countOf(shared, 'globex'))).toBeLessThanOrEqual(2);
  });

  it('holds whatever the backlogs, the limit and the order of asking', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 7 }),
        fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 2, maxLength: 3 }),
        fc.infiniteStream(fc.nat()),
        async (requests, backlogs, randoms) => {
          const shuffle = (calls: Call[]): Call[] =>
            calls
              .map((call) => ({ call, at: randoms.next().value as number }))
              .sort((a, b) => a.at - b.at)
              .map(({ call }) => call);
          const calls = backlogs.flatMap((count, number) => callsOf(`org-${number}`, count));
          const granted = await simulate(testHost(store, { requests }), calls, shuffle);
          for (let window = 0; window * requests < calls.length; window += 1) {
            const here = between(granted, window * 300 - 50, window * 300 + 250);
            const sofar = between(granted, 0, window * 300 + 250);
            // Nothing is left unused while somebody waits.
            expect(sofar).toHaveLength(Math.min((window + 1) * requests, calls.length));
            // The first window went to whoever asked first. From then on nobody is served who had more than one who waits.
            if (window === 0) continue;
            const waiting = granted.filter((call) => !sofar.includes(call));
            for (const { organization: served } of here) {
              for (const { organization: other } of waiting) {
                expect(countOf(sofar, served)).toBeLessThanOrEqual(countOf(sofar, other) + 1);
              }
            }
          }
        },
      ),
      { numRuns: 12 },
    );
  }, 120_000);
});

describe('callers that die while they wait', () => {
  it('hold nobody up for more than 5 s, wherever they stand in the queue', async () => {
    const host = testHost(store, { requests: 20 });
    const first = callsOf('first', 20);
    const living = callsOf('living', 40);
    const queue = [
      ...callsOf('dead', 15, { dies: 100 }),
      ...living.slice(0, 25),
      ...callsOf('dying', 5, { dies: 200 }),
      ...living.slice(25),
    ];
    const organization = 'acme';
    const calls = [...first, ...queue].map((call) => ({ ...call, organization }));
    const granted = (await simulate(host, calls)).filter(({ key }) => key.startsWith('living'));
    for (const [number, { at }] of granted.toSorted((a, b) => a.at - b.at).entries()) {
      // Were they never there: 20 a window.
      expect(at).toBeLessThan(300 * (1 + Math.floor(number / 20)) + 5 + 1);
    }
    expect(Math.max(...granted.map(({ asks }) => asks))).toBeLessThanOrEqual(10);
  }, 60_000);

  it('do not make those who wait long ask often', async () => {
    const host = testHost(store, { requests: 10, perSeconds: 60 });
    const granted = await simulate(host, callsOf('acme', 120));
    expect(granted).toHaveLength(120);
    expect(granted.at(-1)!.at).toBeLessThan(60 * 11 + 5);
    expect(granted.reduce((sum, { asks }) => sum + asks, 0) / 120).toBeLessThan(10);
  }, 60_000);
});
