/** A small HTTP server that answers as a test says, for replies that no faithful Halo gives. */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import type { Action } from '../../actions/types.ts';
import { createHaloClient } from '../../halo/client.ts';
import type { HaloClientOptions } from '../../halo/client.ts';
import type { Budget, Grant, HaloCall, HaloClient, HaloCredentials } from '../../halo/types.ts';

/** In every test the secret of the connection; no error may hold it. */
export const SECRET = 'marker-secret/4711+ä';

export interface Seen {
  readonly method: string;
  /** Path without query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export type Answer = (seen: Seen, response: ServerResponse, index: number) => void | Promise<void>;

export interface FakeHalo {
  readonly url: string;
  /** Every request, tokens included. */
  readonly seen: Seen[];
  /** The requests below /api. */
  readonly api: () => Seen[];
  /** The token requests. */
  readonly tokenCalls: () => Seen[];
  /** How requests below /api are answered (index: of the request among those). */
  onApi: Answer;
  /** How token requests are answered; default a new token each time. */
  onToken: Answer;
  readonly credentials: (changes?: Partial<HaloCredentials>) => HaloCredentials;
  readonly close: () => Promise<void>;
}

/** Answers with JSON. */
export function reply(response: ServerResponse, status: number, body: unknown, headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

/** Answers with text as it is. */
export function raw(response: ServerResponse, status: number, body: string, type = 'text/plain'): void {
  response.writeHead(status, type === '' ? {} : { 'content-type': type });
  response.end(body);
}

/** A fake that listens. */
export async function startFakeHalo(onApi: Answer = answersNothing): Promise<FakeHalo> {
  const fake = createFakeHalo(onApi);
  await fake.listen();
  return fake;
}

/** Answers each request with an empty list. */
const answersNothing: Answer = (_seen, response) => reply(response, 200, []);

const givesTokens: Answer = (_seen, response, index) =>
  reply(response, 200, { access_token: `token-${index + 1}`, token_type: 'Bearer', expires_in: 3600 });

function createFakeHalo(
  onApi: Answer,
  onToken = givesTokens,
): FakeHalo & { readonly listen: () => Promise<void> } {
  const seen: Seen[] = [];
  const isToken = ({ path }: Seen): boolean => path.endsWith('/token');
  let server: Server;
  const fake = {
    url: '',
    seen,
    api: () => seen.filter(({ path }) => path.startsWith('/api/')),
    tokenCalls: () => seen.filter(isToken),
    onApi,
    onToken,
    credentials: (changes?: Partial<HaloCredentials>): HaloCredentials => ({
      connection: 'northwind-halo',
      resourceServer: fake.url,
      authServer: `${fake.url}/auth`,
      tenant: 'northwind',
      onPremise: false,
      clientId: 'client-1',
      clientSecret: SECRET,
      scope: 'all',
      ...changes,
    }),
    async listen() {
      Object.assign(fake, { onApi, onToken });
      seen.length = 0;
      server = createServer((request, response) => {
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        request.on('error', () => undefined);
        request.on('end', () => {
          const url = new URL(request.url ?? '/', 'http://fake');
          const entry: Seen = {
            method: request.method ?? '',
            path: url.pathname,
            query: Object.fromEntries(url.searchParams),
            headers: request.headers,
            body: Buffer.concat(chunks).toString(),
          };
          const token = isToken(entry);
          const index = (token ? fake.tokenCalls() : fake.api()).length;
          seen.push(entry);
          void (token ? fake.onToken : fake.onApi)(entry, response, index);
        });
      });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      fake.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return fake;
}

interface Used {
  /** The same object in all tests; each test starts with its first answers and nothing seen. */
  readonly fake: FakeHalo;
  readonly caller: Caller;
  /** Gives the caller another client, with a counting budget of its own. */
  readonly reopen: (options: HaloClientOptions) => Promise<void>;
}

/** Starts a fake and a caller before each test of the file or group, and closes them after it. */
export function useFakeHalo({
  onApi = answersNothing,
  onToken = givesTokens,
  ...options
}: HaloClientOptions & { readonly onApi?: Answer; readonly onToken?: Answer } = {}): Used {
  const fake = createFakeHalo(onApi, onToken);
  let current: Caller;
  beforeEach(async () => {
    await fake.listen();
    current = callerOf(fake, options);
  });
  afterEach(async () => {
    await current.client.close();
    await fake.close();
  });
  return {
    fake,
    caller: {
      get client() {
        return current.client;
      },
      get budget() {
        return current.budget;
      },
      call: (...asked) => current.call(...asked),
    },
    async reopen(changed) {
      await current.client.close();
      current = callerOf(fake, changed);
    },
  };
}

/** An action with only what a test is about. */
export function action(changes: Partial<Action>): Action {
  return {
    id: 'test.action',
    title: 'Test',
    method: 'GET',
    path: '/Thing',
    effect: 'read',
    input: {},
    output: {},
    ...changes,
  };
}

export const getTicket = action({ id: 'tickets.get', path: '/Tickets/{id}' });
export const listAgents = action({ id: 'agents.list', path: '/Agent', items: true });
export const listTickets = action({ id: 'tickets.list', path: '/Tickets', items: 'tickets', paged: true });
export const upsertTickets = action({
  id: 'tickets.upsert',
  method: 'POST',
  path: '/Tickets',
  effect: 'upsert',
});
export const deleteTicket = action({
  id: 'tickets.delete',
  method: 'DELETE',
  path: '/Tickets/{id}',
  effect: 'delete',
});
export const anyRequest = action({ id: 'halo.request', method: '*', path: '*' });

/** Grants at once, and keeps what was told about each grant. */
export interface CountingBudget extends Budget {
  taken: number;
  readonly replies: { status: number | null; retryAfterMs?: number }[];
}

export function countingBudget(): CountingBudget {
  const budget: CountingBudget = {
    taken: 0,
    replies: [],
    take(): Promise<Grant> {
      budget.taken += 1;
      return Promise.resolve({ replied: (told) => void budget.replies.push(told) });
    },
  };
  return budget;
}

/** A client whose calls go to one fake, with a counting budget. */
interface Caller {
  readonly client: HaloClient;
  readonly budget: CountingBudget;
  readonly call: (
    action: Action,
    input?: unknown,
    changes?: Partial<Omit<HaloCall, 'credentials'>> & { credentials?: Partial<HaloCredentials> },
  ) => Promise<unknown>;
}

function callerOf(fake: FakeHalo, options: HaloClientOptions = {}): Caller {
  const client = createHaloClient(options);
  const budget = countingBudget();
  return {
    client,
    budget,
    call: (chosen, input, { credentials, ...changes } = {}) =>
      client.execute({
        action: chosen,
        input,
        budget,
        ...changes,
        credentials: fake.credentials(credentials),
      }),
  };
}

/** What a promise is rejected with; fails when it is not. */
export async function rejection(promise: Promise<unknown>): Promise<Error> {
  const value = await promise.then(
    (result) => ({ result }),
    (error: unknown) => ({ error }),
  );
  if ('result' in value) throw new Error(`expected an error, not ${JSON.stringify(value.result)}`);
  return value.error as Error;
}
