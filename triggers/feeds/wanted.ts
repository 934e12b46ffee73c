/** The feeds that the enabled triggers need, each once however many triggers share it. */
import { haloOf } from '../../organizations/halo.ts';
import type { Halo } from '../../organizations/halo.ts';
import type { Configuration, Connection } from '../../organizations/types.ts';
import { feedsOf } from '../catalogue/feedsOf.ts';
import { connectionOf } from '../registry.ts';
import type { NewTicketRecordParameters, Trigger } from '../types.ts';
import type { FeedAddress } from './source.ts';

export interface WantedFeed extends FeedAddress {
  /** The smallest interval of its triggers. */
  readonly everySeconds: number;
  /** The resource server. */
  readonly host: string;
  /** Whose records these are. */
  readonly halo: Halo;
  /** Its connection is disabled: it is not polled, and goes on from its mark afterwards. */
  readonly paused: boolean;
  /** The enabled triggers that take their records from it. */
  readonly triggers: readonly Trigger[];
}

export const feedName = ({ connection, kind }: FeedAddress): string => `${connection}/${kind}`;

/** Worked out once per reading of the triggers; a configuration of another version comes with another reading. */
const known = new WeakMap<readonly Trigger[], ReadonlyMap<string, WantedFeed>>();

/** By name: `northwind-halo/tickets`. Both arguments are of one version of the configuration. */
export function wantedFeeds(
  configuration: Configuration,
  triggers: readonly Trigger[],
): ReadonlyMap<string, WantedFeed> {
  const feeds = known.get(triggers) ?? findFeeds(configuration, triggers);
  known.set(triggers, feeds);
  return feeds;
}

function findFeeds(configuration: Configuration, triggers: readonly Trigger[]): Map<string, WantedFeed> {
  const connections = new Map(configuration.connections.map((connection) => [connection.id, connection]));
  const members = new Map<string, { feed: FeedAddress; on: Connection; triggers: Trigger[] }>();
  for (const trigger of triggers) {
    if (!trigger.enabled) continue;
    const on = connections.get(connectionOf(configuration, trigger) ?? '');
    if (!on) continue;
    for (const kind of feedsOf(trigger)) {
      const feed = { connection: on.id, kind };
      const entry = members.get(feedName(feed)) ?? { feed, on, triggers: [] };
      entry.triggers.push(trigger);
      members.set(feedName(feed), entry);
    }
  }
  return new Map(
    [...members].map(([name, { feed, on, triggers: own }]) => [
      name,
      {
        ...feed,
        host: on.resourceServer,
        halo: haloOf(configuration, on),
        paused: !on.enabled,
        triggers: own,
        everySeconds: Math.min(...own.map(interval)),
      },
    ]),
  );
}

/** Only triggers that poll get here; configuration/ has checked and completed their parameters. */
const interval = ({ parameters }: Trigger): number =>
  (parameters as unknown as NewTicketRecordParameters).everySeconds;
