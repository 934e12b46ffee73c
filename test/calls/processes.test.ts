/**
 * Several worker processes on one budget, counted where it matters: on arrival at Halo. What is said about times holds
 * by the clock of the budget, which a test moves on once everybody has asked who was due.
 */
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createTestDatabase } from '../support/database.ts';
import { untilFound, untilTrue } from '../support/polling.ts';
import { startProgram } from '../support/programs.ts';
import type { Program } from '../support/programs.ts';
import { createFrozenDatabase } from './clock.ts';
import type { FrozenDatabase } from './clock.ts';
import type { Job } from './programs/caller.ts';

const requests = 30;

interface Arrival {
  readonly key: string;
  readonly organization: string;
  readonly at: number;
}

let halo: http.Server;
let arrivals: Arrival[];
let programs: Program[];
/** Milliseconds of a clock that never jumps. */
let now: () => number;

beforeEach(async () => {
  arrivals = [];
  programs = [];
  now = () => performance.now();
  halo = http.createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://halo');
    arrivals.push({
      key: searchParams.get('key') ?? '',
      organization: searchParams.get('organization') ?? '',
      at: now(),
    });
    setTimeout(() => response.end('{}'), Math.random() * 50);
  });
  halo.listen(0, '127.0.0.1');
  await once(halo, 'listening');
});
afterEach(async () => {
  await Promise.all(programs.map((program) => program.kill()));
  halo.closeAllConnections();
  halo.close();
});

type WorkerJob = Pick<Job, 'calls' | 'mayGiveUp' | 'database'> & { readonly perSeconds: number };

/** Starts a process that makes the calls once it is told to. */
async function worker(job: WorkerJob): Promise<Program> {
  const { port } = halo.address() as AddressInfo;
  const host = { host: 'halo', requests, perSeconds: job.perSeconds, requestTimeoutMs: 30_000 };
  const told: Job = { ...job, halo: `http://127.0.0.1:${port}/`, host };
  const program = startProgram(fileURLToPath(new URL('programs/caller.ts', import.meta.url)), {
    args: [JSON.stringify(told)],
  });
  programs.push(program);
  expect(await program.reply()).toEqual({ ready: true });
  return program;
}

const callsOf = (organization: string, count: number, name = organization): Job['calls'] =>
  Array.from({ length: count }, (_, number) => ({ key: `${name}-${number}`, organization }));

/** Three processes with a third of the calls of acme and globex each, told to begin once all are there. */
async function threeWorkers(database: string, perSeconds: number): Promise<Program[]> {
  const calls = [...callsOf('acme', 150), ...callsOf('globex', 50)];
  const workers = await Promise.all(
    [0, 1, 2].map((number) =>
      worker({
        database,
        perSeconds,
        mayGiveUp: number > 0,
        calls: calls.filter((_, index) => index % 3 === number),
      }),
    ),
  );
  for (const program of workers) program.say('go');
  return workers;
}

const countOf = (organization: string, some: readonly Arrival[]): number =>
  some.filter((arrival) => arrival.organization === organization).length;

function mostInAnyWindow(seconds: number): number {
  const counts = arrivals.map(({ at }) =>
    arrivals.filter((other) => other.at > at - seconds * 1000 && other.at <= at),
  );
  return Math.max(...counts.map((inWindow) => inWindow.length));
}

describe('by the clock on the wall', () => {
  it('is never exceeded by three processes together', async () => {
    const perSeconds = 2;
    const database = await createTestDatabase();
    for (const program of await threeWorkers(database.url, perSeconds))
      expect(await program.reply()).toEqual({ finished: true });
    expect(mostInAnyWindow(perSeconds)).toBeLessThanOrEqual(requests);
    expect(new Set(arrivals.map(({ key }) => key)).size).toBe(200);
    expect(arrivals).toHaveLength(200);
    await database.drop();
  }, 240_000);
});

