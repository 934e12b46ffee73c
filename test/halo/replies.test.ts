import {
  deleteTicket,
  getTicket,
  listAgents,
  listTickets,
  raw,
  rejection,
  reply,
  useFakeHalo,
  upsertTickets,
} from './fakeHalo.ts';
import type { FakeHalo } from './fakeHalo.ts';

const { fake, caller } = useFakeHalo({ maxReplyBytes: 10_000 });

const read = (): Promise<Error> => rejection(caller.call(getTicket, { id: 7 }));
const write = (): Promise<Error> => rejection(caller.call(upsertTickets, { summary: 'x' }));

describe('a reply that is none', () => {
  test.each<[string, FakeHalo['onApi'], string, boolean]>([
    [
      'HTML',
      (_seen, response) => raw(response, 200, '<!DOCTYPE html><html></html>', 'text/html'),
      'not a Halo API; check resourceServer',
      false,
    ],
    [
      'HTML without a type',
      (_seen, response) => raw(response, 200, '\n <html lang="en">', ''),
      'an HTML page',
      false,
    ],
    ['empty', (_seen, response) => raw(response, 200, '', ''), 'an empty reply', true],
    ['null', (_seen, response) => reply(response, 200, 'null'), 'an empty reply', true],
    [
      'truncated JSON',
      (_seen, response) => reply(response, 200, '{"id":7,"summ'),
      '13 bytes that are not complete JSON',
      true,
    ],
    ['a number', (_seen, response) => reply(response, 200, '7'), 'a number instead of one object', false],
    [
      'two objects',
      (_seen, response) => reply(response, 200, [{ id: 1 }, { id: 2 }]),
      'an array of 2 instead of one object',
      false,
    ],
    [
      'too large',
      (_seen, response) => reply(response, 200, { id: 'x'.repeat(20_000) }),
      'larger than 10000 bytes',
      false,
    ],
    [
      'too large without a length',
      (_seen, response) => {
        response.writeHead(200);
        for (let chunk = 0; chunk < 5; chunk += 1) response.write('x'.repeat(4000));
      },
      'larger than 10000 bytes',
      false,
    ],
  ])(
    '%s: a read fails for good or may be tried again, a write is unknown',
    async (_what, onApi, message, retryable) => {
      fake.onApi = onApi;
      const onRead = await read();
      expect(onRead).toMatchObject({ name: 'HaloServerError', retryable });
      expect(onRead.message).toContain(message);
      const onWrite = await write();
      expect(onWrite).toMatchObject({ name: 'HaloOutcomeUnknownError', retryable: false });
      expect(onWrite.message).toContain(message);
      expect(onRead.message + onWrite.message).toMatch(
        /GET \/Tickets\/7.*northwind-halo.*POST \/Tickets.*northwind-halo/s,
      );
    },
  );

  const ownAddress =
    "check that resourceServer of connection northwind-halo is Halo's own address and not a proxy's";
  test.each<[string, unknown, string]>([
    ['nothing', '', `with an empty reply; try again; if it stays, ${ownAddress}`],
    [
      'half of it',
      '{"id":',
      `with 6 bytes that are not complete JSON; try again; if it stays, ${ownAddress}`,
    ],
    ['a text', '"ok"', `with a string instead of one object; ${ownAddress}`],
    ['no element', [], 'with an array of 0 instead of one object; Halo has no such record, or the agent of'],
    ['two elements', [{ id: 1 }, { id: 2 }], 'with an array of 2 instead of one object; check the input'],
  ])('%s: a read says what to do, a write never to try again', async (_what, body, message) => {
    fake.onApi = (_seen, response) => reply(response, 200, body);
    expect((await read()).message).toContain(message);
    const onWrite = await write();
    expect(onWrite.message).not.toContain('try again');
    expect(onWrite.message).toContain('look in Halo before sending it again');
  });

  test('keeps every digit of ids of other products, and hours as numbers', async () => {
    const row =
      '{"id":7,"reference":8202522731445525542,"other":1e400,"timetaken":0.0833333333333333333333333}';
    const record = {
      id: 7,
      reference: '8202522731445525542',
      other: '1e400',
      timetaken: 0.08333333333333333,
    };
    fake.onApi = (_seen, response) => reply(response, 200, row);
    expect(await caller.call(getTicket, { id: 7 })).toEqual(record);
    fake.onApi = (_seen, response) => reply(response, 200, `\ufeff\ufeff[${row}]`);
    expect(await caller.call(listTickets)).toEqual([record]);
  });

  test('too large says how to ask for less', async () => {
    fake.onApi = (_seen, response) => reply(response, 200, { id: 'x'.repeat(20_000) });
    expect((await read()).message).toMatch(/limit.*filter.*fields/);
  });

  test('a list of another shape names the keys that came, not their values', async () => {
    fake.onApi = (_seen, response) =>
      reply(response, 200, { record_count: 1, rows_a: ['v1'], rows_b: ['v2'] });
    const error = await rejection(caller.call(listTickets));
    expect(error.message).toContain(
      'an object with record_count, rows_a, rows_b instead of a list under tickets',
    );
    expect(error.message).not.toMatch(/v1|v2/);
  });

  test.each<[string, unknown]>([
    [
      'the key of the declaration, beside other lists',
      { record_count: 9, folders: [1], tickets: [{ id: 1 }] },
    ],
    ['a bare array', [{ id: 1 }]],
    ['results', { record_count: 1, results: [{ id: 1 }], other: [] }],
    ['data', { data: [{ id: 1 }], other: [] }],
    ['the only list', { record_count: 1, records: [{ id: 1 }] }],
    ['a byte order mark in front', '\uFEFF[{"id":1}]'],
  ])('rows are found under %s', async (_what, body) => {
    fake.onApi = (_seen, response) => reply(response, 200, body);
    await expect(caller.call(listTickets)).resolves.toEqual([{ id: 1 }]);
    if (Array.isArray(body)) await expect(caller.call(listAgents)).resolves.toEqual([{ id: 1 }]);
  });

  test('null under the key of the declaration is an empty list', async () => {
    fake.onApi = (_seen, response) => reply(response, 200, { record_count: 0, tickets: null });
    await expect(caller.call(listTickets)).resolves.toEqual([]);
  });

  test('a record may come as an array of one', async () => {
    fake.onApi = (_seen, response) => reply(response, 201, [{ id: 1 }]);
    await expect(caller.call(upsertTickets, { summary: 'x' })).resolves.toEqual({ id: 1 });
    await expect(caller.call(getTicket, { id: 1 })).resolves.toEqual({ id: 1 });
  });

  test.each([200, 204])('an empty reply to a delete (%i) is done', async (status) => {
    fake.onApi = (_seen, response) => raw(response, status, '', '');
    await expect(caller.call(deleteTicket, { id: 5 })).resolves.toEqual({ id: 5 });
  });
});
