/** For which organizations a trigger runs: at or below its owner, as the tree and the tags are now. */
import { descendants, findOrganization, isAtOrBelow } from './tree.ts';
import type { Configuration, Organization } from './types.ts';

/** For which organizations a trigger runs, at or below its owner; evaluated when an event fires. */
export interface RunFor {
  readonly owner: boolean;
  readonly organizations: readonly string[];
  readonly tags: readonly string[];
  /** All organizations below the owner, now and later. */
  readonly allClients: boolean;
}

interface Choosing {
  /** The owner. */
  readonly organization: string;
  readonly runFor: RunFor;
}

type Tree = Pick<Configuration, 'organizations'>;

/** Whether run-for holds the organization, disabled or not. Never one that is not at or below the owner. */
export function holds(tree: Tree, trigger: Choosing, slug: string): boolean {
  const organization = findOrganization(tree, slug);
  return (
    organization !== undefined &&
    isAtOrBelow(tree, slug, trigger.organization) &&
    chooses(tree, trigger, organization)
  );
}

/** All organizations that run-for holds, disabled ones too: the owner first, parents before their children. */
export function organizationsIn(tree: Tree, trigger: Choosing): Organization[] {
  const owner = findOrganization(tree, trigger.organization);
  return [...(owner ? [owner] : []), ...descendants(tree, trigger.organization)].filter((organization) =>
    chooses(tree, trigger, organization),
  );
}

function chooses(tree: Tree, { organization: owner, runFor }: Choosing, organization: Organization): boolean {
  const { slug } = organization;
  if (slug === owner ? runFor.owner : runFor.allClients) return true;
  if (runFor.organizations.includes(slug)) return true;
  const counting = runFor.tags.length === 0 ? [] : tagsFor(tree, owner, organization);
  return runFor.tags.some((tag) => counting.includes(tag));
}

/** The tags that count for an owner: those said at or above it, as nobody tags themselves into what is another's. */
export function tagsFor(tree: Tree, owner: string, { tags, saidBy }: Organization): readonly string[] {
  return saidBy?.tags === undefined || isAtOrBelow(tree, owner, saidBy.tags) ? tags : [];
}
