/** One error class for each thing a caller can do about it; `name` is the type in Temporal, the API and the command. */

/** What every error of ours may carry besides its message. */
export interface HaloflowErrorOptions extends ErrorOptions {
  /** Whether trying the same thing again can help. */
  readonly retryable?: boolean;
  /** How long to wait before the next try, in milliseconds. */
  readonly retryAfterMs?: number;
  /** HTTP status, where there was a reply. */
  readonly status?: number;
  /** Allow-listed facts for machines (field paths, candidates); never a secret. */
  readonly details?: Readonly<Record<string, unknown>>;
}

export abstract class HaloflowError extends Error {
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;
  readonly status: number | undefined;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(message: string, options: HaloflowErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.retryable = options.retryable ?? false;
    this.retryAfterMs = options.retryAfterMs;
    this.status = options.status;
    this.details = options.details;
  }
}

/** Halo could not be reached, or the request certainly was not processed: name, refused, TLS, a read that timed out. */
export class HaloConnectionError extends HaloflowError {
  constructor(message: string, options: HaloflowErrorOptions = {}) {
    super(message, { retryable: true, ...options });
  }
}
/** Halo refused the input (400, 422) with its own reason. */
export class HaloValidationError extends HaloflowError {}
/** The credentials do not work: token refused, or 401 after one refresh. */
export class HaloAuthenticationError extends HaloflowError {}
/** The application or its agent lacks a right or scope (403). */
export class HaloPermissionError extends HaloflowError {}
/** Halo has no such record or route (404). */
export class HaloNotFoundError extends HaloflowError {}
/** Halo's rate limit is used up (429). */
export class HaloRateLimitError extends HaloflowError {
  constructor(message: string, options: HaloflowErrorOptions = {}) {
    super(message, { retryable: true, ...options });
  }
}
/** Halo failed (5xx), or answered something that is not Halo's. */
export class HaloServerError extends HaloflowError {
  constructor(message: string, options: HaloflowErrorOptions = {}) {
    super(message, { retryable: true, ...options });
  }
}
/** A write whose reply was lost: it has happened or not. Never retried blindly. */
export class HaloOutcomeUnknownError extends HaloflowError {}
/** Input or reply does not fit its schema; every bad field is named. */
export class SchemaError extends HaloflowError {}
/** Something has to be configured, mapped or connected first. */
export class ConfigurationError extends HaloflowError {}
/** Who asks is not known: no API token, or one that is unknown, revoked or expired. */
export class UnauthenticatedError extends HaloflowError {}
/** Who asks may see it and may not do this to it: the role is too low. */
export class ForbiddenError extends HaloflowError {}
/** There is nothing of that name that who asks may see. */
export class NotFoundError extends HaloflowError {}
/** It would break something that is there, or something of that name is there already. */
export class ConflictError extends HaloflowError {}
/** The worker died during the task, or the task killed workers repeatedly and was set aside. */
export class WorkerDiedError extends HaloflowError {}
/** A part of haloflow does not answer, or is locked by others for too long; nothing was done. */
export class Unavailable extends HaloflowError {
  constructor(message: string, options: HaloflowErrorOptions = {}) {
    super(message, { retryable: true, ...options });
  }
}
