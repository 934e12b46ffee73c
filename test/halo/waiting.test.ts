import type { Grant } from '../../halo/types.ts';
import { untilTrue } from '../support/polling.ts';
import {
  countingBudget,
  getTicket,
  listAgents,
  listTickets,
  rejection,
  reply,
  useFakeHalo,
  upsertTickets,
} from './fakeHalo.ts';
import type { FakeHalo } from './fakeHalo.ts';

const { fake, caller, reopen } = useFakeHalo({ onApi: (_seen, response) => reply(response, 200, { id: 7 }) });

describe('the budget', () => {
  test('is asked before every request and told of every reply, in turn', async () => {
    const log: string[] = [];
    const budget = {
      take(): Promise<Grant> {
        log.push('take');
        return Promise.resolve({ replied: ({ status }) => void log.push(`replied ${status}`) });
      },
    };
    fake.onToken = (_seen, response) => {
      log.push('token');
      reply(response, 200, { access_token: 't', expires_in: 60 });
    };
    fake.onApi = ({ query }, response) => {
      log.push(`page ${query['page_no']}`);
      reply(response, 200, { record_count: 2, tickets: [{ id: Number(query['page_no']) }] });
    };
    await caller.call(listTickets, {}, { budget, options: { all: true } });
    const request = (what: string): string[] => ['take', what, 'replied 200'];
    expect(log).toEqual([...request('token'), ...request('page 1'), ...request('page 2')]);
  });

  test('hears of a reply exactly once, however a request ends', async () => {
    await reopen({ requestTimeoutMs: 2_000, maxReplyBytes: 1000 });
    await caller.call(getTicket, { id: 1 });
    const ends: [FakeHalo['onApi'], number | null][] = [
      [(_seen, response) => void response.destroy(), null],
      [() => undefined, null],
      [(_seen, response) => reply(response, 200, 'x'.repeat(2000)), 200],
      [(_seen, response) => reply(response, 500, ''), 500],
      [(_seen, response) => reply(response, 200, '{"a"'), 200],
      [(_seen, response) => void response.writeHead(200, { 'content-length': '50' }).write('{'), 200],
    ];
    for (const [onApi, status] of ends) {
      fake.onApi = onApi;
      const budget = countingBudget();
      await rejection(caller.call(getTicket, { id: 1 }, { budget }));
      expect([budget.taken, budget.replies]).toEqual([1, [{ status }]]);
    }
  });

  test('its refusal reaches the caller untouched', async () => {
    const away = new Error('the wait is too long');
    const budget = { take: (): Promise<Grant> => Promise.reject(away) };
    expect(await rejection(caller.call(getTicket, { id: 1 }, { budget }))).toBe(away);
    expect(fake.seen).toHaveLength(0);
  });
});

describe('cancellation', () => {
  test('while waiting for the budget: the reason comes back, and a late grant is accounted for', async () => {
    await caller.call(getTicket, { id: 1 });
    const told: unknown[] = [];
    let grant = (): void => undefined;
    let asked = false;
    const budget = {
      take: () => {
        asked = true;
        return new Promise<Grant>(
          (resolve) => void (grant = () => resolve({ replied: (reply) => void told.push(reply) })),
        );
      },
    };
    const cancel = new AbortController();
    const call = rejection(caller.call(getTicket, { id: 1 }, { budget, signal: cancel.signal }));
    await untilTrue(() => asked);
    const reason = { not: 'even an error' };
    cancel.abort(reason);
    expect(await call).toBe(reason);
    grant();
    await untilTrue(() => told.length > 0);
    expect(told).toEqual([{ status: null }]);
    expect(fake.api()).toHaveLength(1);
  });

  test('while Halo works: the socket is closed, the reason comes back', async () => {
    const closed = new Promise((resolve) => {
      fake.onApi = (_seen, response) => void response.on('close', resolve);
    });
    const cancel = new AbortController();
    const call = rejection(caller.call(upsertTickets, { summary: 'x' }, { signal: cancel.signal }));
    await untilTrue(() => fake.api().length > 0);
    const reason = new Error('the run was cancelled');
    cancel.abort(reason);
    expect(await call).toBe(reason);
    await closed;
    expect(caller.budget.replies).toEqual([{ status: 200 }, { status: null }]);
  });

  test('while a request waits for a socket: it never goes out', async () => {
    await reopen({ connectionsPerHost: 1 });
    await caller.call(listAgents).catch(() => undefined);
    let answer = (): void => undefined;
    fake.onApi = (_seen, response) => void (answer = () => reply(response, 200, { id: 1 }));
    const first = caller.call(getTicket, { id: 1 });
    await untilTrue(() => fake.api().length === 2);
    const cancel = new AbortController();
    let goes = false;
    const onRequest = (): void => void (goes = true);
    const second = rejection(caller.call(getTicket, { id: 2 }, { signal: cancel.signal, onRequest }));
    await untilTrue(() => goes);
    cancel.abort(new Error('no longer'));
    expect((await second).message).toBe('no longer');
    answer();
    await first;
    fake.onApi = (_seen, response) => reply(response, 200, { id: 3 });
    await caller.call(getTicket, { id: 3 });
    expect(fake.api().map(({ path }) => path)).not.toContain('/api/Tickets/2');
  });

  test('before anything: nothing is sent', async () => {
    const reason = new Error('too late');
    expect(await rejection(caller.call(getTicket, { id: 1 }, { signal: AbortSignal.abort(reason) }))).toBe(
      reason,
    );
    expect(caller.budget.taken).toBe(0);
  });

  test('between pages', async () => {
    fake.onApi = ({ query }, response) =>
      reply(response, 200, { record_count: 1000, tickets: [{ id: Number(query['page_no']) }] });
    const cancel = new AbortController();
    const reason = new Error('enough');
    const onProgress = (rows: number): void => {
      if (rows === 3) cancel.abort(reason);
    };
    const call = caller.call(listTickets, {}, { signal: cancel.signal, onProgress, options: { all: true } });
    expect(await rejection(call)).toBe(reason);
    expect(fake.api()).toHaveLength(3);
  });
});

