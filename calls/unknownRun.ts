import { ConfigurationError } from '../errors.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a header's id can be that of a run's row; Postgres refuses to look for anything else. */
export function isRunId(id: string | undefined): id is string {
  return id !== undefined && uuid.test(id);
}

/** For a workflow without a run's row; `what` is what it called. sdk/context.ts says the same. */
export function notStarted(what: string): ConfigurationError {
  return new ConfigurationError(
    `${what} was called by a workflow that was not started through haloflow, so it is not known for which ` +
      'organization it runs; start it with the haloflow command or a trigger',
  );
}
