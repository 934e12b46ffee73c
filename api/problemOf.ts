/** Errors of ours as problem documents: the status by the class, the class as `code`. */
import type { FastifyRequest, FastifySchemaValidationError } from 'fastify';
import { HaloflowError } from '../errors.ts';
import { isConnectionLoss } from '../store/store.ts';
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
};

/** The answer to a request that failed. */
export function problemOf(error: unknown, request: FastifyRequest): Problem {
  if (error instanceof Problem) return error;
  if (isConnectionLoss(error)) {
    return unavailable('the database does not answer: nothing was stored, send it again', error);
  }
  if (error instanceof HaloflowError) return ofClass(error);
  // The Temporal client's own, by name: what it asked for may have happened.
  if ((error as Error).name === 'ServiceError') {
    return unavailable('Temporal does not answer: look at what has happened before you ask again', error);
  }
  const { validation, validationContext } = error as {
    validation?: readonly FastifySchemaValidationError[];
    validationContext?: string;
  };
  if (validation) return invalid(validation, validationContext ?? 'input');
  const { statusCode: status = 500, message } = error as { statusCode?: number; message: string };
  if (status === 415) {
    return new Problem(
      415,
      'Unsupported Media Type',
      `${request.headers['content-type'] ?? 'a body without a content type'} is not understood: send JSON, a form ` +
        '(application/x-www-form-urlencoded), XML or text',
    );
  }
  if (status === 429) return new Problem(429, 'Too Many Requests', message);
  if (status < 500) {
    const title = status === 413 ? 'Content Too Large' : 'Bad Request';
    return new Problem(status, title, message, { cause: error });
  }
  request.log.error({ err: error, route: request.routeOptions.url }, 'a request failed');
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
    more: { code: error.name, ...errors, ...details },
  });
}

/** Every bad field is named. */
function invalid(found: readonly FastifySchemaValidationError[], where: string): Problem {
  const errors = found.map(({ instancePath, message, params }) => {
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
    if (pattern !== undefined && inWords[pattern] !== undefined) return { field, message: inWords[pattern] };
    const allowed = allowedValues ? `: ${allowedValues.map(String).join(', ')}` : '';
    return { field, message: `${message ?? 'does not fit'}${allowed}` };
  });
  const detail = errors.map(({ field, message }) => `${field} ${message}`).join('; ');
  return new Problem(400, 'Bad Request', detail, { more: { errors } });
}
