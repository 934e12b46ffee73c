import { Agent, request, type Dispatcher } from 'undici';
import { startSandbox, type SandboxOptions, type SandboxTenant } from '../../sandbox/sandbox.ts';
import { control, type Control } from '../support/sandbox.ts';

export type Json = Record<string, unknown>;

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly bytes: Buffer;
  /** The body as one JSON object. Throws when it is none. */
  object(): Json;
  /** The body as a JSON array of objects. Throws when it is none. */
  array(): Json[];
  /** The rows under a key of the body. */
  rows(key: string): Json[];
}

interface RequestOptions {
  readonly method?: Dispatcher.HttpMethod;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

/** A caller with a token. Paths are below `/api/`. */
export interface Session {
  readonly token: string;
  get(path: string): Promise<Answer>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
  remove(path: string): Promise<Answer>;
}

export interface Opened {
  readonly tenant: SandboxTenant;
  readonly other: SandboxTenant;
  readonly control: Control;
  /** A request without a token to any path of the tenant. */
  raw(path: string, options?: RequestOptions): Promise<Answer>;
  /** Posts the form to the token endpoint, with the tenant's credentials unless the form has others. */
  token(form?: Record<string, string>, query?: string): Promise<Answer>;
  login(scope?: string): Promise<Session>;
  close(): Promise<void>;
}

/** Starts a sandbox on free ports, without a limit that tests would run into, for the tenant northwind. */
export async function openSandbox(options: SandboxOptions = {}): Promise<Opened> {
  const sandbox = await startSandbox(options);
  const [tenant, other] = sandbox.tenants;
  if (!tenant || !other) throw new Error('the sandbox has two tenants');
  const dispatcher = new Agent();
  const raw: Opened['raw'] = async (path, { method = 'GET', headers = {}, body } = {}) => {
    const reply = await request(`${tenant.baseUrl}${path}`, {
      method,
      headers,
      body: body ?? null,
      dispatcher,
    });
    const bytes = Buffer.from(await reply.body.arrayBuffer());
    return answer(reply.statusCode, reply.headers, bytes);
  };
  const token: Opened['token'] = (form = {}, query = '') => {
    const credentials = { client_id: tenant.clientId, client_secret: tenant.clientSecret };
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      ...credentials,
      ...form,
    }).toString();
    return raw(`/auth/token${query}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body,
    });
  };
  await control(tenant).settings({ rateLimit: { requests: 100_000, perSeconds: 300 } });
  return {
    tenant,
    other,
    control: control(tenant),
    raw,
    token,
    login: async (scope = 'all') => session(raw, String((await token({ scope })).object()['access_token'])),
    close: async () => {
      await dispatcher.close();
      await sandbox.close();
    },
  };
}

function session(raw: Opened['raw'], token: string): Session {
  const authorization = `Bearer ${token}`;
  return {
    token,
    get: (path) => raw(`/api/${path}`, { headers: { authorization } }),
    post: (path, body, headers = {}) =>
      raw(`/api/${path}`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    remove: (path) => raw(`/api/${path}`, { method: 'DELETE', headers: { authorization } }),
  };
}

function answer(status: number, headers: Answer['headers'], bytes: Buffer): Answer {
  const text = bytes.toString('utf8');
  return {
    status,
    headers,
    text,
    bytes,
    object: () => JSON.parse(text) as Json,
    array: () => JSON.parse(text) as Json[],
    rows: (key) => (JSON.parse(text) as Record<string, Json[]>)[key] ?? [],
  };
}
