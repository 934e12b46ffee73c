/** For which organizations a trigger runs: at or below its owner, as the tree and the tags are now. */
import { descendants, findOrganization, isAtOrBelow } from '../../organizations/tree.ts';
import type { Configuration, Organization } from '../../organizations/types.ts';
import type { Trigger } from '../types.ts';

type Choosing = Pick<Trigger, 'organization' | 'runFor'>;

/** Whether run-for holds the organization, disabled or not. Never one that is not at or below the owner. */
export function holds(configuration: Configuration, trigger: Choosing, slug: string): boolean {
  const organization = findOrganization(configuration, slug);
  return (
    organization !== undefined &&
    isAtOrBelow(configuration, slug, trigger.organization) &&
    chooses(trigger, organization)
  );
}

/** All organizations that run-for holds, disabled ones too: the owner first, parents before their children. */
export function organizationsIn(configuration: Configuration, trigger: Choosing): Organization[] {
  const owner = findOrganization(configuration, trigger.organization);
  return [...(owner ? [owner] : []), ...descendants(configuration, trigger.organization)].filter(
    (organization) => chooses(trigger, organization),
  );
}

function chooses({ organization: owner, runFor }: Choosing, { slug, tags }: Organization): boolean {
  return (
    (slug === owner ? runFor.owner : runFor.allClients) ||
    runFor.organizations.includes(slug) ||
    runFor.tags.some((tag) => tags.includes(tag))
  );
}
