/** A Halo for tests that answers what it is told and keeps what it was asked. */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request below `/api`, in the words of a fixture. */
export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** `base64` for a file; an empty string for no content. */
export interface RecordedReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly base64?: string;
}

export interface Recorder {
  readonly url: string;
  /** What was asked below `/api` since the last `expect`, discovery and tokens apart. */
  readonly requests: readonly RecordedRequest[];
  /** The bearer tokens that came along, in order. */
  readonly tokens: readonly string[];
  /** Forgets what was asked, and answers the next requests so, one reply each. */
  expect(replies: readonly RecordedReply[]): void;
  close(): Promise<void>;
}

const TOKEN = { access_token: 'token-of-the-recorder', token_type: 'Bearer', expires_in: 3600 };

/** Starts the recorder on a free port of the loopback interface. A request too many is answered 410. */
export async function startRecorder(): Promise<Recorder> {
  const requests: RecordedRequest[] = [];
  const tokens: string[] = [];
  const waiting: RecordedReply[] = [];
  const server = createServer((request, response) => {
    void respond(request, response);
  });

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', url);
    const text = await bodyOf(request);
    if (pathname === '/auth/token') return send(response, { status: 200, body: TOKEN });
    if (pathname.toLowerCase() === '/api/authinfo') {
      return send(response, { status: 200, body: { auth_url: `${url}/auth`, tenant_id: 'recorded' } });
    }
    tokens.push(request.headers.authorization ?? '');
    requests.push({
      method: request.method ?? '',
      path: pathname.replace(/^\/api/, ''),
      ...(searchParams.size > 0 ? { query: Object.fromEntries(searchParams) } : {}),
      ...(text === '' ? {} : { body: JSON.parse(text) as unknown }),
    });
    send(response, waiting.shift() ?? { status: 410, body: 'not expected by the fixture' });
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    requests,
    tokens,
    expect(replies) {
      requests.length = 0;
      tokens.length = 0;
      waiting.splice(0, waiting.length, ...replies);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, { status, headers = {}, body, base64 }: RecordedReply): void {
  if (base64 !== undefined) {
    response.writeHead(status, headers).end(Buffer.from(base64, 'base64'));
    return;
  }
  const text = body === '' || body === undefined ? '' : JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
}