describe('onRequest', () => {
  test('is awaited before each request of the API goes out, not for tokens', async () => {
    const log: string[] = [];
    fake.onToken = (_seen, response) => {
      log.push('token');
      reply(response, 200, { access_token: 't', expires_in: 60 });
    };
    fake.onApi = ({ query }, response) => {
      log.push('page');
      reply(response, 200, { record_count: 2, tickets: [{ id: Number(query['page_no']) }] });
    };
    const onRequest = async (): Promise<void> => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      log.push('counted');
    };
    await caller.call(listTickets, {}, { options: { all: true }, onRequest });
    expect(log).toEqual(['token', 'counted', 'page', 'counted', 'page']);
  });

  test('is called again for the second try after a 401, which has a time limit of its own', async () => {
    let calls = 0;
    fake.onApi = (_seen, response, index) =>
      reply(response, index === 0 ? 401 : 200, index === 0 ? '' : { id: 1 });
    await caller.call(getTicket, { id: 1 }, { onRequest: () => void (calls += 1) });
    expect([calls, fake.api().length]).toEqual([2, 2]);
  });

  test('is not called while the budget gives nothing', async () => {
    await caller.call(getTicket, { id: 1 });
    let calls = 0;
    const budget = { take: (): Promise<Grant> => Promise.reject(new Error('wait')) };
    await rejection(caller.call(getTicket, { id: 1 }, { budget, onRequest: () => void (calls += 1) }));
    expect(calls).toBe(0);
  });

  test('that takes longer than the time limit keeps the request back: its grant counts no longer', async () => {
    await reopen({ requestTimeoutMs: 2_000 });
    await caller.call(getTicket, { id: 1 });
    const budget = countingBudget();
    const onRequest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2_050));
    const error = await rejection(caller.call(upsertTickets, { summary: 'x' }, { budget, onRequest }));
    expect(error).toMatchObject({ name: 'HaloConnectionError', details: { sent: false }, retryable: true });
    expect(error.message).toMatch(
      /^POST \/Tickets was not sent .* over after 2000 ms; this machine or its database is overloaded/,
    );
    expect(budget.replies).toEqual([{ status: null }]);
    expect(fake.api()).toHaveLength(1);
  });

  test('is part of the time limit of its request', async () => {
    await reopen({ requestTimeoutMs: 3_000 });
    await caller.call(getTicket, { id: 1 });
    fake.onApi = () => undefined;
    const onRequest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 300));
    const error = await rejection(caller.call(getTicket, { id: 1 }, { onRequest }));
    const left = Number(/no complete reply within (\d+) ms/.exec(error.message)?.[1]);
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(2_701);
  });

  describe('on a machine that is suspended meanwhile, so that only the clock on the wall goes on', () => {
    const clock = Date.now;
    afterEach(() => {
      Date.now = clock;
    });
    const suspended = (): void => void (Date.now = () => clock() + 61_000);

    test('keeps the request back', async () => {
      await caller.call(getTicket, { id: 1 });
      const error = await rejection(caller.call(upsertTickets, { summary: 'x' }, { onRequest: suspended }));
      expect(error).toMatchObject({ name: 'HaloConnectionError', details: { sent: false }, retryable: true });
      expect(fake.api()).toHaveLength(1);
    });

    test('keeps it back also while it waits for a socket', async () => {
      await reopen({ connectionsPerHost: 1 });
      await caller.call(getTicket, { id: 1 });
      let answer = (): void => undefined;
      fake.onApi = (_seen, response) => void (answer = () => reply(response, 200, { id: 1 }));
      const first = caller.call(getTicket, { id: 1 });
      await untilTrue(() => fake.api().length === 2);
      let goes = false;
      const onRequest = (): void => void (goes = true);
      const second = rejection(caller.call(upsertTickets, { summary: 'x' }, { onRequest }));
      await untilTrue(() => goes);
      suspended();
      answer();
      await first;
      expect(await second).toMatchObject({
        name: 'HaloConnectionError',
        details: { sent: false, code: 'LATE' },
        retryable: true,
      });
      expect(fake.api().map(({ method }) => method)).not.toContain('POST');
    });
  });

  test('that fails keeps the request back, and the grant is accounted for', async () => {
    await caller.call(getTicket, { id: 1 });
    const lost = new Error('the store is gone');
    const budget = countingBudget();
    const onRequest = (): Promise<void> => Promise.reject(lost);
    expect(await rejection(caller.call(getTicket, { id: 1 }, { budget, onRequest }))).toBe(lost);
    expect(budget.replies).toEqual([{ status: null }]);
    expect(fake.api()).toHaveLength(1);
  });
});
