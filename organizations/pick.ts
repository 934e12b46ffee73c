/** What each `use` of an override looks for, and what it finds. */
import { rowsBy } from './rowsBy.ts';
import { pathBetween } from './tree.ts';
import type { Configuration, Connection, Mapping, Organization, Override, OverrideUse } from './types.ts';

const mappingsOf = rowsBy(({ organization }: Mapping) => organization);

export interface Search {
  readonly configuration: Configuration;
  readonly running: Organization;
  readonly owner: Organization;
  readonly override: Override;
}

/**
 * `nothing` may be followed by the fallback; `refused` ends the decision, because choosing for the operator would be
 * a guess. `looked` and `message` are sentences for people; `cure` completes "or add an override that finds one: …".
 */
export type Finding =
  | { readonly kind: 'found'; readonly connection: Connection }
  | { readonly kind: 'nothing'; readonly looked: string; readonly cure: string }
  | { readonly kind: 'refused'; readonly result: string; readonly message: string };

/** The organization's default connection: the one marked so, or the only one it has. */
export function defaultConnection(configuration: Configuration, slug: string): Connection | undefined {
  const own = connectionsOf(configuration, slug);
  return own.find((connection) => connection.isDefault) ?? (own.length === 1 ? own[0] : undefined);
}

function connectionsOf(configuration: Configuration, slug: string): Connection[] {
  return configuration.connections.filter((connection) => connection.organization === slug);
}

/** `northwind has no connection`, or `northwind has the connections a, b and none of them is its default`. */
export function describeMissingDefault(configuration: Configuration, slug: string): string {
  const own = connectionsOf(configuration, slug);
  if (own.length === 0) return `${slug} has no connection`;
  return `${slug} has the connections ${listIds(own)} and none of them is its default`;
}

/** What has to be done for the organization to have a default connection. */
export function cureMissingDefault(configuration: Configuration, slug: string): string {
  return connectionsOf(configuration, slug).length === 0
    ? `add a connection with "organization: ${slug}" to haloflow.yaml and run haloflow apply, or \`haloflow connections add --org ${slug}\``
    : `mark one of the connections of ${slug} "default: true" in haloflow.yaml and run haloflow apply, or \`haloflow connections change ID --default\``;
}

export const pickers: Readonly<Record<OverrideUse, (search: Search) => Finding>> = {
  default: pickDefault,
  connection: pickConnection,
  name: pickByName,
  mapping: pickByMapping,
};

function pickDefault({ configuration, owner }: Search): Finding {
  const connection = defaultConnection(configuration, owner.slug);
  if (connection) return { kind: 'found', connection };
  return {
    kind: 'nothing',
    looked: `the default connection of the owner ${owner.slug}, but ${describeMissingDefault(configuration, owner.slug)}`,
    cure: cureMissingDefault(configuration, owner.slug),
  };
}

function pickConnection({ configuration, running, owner, override }: Search): Finding {
  const id = override.connection;
  if (!isText(id)) {
    return {
      kind: 'refused',
      result: 'no connection is named',
      message:
        `The override for ${running.slug} says "use: connection" without saying which one. ` +
        'Add "connection: <id>" to it.',
    };
  }
  const connection = configuration.connections.find((candidate) => candidate.id === id);
  if (connection) return { kind: 'found', connection };
  const path = pathBetween(configuration, owner.slug, running.slug) ?? [];
  const usable = path.flatMap((organization) => connectionsOf(configuration, organization.slug));
  return {
    kind: 'nothing',
    looked: `the connection ${id}, which does not exist`,
    cure: usable.length === 0 ? 'name an existing connection' : `name one of ${listIds(usable)}`,
  };
}

/** An id that equals the text does not win over others that contain it: adding a connection never changes a choice silently. */
function pickByName({ configuration, running, owner, override }: Search): Finding {
  const name = override.name;
  if (!isText(name)) {
    return {
      kind: 'refused',
      result: 'no name is given',
      message:
        `The override for ${running.slug} says "use: name" without a name. ` +
        'Add "name: <part of a connection\'s name>" to it.',
    };
  }
  const own = connectionsOf(configuration, owner.slug);
  const matching = own.filter((connection) => connection.id.toLowerCase().includes(name.toLowerCase()));
  const [connection, ...others] = matching;
  if (connection && others.length === 0) return { kind: 'found', connection };
  if (connection) {
    return {
      kind: 'refused',
      result: `several connections match: ${listIds(matching)}`,
      message:
        `The override for ${running.slug} looks for a connection of ${owner.slug} named like "${name}", ` +
        `and several match: ${listIds(matching)}. Use a longer part of the name, or "use: connection" with the id.`,
    };
  }
  return {
    kind: 'nothing',
    looked:
      `a connection of the owner ${owner.slug} named like "${name}", ` +
      (own.length === 0
        ? `but ${owner.slug} has no connection`
        : `but ${owner.slug} only has ${listIds(own)}`),
    cure: `use a part of the name of a connection of ${owner.slug}`,
  };
}

function pickByMapping({ configuration, running, owner }: Search): Finding {
  const rows = mappingsOf(configuration.mappings, running.slug);
  if (rows.length === 0) {
    return {
      kind: 'nothing',
      looked: `a mapping of ${running.slug}, which has none`,
      cure:
        `map it under "mappings:" in haloflow.yaml, or with \`haloflow mappings set ${running.slug}\`, onto its Halo client on a connection of ` +
        (owner.slug === running.slug ? owner.slug : `${owner.slug} or of an organization between the two`),
    };
  }
  const marked = rows.filter((row) => row.use);
  const chosen = rows.length === 1 ? rows : marked;
  const [row, ...others] = chosen;
  if (!row || others.length > 0) {
    const listed = (marked.length > 1 ? marked : rows).map((candidate) => candidate.connection).sort();
    const state =
      marked.length > 1 ? 'several of them are marked "use: true"' : 'none of them is marked "use: true"';
    return {
      kind: 'refused',
      result: `mapped on ${listed.join(', ')}, and ${state}`,
      message:
        `${running.name} (${running.slug}) is mapped on several connections (${listed.join(', ')}) and ${state}. ` +
        'Mark exactly one of these mappings "use: true", or choose with "use: connection".',
    };
  }
  const connection = configuration.connections.find((candidate) => candidate.id === row.connection);
  if (connection) return { kind: 'found', connection };
  return {
    kind: 'nothing',
    looked: `the connection ${row.connection} that ${running.slug} is mapped on, which does not exist`,
    cure: `map ${running.slug} onto an existing connection`,
  };
}

function listIds(connections: readonly Connection[]): string {
  return connections
    .map((connection) => connection.id)
    .sort()
    .join(', ');
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}
