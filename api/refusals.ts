/** Records refused deliveries for the operator, if the secret was right: otherwise they belong to no known trigger. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { createRefusals } from '../triggers/webhooks/refusals.ts';
import { Problem } from './problem.ts';
import { problemOf } from './problemOf.ts';
import type { Serving } from './types.ts';

/**
 * Records what the server's routes refuse; `callerOf` returns whose request it is, or undefined while that is unknown.
 */
export function noteRefusals(
  server: FastifyInstance,
  { store, log }: Serving,
  callerOf: (request: FastifyRequest) => string | undefined,
): void {
  const refusals = createRefusals(store, (err) => log.warn({ err }, 'could not store refused deliveries'));
  server.addHook('onError', async (request, _reply, error) => {
    const name = callerOf(request);
    const { statusCode = 500 } = error as { readonly statusCode?: number };
    if (name === undefined || (!(error instanceof Problem) && statusCode >= 500)) return;
    const { status, brief } = problemOf(error, request);
    if (status < 500) refusals.note({ name, status, reason: brief });
  });
  server.addHook('onClose', () => refusals.close());
}
