import type * as errors from '../../errors.ts';
import { HaloflowError } from '../../errors.ts';
import { retryAfterMs } from '../../halo/retryAfter.ts';
import {
  action,
  deleteTicket,
  getTicket,
  raw,
  rejection,
  reply,
  useFakeHalo,
  upsertTickets,
} from './fakeHalo.ts';

const { fake, caller } = useFakeHalo();

const read = (): Promise<Error> => rejection(caller.call(getTicket, { id: 7 }));
const write = (): Promise<Error> => rejection(caller.call(upsertTickets, { summary: 'x' }));

describe('a status', () => {
  type Expected = [class_: keyof typeof errors, retryable: boolean, message: string];
  test.each<[number, Expected, Expected]>([
    [
      301,
      ['HaloServerError', false, 'check resourceServer'],
      ['HaloServerError', false, 'check resourceServer'],
    ],
    [400, ['HaloValidationError', false, 'Bad Request'], ['HaloValidationError', false, 'Bad Request']],
    [403, ['HaloPermissionError', false, 'read:tickets'], ['HaloPermissionError', false, 'edit:tickets']],
    [
      404,
      ['HaloNotFoundError', false, 'no such record or route'],
      ['HaloNotFoundError', false, 'no such record'],
    ],
    [409, ['HaloValidationError', false, 'Conflict'], ['HaloValidationError', false, 'Conflict']],
    [
      413,
      ['HaloValidationError', false, 'Payload Too Large'],
      ['HaloValidationError', false, 'Payload Too Large'],
    ],
    [
      415,
      ['HaloValidationError', false, 'Unsupported Media Type'],
      ['HaloValidationError', false, 'Unsupported'],
    ],
    [422, ['HaloValidationError', false, 'Unprocessable'], ['HaloValidationError', false, 'Unprocessable']],
    [
      429,
      ['HaloRateLimitError', true, 'Too Many Requests'],
      ['HaloRateLimitError', true, 'Too Many Requests'],
    ],
    [
      500,
      ['HaloServerError', true, 'Internal Server Error'],
      ['HaloOutcomeUnknownError', false, 'may or may not have happened'],
    ],
    [502, ['HaloServerError', true, 'Bad Gateway'], ['HaloOutcomeUnknownError', false, 'look in Halo']],
    [
      503,
      ['HaloServerError', true, 'Service Unavailable'],
      ['HaloOutcomeUnknownError', false, 'answered 503'],
    ],
    [504, ['HaloServerError', true, 'Gateway Timeout'], ['HaloOutcomeUnknownError', false, 'answered 504']],
  ])('%i with an empty body', async (status, onRead, onWrite) => {
    fake.onApi = (_seen, response) => raw(response, status, '', '');
    const cases = [
      ['GET /Tickets/7', await read(), onRead],
      ['POST /Tickets', await write(), onWrite],
      ['DELETE /Tickets/7', await rejection(caller.call(deleteTicket, { id: 7 })), onWrite],
    ] as const;
    for (const [what, error, [name, retryable, message]] of cases) {
      expect(error).toMatchObject({ name, retryable, status });
      expect(error.message.startsWith(what)).toBe(true);
      expect(error.message).toContain(message);
      expect(error.message).toContain('northwind-halo');
    }
  });

  test.each([
    ['/Team', 'read', 'all:teams'],
    ['/ClientContract', 'read', 'read:contracts'],
    ['/KBArticle', 'upsert', 'edit:kb'],
    ['/Report', 'read', 'read:reporting and edit:reporting'],
    ['/Users', 'read', 'read:customers'],
    ['/Opportunities', 'delete', 'edit:sales'],
    ['/Elsewhere', 'read', 'such as all'],
  ] as const)('403 on %s (%s) names the scope %s', async (path, effect, scope) => {
    fake.onApi = (_seen, response) => raw(response, 403, '', '');
    const method = effect === 'read' ? 'GET' : 'POST';
    const error = await rejection(caller.call(action({ path, effect, method })));
    expect(error).toMatchObject({ name: 'HaloPermissionError' });
    expect(error.message).toContain(scope);
  });

  test.each([
    ['7', 7000, 7000],
    ['0', 1000, 1000],
    ['soon', 30_000, undefined],
    [undefined, 30_000, undefined],
  ])('429 with Retry-After %p', async (header, retryAfterMs, told) => {
    const headers = header === undefined ? {} : { 'retry-after': header };
    const text = 'Rate Limit Reached - 300 Requests per rolling 5 minute window';
    fake.onApi = (_seen, response) => reply(response, 429, text, headers);
    const error = await read();
    expect(error).toMatchObject({ name: 'HaloRateLimitError', retryable: true, retryAfterMs });
    expect(error.message).toContain(text);
    expect(caller.budget.replies.at(-1)).toEqual(
      told === undefined ? { status: 429 } : { status: 429, retryAfterMs: told },
    );
  });

  test.each([
    ['7', 7000],
    ['1.5', 1500],
    ['86400', 3_600_000],
    ['Sat, 21 Nov 2026 10:00:20 GMT', 20_000],
    ['Sat, 21 Nov 2026 09:00:00 GMT', 1000],
    ['', undefined],
  ])('Retry-After %j waits %p ms', (header, expected) => {
    const now = Date.parse('2026-11-21T10:00:00Z');
    expect(retryAfterMs({ 'retry-after': header }, now)).toBe(expected);
  });

  test('504 of a report is not tried again', async () => {
    fake.onApi = (_seen, response) => raw(response, 504, '', '');
    const preview = action({ method: 'POST', path: '/Report', errorKey: 'load_error' });
    const error = await rejection(caller.call(preview, { sql: 'select 1' }));
    expect(error).toMatchObject({ name: 'HaloServerError', retryable: false, status: 504 });
    expect(error.message).toContain('narrow it');
  });

  test('404 with a web page says that this is not the API', async () => {
    fake.onApi = (_seen, response) => raw(response, 404, '<!doctype html><p>nothing here', 'text/html');
    expect((await read()).message).toContain('check resourceServer of connection northwind-halo');
  });
});

test('every error is one of ours', async () => {
  fake.onApi = (_seen, response) => raw(response, 418, 'teapot');
  expect(await read()).toBeInstanceOf(HaloflowError);
});
