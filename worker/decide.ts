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
  const organization = request.as ?? run.organization;
  if (!isAtOrBelow(configuration, organization, run.organization)) {
    throw new ConfigurationError(
      `a run for ${run.organization} cannot act for ${organization}: halo.as() takes an organization below the run's own`,
    );
  }
  if (findOrganization(configuration, run.organization)?.enabled === false) {
    throw new ConfigurationError(
      `organization ${run.organization} is disabled: nothing runs for it until it is enabled`,
    );
  }
  return resolve(configuration, {
    organization,
    owner: run.owner,
    triggerOverride: run.overrides.halo,
    actionOverride: request.using,
  });
}
