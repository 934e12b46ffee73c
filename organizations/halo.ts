/**
 * Which Halo a connection leads to, and to which generation a record belongs. A Halo is named by the first host under
 * which haloflow reached it. When it is restored from a backup, the records from its first new id on belong to the next
 * generation: `northwind.halopsa.com#2`.
 */
import { ConfigurationError } from '../errors.ts';
import { rootOf } from './tree.ts';
import type { Configuration, Connection, HaloGeneration } from './types.ts';

export interface Halo {
  /** `northwind.halopsa.com`: the same for all its generations. */
  readonly id: string;
  /** The number of its latest generation, from 1 on. */
  readonly generation: number;
  /** Names of its generations, the latest first. */
  readonly names: readonly string[];
  /** The generation of records created now. */
  readonly latest: string;
  /** The restore that began its latest generation; null for the first. */
  readonly wentBack: HaloGeneration | null;
  /** The generation of a ticket, project or opportunity: the latest one whose first id is not above its own. */
  nameOf(record: number): string;
}

/** A character that no host or path contains. */
const MARK = '#';

const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/**
 * The address of a Halo in one spelling: host and port in lower case, without a final dot or the default port, and the
 * path that an on-premise Halo may have.
 */
export function spelledHost(resourceServer: string): string {
  const { protocol, hostname, port, pathname } = new URL(resourceServer);
  const host = hostname.toLowerCase().replace(/\.+$/, '');
  const at = port === '' || port === DEFAULT_PORTS[protocol] ? '' : `:${port}`;
  return host + at + pathname.toLowerCase().replace(/\/+$/, '');
}

/** The name of a generation. */
export const generationName = (halo: string, generation: number): string =>
  generation === 1 ? halo : `${halo}${MARK}${generation}`;

/** The id of the Halo of a generation. */
export const haloIdOf = (name: string): string => name.split(MARK)[0] ?? name;

/** The Halo of a connection, as its tree knows it; what another tree knows about the same host does not count. */
export function haloOf(
  configuration: Configuration,
  connection: Pick<Connection, 'organization' | 'resourceServer'>,
): Halo {
  const id = haloIdFor(configuration, connection);
  const generations = (configuration.haloGenerations ?? [])
    .filter(({ halo, organization }) => halo === id && isSameTree(configuration, organization, connection))
    .toSorted((left, right) => right.generation - left.generation);
  const names = [...generations.map(({ generation }) => generationName(id, generation)), id];
  return {
    id,
    generation: generations[0]?.generation ?? 1,
    names,
    latest: names[0] ?? id,
    wentBack: generations[0] ?? null,
    nameOf: (record) =>
      generationName(id, generations.find(({ firstId }) => firstId <= record)?.generation ?? 1),
  };
}

function haloIdFor(
  configuration: Configuration,
  connection: Pick<Connection, 'organization' | 'resourceServer'>,
): string {
  const host = spelledHost(connection.resourceServer);
  const said = (configuration.haloHosts ?? []).find(
    (row) => row.host === host && isSameTree(configuration, row.organization, connection),
  );
  return said?.halo ?? host;
}

/** Facts about a Halo belong to a tree, stored under its root at that time. */
function isSameTree(
  configuration: Configuration,
  organization: string,
  connection: Pick<Connection, 'organization'>,
): boolean {
  const root = rootOf(configuration, connection.organization)?.slug ?? connection.organization;
  return root === (rootOf(configuration, organization)?.slug ?? organization);
}

/** The Halo of a connection by its id; null if there is no such connection. */
export function haloOfConnection(configuration: Configuration, connection: string | null): Halo | null {
  const found = configuration.connections.find(({ id }) => id === connection);
  return found ? haloOf(configuration, found) : null;
}

/** What the error of {@link demandHalo} begins with. */
export const OF_ANOTHER_HALO = 'this record belongs to';

/** @throws ConfigurationError if a connection no longer leads to the Halo that is meant. */
export function demandHalo(meant: string, asked: Halo, connection: string): void {
  if (asked.id === meant) return;
  throw new ConfigurationError(
    `${OF_ANOTHER_HALO} ${meant}, but connection ${connection} now leads to ${asked.id}: change the connection back, or ignore the event`,
  );
}