describe('by the clock of the budget', () => {
  let database: FrozenDatabase;
  let movedMs: number;
  beforeEach(async () => {
    database = await createFrozenDatabase();
    movedMs = 0;
    now = () => movedMs;
  });
  afterEach(() => database.drop());

  /**
   * How long until one of those who wait is to ask again, once so many calls have arrived or wait, and every reply is
   * noted; 0 when all have arrived. The dead are not waited for.
   */
  async function untilNext(calls: number): Promise<number> {
    return await untilFound(async () => {
      const { rows } = await database.store.pool.query<{ waiting: number; open: boolean; ms: number }>(
        `select count(w)::int as waiting, (extract(epoch from min(w.asks_at) - at) * 1000)::float8 as ms,
            exists (select from budget_grants g join budget_hosts h using (host)
              where g.expires_at > at + h.per_seconds * interval '1 second') as open
          from test_clock.moment left join budget_waits w on w.key not like 'doomed-%' group by at`,
      );
      const { waiting = 0, open = true, ms = 0 } = rows[0] ?? {};
      if (open || arrivals.length + waiting !== calls) return undefined;
      if (waiting === 0) return 0;
      return ms > 0 ? ms : undefined;
    });
  }

  /** Moves the clock on from one time that somebody waits for to the next, until all calls have arrived. */
  async function play(calls: number): Promise<void> {
    for (;;) {
      const ms = await untilNext(calls);
      if (ms === 0) return;
      await database.moveBy(ms);
      movedMs += ms;
    }
  }

  it('is shared fairly, and nothing of it is left lying', async () => {
    const perSeconds = 3;
    const workers = await threeWorkers(database.url, perSeconds);
    await play(200);
    for (const program of workers) expect(await program.reply()).toEqual({ finished: true });
    expect(mostInAnyWindow(perSeconds)).toBeLessThanOrEqual(requests);
    const first60 = arrivals.slice(0, 60);
    expect(countOf('acme', first60)).toBeGreaterThanOrEqual(20);
    expect(countOf('globex', first60)).toBeGreaterThanOrEqual(20);
    const lastOfGlobex = arrivals.findLastIndex(({ organization }) => organization === 'globex');
    expect(countOf('acme', arrivals.slice(0, lastOfGlobex))).toBeLessThan(110);
    // 200 calls at 30 a window need six windows.
    expect(now()).toBeLessThan((6 * perSeconds + 1) * 1000);
  }, 240_000);

  it('is not held up for more than 5 s by a worker killed while it waits', async () => {
    const perSeconds = 6;
    const job = (name: string, count: number, mayGiveUp = false): Promise<Program> =>
      worker({ database: database.url, perSeconds, mayGiveUp, calls: callsOf('acme', count, name) });
    const used = await job('used', requests);
    used.say('go');
    expect(await used.reply()).toEqual({ finished: true });
    const waiting = (name: string, count: number): Promise<void> =>
      untilTrue(async () => {
        const waits = `select from budget_waits where key like '${name}-%'`;
        return (await database.store.pool.query(waits)).rowCount === count;
      });
    const doomed = await job('doomed', 20);
    doomed.say('go');
    await waiting('doomed', 20);
    const living = await Promise.all([job('patient', 25), job('parked', 25, true)]);
    for (const program of living) program.say('go');
    await waiting('patient', 25);
    await waiting('parked', 25);
    await doomed.kill('SIGKILL');
    await play(requests + 50);
    for (const program of living) expect(await program.reply()).toEqual({ finished: true });

    expect(mostInAnyWindow(perSeconds)).toBeLessThanOrEqual(requests);
    const times = arrivals.slice(requests).map(({ at }) => at);
    expect(times).toHaveLength(50);
    for (const [number, time] of times.entries()) {
      // Without the dead: 30 after one window, the others after two.
      const idealMs = perSeconds * 1000 * (number < requests ? 1 : 2);
      expect(time).toBeLessThan(idealMs + 5_000 + 1_000);
    }
  }, 120_000);
});
