/** Steps as they are told. */
import type { CheckStep, StepName } from '../../organizations/checkReport.ts';
import { HaloflowError, HaloRateLimitError } from '../../errors.ts';

export const pass = (step: StepName, seen: string): CheckStep => ({
  step,
  verdict: 'pass',
  seen,
  remedy: null,
});

export const warn = (step: StepName, seen: string, remedy: string): CheckStep => ({
  step,
  verdict: 'warn',
  seen,
  remedy,
});

export const fail = (step: StepName, seen: string, remedy: string): CheckStep => ({
  step,
  verdict: 'fail',
  seen,
  remedy,
});

/** A step that an error ended; throws on what is none of ours. */
export function broken(step: StepName, error: unknown, remedy: string): CheckStep {
  if (!(error instanceof HaloflowError)) throw error;
  // Of haloflow's own budget: the steps after it would get no place either.
  if (error instanceof HaloRateLimitError && !error.retryable) throw error;
  if (error instanceof HaloRateLimitError) {
    return warn(step, error.message, 'Halo takes no more requests now: try again when its window is over');
  }
  return fail(step, error.message, remedy);
}
