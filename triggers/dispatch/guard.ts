/** The loop guard: which records and changes haloflow made itself, by the write ledger. */
import { isOwnCreate } from '../../calls/ownWrites.ts';
import { hostOf } from '../../organizations/host.ts';
import type { Configuration } from '../../organizations/types.ts';
import type { Store } from '../../store/store.ts';
import type { EventRow, FeedKind } from '../types.ts';

/** Halo's names of what feeds read, as the ledger has them. */
const RESOURCES: Readonly<Record<FeedKind, string>> = {
  tickets: '/Tickets',
  projects: '/Projects',
  opportunities: '/Opportunities',
};

/** Clocks and commits apart: a row this much older than a create is none of its. */
const SLACK_SECONDS = 60;
/** A create that nobody has settled this long after it was given up by its sender is waited for no more. */
const PATIENCE_SECONDS = 600;

export interface Guard {
  /** Whether a create is under way whose record this row may be. Ask before {@link isOwn}. */
  mustWait(row: EventRow): Promise<boolean>;
  /** Whether haloflow created the row's record. */
  isOwn(row: EventRow): Promise<boolean>;
}

export function createGuard(store: Store, configuration: Configuration): Guard {
  const unsettled = new Map<string, Promise<Date | null>>();
  const own = new Map<string, Promise<boolean>>();
  const hosts = new Map(configuration.connections.map((one) => [one.id, hostOf(one)]));
  return {
    async mustWait(row) {
      const host = hosts.get(row.connection ?? '');
      if (host === undefined || row.kind === null) return false;
      const asked = unsettled.get(host) ?? firstUnsettledCreate(store, host);
      unsettled.set(host, asked);
      const sentAt = await asked;
      return sentAt !== null && row.createdAt.getTime() > sentAt.getTime() - SLACK_SECONDS * 1000;
    },
    isOwn({ connection, kind, record }) {
      const host = hosts.get(connection ?? '');
      if (host === undefined || kind === null || record === null) return Promise.resolve(false);
      const key = `${host} ${record}`;
      const asked = own.get(key) ?? isOwnCreate(store, host, RESOURCES[kind], record);
      own.set(key, asked);
      return asked;
    },
  };
}

/** When the oldest create of a ticket, project or opportunity that may still be under way on the host was sent. */
async function firstUnsettledCreate(store: Store, host: string): Promise<Date | null> {
  const { rows } = await store.pool.query<{ at: Date | null }>({
    name: 'first_unsettled_create',
    text: `select min(sent_at) as at from writes where host = $1 and resource = any($2) and effect = 'create'
      and state = 'sent' and dead_at > now() - make_interval(secs => $3)`,
    values: [host, Object.values(RESOURCES), PATIENCE_SECONDS],
  });
  return rows[0]?.at ?? null;
}
