/** The one place where errors become Temporal failures, and where it is decided whether a call is tried again. */
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { HaloRateLimitError, HaloflowError, SchemaError } from '../errors.ts';
import { BudgetWait } from '../calls/budget.ts';
import { isUnavailable } from '../store/store.ts';

/** Tries that count unless the author says otherwise. */
export const DEFAULT_ATTEMPTS = 5;

const MINIMUM_DELAY_MS = 1_000;
const MAXIMUM_DELAY_MS = 60_000;

export interface Tries {
  /** Tries that have reached Halo, or failed of a bug before they did; this one included. Waiting does not count. */
  readonly reached: number;
  /** The author's limit of them. */
  readonly allowed: number;
}

/** Doubles from one second to a minute; never zero, which Temporal takes for "do not retry". */
function backoff(tries: number): number {
  return Math.min(MAXIMUM_DELAY_MS, MINIMUM_DELAY_MS * 2 ** Math.max(0, tries - 1));
}

/**
 * Whether Postgres does not answer or its disk is full: only the call's time limits end that. Our own errors may have
 * similar causes.
 */
export function isStoreAway(error: unknown): boolean {
  return !(error instanceof HaloflowError) && isUnavailable(error);
}

/** Whether the error is none that a call expects: a bug, or something that Postgres refuses. */
export function isUnexpected(error: unknown): boolean {
  return !(error instanceof HaloflowError) && !(error instanceof BudgetWait) && !isStoreAway(error);
}

/** V8's error for recursion over a value that is nested too deep, which ends every try alike. */
function isTooDeep(error: unknown): boolean {
  const { name, message } = (error ?? {}) as Partial<Error>;
  return name === 'RangeError' && message === 'Maximum call stack size exceeded';
}

/** Whether this error ends the call. */
export function isFinal(error: unknown, tries: Tries): boolean {
  if (isTooDeep(error)) return true;
  if (error instanceof BudgetWait || isStoreAway(error)) return false;
  if (error instanceof HaloflowError && !error.retryable) return true;
  return tries.reached >= tries.allowed;
}

/** Name and message of whatever was thrown. */
export function describeError(error: unknown): { readonly name: string; readonly message: string } {
  const { name = 'Error', message = String(error) } = (error ?? {}) as Partial<Error>;
  return { name, message };
}

/** The same of what ended a call, as its author is told. */
export function describeToAuthor(error: unknown): { readonly name: string; readonly message: string } {
  if (!isTooDeep(error)) return describeError(error);
  return {
    name: SchemaError.name,
    message: 'a value of this call is nested too deep to be read: pass one with fewer levels',
  };
}

function delayAfter(error: unknown, { reached }: Tries): number {
  const asked = error instanceof HaloflowError ? error.retryAfterMs : undefined;
  if (asked === undefined) return backoff(reached);
  // The budget knows when the pause after a 429 is over, also where somebody has reset it; asking it costs no attempt.
  return error instanceof HaloRateLimitError ? Math.min(MAXIMUM_DELAY_MS, asked) : asked;
}

/** The failure that Temporal records for an error; its `type` is the class name. */
export function toFailure(error: unknown, tries: Tries): ApplicationFailure {
  if (error instanceof BudgetWait) {
    return ApplicationFailure.create({
      message: error.message,
      type: error.name,
      category: ApplicationFailureCategory.BENIGN,
      nextRetryDelay: Math.max(MINIMUM_DELAY_MS, Math.ceil(error.askAgainMs)),
    });
  }
  const nonRetryable = isFinal(error, tries);
  const { name, message } = describeToAuthor(error);
  const own = error instanceof HaloflowError ? error : undefined;
  const spent = nonRetryable && own?.retryable ? `${message} (after ${tries.reached} attempts)` : message;
  return ApplicationFailure.create({
    message: spent,
    type: name,
    nonRetryable,
    ...(own?.details ? { details: [own.details] } : {}),
    ...(nonRetryable
      ? {}
      : {
          nextRetryDelay: Math.max(MINIMUM_DELAY_MS, Math.ceil(delayAfter(error, tries))),
        }),
  });
}
