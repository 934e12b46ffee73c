/** Serves the table of routes under `/api/v1`, with their rights, checks and documentation. */
import { timingSafeEqual } from 'node:crypto';
import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { Ajv } from 'ajv';
import type { ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { demandRole, LOCAL } from '../../access/principal.ts';
import type { Principal } from '../../access/principal.ts';
import { principalOf } from '../../access/tokens.ts';
import { UnauthenticatedError } from '../../errors.ts';
import { changingAs } from '../../organizations/changing.ts';
import { checkEncoding } from '../bodies.ts';
import { acceptJson } from './json.ts';
import { PREFIX } from './prefix.ts';
import { routes } from './routes/index.ts';
import { object } from './schema.ts';
import type { Control, Route } from './types.ts';

/** A body of more bytes is refused. */
const BODY_LIMIT = 1024 * 1024;

const ajv = (coerceTypes: boolean | 'array'): Ajv => {
  const made = new Ajv({
    coerceTypes,
    useDefaults: true,
    allErrors: true,
    removeAdditional: false,
    strict: false,
  });
  // Its default export is the module itself where TypeScript reads it as CommonJS.
  (addFormats as unknown as (ajv: Ajv) => void)(made);
  const { validate } = made.formats['date-time'] as { readonly validate: (text: string) => boolean };
  made.addFormat('date-time', (text: string) => validate(text) && isTime(new Date(text)));
  return made;
};
/** What Postgres and Halo take, too: no leap second, and a year of four digits. */
const isTime = (date: Date): boolean => date.getUTCFullYear() >= 1 && date.getUTCFullYear() <= 9999;
const strict = ajv(false);
/** What stands in a URL is text. */
const lenient = ajv('array');

const NO_TOKEN =
  'no token was given: send one as `Authorization: Bearer <token>`; `haloflow tokens create` on the machine of haloflow makes one';

export interface ControlOptions {
  /** Text that makes a request the command line's own. */
  readonly localToken?: string | undefined;
  readonly version: string;
}

/** Registers all routes. */
export async function controlPlane(
  server: FastifyInstance,
  control: Control,
  { localToken, version }: ControlOptions,
): Promise<void> {
  readStrictly(server);
  await registerPlugins(server, version);
  const closing = new AbortController();
  server.addHook('preClose', (done) => {
    closing.abort();
    done();
  });
  const askedBy = async (request: FastifyRequest): Promise<Principal> => {
    const text = bearer(request);
    if (text === '') throw new UnauthenticatedError(NO_TOKEN);
    return isSame(text, localToken) ? LOCAL : await principalOf(control.store, text);
  };
  for (const route of routes) serve(server, route, { control, askedBy, closing: closing.signal });
  server.get(`${PREFIX}/openapi.json`, { schema: { hide: true } }, () => server.swagger());
}

/** What comes in is JSON, held against its schema. */
function readStrictly(server: FastifyInstance): void {
  server.setValidatorCompiler(({ schema, httpPart }) => {
    let compiled: ValidateFunction | undefined;
    // At the first request: a command asks one route, and would wait for all of them.
    return (value) => {
      compiled ??= (httpPart === 'body' ? strict : lenient).compile(schema as object);
      return compiled(value) || { error: compiled.errors ?? [] };
    };
  });
  // Replies are described for readers; what is sent is what the handler returned.
  server.setSerializerCompiler(() => (data) => JSON.stringify(data));
  acceptJson(server);
}

async function registerPlugins(server: FastifyInstance, version: string): Promise<void> {
  await server.register(helmet, { contentSecurityPolicy: false });
  await server.register(cors, { origin: origins() });
  await server.register(rateLimit, {
    max: 24_000,
    timeWindow: '1 minute',
    keyGenerator: (request: FastifyRequest) => bearer(request) || request.ip,
  });
  await server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'haloflow',
        version,
        description: 'The control plane of haloflow: organizations, connections, mappings, triggers, runs.',
      },
      // Where the document itself comes from, whatever stands before haloflow.
      servers: [{ url: '/' }],
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
      security: [{ token: [] }],
    },
  });
  await server.register(swaggerUi, { routePrefix: `${PREFIX}/docs` });
}

interface Serving {
  readonly control: Control;
  readonly askedBy: (request: FastifyRequest) => Promise<Principal>;
  /** Aborted when the server closes. */
  readonly closing: AbortSignal;
}

function serve(server: FastifyInstance, route: Route, { control, askedBy, closing }: Serving): void {
  const principals = new WeakMap<FastifyRequest, Principal>();
  server.route({
    method: route.method,
    url: PREFIX + route.path.replaceAll(/\{(\w+)\}/g, ':$1'),
    bodyLimit: route.bodyLimit ?? BODY_LIMIT,
    schema: schemaOf(route),
    onRequest: async (request) => {
      const principal = await askedBy(request);
      demandRole(principal, route.role);
      principals.set(request, principal);
      checkEncoding(request);
    },
    handler: async (request, reply) => {
      const principal = principals.get(request);
      if (!principal) throw new UnauthenticatedError(NO_TOKEN);
      const gone = new AbortController();
      reply.raw.once('close', () => gone.abort());
      const { params, query, body, headers } = request;
      const hangUp = (): void => void reply.raw.destroy();
      const asked = { principal, params, query, body, headers, signal: gone.signal, closing, hangUp };
      const answered = await changingAs(`${route.id} by ${principal.actor}`, () =>
        route.handle(control, asked),
      );
      return (
        reply
          // A plan has made nothing.
          .code((body as { plan?: unknown } | undefined)?.plan === true ? 200 : (route.status ?? 200))
          .type(route.type ?? 'application/json; charset=utf-8')
          .headers({
            'cache-control': 'no-store',
            // A stream's connection has no other use, and would hold up a server that closes.
            ...(route.type ? { connection: 'close', 'x-accel-buffering': 'no' } : {}),
          })
          .send(answered)
      );
    },
  });
}

/** Web pages of these origins may call the API: `HALOFLOW_API_ORIGINS`, separated by commas; default none. */
function origins(): string[] | false {
  const given = (process.env['HALOFLOW_API_ORIGINS'] ?? '').split(',').map((origin) => origin.trim());
  const named = given.filter((origin) => origin !== '');
  return named.length > 0 ? named : false;
}

/** Says nothing of how much of the text was right, by the time it takes either. */
function isSame(text: string, secret: string | undefined): boolean {
  const [given, wanted] = [Buffer.from(text), Buffer.from(secret ?? '')];
  return wanted.length > 0 && given.length === wanted.length && timingSafeEqual(given, wanted);
}

const bearer = (request: FastifyRequest): string =>
  /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';

function schemaOf(route: Route): object {
  const { params, query, body } = route;
  return {
    operationId: route.id,
    summary: route.summary,
    description: [route.description, `Needs the role ${route.role}.`].filter(Boolean).join(' '),
    tags: [route.id.split('.')[0]],
    ...(params ? { params: object(params) } : {}),
    querystring: object(query ?? { properties: {} }),
    ...(body ? { body: object(body) } : {}),
    response: {
      [route.status ?? 200]: route.type
        ? { description: 'Done', content: { [route.type]: { schema: route.reply } } }
        : { description: 'Done', ...route.reply },
      default: {
        description: 'Why not (RFC 9457); `code` is one of docs/errors.md',
        content: { 'application/problem+json': { schema: problem } },
      },
    },
  };
}

const problem = {
  type: 'object',
  required: ['title', 'status', 'detail', 'code'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'what is wrong, and what to do' },
    code: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: { field: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
};
