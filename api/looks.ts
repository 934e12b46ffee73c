/** What URLs of webhooks answer to other methods than POST: senders look at one before they use it. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from './problem.ts';

/** The paths, and each with a slash at its end: people add one when they copy a URL. */
export function withSlashes(paths: readonly string[]): string[] {
  return paths.flatMap((path) => [path, `${path}/`]);
}

/**
 * GET and HEAD are answered with 204, once `authenticate` has let them pass, which throws a 401: they tell of the secret
 * what a POST tells. Other methods are refused, whatever secret comes along.
 */
export function answerLooks(
  server: FastifyInstance,
  url: string,
  authenticate: (request: FastifyRequest) => Promise<unknown>,
): void {
  server.route({
    method: ['GET', 'HEAD'],
    url,
    onRequest: async (request) => {
      await authenticate(request);
    },
    handler: (_request, reply) => reply.code(204).header('cache-control', 'no-store').send(),
  });
  server.route({
    method: ['PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    url,
    onRequest: async () => {
      throw new Problem(405, 'Method Not Allowed', 'use POST to call a webhook', {
        headers: { allow: 'POST, GET, HEAD' },
      });
    },
    handler: async () => undefined,
  });
}
