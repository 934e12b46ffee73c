/** The organizations that a trigger runs for: at or below its owner, by the current tree and tags. */
import { descendants, findOrganization, isAtOrBelow } from './tree.ts';
import type { Configuration, Organization } from './types.ts';

/** The organizations that a trigger runs for, at or below its owner; evaluated when an event fires. */
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

/**
 * Whether run-for includes the organization, disabled or not. Always false for one that is not at or below the owner.
 */
export function holds(tree: Tree, trigger: Choosing, slug: string): boolean {
  const organization = findOrganization(tree, slug);
  return (
    organization !== undefined &&
    isAtOrBelow(tree, slug, trigger.organization) &&
    chooses(tree, trigger, organization)
  );
}

/** All organizations in run-for, disabled ones too: the owner first, parents before their children. */
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

/**
 * The tags that count for an owner: those set at or above it, so that no client can tag itself into another's trigger.
 */
export function tagsFor(tree: Tree, owner: string, { tags, saidBy }: Organization): readonly string[] {
  return saidBy?.tags === undefined || isAtOrBelow(tree, owner, saidBy.tags) ? tags : [];
}
