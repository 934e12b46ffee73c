/** A feed whose polls processes die of, beside one that none dies of. */
import { startProgram } from '../../support/programs.ts';
import type { Program } from '../../support/programs.ts';
import { untilTrue } from '../../support/polling.ts';
import { dispatchEvents } from '../../../triggers/dispatch/dispatch.ts';
import { createPoll } from '../../../triggers/feeds/poll.ts';
import { startFeedStack } from './stack.ts';
import type { FeedStack } from './stack.ts';

let stack: FeedStack;
let poller: Program | undefined;

beforeAll(async () => {
  stack = await startFeedStack();
  await stack.clear();
});
afterAll(async () => {
  await poller?.kill();
  await stack.close();
});

async function startPoller(): Promise<Program> {
  poller = startProgram(new URL('./programs/poller.ts', import.meta.url).pathname, {
    args: [stack.haloflow.databaseUrl, 'northwind-halo', 'globex-halo'],
  });
  expect(await poller.reply()).toBe('ready');
  return poller;
}

interface State {
  readonly error: string | null;
  readonly silent_polls: number;
  readonly polls: number;
  readonly waits: number;
}

async function stateOf(connection: string): Promise<State | undefined> {
  const { rows } = await stack.haloflow.store.pool.query<State>(
    `select error, silent_polls, polls, extract(epoch from next_poll_at - now())::float8 as waits from feeds
      where connection = $1`,
    [connection],
  );
  return rows[0];
}

test('is set aside for an hour with the reason, and the other one is polled on', async () => {
  const { globex } = stack.haloflow;
  await stack.trigger('innocent', { parameters: { everySeconds: 2 } });
  await stack.trigger('poison', { organization: 'globex', parameters: { everySeconds: 2 } });
  await globex.fault({ times: 100, kind: 'delay', delayMs: 600_000, match: { path: '/Tickets' } });
  const ids: number[] = [];
  let deaths = 0;
  let program = await startPoller();
  await untilTrue(async () => Number((await stateOf('northwind-halo'))?.polls) > 0);
  for (;;) {
    await untilTrue(
      async () => (await globex.requests()).length > 0 || Boolean((await stateOf('globex-halo'))?.error),
    );
    if ((await globex.requests()).length === 0) break;
    await program.kill('SIGKILL');
    deaths += 1;
    await globex.clearRequests();
    ids.push(await stack.ticket());
    await stack.haloflow.store.pool.query(`update feeds set next_poll_at = now()`);
    program = await startPoller();
  }
  expect(deaths).toBe(5);
  const aside = await stateOf('globex-halo');
  expect(aside?.error).toMatch(/^WorkerDiedError: 5 processes that polled it died/);
  expect(aside?.waits).toBeGreaterThan(3_000);
  ids.push(await stack.ticket());
  await stack.haloflow.store.pool.query(
    `update feeds set next_poll_at = now() where connection = 'northwind-halo'`,
  );
  await untilTrue(async () => (await stack.recordsOf('innocent')).length === ids.length);
  expect(await stack.recordsOf('innocent')).toEqual(ids);
  expect(await stateOf('northwind-halo')).toMatchObject({ error: null });

  // In an hour, it is tried again, and forgiven where it does no harm.
  await globex.clearFaults();
  await stack.haloflow.store.pool.query(`update feeds set next_poll_at = now()`);
  await untilTrue(async () => (await stateOf('globex-halo'))?.error === null);
  expect(await stateOf('globex-halo')).toMatchObject({ silent_polls: 0 });
  await program.kill();
  poller = undefined;
}, 240_000);

test('a suspect is polled while no event is dispatched, and the other way round', async () => {
  await stack.clear();
  const { northwind, globex, store, starter } = stack.haloflow;
  await stack.trigger('innocent');
  await stack.trigger('poison', { organization: 'globex' });
  const poll = createPoll(stack.parts);
  const ends: string[] = [];
  const tries = async (): Promise<string> =>
    (await store.pool.query<{ attempts: number }>('select attempts from events')).rows
      .map(({ attempts }) => attempts)
      .join();
  const polled = async (): Promise<void> => {
    await poll({ connection: 'globex-halo', kind: 'tickets' });
    ends.push(`polled beside an event with ${await tries()} tries`);
  };
  const dispatched = async (): Promise<void> => {
    const rows = await dispatchEvents({ ...stack.parts, starter });
    ends.push(`dispatched ${rows.map(({ status }) => status).join()}`);
  };
  const suspected = `update feeds set silent_polls = 2, next_poll_at = now() where connection = 'globex-halo'`;
  await stack.poll();
  await polled();
  ends.length = 0;

  const first = await stack.ticket();
  await stack.poll();
  await store.pool.query(suspected);
  await globex.clearRequests();
  await globex.fault({ times: 1, kind: 'delay', delayMs: 2_000, match: { path: '/Tickets' } });
  const poisoned = polled();
  await untilTrue(async () => (await globex.requests()).length > 0);
  await Promise.all([dispatched(), poisoned]);
  expect(ends).toEqual(['polled beside an event with 0 tries', 'dispatched accepted']);
  expect(await stack.recordsOf('innocent')).toEqual([first]);
  expect((await stack.eventsOf('innocent'))[0]).toMatchObject({ attempts: 1, silentTries: 0 });

  await store.pool.query('truncate events');
  ends.length = 0;
  const second = await stack.ticket();
  await stack.poll();
  await store.pool.query(suspected);
  await northwind.fault({ times: 1, kind: 'delay', delayMs: 2_000, match: { path: `/Tickets/${second}` } });
  const slow = dispatched();
  await untilTrue(async () => (await tries()) === '1');
  await Promise.all([polled(), polled(), slow]);
  expect(ends).toEqual([
    'dispatched accepted',
    'polled beside an event with 1 tries',
    'polled beside an event with 1 tries',
  ]);
}, 60_000);
