import { HaloValidationError } from '../../errors.ts';
import type { HaloflowError } from '../../errors.ts';
import { getTicket, raw, rejection, useFakeHalo, upsertTickets } from './fakeHalo.ts';

const { fake, caller } = useFakeHalo();

const read = (): Promise<Error> => rejection(caller.call(getTicket, { id: 7 }));
const write = (): Promise<Error> => rejection(caller.call(upsertTickets, { summary: 'x' }));

describe("Halo's own message", () => {
  const exception = {
    ClassName: 'System.Exception',
    Message: 'An Outcome must be entered',
    Data: null,
    HResult: -2146233088,
  };

  test.each<[string, unknown, string, string | undefined]>([
    ['an exception', exception, 'An Outcome must be entered', undefined],
    ['a field', { id: ["The value 'probe' is not valid."] }, "id: The value 'probe' is not valid.", 'id'],
    [
      'a field of the first element',
      { '[0].outcome_id': ['Could not convert string to integer: x.'] },
      'outcome_id: Could not convert string to integer: x.',
      'outcome_id',
    ],
    [
      'a model state',
      { Message: 'The request is invalid.', ModelState: { 'ticket.summary': ['Too long'] } },
      'The request is invalid. ticket.summary: Too long',
      'ticket.summary',
    ],
    [
      'problem details',
      { title: 'One or more errors', errors: { '$[0].name': ['is required'] } },
      'name: is required',
      'name',
    ],
    ['an exception before fields', { id: ['second'], Message: 'first' }, 'first', undefined],
    [
      'a bare string',
      '"CODE:APP03/2 Please select the CAB members to approve"',
      'CODE:APP03/2 Please select the CAB',
      undefined,
    ],
    ['message', { message: 'Name must be unique' }, 'Name must be unique', undefined],
    ['error', { error: 'no such site' }, 'no such site', undefined],
    ['an error object', { error: { message: 'deep' } }, 'deep', undefined],
    ['plain text', 'Invalid advanced search parameter', 'Invalid advanced search parameter', undefined],
    ['nothing', '', 'Bad Request', undefined],
    ['a web page', '<html><body>secret stack</body></html>', 'Bad Request (an HTML page)', undefined],
    ['broken JSON', '{"message":', 'Bad Request', undefined],
    ['an array', ['x'], 'x', undefined],
    ['numbers', { a: 1 }, 'Bad Request', undefined],
    ['a long text', 'a'.repeat(5000), `${'a'.repeat(499)}…`, undefined],
  ])('is found in %s', async (_what, body, text, field) => {
    fake.onApi = (_seen, response) =>
      raw(response, 400, typeof body === 'string' ? body : JSON.stringify(body), '');
    for (const error of [await read(), await write()]) {
      expect(error).toBeInstanceOf(HaloValidationError);
      expect(error.message).toContain(`answered 400 (connection northwind-halo): ${text}`);
      expect(error.message.length).toBeLessThan(700);
      expect(error).toMatchObject({
        status: 400,
        retryable: false,
        details: { connection: 'northwind-halo' },
      });
      expect((error as HaloflowError).details?.['field']).toBe(field);
    }
  });
});
