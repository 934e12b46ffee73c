import { action, listAgents, listTickets, rejection, reply, useFakeHalo } from './fakeHalo.ts';
import type { FakeHalo, Seen } from './fakeHalo.ts';

const { fake, caller } = useFakeHalo();

const ticket = (id: number): { id: number; summary: string } => ({ id, summary: `Ticket ${id}` });
const ids = (rows: unknown): number[] => (rows as { id: number }[]).map(({ id }) => id);
const upTo = (count: number): number[] => Array.from({ length: count }, (_none, index) => index + 1);

/** A Halo that has rows and never hands out more than its cap. */
function paged(rows: () => unknown[], { cap = 100 } = {}): FakeHalo['onApi'] {
  return ({ query }, response) => {
    const all = rows();
    if (query['pageinate'] !== 'true') {
      reply(response, 200, {
        record_count: all.length,
        tickets: all.slice(0, Number(query['count'] ?? all.length)),
      });
      return;
    }
    const size = Math.min(cap, Number(query['page_size'] ?? 50));
    const from = (Number(query['page_no']) - 1) * size;
    const page = all.slice(from, from + size);
    const record_count = page.length === 0 ? 0 : all.length;
    reply(response, 200, { page_no: 1, page_size: size, record_count, tickets: page });
  };
}

const queries = (): Seen['query'][] => fake.api().map(({ query }) => query);

describe('all rows', () => {
  test.each([
    [100, 8],
    [50, 15],
    [7, 103],
  ])('717 rows under a page cap of %i take %i requests', async (cap, requests) => {
    fake.onApi = paged(() => upTo(717).map(ticket), { cap });
    const rows = await caller.call(listTickets, {}, { options: { all: true } });
    expect(ids(rows)).toEqual(upTo(717));
    expect(queries()).toHaveLength(requests);
    expect(queries()[1]).toEqual({ pageinate: 'true', page_size: '100', page_no: '2' });
    expect(caller.budget.taken).toBe(requests + 1);
  });

  test('the filters of the author go with every page, a page and a size do not', async () => {
    fake.onApi = paged(() => upTo(150).map(ticket));
    await caller.call(listTickets, { client_id: 12, page_size: 10, page_no: 3 }, { options: { all: true } });
    expect(queries()).toEqual([
      { client_id: '12', pageinate: 'true', page_size: '100', page_no: '1' },
      { client_id: '12', pageinate: 'true', page_size: '100', page_no: '2' },
    ]);
  });

  test('without record_count an empty page ends the list', async () => {
    fake.onApi = ({ query }, response) => {
      const page = Number(query['page_no']);
      reply(response, 200, { tickets: page > 3 ? [] : [ticket(page)] });
    };
    expect(ids(await caller.call(listTickets, {}, { options: { all: true } }))).toEqual([1, 2, 3]);
    expect(queries()).toHaveLength(4);
  });

  test('a record_count beyond what is handed out does not loop', async () => {
    const rows = upTo(120).map(ticket);
    fake.onApi = ({ query }, response) => {
      const from = (Number(query['page_no']) - 1) * 100;
      reply(response, 200, { record_count: 5000, tickets: rows.slice(from, from + 100) });
    };
    expect(await caller.call(listTickets, {}, { options: { all: true } })).toHaveLength(120);
    expect(queries()).toHaveLength(3);
  });

  test.each([
    ['with ids', upTo(30).map(ticket)],
    ['without ids', upTo(30).map((n) => ({ name: `row ${n}` }))],
  ])('a list that ignores paging, %s, is asked twice and returned once', async (_what, rows) => {
    fake.onApi = (_seen, response) => reply(response, 200, { tickets: rows });
    expect(await caller.call(listTickets, {}, { options: { all: true } })).toEqual(rows);
    expect(queries()).toHaveLength(2);
  });

  test('a list that ignores paging and has more rows than it hands out is an error, not a short list', async () => {
    fake.onApi = (_seen, response) =>
      reply(response, 200, { record_count: 1000, tickets: upTo(30).map(ticket) });
    await expect(caller.call(listTickets, {}, { options: { all: true } })).rejects.toMatchObject({
      name: 'HaloServerError',
      retryable: false,
      message: expect.stringContaining('the same 30 rows as every page and says that there are 1000'),
    });
    expect(queries()).toHaveLength(2);
  });

  test('equal rows without ids are all kept', async () => {
    const rows = [{ hours: 1 }, { hours: 1 }, { hours: 2 }];
    fake.onApi = ({ query }, response) =>
      reply(response, 200, {
        tickets: query['page_no'] === '1' ? rows : query['page_no'] === '2' ? rows.slice(1) : [],
      });
    expect(await caller.call(listTickets, {}, { options: { all: true } })).toEqual([
      ...rows,
      ...rows.slice(1),
    ]);
  });

  test('a row that moves to the next page meanwhile is there once, and none is lost', async () => {
    let rows = upTo(250).map(ticket).toReversed();
    fake.onApi = (seen, response, index) => {
      // Newest first, and a new ticket comes in after every page.
      if (index > 0) rows = [ticket(1000 + index), ...rows];
      return paged(() => rows)(seen, response, index);
    };
    const found = ids(await caller.call(listTickets, {}, { options: { all: true } }));
    expect(new Set(found).size).toBe(found.length);
    expect(found).toEqual(upTo(250).toReversed());
  });

  test('ids that count per ticket are not mixed up', async () => {
    const listActions = action({ path: '/Actions', items: 'actions', paged: true });
    fake.onApi = ({ query }, response) =>
      reply(response, 200, {
        record_count: 4,
        actions: [1, 2].map((id) => ({ id, ticket_id: query['page_no'] === '1' ? 70 : 71 })),
      });
    expect(await caller.call(listActions, {}, { options: { all: true } })).toHaveLength(4);
  });

  test('limit ends it and trims, also when the cap is smaller than the page asked for', async () => {
    fake.onApi = paged(() => upTo(717).map(ticket), { cap: 50 });
    const rows = await caller.call(listTickets, {}, { options: { all: true, limit: 120 } });
    expect(ids(rows)).toEqual(upTo(120));
    expect(queries()).toHaveLength(3);
    fake.seen.length = 0;
    await caller.call(listTickets, {}, { options: { all: true, limit: 10 } });
    expect(queries()).toEqual([{ pageinate: 'true', page_size: '10', page_no: '1' }]);
  });

  test('a count of the author is a limit, too', async () => {
    fake.onApi = paged(() => upTo(300).map(ticket));
    expect(await caller.call(listTickets, { count: 130 }, { options: { all: true } })).toHaveLength(130);
    expect(queries().every((query) => query['count'] === undefined)).toBe(true);
  });

  test('progress is told between pages', async () => {
    fake.onApi = paged(() => upTo(250).map(ticket));
    const progress: number[] = [];
    await caller.call(listTickets, {}, { options: { all: true }, onProgress: (rows) => progress.push(rows) });
    expect(progress).toEqual([100, 200]);
  });

  test('an empty list is empty', async () => {
    fake.onApi = paged(() => []);
    expect(await caller.call(listTickets, {}, { options: { all: true } })).toEqual([]);
    expect(queries()).toHaveLength(1);
  });
});

