/** For whom a trigger may be fired. */
import { ConfigurationError } from '../../errors.ts';
import { didYouMean } from '../../nearest.ts';
import { descendants, isAtOrBelow } from '../../organizations/tree.ts';
import type { Configuration } from '../../organizations/types.ts';
import type { Trigger } from '../types.ts';

/**
 * The organization that whoever fires a trigger names; null for none.
 *
 * @throws ConfigurationError for one that is not at or below the trigger's owner: that one would see the event.
 */
export function checkOrganization(
  configuration: Configuration,
  { id, organization: owner }: Trigger,
  organization: unknown,
): string | null {
  if (organization === undefined || organization === null) return null;
  const name = typeof organization === 'string' ? organization : JSON.stringify(organization);
  if (isAtOrBelow(configuration, name, owner)) return name;
  const known = [owner, ...descendants(configuration, owner).map(({ slug }) => slug)];
  throw new ConfigurationError(
    `trigger ${id} cannot run for ${name}: it runs for organizations at or below its owner ${owner}.${didYouMean(name, known)}`,
  );
}
