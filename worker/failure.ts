/** The one place where errors become Temporal failures, and where it is decided whether a call is tried again. */
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { HaloflowError } from '../errors.ts';
import { BudgetWait } from '../calls/budget.ts';

/** Tries that may reach Halo unless the author says otherwise. */
export const DEFAULT_ATTEMPTS = 5;

/** Retries of an error that is none of ours (the store is away, a bug): Temporal's own count, as Halo was not reached. */
const FOREIGN_ATTEMPTS = 60;

const MINIMUM_DELAY_MS = 1_000;
const MAXIMUM_DELAY_MS = 60_000;

export interface Tries {
  /** Tries that have reached Halo, this one included. */
  readonly reached: number;
  /** The author's limit of them. */
  readonly allowed: number;
  /** Temporal's count of all tries. */
  readonly temporal: number;
}

/** Doubles from one second to a minute; never zero, which Temporal takes for "do not retry". */
function backoff(tries: number): number {
  return Math.min(MAXIMUM_DELAY_MS, MINIMUM_DELAY_MS * 2 ** Math.max(0, tries - 1));
}

/** Whether the same call will be tried again after this error. */
export function isFinal(error: unknown, tries: Tries): boolean {
  if (error instanceof BudgetWait) return false;
  if (error instanceof HaloflowError) return !error.retryable || tries.reached >= tries.allowed;
  return tries.temporal >= FOREIGN_ATTEMPTS;
}

/** Name and message of whatever was thrown. */
export function describeError(error: unknown): { readonly name: string; readonly message: string } {
  const { name = 'Error', message = String(error) } = (error ?? {}) as Partial<Error>;
  return { name, message };
}

/** The failure that Temporal records for an error; its `type` is the class name. */
export function toFailure(error: unknown, tries: Tries): ApplicationFailure {
  if (error instanceof BudgetWait) {
    return ApplicationFailure.create({
      message: error.message,
      type: 'BudgetWait',
      category: ApplicationFailureCategory.BENIGN,
      nextRetryDelay: Math.max(MINIMUM_DELAY_MS, Math.ceil(error.retryAfterMs)),
    });
  }
  const nonRetryable = isFinal(error, tries);
  const { name, message } = describeError(error);
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
          nextRetryDelay: Math.max(
            MINIMUM_DELAY_MS,
            Math.ceil(own?.retryAfterMs ?? backoff(own ? tries.reached : tries.temporal)),
          ),
        }),
  });
}
