/** Whose credentials a call would use, as a principal may see it. */
import type { Principal } from '../access/principal.ts';
import { explain } from './resolve.ts';
import { descendants, findOrganization, rootOf } from './tree.ts';
import type { Configuration, Explanation, ResolveRequest } from './types.ts';

/** Stands for the id of a connection out of reach that an organization within reach is mapped on. */
const ABOVE = 'a connection of an organization above';

/**
 * Every step of the decision. Organizations out of the principal's reach, and what is theirs, are like what does not
 * exist; only that a mapping of an organization within reach leads to a connection of theirs is said, without its id.
 *
 * @param asked without `owner` it is the root of what the principal may reach, or of the organization's tree
 */
export function explainTo(
  { organization: top }: Pick<Principal, 'organization'>,
  configuration: Configuration,
  asked: Omit<ResolveRequest, 'owner'> & { readonly owner?: string | undefined },
): Explanation {
  const owner = asked.owner ?? top ?? rootOf(configuration, asked.organization)?.slug ?? asked.organization;
  const request = { ...asked, owner };
  if (top === null) return explain(configuration, request);
  // Decided by what may be seen, it can tell nothing else.
  const explanation = explain(visibleFrom(top, configuration), request);
  const error = explanation.error?.replaceAll(`the connection ${ABOVE}`, ABOVE) ?? null;
  return { ...explanation, error };
}

function visibleFrom(top: string, configuration: Configuration): Configuration {
  const root = findOrganization(configuration, top);
  const organizations = root ? [{ ...root, parent: null }, ...descendants(configuration, top)] : [];
  const slugs = new Set(organizations.map(({ slug }) => slug));
  const connections = configuration.connections.filter(({ organization }) => slugs.has(organization));
  const ids = new Set(connections.map(({ id }) => id));
  const mappings = configuration.mappings.filter(({ organization }) => slugs.has(organization));
  const hidden = configuration.connections.find(
    ({ id }) => !ids.has(id) && mappings.some(({ connection }) => connection === id),
  );
  return {
    version: configuration.version,
    organizations,
    connections: hidden
      ? [...connections, { ...hidden, id: ABOVE, organization: 'an organization above' }]
      : connections,
    mappings: mappings.map((mapping) =>
      ids.has(mapping.connection) ? mapping : { ...mapping, connection: ABOVE },
    ),
  };
}
