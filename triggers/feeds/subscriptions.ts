/** From where on a trigger takes the records of a feed. */
import { and, eq, inArray } from 'drizzle-orm';
import { subscriptions, triggers } from '../../store/schema/triggers.ts';
import type { Database } from '../events.ts';
import type { Trigger } from '../types.ts';
import type { FeedAddress, FeedRow } from './source.ts';
import { feedName } from './wanted.ts';
import type { WantedFeed } from './wanted.ts';

export type Subscription = Pick<typeof subscriptions.$inferSelect, 'trigger' | 'baseline' | 'enabledAt'>;

const ofFeed = ({ connection, kind }: FeedAddress) =>
  and(eq(subscriptions.connection, connection), eq(subscriptions.kind, kind));

/**
 * Makes the feed's subscriptions match its enabled triggers; those that are new or were enabled again start at
 * `baseline`. Call it in the transaction that holds the feed's row.
 */
export async function syncSubscriptions(
  db: Database,
  feed: FeedAddress,
  wanted: { readonly triggers: readonly Trigger[]; readonly baseline: number },
): Promise<void> {
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
  const { baseline } = wanted;
  const added = (await stillThere(db, fresh)).map(({ id, enabledAt }) => ({
    trigger: id,
    connection,
    kind,
    baseline,
    enabledAt,
  }));
  if (added.length > 0) await db.insert(subscriptions).values(added);
}

/** A trigger may have been deleted since the configuration was read. Those that are left stay until the transaction ends. */
async function stillThere(db: Database, some: readonly Trigger[]): Promise<readonly Trigger[]> {
  if (some.length === 0) return some;
  const ids = some.map(({ id }) => id);
  const rows = await db
    .select({ id: triggers.id })
    .from(triggers)
    .where(inArray(triggers.id, ids))
    .for('key share');
  const kept = new Set(rows.map(({ id }) => id));
  return some.filter(({ id }) => kept.has(id));
}

/** Removes the subscriptions of triggers that do not take records from that feed any more: they start anew if they do again. */
export async function removeSubscriptions(
  db: Database,
  wanted: ReadonlyMap<string, WantedFeed>,
): Promise<void> {
  const kept = new Set(
    [...wanted].flatMap(([name, { triggers }]) => triggers.map(({ id }) => `${name} ${id}`)),
  );
  for (const row of await db.select().from(subscriptions)) {
    if (kept.has(`${feedName(row)} ${row.trigger}`)) continue;
    // Unless it was enabled again meanwhile.
    await db
      .delete(subscriptions)
      .where(
        and(eq(subscriptions.trigger, row.trigger), ofFeed(row), eq(subscriptions.enabledAt, row.enabledAt)),
      );
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
  { baseline, enabledAt }: Subscription,
  { id, occurredAt }: FeedRow,
  polledBefore: Date | null,
): boolean {
  if (occurredAt !== null && occurredAt >= enabledAt) return true;
  if (id <= baseline) return false;
  return occurredAt === null || polledBefore === null || occurredAt < polledBefore;
}
