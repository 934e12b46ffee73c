import { untilTrue } from '../support/polling.ts';
import { openSandbox, type Opened } from './session.ts';

let halo: Opened;
beforeAll(async () => {
  halo = await openSandbox();
});
afterEach(async () => {
  await halo.control.reset();
  await halo.control.settings({ rateLimit: { requests: 100_000, perSeconds: 300 } });
});
afterAll(() => halo.close());

describe('discovery', () => {
  test.each(['/api/authinfo', '/api/AuthInfo', '/API/AUTHINFO'])(
    '%s tells without a token where to log in',
    async (path) => {
      const reply = await halo.raw(path);
      expect(reply.status).toBe(200);
      expect(reply.object()).toEqual({ auth_url: halo.tenant.authUrl, tenant_id: 'northwind' });
    },
  );

  test('instance information needs no token', async () => {
    expect((await halo.raw('/api/InstanceInfo')).status).toBe(200);
  });

  test('the OpenID configuration names the token endpoint', async () => {
    const reply = await halo.raw('/auth/.well-known/openid-configuration');
    expect(reply.object()).toMatchObject({
      issuer: halo.tenant.authUrl,
      token_endpoint: `${halo.tenant.authUrl}/token`,
    });
  });
});

describe('tokens', () => {
  test('client credentials get a bearer token that opens the API', async () => {
    const reply = await halo.token({ scope: 'all' });
    expect(reply.status).toBe(200);
    expect(reply.object()).toEqual({
      scope: 'all',
      token_type: 'Bearer',
      expires_in: 3600,
      access_token: expect.any(String),
      refresh_token: expect.any(String),
      id_token: expect.any(String),
    });
    const authorization = `Bearer ${String(reply.object()['access_token'])}`;
    expect((await halo.raw('/api/Agent', { headers: { authorization } })).status).toBe(200);
  });

  test.each([
    ['tenant in the query', {}, '?tenant=northwind'],
    ['tenant in the form', { tenant: 'northwind' }, ''],
    ['the text undefined, as n8n sends it', {}, '?tenant=undefined'],
    ['an empty tenant', {}, '?tenant='],
    ['no tenant', {}, ''],
  ])('accepted: %s', async (_what, form, query) => {
    expect((await halo.token(form, query)).status).toBe(200);
  });

  test('credentials may come as Basic authorization', async () => {
    const pair = Buffer.from(`${halo.tenant.clientId}:${halo.tenant.clientSecret}`).toString('base64');
    const reply = await halo.raw('/auth/token', {
      method: 'POST',
      headers: { authorization: `Basic ${pair}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'grant_type=client_credentials&scope=all',
    });
    expect(reply.status).toBe(200);
  });

  test.each([
    ['a wrong secret', { client_secret: 'wrong' }],
    ['a wrong client id', { client_id: '00000000-0000-4000-8000-000000000000' }],
    ['the other tenant’s client id', { client_id: 'de300000-0000-4000-8000-000000000002' }],
  ])('%s is an invalid client', async (_what, form) => {
    const reply = await halo.token(form);
    expect(reply.status).toBe(401);
    expect(reply.object()).toMatchObject({ error: 'invalid_client', error_description: expect.any(String) });
  });

  test('an unknown tenant answers 401, or 500 by setting', async () => {
    expect((await halo.token({}, '?tenant=globex')).status).toBe(401);
    await halo.control.settings({ unknownTenantStatus: 500 });
    const reply = await halo.token({}, '?tenant=globex');
    expect([reply.status, reply.text]).toEqual([500, '']);
  });

  test.each(['refresh_token', 'password', 'authorization_code'])(
    'the grant %s is not supported',
    async (grant) => {
      const reply = await halo.token({ grant_type: grant });
      expect(reply.status).toBe(400);
      expect(reply.object()).toMatchObject({ error: 'unsupported_grant_type' });
    },
  );

  test('a token endpoint wants a form and a POST', async () => {
    const headers = { 'content-type': 'application/json' };
    expect((await halo.raw('/auth/token', { method: 'POST', headers, body: '{}' })).status).toBe(400);
    expect((await halo.raw('/auth/token')).status).toBe(405);
  });

  test.each([
    ['none', {}],
    ['an unknown one', { authorization: 'Bearer abc' }],
    ['one of another kind', { authorization: 'Basic abc' }],
  ])(
    'without a valid token (%s): 401, an empty body, and a challenge',
    async (_what, headers: Record<string, string>) => {
      const reply = await halo.raw('/api/Agent', { headers });
      expect([reply.status, reply.text, reply.headers['www-authenticate']]).toEqual([401, '', 'Bearer']);
    },
  );

  test('a token is worth nothing on the other tenant', async () => {
    const { token } = await halo.login();
    const reply = await fetch(`${halo.other.baseUrl}/api/Agent`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(reply.status).toBe(401);
  });

  test('tokens expire after the lifetime that was set', async () => {
    const lasting = await halo.login();
    await halo.control.settings({ tokenLifetimeSeconds: 0.15 });
    const brief = await halo.login();
    await untilTrue(async () => (await brief.get('Agent')).status === 401);
    expect((await lasting.get('Agent')).status).toBe(200);
  });
});

describe('scopes', () => {
  test('a token has what was asked for as far as the application has it', async () => {
    await halo.control.settings({ scopes: 'edit:tickets read:customers' });
    const granted = async (scope: string): Promise<unknown> =>
      (await halo.token({ scope })).object()['scope'];
    expect(await granted('all')).toBe('edit:tickets read:customers');
    expect(await granted('read:tickets edit:customers')).toBe('read:tickets read:customers');
    const refused = await halo.token({ scope: 'edit:invoices' });
    expect([refused.status, refused.object()['error']]).toEqual([400, 'invalid_scope']);
  });

  test('what n8n asks for is enough for what n8n does', async () => {
    const caller = await halo.login('admin edit:tickets edit:customers');
    for (const path of ['client', 'site', 'users', 'tickets', 'agent', 'tickettype']) {
      expect([path, (await caller.get(path)).status]).toEqual([path, 200]);
    }
    expect(
      (await caller.post('tickets', [{ summary: 'From n8n', details: 'x', tickettype_id: 1 }])).status,
    ).toBe(201);
    expect((await caller.get('Invoice')).status).toBe(403);
  });

  test('reading is not editing, and a refusal has no body', async () => {
    const caller = await halo.login('read:tickets');
    expect((await caller.get('Tickets')).status).toBe(200);
    const reply = await caller.post('Tickets', [{ summary: 'x' }]);
    expect([reply.status, reply.text]).toEqual([403, '']);
    expect((await caller.remove('Tickets/1001')).status).toBe(403);
  });

  test.each([
    ['all', 200],
    ['all:teams', 200],
    ['admin', 200],
    ['all:standard', 403],
    ['edit:tickets edit:customers', 403],
  ])('teams with the scope %s answer %d', async (scope, status) => {
    expect((await (await halo.login(scope)).get('Team')).status).toBe(status);
  });

  test('a module that is switched off: 403 on the list, 401 without a body on one record', async () => {
    const caller = await halo.login();
    await halo.control.settings({ missingModules: ['contracts'] });
    expect((await caller.get('ClientContract')).status).toBe(403);
    const reply = await caller.get('ClientContract/12');
    expect([reply.status, reply.text]).toEqual([401, '']);
    await halo.control.settings({ missingModuleStatus: 403 });
    expect((await caller.get('ClientContract/12')).status).toBe(403);
    expect((await caller.get('Tickets')).status).toBe(200);
  });
});
