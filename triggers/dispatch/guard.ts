/** The loop guard: which records and changes haloflow made itself, by the write ledger. */
import { isOwnCreate } from '../../calls/ownWrites.ts';
import { haloOf } from '../../organizations/halo.ts';
import type { Halo } from '../../organizations/halo.ts';
import type { Configuration } from '../../organizations/types.ts';
import type { Store } from '../../store/store.ts';
import type { EventRow, FeedKind } from '../types.ts';
import { whoseChange } from './changes.ts';

/** Halo's names of what feeds read, as the ledger has them. */
const RESOURCES: Readonly<Record<FeedKind, string>> = {
  tickets: '/Tickets',
  projects: '/Projects',
  opportunities: '/Opportunities',
};

/** Clocks and commits apart: a row this much older than a create is none of its. */
const SLACK_MS = 60_000;
/** A create that nobody has settled this long after it was given up by its sender is waited for no more. */
const PATIENCE_SECONDS = 600;

/** Made by haloflow, by somebody else, or by a write whose outcome is not known yet. */
export type Whose = 'own' | 'theirs' | 'unknown';

export interface Guard {
  whose(row: EventRow): Promise<Whose>;
}

export function createGuard(store: Store, configuration: Configuration): Guard {
  const unsettled = new Map<string, Promise<Date | null>>();
  const records = new Map<string, Promise<boolean>>();
  const halos = new Map(configuration.connections.map((one) => [one.id, haloOf(configuration, one)]));

  async function whoseRecord(halo: Halo, kind: FeedKind, row: EventRow): Promise<Whose> {
    const waiting = unsettled.get(halo.id) ?? firstUnsettledCreate(store, halo.names);
    unsettled.set(halo.id, waiting);
    const sentAt = await waiting;
    // Asked before the record: a create that settles in between is found by its record.
    if (sentAt !== null && row.createdAt.getTime() > sentAt.getTime() - SLACK_MS) return 'unknown';
    if (row.record === null) return 'theirs';
    const name = halo.nameOf(row.record);
    const key = `${name} ${row.record}`;
    const own = records.get(key) ?? isOwnCreate(store, name, RESOURCES[kind], row.record);
    records.set(key, own);
    return (await own) ? 'own' : 'theirs';
  }

  return {
    async whose(row) {
      const halo = halos.get(row.connection ?? '');
      if (halo === undefined) return 'theirs';
      if (row.kind !== null) return await whoseRecord(halo, row.kind, row);
      return row.source === 'halo' ? await whoseChange(store, halo, row) : 'theirs';
    },
  };
}

/** When the oldest create of a ticket, project or opportunity that may still be under way on the host was sent. */
async function firstUnsettledCreate(store: Store, halos: readonly string[]): Promise<Date | null> {
  const { rows } = await store.pool.query<{ at: Date | null }>({
    name: 'first_unsettled_create',
    text: `select min(sent_at) as at from writes where host = any($1) and resource = any($2) and effect = 'create'
      and state = 'sent' and dead_at > now() - make_interval(secs => $3)`,
    values: [halos, Object.values(RESOURCES), PATIENCE_SECONDS],
  });
  return rows[0]?.at ?? null;
}
