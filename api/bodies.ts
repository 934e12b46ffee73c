/** Bodies of requests: which kinds are understood, how large they may be. */
import { Transform } from 'node:stream';
import type { Readable } from 'node:stream';
import formbody from '@fastify/formbody';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DEEPEST, isTooDeep } from '../triggers/webhooks/nesting.ts';
import { Problem } from './problem.ts';

/** More than a run can be started with is of no use to anybody; a trigger's own limit is smaller. */
export const LARGEST_BODY_BYTES = 2_000_000;

/** JSON becomes its value, a form an object, XML and other text a string; anything else is refused with 415. */
export async function acceptBodies(server: FastifyInstance): Promise<void> {
  server.removeAllContentTypeParsers();
  const bytes = { parseAs: 'buffer' } as const;
  server.addContentTypeParser<Buffer>(
    /^(text\/|application\/([\w.-]+\+)?xml\b)/,
    bytes,
    async (request: FastifyRequest, body: Buffer) => textOf(request, body),
  );
  server.addContentTypeParser<Buffer>(
    /^(application|text)\/([\w.-]+\+)?json\b/,
    bytes,
    async (request: FastifyRequest, body: Buffer) => parseJson(textOf(request, body)),
  );
  await server.register(formbody);
}

/** In the charset that the request names, by default UTF-8. Throws a 415 for one that nobody knows. */
function textOf(request: FastifyRequest, body: Buffer): string {
  const [, charset = 'utf-8'] =
    /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(request.headers['content-type'] ?? '') ?? [];
  try {
    return new TextDecoder(charset).decode(body);
  } catch (cause) {
    const detail = `the charset ${charset} is not understood: send the body in UTF-8`;
    throw new Problem(415, 'Unsupported Media Type', detail, { cause });
  }
}

/** Refuses a body that is packed: it would be taken for text. Throws a 415. */
export function checkEncoding({ headers }: FastifyRequest): void {
  const encoding = headers['content-encoding'] ?? 'identity';
  if (/^(identity)?$/i.test(encoding.trim())) return;
  throw new Problem(
    415,
    'Unsupported Media Type',
    `a body with content-encoding ${encoding} is not understood: send it as it is, without compression`,
  );
}

function parseJson(text: string): unknown {
  if (text.trim() === '') return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Problem(400, 'Bad Request', `the body is no JSON: ${(cause as Error).message}`, { cause });
  }
  if (isTooDeep(value)) {
    throw new Problem(400, 'Bad Request', `the body is nested more than ${DEEPEST} levels deep`);
  }
  return value;
}

/** Refuses a body that says it is larger. Throws a 413. */
export function checkLength(request: FastifyRequest, limit: number): void {
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
}

/** The body as it arrives; breaks off with a 413 when it becomes larger, whatever it said. */
export function limited(payload: Readable, limit: number): Readable {
  let received = 0;
  const counting = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      received += chunk.length;
      Object.assign(counting, { receivedEncodedLength: received });
      if (received > limit) done(tooLarge(limit));
      else done(null, chunk);
    },
  });
  payload.on('error', (error) => counting.destroy(error));
  return payload.pipe(counting);
}

/** The answer to a body of more bytes. */
export function tooLarge(limit: number, cause?: unknown): Problem {
  return new Problem(413, 'Content Too Large', `the body may have ${limit} bytes at most`, {
    headers: { connection: 'close' },
    cause,
  });
}

/** Refuses every other method, whatever secret comes along. */
export function onlyPost(server: FastifyInstance, url: string): void {
  server.route({
    method: ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    url,
    onRequest: async () => {
      throw new Problem(405, 'Method Not Allowed', 'webhooks are called with POST', {
        headers: { allow: 'POST' },
      });
    },
    handler: async () => undefined,
  });
}
