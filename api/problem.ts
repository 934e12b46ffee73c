/** Refusals as problem documents (RFC 9457). */
import { maxHeaderSize } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyReply } from 'fastify';

/** An answer that is no success: thrown anywhere below a route, sent by the server's error handler. */
export class Problem extends Error {
  readonly status: number;
  readonly title: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly more: Readonly<Record<string, unknown>>;
  /** The detail without any part of the request. */
  readonly brief: string;

  /**
   * `brief` is the detail without any part of the request, if the detail quotes it. `more` are further members of the
   * document; nothing in it may be secret.
   */
  constructor(
    status: number,
    title: string,
    detail: string,
    options: {
      readonly headers?: Readonly<Record<string, string>>;
      readonly more?: Readonly<Record<string, unknown>>;
      readonly cause?: unknown;
      readonly brief?: string;
    } = {},
  ) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'Problem';
    this.status = status;
    this.title = title;
    this.headers = options.headers ?? {};
    this.more = options.more ?? {};
    this.brief = options.brief ?? detail;
  }
}

/** What each is called where the error says no other `code`; docs/errors.md has them. */
const CODES: Readonly<Record<number, string>> = {
  401: 'UnauthenticatedError',
  404: 'NotFoundError',
  429: 'TooManyRequests',
  500: 'InternalError',
  502: 'WorkflowFailed',
  503: 'Unavailable',
};

/** Sends it. */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply
    .code(problem.status)
    .headers({ 'cache-control': 'no-store', ...problem.headers })
    .type('application/problem+json')
    .send(documentOf(problem));
}

function documentOf({ status, title, message, more }: Problem): string {
  const code = CODES[status] ?? 'SchemaError';
  // What an error tells beside may have the names of the standard members.
  return JSON.stringify({ code, ...more, type: 'about:blank', title, status, detail: message });
}

const BROKEN = new Problem(400, 'Bad Request', 'this is no request of HTTP that could be read');
/** What Node refuses before there is a request. */
const BROKEN_BY: Readonly<Record<string, Problem>> = {
  HPE_HEADER_OVERFLOW: new Problem(
    431,
    'Request Header Fields Too Large',
    `the URL and the headers together may have ${maxHeaderSize} bytes at most`,
  ),
  ERR_HTTP_REQUEST_TIMEOUT: new Problem(408, 'Request Timeout', 'the request took too long to come'),
};

/** Answers what was no request, and hangs up. */
export function refuseBroken({ code = '' }: NodeJS.ErrnoException, socket: Socket): void {
  if (code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const problem = BROKEN_BY[code] ?? BROKEN;
  const text = documentOf(problem);
  socket.end(
    [
      `HTTP/1.1 ${problem.status} ${problem.title}`,
      'content-type: application/problem+json',
      `content-length: ${Buffer.byteLength(text)}`,
      'connection: close',
      '',
      text,
    ].join('\r\n'),
  );
}

/** The one answer to whoever has no right, or is at the wrong place: which of the two is not for them to know. */
export function unauthorized(): Problem {
  return new Problem(
    401,
    'Unauthorized',
    'no webhook has this URL and secret: copy the URL again from `haloflow triggers show`',
    { headers: { 'www-authenticate': 'Bearer' } },
  );
}

/** What came in is not stored, and may be sent again. */
export function unavailable(detail: string, cause?: unknown): Problem {
  return new Problem(503, 'Service Unavailable', detail, { headers: { 'retry-after': '5' }, cause });
}
