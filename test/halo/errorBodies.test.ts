/** Errors that Halo sends with status 200. */
import {
  anyRequest,
  deleteTicket,
  getTicket,
  listAgents,
  listTickets,
  rejection,
  reply,
  SECRET,
  useFakeHalo,
  upsertTickets,
} from './fakeHalo.ts';

const { fake, caller } = useFakeHalo();

const requests: readonly [string, () => Promise<unknown>][] = [
  ['a record', () => caller.call(getTicket, { id: 7 })],
  ['a list', () => caller.call(listTickets)],
  ['a bare list', () => caller.call(listAgents)],
  ['all pages', () => caller.call(listTickets, {}, { options: { all: true } })],
  ['a generic read', () => caller.call(anyRequest, { method: 'GET', path: '/Tickets/7' })],
  [
    'a generic list',
    () => caller.call(anyRequest, { method: 'GET', path: '/SLA' }, { options: { all: true } }),
  ],
];
const writes: readonly [string, () => Promise<unknown>][] = [
  ['a write', () => caller.call(upsertTickets, { summary: 'x' })],
  ['a delete', () => caller.call(deleteTicket, { id: 7 })],
  ['a generic write', () => caller.call(anyRequest, { method: 'POST', path: '/Tickets', body: {} })],
];
const bodies: readonly [string, unknown][] = [
  ['error', { error: 'boom' }],
  ['error and its description', { error: 'server_error', error_description: 'boom' }],
  ['message', { message: 'boom' }],
  ['an exception', { ClassName: 'System.Exception', Message: 'boom', Data: null, HResult: -2146233088 }],
  ['an exception without a text', { ClassName: 'boom', Message: '' }],
  ['a model state', { Message: 'Invalid.', ModelState: { 'ticket.summary': ['boom'] } }],
  ['a list of errors', { errors: ['boom'] }],
  ['problem details', { title: 'Invalid', status: 400, errors: { '$[0].name': ['boom'] } }],
];
const textOf = (form: string): string =>
  form === 'an exception without a text' ? 'an exception without a message' : 'boom';

describe.each(bodies)('%s with status 200', (form, body) => {
  beforeEach(() => {
    fake.onApi = (_seen, response) => reply(response, 200, body);
  });

  test.each(requests)("fails %s with Halo's text and a remedy", async (_what, send) => {
    const error = await rejection(send());
    expect(error).toMatchObject({ name: 'HaloServerError', status: 200, retryable: true });
    expect(error.message).toMatch(
      /^GET \/\w+(\/7)? answered 200 \(connection northwind-halo\) with an error: /,
    );
    expect(error.message).toContain(textOf(form));
    expect(error.message).toMatch(/; try again; if it stays, check the input, .*connection northwind-halo/);
  });

  test.each(writes)('leaves the outcome of %s unknown', async (_what, send) => {
    const error = await rejection(send());
    expect(error).toMatchObject({ name: 'HaloOutcomeUnknownError', status: 200, retryable: false });
    expect(error.message).toContain('northwind-halo');
    expect(error.message).toContain(textOf(form));
    expect(error.message).toContain('look in Halo before sending it again');
    expect(error.message).not.toContain('try again');
  });
});

test('an error in an array of one is an error, too', async () => {
  fake.onApi = (_seen, response) => reply(response, 200, [{ error: 'boom' }]);
  expect((await rejection(caller.call(upsertTickets, {}))).message).toContain('boom');
});

test('an echoed secret is blanked out', async () => {
  fake.onApi = (_seen, response) => reply(response, 200, { error: `no ${SECRET}` });
  expect((await rejection(caller.call(getTicket, { id: 7 }))).message).toContain('no ***');
});

test.each<[string, unknown]>([
  ['an id', { id: 7, error: 'boom', message: 'text' }],
  ['other fields', { message: 'text', success: true }],
  ['no error in it', { error: null, message: '' }],
  ['nothing of an error', { summary: 'x' }],
  ['no field at all', {}],
])('a record with %s is a record', async (_what, body) => {
  fake.onApi = (_seen, response) => reply(response, 200, body);
  await expect(caller.call(getTicket, { id: 7 })).resolves.toEqual(body);
  await expect(caller.call(upsertTickets, { summary: 'x' })).resolves.toEqual(body);
  await expect(caller.call(anyRequest, { method: 'GET', path: '/Tickets/7' })).resolves.toEqual(body);
});
