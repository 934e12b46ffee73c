/** From where on a trigger takes the records of a feed. */
import { and, eq, inArray } from 'drizzle-orm';
import { subscriptionPlaces, subscriptions, triggers } from '../../store/schema/triggers.ts';
import type { Database } from '../events.ts';
import type { Trigger } from '../types.ts';
import type { FeedAddress, FeedRow } from './source.ts';
import { feedName } from './wanted.ts';
import type { WantedFeed } from './wanted.ts';

export type Subscription = Pick<
  typeof subscriptions.$inferSelect,
  'trigger' | 'baseline' | 'enabledAt' | 'since'
>;

const ofFeed = ({ connection, kind }: FeedAddress) =>
  and(eq(subscriptions.connection, connection), eq(subscriptions.kind, kind));

interface Wanted {
  readonly triggers: readonly Trigger[];
  readonly baseline: number;
  /** Of a feed that comes back to a Halo: when. */
  readonly since: Date | null;
}

/**
 * Makes the feed's subscriptions match its enabled triggers; those that are new or were enabled again start at
 * `baseline`. Call it in the transaction that holds the feed's row.
 */
export async function syncSubscriptions(db: Database, feed: FeedAddress, wanted: Wanted): Promise<void> {
  const rows = await db.select().from(subscriptions).where(ofFeed(feed));
  const there = new Map(rows.map((row) => [row.trigger, row.enabledAt.getTime()]));
  const enabled = new Set(wanted.triggers.map(({ id }) => id));
  const gone = rows.flatMap(({ trigger }) => (enabled.has(trigger) ? [] : [trigger]));
  const fresh = wanted.triggers.filter(({ id, enabledAt }) => there.get(id) !== enabledAt.getTime());
  const stale = [...gone, ...fresh.flatMap(({ id }) => (there.has(id) ? [id] : []))];
  if (stale.length > 0) {
    await db.delete(subscriptions).where(and(ofFeed(feed), inArray(subscriptions.trigger, stale)));
  }
  const { connection, kind } = feed;
  const { baseline, since } = wanted;
  const rowsOf = fresh.map(({ id, enabledAt }) => ({
    trigger: id,
    connection,
    kind,
    baseline,
    enabledAt,
    since,
  }));
  const added = await stillThere(db, rowsOf);
  if (added.length > 0) await db.insert(subscriptions).values(added);
}

/** A trigger may have been deleted since its rows were read. Those that are left stay until the transaction ends. */
async function stillThere<Row extends { readonly trigger: string }>(
  db: Database,
  some: readonly Row[],
): Promise<Row[]> {
  if (some.length === 0) return [];
  const ids = some.map(({ trigger }) => trigger);
  const rows = await db
    .select({ id: triggers.id })
    .from(triggers)
    .where(inArray(triggers.id, ids))
    .for('key share');
  const kept = new Set(rows.map(({ id }) => id));
  return some.filter(({ trigger }) => kept.has(trigger));
}

/**
 * Keeps the subscriptions of a feed for the Halo that it has read so far, and brings back those for the Halo that it reads
 * from now on; null for a Halo whose are not wanted. Call it in the transaction that holds the feed's row.
 */
export async function turnSubscriptions(
  db: Database,
  feed: FeedAddress,
  { keptFor, backAt }: { readonly keptFor: string | null; readonly backAt: string | null },
): Promise<void> {
  const left = await db.delete(subscriptions).where(ofFeed(feed)).returning();
  if (keptFor !== null) {
    await takePlaces(db, feed, keptFor);
    const kept = left.map((row) => ({ ...row, halo: keptFor }));
    const rows = await stillThere(db, kept);
    if (rows.length > 0) await db.insert(subscriptionPlaces).values(rows);
  }
  if (backAt === null) return;
  const rows = await stillThere(db, await takePlaces(db, feed, backAt));
  if (rows.length > 0) await db.insert(subscriptions).values(rows);
}

async function takePlaces(
  db: Database,
  { connection, kind }: FeedAddress,
  halo: string,
): Promise<(typeof subscriptions.$inferSelect)[]> {
  const rows = await db
    .delete(subscriptionPlaces)
    .where(
      and(
        eq(subscriptionPlaces.connection, connection),
        eq(subscriptionPlaces.kind, kind),
        eq(subscriptionPlaces.halo, halo),
      ),
    )
    .returning();
  return rows.map(({ halo: _halo, ...row }) => row);
}

/** Removes the subscriptions of triggers that do not take records from that feed any more: they start anew if they do again. */
export async function removeSubscriptions(
  db: Database,
  wanted: ReadonlyMap<string, WantedFeed>,
): Promise<void> {
  const kept = new Set(
    [...wanted].flatMap(([name, { triggers }]) => triggers.map(({ id }) => `${name} ${id}`)),
  );
  for (const table of [subscriptions, subscriptionPlaces]) {
    for (const row of await db
      .select({
        trigger: table.trigger,
        connection: table.connection,
        kind: table.kind,
        enabledAt: table.enabledAt,
      })
      .from(table)) {
      if (kept.has(`${feedName(row)} ${row.trigger}`)) continue;
      // Unless it was enabled again meanwhile.
      await db
        .delete(table)
        .where(
          and(
            eq(table.trigger, row.trigger),
            eq(table.connection, row.connection),
            eq(table.kind, row.kind),
            eq(table.enabledAt, row.enabledAt),
          ),
        );
    }
  }
}

/** Of a feed that starts anew. */
export async function unsubscribeAll(db: Database, feed: FeedAddress): Promise<void> {
  await db.delete(subscriptions).where(ofFeed(feed));
}

/** Whom the feed's records go to. */
export async function readSubscriptions(db: Database, feed: FeedAddress): Promise<Subscription[]> {
  return await db.select().from(subscriptions).where(ofFeed(feed));
}

/**
 * Whether a record that the feed has not read before is new for a trigger. An id above the baseline was given after the
 * trigger was enabled, whatever its date says, except where the date lies between the last poll before and that moment.
 * An id below it is new when its date says so: its creation took long. An older record that appears, since it was
 * restored or became a ticket, is not.
 */
export function isNewFor(
  { baseline, enabledAt, since }: Subscription,
  { id, occurredAt }: FeedRow,
  polledBefore: Date | null,
): boolean {
  if (occurredAt !== null && occurredAt >= (since ?? enabledAt)) return true;
  if (id <= baseline) return false;
  return occurredAt === null || polledBefore === null || occurredAt < polledBefore;
}
