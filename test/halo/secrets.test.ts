/** Whatever goes wrong, and whatever the other side echoes, no error holds a secret or a token. */
import { inspect } from 'node:util';
import {
  action,
  getTicket,
  listTickets,
  raw,
  rejection,
  reply,
  SECRET,
  useFakeHalo,
  upsertTickets,
} from './fakeHalo.ts';
import type { FakeHalo } from './fakeHalo.ts';

const TOKEN = 'marker-token.eyJhbGciOi';

const { fake, caller } = useFakeHalo({
  onToken: (_seen, response) =>
    reply(response, 200, { access_token: TOKEN, expires_in: 3600, refresh_token: TOKEN }),
  requestTimeoutMs: 400,
  maxReplyBytes: 5000,
});

/** Everything that a log, a history or a person could get to see of an error. */
function everything(error: unknown): string {
  const parts: string[] = [];
  for (let level = error; level !== undefined && level !== null; level = (level as Error).cause) {
    const own = Object.getOwnPropertyNames(level).map((name) => [
      name,
      (level as Record<string, unknown>)[name],
    ]);
    const { message, stack = '' } = level as Error;
    parts.push(message, stack, JSON.stringify(level), JSON.stringify(own));
  }
  return [...parts, inspect(error, { depth: 20, showHidden: true })].join('\n');
}

// The beginnings are looked for, too: shortening must not cut a secret in two.
const markers = [
  SECRET.slice(0, 13),
  TOKEN.slice(0, 13),
  SECRET,
  encodeURIComponent(SECRET),
  new URLSearchParams({ s: SECRET }).toString().slice(2),
  TOKEN,
];

function expectClean(error: unknown): void {
  const text = everything(error);
  for (const marker of markers) expect(text).not.toContain(marker);
  expect(text).not.toMatch(/Bearer (?!\*)/);
}

const echo = `${SECRET} ${TOKEN} ${encodeURIComponent(SECRET)} ${new URLSearchParams({ s: SECRET }).toString()}`;

test.each<[string, FakeHalo['onApi']]>([
  ['400 that echoes', (_seen, response) => reply(response, 400, { Message: `you sent ${echo}` })],
  ['400 with fields that echo', (_seen, response) => reply(response, 400, { [echo]: [echo] })],
  ['401', (_seen, response) => raw(response, 401, echo)],
  ['403', (_seen, response) => raw(response, 403, echo)],
  ['404', (_seen, response) => raw(response, 404, echo)],
  ['429', (_seen, response) => raw(response, 429, echo)],
  ['500', (_seen, response) => raw(response, 500, echo)],
  [
    'a redirect',
    (_seen, response) => reply(response, 302, '', { location: `https://x.example/?t=${TOKEN}` }),
  ],
  ['HTML', (_seen, response) => raw(response, 200, `<html>${echo}</html>`, 'text/html')],
  [
    'a long text that echoes at its end',
    (_seen, response) => raw(response, 400, `${'x'.repeat(485)}${SECRET}`),
  ],
  ['truncated JSON', (_seen, response) => reply(response, 200, `{"a":"${TOKEN}`)],
  [
    'an HTTP error',
    (_seen, response) => void response.socket?.end(`HTTP/1.1 200 OK\r\nbad header ${TOKEN}\r\n\r\n`),
  ],
  ['a dropped connection', (_seen, response) => void response.destroy()],
  ['a timeout', () => undefined],
  ['a large reply', (_seen, response) => raw(response, 200, TOKEN.repeat(1000))],
])('%s of a call', async (_what, onApi) => {
  fake.onApi = onApi;
  expectClean(await rejection(caller.call(getTicket, { id: 1 })));
  expectClean(await rejection(caller.call(listTickets, {}, { options: { all: true } })));
  expectClean(await rejection(caller.call(upsertTickets, [{ summary: 'x' }])));
});

test('a list with keys that echo', async () => {
  fake.onApi = (_seen, response) =>
    reply(response, 200, { [`${'k'.repeat(30)}${TOKEN}`]: 1, [SECRET]: 2, [JSON.stringify(SECRET)]: 3 });
  expectClean(await rejection(caller.call(listTickets)));
});

test('a report that echoes', async () => {
  fake.onApi = (_seen, response) => reply(response, 200, { report: { load_error: echo } });
  const preview = action({ method: 'POST', path: '/Report', unwrap: ['report'], errorKey: 'load_error' });
  expectClean(await rejection(caller.call(preview, {})));
});

const echoOfSecret = echo.replaceAll(TOKEN, '');

test.each<[string, FakeHalo['onToken']]>([
  [
    '401 that echoes',
    (_seen, response) => reply(response, 401, { error: 'invalid_client', error_description: echoOfSecret }),
  ],
  ['an error that echoes', (_seen, response) => reply(response, 400, { error: echoOfSecret })],
  ['500 that echoes', (seen, response) => raw(response, 500, seen.body)],
  ['the form sent back', (seen, response) => raw(response, 400, seen.body)],
  [
    'a token that is no header',
    (_seen, response) => reply(response, 200, { access_token: `${TOKEN}\n${SECRET}` }),
  ],
  ['a dropped connection', (_seen, response) => void response.destroy()],
  ['a timeout', () => undefined],
  ['truncated JSON', (_seen, response) => raw(response, 200, `{"access_token":"${TOKEN}`)],
])('%s of a token call', async (_what, onToken) => {
  fake.onToken = onToken;
  expectClean(await rejection(caller.call(getTicket, { id: 1 })));
});

test('nobody listens', async () => {
  const credentials = { resourceServer: 'http://127.0.0.1:1', authServer: 'http://127.0.0.1:1/auth' };
  expectClean(await rejection(caller.call(getTicket, { id: 1 }, { credentials })));
});
