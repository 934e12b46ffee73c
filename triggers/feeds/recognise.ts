/** Whether a Halo at another host is the one that a connection has asked so far: by records that are known of it. */
import { and, desc, eq, inArray, isNotNull } from 'drizzle-orm';
import { ConflictError, HaloNotFoundError } from '../../errors.ts';
import type { ConfigurationReader } from '../../organizations/configuration.ts';
import { moment } from '../../moments.ts';
import { haloOf } from '../../organizations/halo.ts';
import type { UnsealedConnection } from '../../organizations/types.ts';
import { TICKET_ROUTES } from '../../calls/sameRecords.ts';
import { feeds } from '../../store/schema/triggers.ts';
import { writes } from '../../store/schema/writes.ts';
import type { Store } from '../../store/store.ts';
import { property } from '../dispatch/subject.ts';
import type { HaloAccess } from '../haloPort.ts';
import { returnsOf } from './returns.ts';
import type { Newest } from './sight.ts';
import { haloDate } from './source.ts';

export interface Recognising {
  readonly store: Store;
  readonly configuration: ConfigurationReader;
  readonly halo: HaloAccess;
}

/** A ticket, project or opportunity, and what tells that it is it. */
interface Known {
  readonly id: number;
  readonly occurredAt: number | null;
  readonly stamp: string | null;
}

/** So many records are held against it. */
const HELD = 3;

/**
 * Reads up to three known records with the connection as it is to be. Where nothing is known, there is nothing to hold
 * it against.
 *
 * @throws ConflictError when they are not there, or are others; else what Halo's client throws.
 */
export async function demandSameHalo(parts: Recognising, after: UnsealedConnection): Promise<void> {
  const known = await knownOf(parts, after.id);
  const verdicts = [];
  for (const record of known) verdicts.push(await isThere(parts, after, record));
  if (known.length === 0) await demandNotOther(parts, after);
  const same = verdicts.filter(Boolean).length;
  // One may have been deleted, or its date edited.
  if (same > 0 && verdicts.length - same <= 1) return;
  if (known.length === 0) return;
  throw new ConflictError(
    `${after.resourceServer} is not the Halo that connection ${after.id} has asked so far: of tickets ${known.map(({ id }) => id).join(', ')} it has ${same === 0 ? 'none' : `only ${same}`} as they were. Leave out --same-halo, or sameHalo in a request`,
    { details: { field: 'body.sameHalo' } },
  );
}

/** As after a connection was changed by mistake, when somebody changes it back. */
async function demandNotOther(
  { store, configuration }: Recognising,
  after: UnsealedConnection,
): Promise<void> {
  const known = (await returnsOf(store.db, await configuration.current(), [after])).get(after.id);
  if (!known) return;
  throw new ConflictError(
    `${after.resourceServer} is a Halo that the feeds of connection ${after.id} polled until ${moment(known.polledUntil)}, and nothing is known of the one that it leads to now. Leave out --same-halo, or sameHalo in a request`,
    { details: { field: 'body.sameHalo' } },
  );
}

async function isThere(
  { halo }: Recognising,
  connection: UnsealedConnection,
  known: Known,
): Promise<boolean> {
  try {
    const record = await halo.callWith({ connection, action: 'tickets.get', input: { id: known.id } });
    if (known.stamp !== null) return property(record, 'third_party_id_string') === known.stamp;
    return haloDate(property(record, 'dateoccurred'))?.getTime() === known.occurredAt;
  } catch (error) {
    if (error instanceof HaloNotFoundError) return false;
    throw error;
  }
}

/** The newest that a feed has read; without one, the last that haloflow has made and stamped. */
async function knownOf({ store: { db }, configuration }: Recognising, id: string): Promise<Known[]> {
  const now = await configuration.current();
  const connection = now.connections.find((one) => one.id === id);
  if (!connection) return [];
  const halo = haloOf(now, connection);
  const read = await db
    .select({ newest: feeds.newest })
    .from(feeds)
    .where(and(eq(feeds.connection, id), eq(feeds.halo, halo.id)));
  const newest = read
    .flatMap((row) => row.newest as Newest)
    .flatMap(([record, occurredAt]) =>
      occurredAt === null ? [] : [{ id: record, occurredAt, stamp: null }],
    );
  if (newest.length > 0) return newest.slice(0, HELD);
  const made = await db
    .select({ id: writes.haloId, stamp: writes.stamp })
    .from(writes)
    .where(
      and(
        eq(writes.host, halo.latest),
        inArray(writes.resource, [...TICKET_ROUTES]),
        eq(writes.effect, 'create'),
        eq(writes.state, 'confirmed'),
        isNotNull(writes.haloId),
        isNotNull(writes.stamp),
      ),
    )
    .orderBy(desc(writes.sentAt))
    .limit(HELD);
  return made.map((row) => ({ id: Number(row.id), occurredAt: null, stamp: row.stamp }));
}
