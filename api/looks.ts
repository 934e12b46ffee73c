/** Answers other methods than POST on webhook URLs: senders check a URL before they use it. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from './problem.ts';

/** The paths, each with and without a slash at its end: people add one when they copy a URL. */
export function withSlashes(paths: readonly string[]): string[] {
  return paths.flatMap((path) => [path, `${path}/`]);
}

/**
 * Answers GET and HEAD with 204 after `authenticate`, which throws a 401 as for a POST. Refuses other methods, whatever
 * their secret.
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
