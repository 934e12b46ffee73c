import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { getTicket, listAgents, rejection, reply, useFakeHalo, upsertTickets } from './fakeHalo.ts';

const { fake, caller, reopen } = useFakeHalo();

/** Those that are about the time limit: it begins with the grant, so that what is left for the reply is less. */
async function impatient(): Promise<void> {
  await reopen({ requestTimeoutMs: 1_500 });
}
const NO_REPLY = /no complete reply within (1500|1[0-4]\d\d|[1-9]\d{0,2}) ms/;

const read = (): Promise<Error> => rejection(caller.call(getTicket, { id: 7 }));
const write = (): Promise<Error> => rejection(caller.call(upsertTickets, { summary: 'x' }));

describe('a connection that breaks', () => {
  test('after the request: a read may be tried again, a write is unknown', async () => {
    fake.onApi = (_seen, response) => void response.destroy();
    expect(await read()).toMatchObject({
      name: 'HaloConnectionError',
      retryable: true,
      details: { sent: true },
    });
    expect(await write()).toMatchObject({
      name: 'HaloOutcomeUnknownError',
      retryable: false,
      details: { sent: true },
    });
  });

  test('within the reply: the same', async () => {
    fake.onApi = (_seen, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"id":');
      setTimeout(() => response.destroy(), 20);
    };
    const onRead = await read();
    expect(onRead).toMatchObject({ name: 'HaloServerError', retryable: true, status: 200 });
    expect(onRead.message).toContain('but the reply broke off');
    expect(await write()).toMatchObject({ name: 'HaloOutcomeUnknownError', retryable: false });
  });

  test('within the text of a refusal: it is the refusal', async () => {
    fake.onApi = (_seen, response) => {
      response.writeHead(400, { 'content-length': '100' }).write('{"me');
      setTimeout(() => response.destroy(), 20);
    };
    expect(await write()).toMatchObject({ name: 'HaloValidationError', status: 400 });
  });

  test('by a timeout: the same, after the time that was set', async () => {
    await impatient();
    fake.onApi = () => undefined;
    const from = performance.now();
    const onRead = await read();
    expect(performance.now() - from).toBeGreaterThanOrEqual(1_490);
    expect(onRead).toMatchObject({ name: 'HaloConnectionError', retryable: true });
    expect(onRead.message).toMatch(NO_REPLY);
    expect(await write()).toMatchObject({ name: 'HaloOutcomeUnknownError', retryable: false });
  });

  test('a reply that drips is cut off, too', async () => {
    await impatient();
    fake.onApi = (_seen, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write(' '), 50);
      response.on('close', () => clearInterval(drip));
    };
    expect((await read()).message).toMatch(NO_REPLY);
  });

  test('a write that got no connection in time was not sent, and may be', async () => {
    await reopen({ requestTimeoutMs: 500, resolve: () => new Promise(() => undefined) });
    const credentials = { resourceServer: 'https://slow.halopsa.com' };
    const error = await rejection(caller.call(upsertTickets, { summary: 'x' }, { credentials }));
    expect(error).toMatchObject({ name: 'HaloConnectionError', retryable: true, details: { sent: false } });
  });

  test('the next call works on a new socket', async () => {
    fake.onApi = (_seen, response, index) =>
      index === 0 ? void response.destroy() : reply(response, 200, { id: 7 });
    await read();
    await expect(caller.call(getTicket, { id: 7 })).resolves.toEqual({ id: 7 });
  });
});

describe('what was certainly not sent may be tried again, writes too', () => {
  const toward = async (server: string, changes = {}): Promise<Error> => {
    await caller.call(getTicket, { id: 1 }).catch(() => undefined);
    return rejection(
      caller.call(upsertTickets, { summary: 'x' }, { credentials: { resourceServer: server, ...changes } }),
    );
  };

  test('nobody listens', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => closed.once('listening', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const error = await toward(`http://127.0.0.1:${port}`);
    expect(error).toMatchObject({
      name: 'HaloConnectionError',
      retryable: true,
      details: { code: 'ECONNREFUSED', sent: false },
    });
    expect(error.message).toMatch(
      /POST \/Tickets was not sent \(connection northwind-halo\).*check resourceServer/,
    );
  });

  test('no such host', async () => {
    const missing = Object.assign(new Error('getaddrinfo ENOTFOUND nosuch.halopsa.com'), {
      code: 'ENOTFOUND',
    });
    await reopen({ resolve: () => Promise.reject(missing) });
    const error = await toward('https://nosuch.halopsa.com');
    expect(error).toMatchObject({
      name: 'HaloConnectionError',
      retryable: true,
      details: { code: 'ENOTFOUND', sent: false },
    });
    expect(error.message).toContain('nosuch.halopsa.com');
    expect(error.message).toContain('check resourceServer and authServer of connection northwind-halo');
  });

  test('TLS fails', async () => {
    const error = await toward(fake.url.replace('http:', 'https:'));
    expect(error).toMatchObject({ name: 'HaloConnectionError', retryable: true, details: { sent: false } });
    expect(error.message).toMatch(/: wrong version number; TLS failed/);
  });
});

describe('a host in a private range', () => {
  const resolvesTo =
    (...addresses: string[]) =>
    () =>
      Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));

  test.each([
    ['10.0.0.5'],
    ['169.254.169.254'],
    ['127.0.0.1'],
    ['::ffff:192.168.1.1'],
    ['93.184.216.34', '10.0.0.5'],
  ])('that a public name leads to (%s) is not connected to', async (...addresses) => {
    await reopen({ resolve: resolvesTo(...addresses) });
    const credentials = { authServer: 'https://northwind.halopsa.com/auth' };
    const error = await rejection(caller.call(listAgents, {}, { credentials }));
    expect(error).toMatchObject({ name: 'ConfigurationError', retryable: false });
    expect(error.message).toContain(addresses.at(-1));
    expect(error.message).toContain('onPremise: true for connection northwind-halo');
  });

  test('is connected to when the connection says on-premise', async () => {
    await reopen({ resolve: resolvesTo('127.0.0.1') });
    fake.onApi = (_seen, response) => reply(response, 200, []);
    const { port } = new URL(fake.url);
    const credentials = {
      resourceServer: `http://halo.northwind.test:${port}`,
      authServer: null,
      onPremise: true,
    };
    await expect(caller.call(listAgents, {}, { credentials })).resolves.toEqual([]);
  });

  test.each([
    [{ resourceServer: 'https://192.168.1.9' }, 'resourceServer of connection northwind-halo'],
    [{ authServer: 'http://northwind.halopsa.com/auth' }, 'authServer of connection northwind-halo'],
    [{ resourceServer: 'northwind' }, 'is not a URL'],
  ])(
    'or a server without encryption is refused before anything is sent: %j',
    async (credentials, message) => {
      const error = await rejection(caller.call(listAgents, {}, { credentials }));
      expect(error).toMatchObject({ name: 'ConfigurationError' });
      expect(error.message).toContain(message);
      expect(caller.budget.taken).toBe(0);
    },
  );
});
