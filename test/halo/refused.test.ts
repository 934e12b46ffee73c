import { HaloAuthenticationError, HaloRateLimitError, HaloServerError } from '../../errors.ts';
import { untilPasses } from '../support/polling.ts';
import { listAgents, raw, rejection, reply, useFakeHalo } from './fakeHalo.ts';
import type { FakeHalo, Seen } from './fakeHalo.ts';

const { fake, caller, reopen } = useFakeHalo();

describe('refused credentials', () => {
  const refuse: FakeHalo['onToken'] = (_seen, response) =>
    reply(response, 401, { error: 'invalid_client', error_description: 'The client is not known.' });

  test('50 callers cause one token call, and it is not asked again for a while', async () => {
    fake.onToken = refuse;
    const errors = await Promise.all(Array.from({ length: 50 }, () => rejection(caller.call(listAgents))));
    errors.push(await rejection(caller.call(listAgents)));
    expect(errors.every((error) => error instanceof HaloAuthenticationError)).toBe(true);
    expect(fake.tokenCalls()).toHaveLength(1);
    expect(fake.api()).toHaveLength(0);
  });

  test('other credentials are tried at once, the same ones after the while', async () => {
    await reopen({ refusalMs: 3_600_000 });
    fake.onToken = ({ body }, response, index) =>
      body.includes('client-2') || index > 1
        ? reply(response, 200, { access_token: 'good', expires_in: 60 })
        : refuse({} as Seen, response, index);
    await rejection(caller.call(listAgents));
    await expect(caller.call(listAgents, {}, { credentials: { clientId: 'client-2' } })).resolves.toEqual([]);
    await rejection(caller.call(listAgents));
    expect(fake.tokenCalls()).toHaveLength(2);
    await reopen({ refusalMs: 1 });
    fake.onToken = refuse;
    await rejection(caller.call(listAgents));
    fake.onToken = (_seen, response) => reply(response, 200, { access_token: 'good', expires_in: 60 });
    await expect(untilPasses(() => caller.call(listAgents))).resolves.toEqual([]);
  });

  test.each<[string, number, unknown, string, string]>([
    [
      'a wrong secret',
      401,
      { error: 'invalid_client' },
      'application/json',
      'check clientSecret of connection northwind-halo',
    ],
    ['a wrong secret with 400', 400, { error: 'invalid_client' }, 'application/json', 'check clientSecret'],
    [
      'a wrong tenant',
      401,
      { error: 'invalid_request', error_description: 'Unknown tenant' },
      'application/json',
      'check tenant northwind of connection northwind-halo',
    ],
    [
      'a bare 401',
      401,
      '',
      '',
      'check clientId, clientSecret and tenant northwind of connection northwind-halo',
    ],
    [
      'a scope it lacks',
      400,
      { error: 'invalid_scope' },
      'application/json',
      'check scope of connection northwind-halo',
    ],
    [
      'another grant',
      400,
      { error: 'unsupported_grant_type' },
      'application/json',
      'Client ID and Secret (Services)',
    ],
    [
      'a host without token endpoint',
      404,
      '',
      '',
      'check authServer and resourceServer of connection northwind-halo',
    ],
    ['a web page', 200, '<!DOCTYPE html><html></html>', 'text/html', 'check authServer and resourceServer'],
    ['a redirect', 302, '', '', 'check authServer and resourceServer'],
    [
      'a token that is no header',
      200,
      { access_token: 'a\r\nb' },
      'application/json',
      'no usable token came',
    ],
  ])('%s (%i) says what to check', async (_what, status, body, type, remedy) => {
    fake.onToken = (_seen, response) =>
      raw(response, status, typeof body === 'string' ? body : JSON.stringify(body), type);
    const error = await rejection(caller.call(listAgents));
    expect(error).toBeInstanceOf(HaloAuthenticationError);
    expect(error).toMatchObject({ status, retryable: false });
    expect(error.message).toContain(`POST ${fake.url}/auth/token answered ${status}`);
    expect(error.message).toContain(remedy);
  });

  test.each<[string, number, string, string]>([
    ['a web page', 200, '<!DOCTYPE html><html></html>', 'text/html'],
    ['a web page with 401', 401, '<html></html>', 'text/html'],
    ['no such route', 404, '', ''],
    ['JSON without a token', 200, '{"hello":"world"}', 'application/json'],
  ])('%s (%i) refuses no credentials: the next call asks again', async (_what, status, body, type) => {
    fake.onToken = (_seen, response, index) =>
      index === 0
        ? raw(response, status, body, type)
        : reply(response, 200, { access_token: 'good', expires_in: 60 });
    await rejection(caller.call(listAgents));
    await expect(caller.call(listAgents)).resolves.toEqual([]);
  });

  test.each([
    [400, { error: 'unsupported_grant_type' }],
    [401, ''],
    [200, { error: 'invalid_client' }],
    [401, { error: 'invalid_request', error_description: 'Unknown tenant' }],
  ])('a refusal with %i %j is remembered', async (status, body) => {
    fake.onToken = (_seen, response) => reply(response, status, body);
    await rejection(caller.call(listAgents));
    await rejection(caller.call(listAgents));
    expect(fake.tokenCalls()).toHaveLength(1);
  });

  test('a 500 may pass, and names host and tenant as possible causes', async () => {
    fake.onToken = (_seen, response) => raw(response, 500, '', '');
    const error = await rejection(caller.call(listAgents));
    expect(error).toBeInstanceOf(HaloServerError);
    expect(error).toMatchObject({ retryable: true, status: 500 });
    expect(error.message).toMatch(/check authServer, resourceServer and tenant of connection northwind-halo/);
    await rejection(caller.call(listAgents));
    expect(fake.tokenCalls()).toHaveLength(2);
  });

  test('a 429 of the token endpoint is the rate limit, told to the budget', async () => {
    fake.onToken = (_seen, response) => {
      response.writeHead(429, { 'retry-after': '7' });
      response.end('Rate Limit Reached - 300 Requests per rolling 5 minute window');
    };
    const error = await rejection(caller.call(listAgents));
    expect(error).toBeInstanceOf(HaloRateLimitError);
    expect(error).toMatchObject({ retryAfterMs: 7000 });
    expect(caller.budget.replies).toEqual([{ status: 429, retryAfterMs: 7000 }]);
  });

  test.each([
    [404, ''],
    [200, '<html>portal</html>'],
    [200, '{"hello":"world"}'],
  ])('a host whose authinfo answers %i %j is not a Halo', async (status, body) => {
    fake.onApi = (_seen, response) => raw(response, status, body, body.startsWith('<') ? 'text/html' : '');
    const error = await rejection(caller.call(listAgents, {}, { credentials: { authServer: null } }));
    expect(error).toBeInstanceOf(HaloAuthenticationError);
    expect(error.message).toContain(
      'does not seem to be a Halo; check resourceServer of connection northwind-halo',
    );
    expect(fake.tokenCalls()).toHaveLength(0);
  });

  test('an authinfo that points into a private range is not followed', async () => {
    fake.onApi = (_seen, response) =>
      reply(response, 200, { auth_url: 'https://10.0.0.1/auth', tenant_id: 'x' });
    const error = await rejection(caller.call(listAgents, {}, { credentials: { authServer: null } }));
    expect(error.name).toBe('ConfigurationError');
    expect(error.message).toContain('10.0.0.1');
  });
});