describe('one page', () => {
  beforeEach(() => {
    fake.onApi = paged(() => upTo(717).map(ticket));
  });

  test.each<[string, object, object, object, number]>([
    ['50 rows unless asked otherwise', {}, {}, { pageinate: 'true', page_size: '50' }, 50],
    [
      'the size and number of the author',
      { page_size: 20, page_no: 3 },
      {},
      { pageinate: 'true', page_size: '20', page_no: '3' },
      20,
    ],
    ['a bare count, without paging', { count: 5 }, {}, { count: '5' }, 5],
    ['as many as the limit', {}, { limit: 30 }, { pageinate: 'true', page_size: '30' }, 30],
    ['100 for a larger limit', {}, { limit: 500 }, { pageinate: 'true', page_size: '100' }, 100],
    [
      "the author's page, trimmed to the limit",
      { page_size: 20 },
      { limit: 3 },
      { pageinate: 'true', page_size: '20' },
      3,
    ],
    [
      'without paging if the author says so',
      { pageinate: false, page_size: 9 },
      {},
      { pageinate: 'false', page_size: '9' },
      717,
    ],
  ])('%s', async (_what, input, options, query, rows) => {
    fake.onApi = ({ query: asked }, response) =>
      paged(() => upTo(717).map(ticket))(
        { query: { page_no: '1', ...asked } } as unknown as Seen,
        response,
        0,
      );
    expect(await caller.call(listTickets, input, { options })).toHaveLength(rows);
    expect(queries()).toEqual([query]);
  });

  test.each([0, -1, 1.5, Number.NaN])('a limit of %p is refused before any request', async (limit) => {
    const error = await rejection(caller.call(listTickets, {}, { options: { limit } }));
    expect(error.message).toContain('limit must be a whole number above 0');
    expect(fake.seen).toHaveLength(0);
  });
});

describe('a list without paging', () => {
  beforeEach(() => {
    fake.onApi = (_seen, response) => reply(response, 200, upTo(120).map(ticket));
  });

  test.each([{}, { all: true }])('is one request without paging parameters, with %j', async (options) => {
    expect(await caller.call(listAgents, { includeinactive: true }, { options })).toHaveLength(120);
    expect(queries()).toEqual([{ includeinactive: 'true' }]);
  });

  test('is trimmed to the limit', async () => {
    expect(await caller.call(listAgents, {}, { options: { all: true, limit: 7 } })).toHaveLength(7);
  });
});

describe('fields', () => {
  const row = {
    id: 1,
    summary: 'x',
    user: { id: 5, name: 'Ann', site: { id: 2 } },
    customfields: [{ id: 9, value: 'a' }],
  };

  test.each<[string[], unknown]>([
    [['id', 'summary'], { id: 1, summary: 'x' }],
    [['id', 'nosuch'], { id: 1 }],
    [['user.name'], { user: { name: 'Ann' } }],
    [['user.name', 'user.site.id'], { user: { name: 'Ann', site: { id: 2 } } }],
    [['user.name', 'user'], { user: row.user }],
    [['user', 'user.name'], { user: row.user }],
    [['customfields.value'], { customfields: [{ value: 'a' }] }],
    [['summary.length', 'constructor', '__proto__'], {}],
    [[], {}],
  ])('%j', async (fields, expected) => {
    fake.onApi = (_seen, response) => reply(response, 200, { record_count: 1, tickets: [row] });
    expect(await caller.call(listTickets, {}, { options: { fields, all: true } })).toEqual([expected]);
    fake.onApi = (_seen, response) => reply(response, 200, row);
    expect(await caller.call(action({ path: '/Tickets/{id}' }), { id: 1 }, { options: { fields } })).toEqual(
      expected,
    );
  });
});
