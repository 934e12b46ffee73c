/** The tree of organizations: pure walks over a configuration, safe on broken trees (a cycle ends the walk). */
import { rowsBy } from './rowsBy.ts';
import type { Configuration, Organization } from './types.ts';

/** As much of a configuration as there is to walk over. */
type Tree = Pick<Configuration, 'organizations'>;

const bySlug = rowsBy(({ slug }: Organization) => slug);

export function findOrganization(configuration: Tree, slug: string): Organization | undefined {
  return bySlug(configuration.organizations, slug)[0];
}

/** The organization and everything above it, nearest first; empty when it is unknown. */
export function ancestry(configuration: Tree, slug: string): Organization[] {
  const line: Organization[] = [];
  const seen = new Set<string>();
  let current = findOrganization(configuration, slug);
  while (current && !seen.has(current.slug)) {
    seen.add(current.slug);
    line.push(current);
    current = current.parent === null ? undefined : findOrganization(configuration, current.parent);
  }
  return line;
}

/** The slugs from the root of the organization's tree down to it; its own alone when it is unknown. */
export function lineTo(configuration: Tree, slug: string): readonly string[] {
  const line = ancestry(configuration, slug).map((organization) => organization.slug);
  return line.length > 0 ? line.toReversed() : [slug];
}

interface Owned {
  readonly id: string;
  readonly organization: string;
}

const ownedById = rowsBy(({ id }: Owned) => id);

/**
 * Whose turn what comes for a trigger or connection takes: the organizations from the root of its owner's tree down, then
 * itself. Null when it is not among `owned`.
 */
export function sharerIn(configuration: Tree, owned: readonly Owned[], id: string): readonly string[] | null {
  const [one] = ownedById(owned, id);
  // No slug begins with a slash.
  return one === undefined ? null : [...lineTo(configuration, one.organization), `/${id}`];
}

/** The organizations from `above` down to `below`, both included; null when `below` is not at or below `above`. */
export function pathBetween(
  configuration: Tree,
  above: string,
  below: string,
): readonly Organization[] | null {
  const line = ancestry(configuration, below);
  const top = line.findIndex((organization) => organization.slug === above);
  return top === -1 ? null : line.slice(0, top + 1).toReversed();
}

/** Whether `slug` is `above` or below it; false when either is unknown. */
export function isAtOrBelow(configuration: Tree, slug: string, above: string): boolean {
  return pathBetween(configuration, above, slug) !== null;
}

/** Everything below the organization, without itself, parents before their children. */
export function descendants(configuration: Tree, slug: string): Organization[] {
  const seen = new Set([slug]);
  const below: Organization[] = [];
  let level = new Set([slug]);
  while (level.size > 0) {
    const next = configuration.organizations.filter(
      ({ slug: child, parent }) => parent !== null && level.has(parent) && !seen.has(child),
    );
    for (const child of next) seen.add(child.slug);
    below.push(...next);
    level = new Set(next.map((child) => child.slug));
  }
  return below;
}

/** The root of the organization's tree (itself, when nothing is above it); undefined when it is unknown. */
export function rootOf(configuration: Tree, slug: string): Organization | undefined {
  return ancestry(configuration, slug).at(-1);
}

/** `northwind > acme`: for messages. */
export function showPath(path: readonly Organization[]): string {
  return path.map((organization) => organization.slug).join(' > ');
}
