import { openSandbox, type Opened, type Session } from './session.ts';

let halo: Opened;
let caller: Session;
beforeAll(async () => {
  halo = await openSandbox();
  caller = await halo.login();
});
afterAll(() => halo.close());

describe('methods and bodies', () => {
  test.each(['PUT', 'PATCH'] as const)('%s is not allowed', async (method) => {
    const headers = { authorization: `Bearer ${caller.token}`, 'content-type': 'application/json' };
    const reply = await halo.raw('/api/Tickets', { method, headers, body: '[{"summary":"x"}]' });
    expect([reply.status, reply.text, reply.headers['allow']]).toEqual([405, '', 'GET, POST, DELETE']);
  });

  test('a body on GET and DELETE is ignored', async () => {
    const headers = { authorization: `Bearer ${caller.token}`, 'content-type': 'application/json' };
    expect((await halo.raw('/api/Tickets/1001', { headers, body: '{}' })).status).toBe(200);
    expect((await halo.raw('/api/Tickets/1002', { method: 'DELETE', headers, body: '{}' })).status).toBe(200);
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', ''])(
    'the content type %p is not supported',
    async (type) => {
      const reply = await caller.post('Tickets', [{ summary: 'x' }], { 'content-type': type });
      expect(reply.status).toBe(415);
    },
  );

  test.each([
    'application/json; charset=utf-8',
    'application/json-patch+json',
    'text/json',
    'APPLICATION/JSON',
  ])('the content type %s is', async (type) => {
    expect((await caller.post('Tickets', [{ summary: 'x' }], { 'content-type': type })).status).toBe(201);
  });

  test.each([
    ['a bare object', '{"summary":"x"}', /Cannot deserialize the current JSON object/],
    ['no JSON', 'summary=x', /Unexpected character encountered while parsing value: s/],
    ['nothing', '', /non-empty request body/],
    ['an array of text', '["x"]', /Error converting value/],
  ])('%s is refused with a JSON body', async (_what, body, message) => {
    const reply = await caller.post('Tickets', body);
    expect(reply.status).toBe(400);
    expect(JSON.stringify(Object.values(reply.object()))).toMatch(message);
  });

  test('a single object may go to /Tickets/Object', async () => {
    const reply = await caller.post('tickets/object', { summary: 'One', client_id: '12' });
    expect([reply.status, reply.object()['client_id']]).toEqual([201, 12]);
  });
});

describe('ids in paths', () => {
  test.each(['probe', '1x', '1.5'])('%s is no id', async (id) => {
    const reply = await caller.get(`Tickets/${id}`);
    expect([reply.status, reply.object()]).toEqual([400, { id: [`The value '${id}' is not valid.`] }]);
  });

  test('a priority by a number is not found, a webhook by a number is refused', async () => {
    expect((await caller.get('Priority/1')).status).toBe(404);
    expect((await caller.get('Webhook/1')).status).toBe(400);
  });

  test('routes below a record do not exist', async () => {
    expect((await caller.post('Tickets/1001', [{}])).status).toBe(404);
    expect((await caller.remove('Tickets')).status).toBe(405);
  });
});

describe('types of properties', () => {
  const place = (body: string, field: string): string => {
    const end = body.indexOf(`"${field}":`) + field.length + 3;
    const value = /^("[^"]*"|\[\d\]|\{\}|[^,}\]]+)/.exec(body.slice(end))?.[0] ?? '';
    return `line 1, position ${end + value.length}`;
  };

  test.each<[string, string, string]>([
    ['outcome_id', '"abc"', 'Could not convert string to integer: abc.'],
    ['outcome_id', '"95.0"', 'Could not convert string to integer: 95.0.'],
    ['outcome_id', '95.0', "Input string '95.0' is not a valid integer."],
    ['outcome_id', '95.5', "Input string '95.5' is not a valid integer."],
    ['outcome_id', 'true', 'Error reading integer. Unexpected token: Boolean.'],
    ['outcome_id', '[7]', 'Unexpected character encountered while parsing value: [.'],
    ['timetaken', '"long"', 'Could not convert string to double: long.'],
    ['hiddenfromuser', '"maybe"', 'Could not convert string to boolean: maybe.'],
    ['datetime', '"tomorrow"', 'Could not convert string to DateTime: tomorrow.'],
    ['note', '{}', 'Unexpected character encountered while parsing value: {.'],
  ])('%s: %s is refused as Halo does', async (field, value, message) => {
    const body = `[{"ticket_id":1001,"outcome":"x","${field}":${value},"last":"\\"quoted\\""}]`;
    const reply = await caller.post('Actions', body);
    expect(reply.status).toBe(400);
    expect(reply.object()).toEqual({
      [`[0].${field}`]: [`${message} Path '[0].${field}', ${place(body, field)}.`],
    });
  });

  test('the refused element is named by its place, also over several lines', async () => {
    const body = '[\n {"summary":"fine"},\n {"summary":"not",\n  "client_id": "twelve"}\n]';
    const reply = await caller.post('Tickets', body);
    expect(reply.object()).toEqual({
      '[1].client_id': [
        "Could not convert string to integer: twelve. Path '[1].client_id', line 4, position 23.",
      ],
    });
  });

  test('digits as text are numbers, and numbers are text where text is wanted', async () => {
    const reply = await caller.post('Actions', [
      { ticket_id: '1001', outcome_id: '7', note: 5, timetaken: '0.5', hiddenfromuser: 'True' },
    ]);
    expect(reply.object()).toMatchObject({
      ticket_id: 1001,
      outcome_id: 7,
      outcome: 'Internal Note',
      note: '5',
      timetaken: 0.5,
      hiddenfromuser: true,
    });
  });

  test('dates with a zone are stored as UTC without one', async () => {
    const dates = { start_date: '2026-03-01T10:00:00+02:00', end_date: '2026-03-01T10:00:00Z' };
    const reply = await caller.post('Appointment', [{ subject: 'x', ...dates }]);
    expect(reply.object()).toMatchObject({
      start_date: '2026-03-01T08:00:00',
      end_date: '2026-03-01T10:00:00',
    });
  });

  test('properties that nobody knows are kept and no error', async () => {
    const reply = await caller.post('Tickets', [{ summary: 'x', somethingnew: { a: 1 }, _flag: true }]);
    expect(reply.object()).toMatchObject({ somethingnew: { a: 1 } });
    expect(reply.object()).not.toHaveProperty('_flag');
  });
});

describe('several elements', () => {
  test('the last object is answered, or all of them with returnall', async () => {
    const two = [{ summary: 'first of two' }, { summary: 'second of two' }];
    const last = await caller.post('Tickets', two);
    expect(last.object()['summary']).toBe('second of two');
    const both = await caller.post('Tickets?returnall=true', two);
    expect(both.array().map((row) => row['summary'])).toEqual(['first of two', 'second of two']);
  });

  test.each([
    [true, 1],
    [false, 0],
  ])('after a bad element, with keepEarlierOnBadElement %s, %d record stays', async (keep, stays) => {
    await halo.control.settings({ keepEarlierOnBadElement: keep });
    const summary = `before the bad one, ${String(keep)}`;
    const reply = await caller.post('Tickets', [{ summary }, { summary: 'bad', client_id: 'x' }]);
    expect(reply.status).toBe(400);
    expect(await halo.control.records('Tickets', { summary })).toHaveLength(stays);
    await halo.control.settings({ keepEarlierOnBadElement: true });
  });

  test('ids of tickets taken back are not given out twice within the tenant', async () => {
    const before = (await caller.post('Tickets', [{ summary: 'a' }])).object()['id'];
    await caller.remove(`Tickets/${String(before)}`);
    const after = (await caller.post('Tickets', [{ summary: 'b' }])).object()['id'];
    expect(Number(after)).toBeGreaterThan(Number(before));
  });
});

describe('ids in replies', () => {
  afterAll(() => halo.control.settings({ idStyle: 'number' }));

  test.each([
    ['decimal', /"id":1001\.0,/],
    ['string', /"id":"1001",/],
  ] as const)('may come as %s', async (idStyle, pattern) => {
    await halo.control.settings({ idStyle });
    const reply = await caller.get('Tickets/1001');
    expect(reply.text).toMatch(pattern);
    expect(Number(reply.object()['id'])).toBe(1001);
  });
});
