import { ActivityFailure, ApplicationFailure, TimeoutFailure } from '@temporalio/workflow';

/** The class names that a failed call can carry. */
export type ErrorType =
  | 'HaloConnectionError'
  | 'HaloValidationError'
  | 'HaloAuthenticationError'
  | 'HaloPermissionError'
  | 'HaloNotFoundError'
  | 'HaloRateLimitError'
  | 'HaloServerError'
  | 'HaloOutcomeUnknownError'
  | 'SchemaError'
  | 'ConfigurationError'
  | 'WorkerDiedError'
  /** The time limits of the call were over first; a write may have happened. */
  | 'TimeoutFailure';

/** Why a call failed: `{ type, message }`, or null when the error is not a failed call (a cancellation, a bug). */
export function failureOf(error: unknown): { type: ErrorType; message: string } | null {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  if (error instanceof ActivityFailure && cause instanceof TimeoutFailure) {
    const last = cause.cause ? `; the last try: ${cause.cause.message}` : '';
    return {
      type: 'TimeoutFailure',
      message: `${error.activityType}: no result within its time limits${last}`,
    };
  }
  if (!(cause instanceof ApplicationFailure) || !cause.type) return null;
  return { type: cause.type as ErrorType, message: cause.message };
}
