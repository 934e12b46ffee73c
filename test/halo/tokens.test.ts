import { HaloAuthenticationError } from '../../errors.ts';
import { normaliseAuthServer } from '../../halo/host.ts';
import type { Grant } from '../../halo/types.ts';
import { untilTrue } from '../support/polling.ts';
import { getTicket, listAgents, raw, rejection, reply, SECRET, useFakeHalo } from './fakeHalo.ts';
import type { FakeHalo, Seen } from './fakeHalo.ts';

const { fake, caller } = useFakeHalo();

/** Answers 401 with an empty body to every token but those that are good. */
function onlyFor(isGood: (token: string) => boolean): FakeHalo['onApi'] {
  return ({ headers }, response) =>
    isGood(headers.authorization ?? '') ? reply(response, 200, [{ id: 1 }]) : raw(response, 401, '', '');
}

const form = (seen: Seen | undefined): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(seen?.body));

describe('where a token comes from', () => {
  test('hosted: POST {auth}/token?tenant= with the client credentials as a form', async () => {
    await caller.call(listAgents, {}, { credentials: { scope: 'read:tickets all:teams' } });
    const [call] = fake.tokenCalls();
    expect(call).toMatchObject({ method: 'POST', path: '/auth/token', query: { tenant: 'northwind' } });
    expect(call?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(form(call)).toEqual({
      grant_type: 'client_credentials',
      client_id: 'client-1',
      client_secret: SECRET,
      scope: 'read:tickets all:teams',
    });
    expect(fake.api()[0]?.headers.authorization).toBe('Bearer token-1');
  });

  test.each([true, false])(
    'a token endpoint at the root is asked there, on-premise: %s',
    async (onPremise) => {
      const authServer = normaliseAuthServer(`${fake.url}/token/`, { onPremise });
      await caller.call(listAgents, {}, { credentials: { authServer, onPremise } });
      expect(fake.tokenCalls().map(({ path }) => path)).toEqual(['/token']);
    },
  );

  test('hosted without a tenant: none is sent', async () => {
    await caller.call(listAgents, {}, { credentials: { tenant: null } });
    expect(fake.tokenCalls()[0]?.query).toEqual({});
  });

  test('without an authorization server: /api/authinfo is asked once, before the first token', async () => {
    const lifetimes = [1, 3600];
    fake.onToken = (_seen, response, index) =>
      reply(response, 200, { access_token: `token-${index}`, expires_in: lifetimes[index] });
    fake.onApi = ({ path }, response) =>
      path === '/api/authinfo'
        ? reply(response, 200, { auth_url: `${fake.url}/auth/`, tenant_id: 'found' })
        : reply(response, 200, []);
    const credentials = { authServer: null, tenant: null };
    await caller.call(listAgents, {}, { credentials });
    await new Promise((resolve) => setTimeout(resolve, 950));
    await caller.call(listAgents, {}, { credentials });
    expect(fake.seen.map(({ method, path, query }) => [method, path, query])).toEqual([
      ['GET', '/api/authinfo', {}],
      ['POST', '/auth/token', { tenant: 'found' }],
      ['GET', '/api/Agent', {}],
      ['POST', '/auth/token', { tenant: 'found' }],
      ['GET', '/api/Agent', {}],
    ]);
    expect(fake.seen[0]?.headers.authorization).toBeUndefined();
    expect(caller.budget.taken).toBe(5);
  });

  test('a configured tenant goes before the discovered one', async () => {
    fake.onApi = ({ path }, response) =>
      reply(
        response,
        200,
        path === '/api/authinfo' ? { auth_url: `${fake.url}/auth`, tenant_id: 'found' } : [],
      );
    await caller.call(listAgents, {}, { credentials: { authServer: null, tenant: 'mine' } });
    expect(fake.tokenCalls()[0]?.query).toEqual({ tenant: 'mine' });
  });

  test('on-premise: {base}/auth/token without tenant and without discovery', async () => {
    await caller.call(listAgents, {}, { credentials: { authServer: null, onPremise: true } });
    expect(fake.seen.map(({ path, query }) => [path, query])).toEqual([
      ['/auth/token', {}],
      ['/api/Agent', {}],
    ]);
  });
});

describe('one token for everybody', () => {
  test('50 callers at once cause one token call, and so do the next 50', async () => {
    const round = (): Promise<unknown>[] => Array.from({ length: 50 }, () => caller.call(listAgents));
    await Promise.all(round());
    await Promise.all(round());
    expect(fake.tokenCalls()).toHaveLength(1);
    expect(caller.budget.taken).toBe(101);
    expect(caller.budget.replies).toHaveLength(101);
  });

  test.each<[string, Parameters<FakeHalo['credentials']>[0]]>([
    ['another connection', { connection: 'other' }],
    ['another client id', { clientId: 'client-2' }],
    ['another secret', { clientSecret: 'changed' }],
    ['another tenant', { tenant: 'globex' }],
    ['another scope', { scope: 'read:tickets' }],
  ])('%s has a token of its own', async (_what, changes) => {
    await caller.call(listAgents);
    await caller.call(listAgents, {}, { credentials: changes ?? {} });
    expect(fake.tokenCalls()).toHaveLength(2);
    expect(fake.api().map(({ headers }) => headers.authorization)).toEqual([
      'Bearer token-1',
      'Bearer token-2',
    ]);
  });

  test('it is replaced before it expires', async () => {
    fake.onToken = (_seen, response, index) =>
      reply(response, 200, { access_token: `token-${index + 1}`, expires_in: index === 0 ? 1 : 3600 });
    await caller.call(listAgents);
    await new Promise((resolve) => setTimeout(resolve, 920));
    await caller.call(listAgents);
    await caller.call(listAgents);
    expect(fake.api().map(({ headers }) => headers.authorization)).toEqual([
      'Bearer token-1',
      'Bearer token-2',
      'Bearer token-2',
    ]);
  });

  test('a caller that leaves while its token call waits for the budget harms nobody', async () => {
    const gone = new AbortController();
    const never = { take: (): Promise<Grant> => new Promise(() => undefined) };
    const first = rejection(caller.call(listAgents, {}, { budget: never, signal: gone.signal }));
    const others = [caller.call(listAgents), caller.call(listAgents)];
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(fake.tokenCalls()).toHaveLength(0);
    const reason = new Error('cancelled by its run');
    gone.abort(reason);
    expect(await first).toBe(reason);
    await expect(Promise.all(others)).resolves.toEqual([[], []]);
    expect(fake.tokenCalls()).toHaveLength(1);
  });

  test('a caller whose budget sends it away hands the token call to the next', async () => {
    const away = new Error('ask again later');
    let giveUp = (): void => undefined;
    let asked = false;
    const budget = {
      take: () => {
        asked = true;
        return new Promise<Grant>((_resolve, reject) => void (giveUp = () => reject(away)));
      },
    };
    const first = rejection(caller.call(listAgents, {}, { budget }));
    const other = caller.call(listAgents);
    await untilTrue(() => asked);
    giveUp();
    expect(await first).toBe(away);
    await expect(other).resolves.toEqual([]);
  });

  test('a caller that leaves while the token call is on the wire does not stop it for the others', async () => {
    let answer = (): void => undefined;
    fake.onToken = (_seen, response) =>
      void (answer = () => reply(response, 200, { access_token: 'slow', expires_in: 3600 }));
    const gone = new AbortController();
    const first = rejection(caller.call(listAgents, {}, { signal: gone.signal }));
    const other = caller.call(listAgents);
    await untilTrue(() => fake.tokenCalls().length > 0);
    gone.abort(new Error('left'));
    expect((await first).message).toBe('left');
    answer();
    await expect(other).resolves.toEqual([]);
    expect(fake.tokenCalls()).toHaveLength(1);
  });
});

describe('a 401 on a call', () => {
  test('gets one new token and tries once more', async () => {
    fake.onApi = onlyFor((token) => token === 'Bearer token-2');
    await expect(caller.call(listAgents)).resolves.toEqual([{ id: 1 }]);
    expect(fake.tokenCalls()).toHaveLength(2);
    expect(fake.api()).toHaveLength(2);
  });

  test('20 callers whose token dies at once cause exactly one new token', async () => {
    let dead = '';
    fake.onApi = onlyFor((token) => token !== dead);
    await caller.call(listAgents);
    dead = 'Bearer token-1';
    await Promise.all(Array.from({ length: 20 }, () => caller.call(listAgents)));
    expect(fake.tokenCalls()).toHaveLength(2);
  });

  test('a late 401 of an old token does not throw the new one away', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => void (release = resolve));
    fake.onApi = async ({ headers, path }, response) => {
      if (path === '/api/Tickets/1') await held;
      if (headers.authorization === 'Bearer token-1') raw(response, 401, '', '');
      else reply(response, 200, { id: 1 });
    };
    const late = caller.call(getTicket, { id: 1 });
    await caller.call(getTicket, { id: 2 });
    release();
    await late;
    expect(fake.tokenCalls()).toHaveLength(2);
  });

  test('a second 401 is a HaloAuthenticationError that names the missing right as a cause', async () => {
    fake.onApi = onlyFor(() => false);
    const error = await rejection(caller.call(getTicket, { id: 3 }));
    expect(error).toBeInstanceOf(HaloAuthenticationError);
    expect(error).toMatchObject({ status: 401, retryable: false });
    expect(error.message).toMatch(/^GET \/Tickets\/3 answered 401 \(connection northwind-halo\)/);
    expect(error.message).toContain('no right to this module');
    expect(fake.api()).toHaveLength(2);
    expect(fake.tokenCalls()).toHaveLength(2);
  });

  test('a right that is missing does not cost a token with every call', async () => {
    fake.onApi = ({ path }, response) =>
      path.startsWith('/api/Tickets') ? raw(response, 401, '', '') : reply(response, 200, []);
    for (const id of [1, 2, 3, 4]) await rejection(caller.call(getTicket, { id }));
    await caller.call(listAgents);
    expect(fake.tokenCalls()).toHaveLength(2);
    expect(fake.api()).toHaveLength(6);
  });
});
