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
  const text = { parseAs: 'string' } as const;
  server.addContentTypeParser(/^(text\/|application\/([\w.-]+\+)?xml\b)/, text, (_request, body, done) => {
    done(null, body);
  });
  server.addContentTypeParser(/^(application|text)\/([\w.-]+\+)?json\b/, text, (_request, body, done) => {
    try {
      done(null, parseJson(String(body)));
    } catch (error) {
      done(error as Error);
    }
  });
  await server.register(formbody);
}

function parseJson(text: string): unknown {
  if (text.trim() === '') return null;
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
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

function tooLarge(limit: number): Problem {
  return new Problem(413, 'Content Too Large', `the body may have ${limit} bytes at most`, {
    headers: { connection: 'close' },
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
