/**
 * Which Halo a connection asks, and which generation of it a record is of. A Halo is known by the first host that it was
 * asked under. When its ids go back, as after a restore from a backup, the records from its first new id on are of the
 * next generation: `northwind.halopsa.com#2`.
 */
import { ConfigurationError } from '../errors.ts';
import { rootOf } from './tree.ts';
import type { Configuration, Connection, HaloGeneration } from './types.ts';

export interface Halo {
  /** `northwind.halopsa.com`: the same in all its generations. */
  readonly id: string;
  /** The number of its latest generation, from 1 on. */
  readonly generation: number;
  /** Names of its generations, the latest first. */
  readonly names: readonly string[];
  /** Of what is made now. */
  readonly latest: string;
  /** How its latest generation came about; null for the first. */
  readonly wentBack: HaloGeneration | null;
  /** The generation that a ticket, project or opportunity is of: the latest whose first id is at or below its own. */
  nameOf(record: number): string;
}

/** No host and no path has one. */
const MARK = '#';

const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/**
 * The one spelling of where a Halo is: host and port in lower case, without a dot at its end or the usual port, and the
 * path, which a Halo on-premise may have.
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

/** The Halo that a name of one of its generations is of. */
export const haloIdOf = (name: string): string => name.split(MARK)[0] ?? name;

/** The Halo that a connection asks, as its tree knows it: what another tree has noticed of the same host is not asked. */
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

/** What is said of a Halo is said for a tree, by its root at that time. */
function isSameTree(
  configuration: Configuration,
  organization: string,
  connection: Pick<Connection, 'organization'>,
): boolean {
  const root = rootOf(configuration, connection.organization)?.slug ?? connection.organization;
  return root === (rootOf(configuration, organization)?.slug ?? organization);
}

/** The Halo of a connection by its id; null for one that is not there. */
export function haloOfConnection(configuration: Configuration, connection: string | null): Halo | null {
  const found = configuration.connections.find(({ id }) => id === connection);
  return found ? haloOf(configuration, found) : null;
}

/** @throws ConfigurationError when a connection asks another Halo than the one that is meant. */
export function demandHalo(meant: string, asked: Halo, connection: string): void {
  if (asked.id === meant) return;
  throw new ConfigurationError(
    `this record belongs to ${meant}, but connection ${connection} now leads to ${asked.id}: change the connection back and rewind, or ignore the event`,
  );
}
