/** The HTTP side of triggers: URLs of webhook triggers, and those that Halo's own webhooks call. */
import Fastify, { LogController } from 'fastify';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { ConfigurationError } from '../errors.ts';
import { trustedProxies } from './clientAddress.ts';
import { limitFailures } from './failures.ts';
import { healthRoutes } from './health.ts';
import { haloWebhookRoutes } from './haloWebhooks.ts';
import { controlPlane } from './control/control.ts';
import type { ControlOptions } from './control/control.ts';
import type { Control } from './control/types.ts';
import { Problem, refuseBroken, sendProblem } from './problem.ts';
import { problemOf } from './problemOf.ts';
import type { Intake } from './types.ts';
import { webhookRoutes } from './webhooks.ts';

export interface ApiOptions {
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  /** haloflow's own, for the API's document. */
  readonly version?: string;
  /** Text that makes a request the command line's own. */
  readonly localToken?: string;
  /** Pino or like it; default: no log. */
  readonly log?: FastifyBaseLogger;
}

export interface RunningApi {
  /** `http://127.0.0.1:17001` */
  readonly url: string;
  /** Takes no more requests and lets those under way finish; who waits for a run's result gets its id instead. */
  close(): Promise<void>;
}

/** Time for a request to arrive whole. */
const REQUEST_TIMEOUT_MS = 60_000;
/** Requests that are still under way this long after the server was told to close are cut off. */
const CLOSE_AFTER_MS = 5_000;

/**
 * Listens.
 *
 * @throws ConfigurationError when the address cannot be listened on.
 */
export async function startApi(
  intake: Intake,
  { host, port, version = '0', localToken, log }: ApiOptions,
): Promise<RunningApi> {
  const closing = new AbortController();
  const server = createServer(log);
  const serving = { ...intake, ...intake.deliveries, closing: closing.signal, log: server.log };
  healthRoutes(server, { ...controlOf(intake), workers: intake.workers });
  await server.register((routes) => webhookRoutes(routes, serving));
  await server.register((routes) => haloWebhookRoutes(routes, serving));
  await server.register((routes) => controlPlane(routes, controlOf(intake), { version, localToken }));
  try {
    return {
      url: await server.listen({ host, port }),
      async close() {
        closing.abort();
        const timer = setTimeout(() => server.server.closeAllConnections(), CLOSE_AFTER_MS);
        await server.close();
        clearTimeout(timer);
      },
    };
  } catch (cause) {
    await server.close();
    throw new ConfigurationError(
      `the API cannot listen on ${host} port ${port}: ${(cause as Error).message}. Stop what uses it, or set ` +
        'HALOFLOW_API_HOST and HALOFLOW_API_PORT to another address.',
      { cause },
    );
  }
}

/** The control plane alone, for the command line: nothing listens, requests are injected. */
export async function createControlPlane(
  control: Control,
  options: ControlOptions,
): Promise<FastifyInstance> {
  const server = createServer(undefined);
  await server.register((routes) => controlPlane(routes, control, options));
  await server.ready();
  return server;
}

const controlOf = ({ starter, ...parts }: Intake): Control => ({
  ...parts,
  taskQueue: starter.taskQueue,
  starter: () => Promise.resolve(starter),
});

function createServer(log: FastifyBaseLogger | undefined): FastifyInstance {
  const server: FastifyInstance = Fastify({
    ...(log ? { loggerInstance: log } : { logger: false }),
    // Fastify's own lines hold whole URLs, which hold secrets.
    logController: new LogController({ disableRequestLogging: true }),
    requestTimeout: REQUEST_TIMEOUT_MS,
    trustProxy: trustedProxies(),
    routerOptions: { maxParamLength: 500 },
    // What fails before there is a route, such as a URL that cannot be decoded.
    frameworkErrors: (error, request, reply) => void sendProblem(reply, problemOf(error, request)),
    clientErrorHandler: refuseBroken,
  });
  limitFailures(server);
  server.addHook('onResponse', (request, reply, done) => {
    const { method, routeOptions, params } = request;
    const { trigger, connection } = (params ?? {}) as Readonly<Record<string, string>>;
    request.log.info(
      {
        method,
        route: routeOptions.url,
        trigger,
        connection,
        status: reply.statusCode,
        ms: reply.elapsedTime,
      },
      'answered',
    );
    done();
  });
  server.setErrorHandler((error, request, reply) => sendProblem(reply, problemOf(error, request)));
  server.setNotFoundHandler((_request, reply) =>
    sendProblem(reply, new Problem(404, 'Not Found', 'nothing is served at this path')),
  );
  return server;
}
