/** Bodies of requests: which kinds are understood, how large they may be. */
import { Transform } from 'node:stream';
import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { readJson } from '../foreignJson.ts';
import { DEEPEST, isTooDeep } from '../triggers/webhooks/nesting.ts';
import { charsetOf, formIn, lossOf, textIn } from './charset.ts';
import { Problem } from './problem.ts';

/** More than a run can be started with is of no use to anybody; a trigger's own limit is smaller. */
export const LARGEST_BODY_BYTES = 2_000_000;

/** The kinds of bodies that {@link bodyOf} accepts, for messages. */
export const WEBHOOK_BODIES = 'JSON, a form (application/x-www-form-urlencoded), XML or text';

const JSON_TYPE = /^(application|text)\/([\w.-]+\+)?json\b/i;
const FORM_TYPE = /^application\/x-www-form-urlencoded\b/i;
const TEXT_TYPE = /^(text\/|application\/([\w.-]+\+)?xml\b)/i;

/** Parses bodies with {@link bodyOf}; `lossOf` returns what was lost of bytes that are invalid in their charset. */
export function acceptBodies(server: FastifyInstance): { lossOf(request: FastifyRequest): string | null } {
  const losses = new WeakMap<FastifyRequest, string | null>();
  server.removeAllContentTypeParsers();
  server.addContentTypeParser<Buffer>(
    '*',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, bytes: Buffer) => {
      const type = request.headers['content-type'] ?? '';
      const value = bodyOf(type, bytes);
      losses.set(request, lossOf(charsetOf(type, bytes), bytes));
      return value;
    },
  );
  return { lossOf: (request) => losses.get(request) ?? null };
}

/**
 * JSON becomes its value, a form an object, XML and other text a string. A JSON object or array is read as JSON whatever
 * its content type: `curl -d` labels it as a form.
 *
 * @throws Problem 415 for other types and charsets, 400 for invalid JSON and for too deep nesting.
 */
export function bodyOf(contentType: string, bytes: Buffer): unknown {
  const charset = charsetOf(contentType, bytes);
  const text = textIn(charset, bytes);
  if (JSON_TYPE.test(contentType)) return text.trim() === '' ? null : checked(parseJson(text));
  const json = jsonIn(text);
  if (json !== null) return checked(json);
  if (FORM_TYPE.test(contentType)) return formIn(charset, bytes);
  if (TEXT_TYPE.test(contentType)) return text;
  throw notUnderstood(contentType, WEBHOOK_BODIES);
}

function parseJson(text: string): unknown {
  try {
    return readJson(text);
  } catch (cause) {
    const brief = 'the body is not JSON';
    throw new Problem(400, 'Bad Request', `${brief}: ${(cause as Error).message}`, { cause, brief });
  }
}

/** The object or array in a JSON text; null for any other text. */
function jsonIn(text: string): object | null {
  if (!/^\s*[[{]/.test(text)) return null;
  try {
    return readJson(text) as object;
  } catch {
    return null;
  }
}

function checked(value: unknown): unknown {
  if (!isTooDeep(value)) return value;
  throw new Problem(400, 'Bad Request', `the body is nested more than ${DEEPEST} levels deep`);
}

/** The answer to an unsupported type of body. */
export function notUnderstood(contentType: string, takes: string): Problem {
  const type = contentType === '' ? 'a body without a content type' : contentType;
  return new Problem(415, 'Unsupported Media Type', `${type} is not supported: send ${takes}`);
}

/** Refuses a body that is packed: it would be taken for text. Throws a 415. */
export function checkEncoding({ headers }: FastifyRequest): void {
  const encoding = headers['content-encoding'] ?? 'identity';
  if (/^(identity)?$/i.test(encoding.trim())) return;
  throw new Problem(
    415,
    'Unsupported Media Type',
    `a body with content-encoding ${encoding} is not supported: send it without compression`,
  );
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
