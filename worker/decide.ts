import type { BegunCall } from '../calls/record.ts';
import { ConfigurationError } from '../errors.ts';
import { resolve } from '../organizations/resolve.ts';
import { findOrganization, isAtOrBelow } from '../organizations/tree.ts';
import type { Configuration, Decision } from '../organizations/types.ts';
import type { CallRequest } from '../sdk/options.ts';

/**
 * Whose credentials one call of a run uses, for the run's organization or the one below it that the call names.
 *
 * @throws ConfigurationError when there are none, when the call acts for an organization that is not at or below the
 * run's own, or when either of the two is disabled.
 */
export function decide(configuration: Configuration, run: BegunCall['run'], request: CallRequest): Decision {
  if (request.as !== undefined) checkAs(configuration, run.organization, request.as);
  return resolve(configuration, {
    organization: request.as ?? run.organization,
    owner: run.owner,
    triggerOverride: run.overrides.halo,
    actionOverride: request.using,
  });
}

function checkAs(configuration: Configuration, own: string, as: string): void {
  if (!isAtOrBelow(configuration, as, own)) {
    throw new ConfigurationError(
      `a run for ${own} cannot act for ${as}: halo.as() takes an organization below the run's own`,
    );
  }
  if (findOrganization(configuration, own)?.enabled === false) {
    throw new ConfigurationError(`organization ${own} is disabled: nothing runs for it until it is enabled`);
  }
}
