import { SchemaError } from '../../errors.ts';
import { action, deleteTicket, getTicket, rejection, reply, useFakeHalo, upsertTickets } from './fakeHalo.ts';

const { fake, caller, reopen } = useFakeHalo({ onApi: (_seen, response) => reply(response, 200, { id: 7 }) });

const bodies = (): unknown[] => fake.api().map(({ body }) => JSON.parse(body));

describe('what goes over the wire', () => {
  test('path parameters are filled in and encoded, the rest of a GET is its query', async () => {
    const get = action({ path: '/Actions/{id}', query: { domain: 'reqs', includedetails: false } });
    const input = {
      id: 'a/b ?',
      ticket_id: 12,
      includedetails: true,
      ids: [1, 2, 3],
      none: null,
      search: 'a&b=ü',
    };
    await caller.call(get, input);
    expect(fake.api()[0]).toMatchObject({
      method: 'GET',
      path: '/api/Actions/a%2Fb%20%3F',
      query: { domain: 'reqs', includedetails: 'true', ticket_id: '12', ids: '1,2,3', search: 'a&b=ü' },
      body: '',
    });
    expect(fake.api()[0]?.headers).toMatchObject({ accept: 'application/json', connection: 'keep-alive' });
    expect(fake.api()[0]?.headers['content-type']).toBeUndefined();
  });

  test.each([[''], ['.'], ['..'], [null], [{}], [undefined]])(
    'an id %j is refused before any request',
    async (id) => {
      const error = await rejection(caller.call(deleteTicket, { id }));
      expect(error).toBeInstanceOf(SchemaError);
      expect(fake.seen).toHaveLength(0);
    },
  );

  test('a write is an array of one, with constants, extra, and query parameters apart', async () => {
    const write = { ...upsertTickets, body: { _testonly: false }, queryInput: ['returnall'] };
    await caller.call(
      write,
      { id: 3, summary: 'x', returnall: true },
      { options: { extra: { newer: [1] } } },
    );
    expect(fake.api()[0]).toMatchObject({
      method: 'POST',
      path: '/api/Tickets',
      query: { returnall: 'true' },
    });
    expect(fake.api()[0]?.headers['content-type']).toBe('application/json');
    expect(bodies()).toEqual([[{ _testonly: false, id: 3, summary: 'x', newer: [1] }]]);
  });

  test('constants are overridden by neither input nor extra', async () => {
    const write = { ...upsertTickets, body: { kind: 'fixed', mode: 'fixed' } };
    await caller.call(write, { id: 3, kind: 'other' }, { options: { extra: { mode: 'other' } } });
    expect(bodies()).toEqual([[{ id: 3, kind: 'fixed', mode: 'fixed' }]]);
  });

  test('an id in extra is refused: it would turn a create into an update', async () => {
    const create = { ...upsertTickets, id: 'tickets.create', effect: 'create' as const };
    const error = await rejection(caller.call(create, { summary: 'x' }, { options: { extra: { id: 9 } } }));
    expect(error).toBeInstanceOf(SchemaError);
    expect(fake.seen).toHaveLength(0);
  });

  test('a resource server with a path in front of /api works', async () => {
    await caller.call(getTicket, { id: 1 }, { credentials: { resourceServer: `${fake.url}/itsm` } });
    expect(fake.seen.map(({ path }) => path)).toEqual(['/auth/token', '/itsm/api/Tickets/1']);
  });

  test('a delete sends its input as query', async () => {
    await caller.call(deleteTicket, { id: 5, reason: 'spam' });
    expect(fake.api()[0]).toMatchObject({
      method: 'DELETE',
      path: '/api/Tickets/5',
      query: { reason: 'spam' },
      body: '',
    });
  });

  test('sockets are kept and bounded', async () => {
    await reopen({ connectionsPerHost: 3 });
    const ports = new Set<number | undefined>();
    let now = 0;
    let most = 0;
    fake.onApi = (_seen, response) => {
      most = Math.max(most, (now += 1));
      ports.add(response.socket?.remotePort);
      setTimeout(() => {
        now -= 1;
        reply(response, 200, { id: 1 });
      }, 5);
    };
    await Promise.all(Array.from({ length: 30 }, () => caller.call(getTicket, { id: 1 })));
    expect(most).toBe(3);
    expect(ports.size).toBe(3);
  });
});

describe('an array input', () => {
  const elements = [{ summary: 'a' }, { summary: 'b' }, { summary: 'c' }];

  test('is one request per element, one after the other, answered in order', async () => {
    let open = 0;
    fake.onApi = ({ body }, response) => {
      expect((open += 1)).toBe(1);
      const [{ summary }] = JSON.parse(body) as [{ summary: string }];
      setTimeout(() => {
        open -= 1;
        reply(response, 201, { id: fake.api().length, summary });
      }, 10);
    };
    const progress: number[] = [];
    const result = await caller.call(upsertTickets, elements, { onProgress: (done) => progress.push(done) });
    expect(result).toEqual([
      { id: 1, summary: 'a' },
      { id: 2, summary: 'b' },
      { id: 3, summary: 'c' },
    ]);
    expect(bodies()).toEqual(elements.map((element) => [element]));
    expect(progress).toEqual([1, 2]);
  });

  test('of one element is answered with an array, of none without a request', async () => {
    await expect(caller.call(upsertTickets, [{ summary: 'a' }])).resolves.toEqual([{ id: 7 }]);
    await expect(caller.call(upsertTickets, [])).resolves.toEqual([]);
    expect(fake.api()).toHaveLength(1);
  });

  test('waits in place when the rate limit is reached, and goes on with the same element', async () => {
    fake.onApi = (_seen, response, index) =>
      index === 2 || index === 3
        ? reply(response, 429, 'Rate Limit Reached', { 'retry-after': '3' })
        : reply(response, 201, { id: 40 + index });
    await expect(caller.call(upsertTickets, elements)).resolves.toEqual([{ id: 40 }, { id: 41 }, { id: 44 }]);
    expect(bodies()).toEqual([0, 1, 2, 2, 2].map((element) => [elements[element]]));
  });

  test('that fails says where, what was done before, and may not be sent again as a whole', async () => {
    fake.onApi = (_seen, response, index) =>
      index >= 2
        ? reply(response, 429, 'Rate Limit Reached', { 'retry-after': '3' })
        : reply(response, 201, { id: 40 + index });
    const error = await rejection(caller.call(upsertTickets, [...elements, { summary: 'd' }]));
    expect(error.message).toMatch(/^element 3 of 4 \(2 done before\): POST \/Tickets answered 429/);
    expect(error).toMatchObject({
      name: 'HaloRateLimitError',
      retryable: false,
      details: { element: 2, done: 2, doneIds: [40, 41] },
    });
    expect(fake.api()).toHaveLength(2 + 6);
  });

  test('that fails at its first element keeps its chance', async () => {
    fake.onApi = (_seen, response) => reply(response, 429, 'Rate Limit Reached', { 'retry-after': '3' });
    const error = await rejection(caller.call(upsertTickets, elements));
    expect(error).toMatchObject({
      name: 'HaloRateLimitError',
      retryable: true,
      retryAfterMs: 3000,
      details: { done: 0 },
    });
  });
});
