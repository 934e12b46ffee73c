import { BudgetWait } from '../calls/budget.ts';
import { SettleWait } from '../calls/settleWait.ts';
import { HaloOutcomeUnknownError, HaloRateLimitError } from '../errors.ts';

/**
 * Returns the error, or, for a wait longer than the rest of the call's time limit, an error that says so: Temporal retries
 * nothing after the limit, and would show the wait as the end of the call.
 */
export function withinLimit(error: unknown, leftMs: number): unknown {
  if (!(error instanceof BudgetWait) || error.askAgainMs < leftMs) return error;
  const reason = error.message.replace(/; to be tried again in .*$/s, '');
  const late = `the call's time limit ends in ${Math.max(0, Math.floor(leftMs / 1000))} s, before it can continue`;
  if (error instanceof SettleWait) {
    return new HaloOutcomeUnknownError(
      `${reason}; ${late}, so it may have happened; look in Halo before you run it again`,
      { cause: error },
    );
  }
  return new HaloRateLimitError(`${reason}: ${late}`, { cause: error, retryable: false });
}
