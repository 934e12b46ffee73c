/** A token that Halo has forgotten, told otherwise than with 401: one new token, one more try. */
import type { ServerResponse } from 'node:http';
import { isDeadToken } from '../../halo/deadToken.ts';
import { upsertTickets, listAgents, raw, rejection, reply, useFakeHalo } from './fakeHalo.ts';

const { fake, caller } = useFakeHalo();

type Refusal = (response: ServerResponse) => void;
const refusals: [string, Refusal][] = [
  ['plain text', (response) => raw(response, 400, 'Token not found')],
  ['a bare JSON string', (response) => reply(response, 400, JSON.stringify('Token is required'))],
  [
    'an exception',
    (response) => reply(response, 400, { ClassName: 'System.Exception', Message: 'Invalid token.' }),
  ],
  ['OAuth', (response) => reply(response, 403, { error: 'invalid_token' })],
  [
    'a header',
    (response) => reply(response, 403, {}, { 'www-authenticate': 'Bearer error="invalid_token"' }),
  ],
  ['expired, with a status of its own', (response) => raw(response, 498, 'The access token has expired')],
];

test.each(refusals)('%s: every call after it is answered, with one new token', async (_name, refuse) => {
  let forgotten = '';
  fake.onApi = ({ headers }, response) =>
    headers.authorization === forgotten ? refuse(response) : reply(response, 200, [{ id: 1 }]);
  await caller.call(listAgents);
  forgotten = fake.api()[0]!.headers.authorization!;
  for (let time = 0; time < 3; time += 1) expect(await caller.call(listAgents)).toEqual([{ id: 1 }]);
  expect(fake.tokenCalls()).toHaveLength(2);
  expect(fake.api()).toHaveLength(5);
});

test('a write is carried out once', async () => {
  let forgotten = '';
  fake.onApi = ({ method, headers }, response) =>
    headers.authorization === forgotten
      ? raw(response, 400, 'Token not found')
      : reply(response, 200, method === 'POST' ? { id: 7 } : []);
  await caller.call(listAgents);
  forgotten = fake.api()[0]!.headers.authorization!;
  expect(await caller.call(upsertTickets, { summary: 'x' })).toMatchObject({ id: 7 });
  expect(fake.api().filter(({ method }) => method === 'POST')).toHaveLength(2);
});

test('a Halo that answers so to every token is asked with one more, and not again for a minute', async () => {
  fake.onApi = (_seen, response) => raw(response, 400, 'Token not found');
  for (let time = 0; time < 4; time += 1) {
    expect(await rejection(caller.call(listAgents))).toMatchObject({
      name: 'HaloValidationError',
      message: expect.stringContaining('Token not found') as string,
    });
  }
  expect(fake.tokenCalls()).toHaveLength(2);
});

test.each([
  [400, 'Invalid Resource'],
  [400, 'The token for the portal link was not found on ticket 7'],
  [400, JSON.stringify({ token: ['not found'] })],
  [400, JSON.stringify({ errors: { token: ['Token not found'] } })],
  [404, 'Token not found'],
  [400, ''],
  [403, 'You need the token of another agent'],
])('%i %s is about something else', (status, body) => {
  expect(isDeadToken({ status, headers: {}, body: Buffer.from(body) }, new Set())).toBe(false);
});
