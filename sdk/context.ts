import { ApplicationFailure } from '@temporalio/workflow';
import type { RunHeader } from './header.ts';

/** For whom and by whose authority a run works. */
export type Context = Omit<RunHeader, 'run'>;

// Module state is per run: Temporal gives every execution module instances of its own.
let header: RunHeader | undefined;

/** Called once by the workflow interceptor, before the workflow's first line. */
export function enterRun(value: RunHeader): void {
  header = value;
}

/**
 * The organization that this run works for, its owner, the trigger that started it (null: by hand), and Halo's id of
 * the client that stands for the organization (null: not mapped).
 *
 * @throws ApplicationFailure of type `ConfigurationError` when the run was not started through haloflow.
 */
export function context(): Context {
  if (!header) {
    throw ApplicationFailure.nonRetryable(
      'this workflow was not started through haloflow, so it is not known for which organization it runs; start it with the haloflow command or a trigger',
      'ConfigurationError',
    );
  }
  const { organization, owner, trigger, client } = header;
  return { organization, owner, trigger, client };
}
