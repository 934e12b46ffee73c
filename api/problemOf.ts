/** Errors of ours as problem documents: the status by the class, the class as `code`. */
import type { FastifyRequest, FastifySchemaValidationError } from 'fastify';
import { HaloflowError } from '../errors.ts';
import { isUnavailable } from '../store/store.ts';
import { notUnderstood, tooLarge, WEBHOOK_BODIES } from './bodies.ts';
import { PREFIX } from './control/prefix.ts';
import { inWords } from './control/schema.ts';
import { Problem, unavailable } from './problem.ts';

/** What each class is over HTTP; docs/errors.md has the same table. */
const STATUS: Readonly<Record<string, readonly [number, string]>> = {
  SchemaError: [400, 'Bad Request'],
  UnauthenticatedError: [401, 'Unauthorized'],
  ForbiddenError: [403, 'Forbidden'],
  NotFoundError: [404, 'Not Found'],
  ConflictError: [409, 'Conflict'],
  ConfigurationError: [422, 'Unprocessable Content'],
  HaloValidationError: [502, 'Bad Gateway'],
  HaloAuthenticationError: [502, 'Bad Gateway'],
  HaloPermissionError: [502, 'Bad Gateway'],
  HaloNotFoundError: [502, 'Bad Gateway'],
  HaloServerError: [502, 'Bad Gateway'],
  HaloOutcomeUnknownError: [502, 'Bad Gateway'],
  HaloConnectionError: [504, 'Gateway Timeout'],
  HaloRateLimitError: [503, 'Service Unavailable'],
  Unavailable: [503, 'Service Unavailable'],
  WorkerDiedError: [503, 'Service Unavailable'],
};

/** What Fastify's own refusals of a body mean. */
const BODIES: Readonly<Record<string, string>> = {
  FST_ERR_CTP_EMPTY_JSON_BODY:
    'the JSON body is missing: send one, such as {}, or leave out the header content-type if there is nothing to send',
  FST_ERR_CTP_INVALID_JSON_BODY: 'the body is not JSON: it cannot be read, or has a key such as __proto__',
};

const NO_TIME = 'must be a time such as 2026-11-25T20:05:00Z';

/** The answer to a request that failed. */
export function problemOf(error: unknown, request: FastifyRequest): Problem {
  if (error instanceof Problem) return error;
  // One of ours may be about a connection that was lost, too: Halo's.
  if (error instanceof HaloflowError) return ofClass(error);
  if (isUnavailable(error)) {
    return unavailable(
      'the database does not answer or its disk is full: nothing was stored, send it again',
      error,
    );
  }
  // The Temporal client's own, by name: what it asked for may have happened.
  if ((error as Error).name === 'ServiceError') {
    return unavailable('Temporal does not answer: look at what has happened before you ask again', error);
  }
  const { validation, validationContext } = error as {
    validation?: readonly FastifySchemaValidationError[];
    validationContext?: string;
  };
  if (validation) return invalid(validation, validationContext ?? 'input');
  const {
    statusCode: status = 500,
    message,
    code,
  } = error as { statusCode?: number; message: string; code?: string };
  if (status === 415) {
    const takes = request.url.startsWith(PREFIX) ? 'JSON (application/json)' : WEBHOOK_BODIES;
    return notUnderstood(request.headers['content-type'] ?? '', takes);
  }
  if (status === 413) return tooLarge(request.routeOptions.bodyLimit, error);
  if (status === 429) return new Problem(429, 'Too Many Requests', message);
  if (code === 'FST_ERR_BAD_URL') {
    const detail = 'the URL cannot be decoded: write every % in it as %25, and other characters as UTF-8';
    return new Problem(400, 'Bad Request', detail, {
      cause: error,
      more: { errors: [{ field: 'url', message: detail }] },
    });
  }
  if (status < 500) {
    const isBody = code?.startsWith('FST_ERR_CTP_') === true;
    const detail = isBody ? (BODIES[code] ?? `the body is not JSON: ${message}`) : message;
    const errors = isBody ? { more: { errors: [{ field: 'body', message: detail }] } } : {};
    return new Problem(status, 'Bad Request', detail, { cause: error, ...errors });
  }
  // What was under way ends when who asked hangs up, and that is no failure.
  const isGone = (error as Error).name === 'AbortError' && request.raw.socket.destroyed;
  if (isGone) request.log.info({ route: request.routeOptions.url }, 'who asked has gone');
  else request.log.error({ err: error, route: request.routeOptions.url }, 'a request failed');
  return new Problem(500, 'Internal Server Error', 'haloflow failed at this; its log says more', {
    cause: error,
  });
}

function ofClass(error: HaloflowError): Problem {
  const [status, title] = STATUS[error.name] ?? [500, 'Internal Server Error'];
  const headers = {
    ...(error.retryAfterMs === undefined
      ? {}
      : { 'retry-after': String(Math.ceil(error.retryAfterMs / 1000)) }),
    ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
  };
  const { details, message } = error;
  const field = details?.['field'];
  const errors = typeof field === 'string' ? { errors: [{ field, message }] } : {};
  return new Problem(status, title, message, {
    headers,
    cause: error,
    more: { ...errors, ...details, code: error.name },
  });
}

/** Of bad fields; whoever sends more gets the rest after these. */
const MOST_NAMED = 100;

/** Every bad field is named. */
function invalid(found: readonly FastifySchemaValidationError[], where: string): Problem {
  const errors = found.slice(0, MOST_NAMED).map(({ keyword, instancePath, message, params }) => {
    const { missingProperty, additionalProperty, pattern, allowedValues } = params as {
      readonly missingProperty?: string;
      readonly additionalProperty?: string;
      readonly pattern?: string;
      readonly allowedValues?: readonly (string | number | null)[];
    };
    const place = `${where === 'querystring' ? 'query' : where}${instancePath.replaceAll('/', '.')}`;
    const own = missingProperty ?? additionalProperty;
    const field = own === undefined ? place : `${place}.${own}`;
    if (additionalProperty !== undefined) return { field, message: 'there is no such field: leave it out' };
    if (missingProperty !== undefined) return { field, message: 'is missing: it has to be given' };
    if (keyword === 'format' && params['format'] === 'date-time') return { field, message: NO_TIME };
    if (pattern !== undefined && inWords[pattern] !== undefined) return { field, message: inWords[pattern] };
    const allowed = allowedValues ? `: ${allowedValues.map(String).join(', ')}` : '';
    return { field, message: `${message ?? 'does not fit'}${allowed}` };
  });
  const rest = found.length > errors.length ? [`and ${found.length - errors.length} more like these`] : [];
  const detail = [...errors.map(({ field, message }) => `${field} ${message}`), ...rest].join('; ');
  return new Problem(400, 'Bad Request', detail, { more: { errors } });
}
