/** A Halo whose ids went back begins a new generation: in one transaction for all that goes by them. */
import { and, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import { nextVersion } from '../../organizations/configuration.ts';
import { generationName, haloOf } from '../../organizations/halo.ts';
import { rootOf } from '../../organizations/tree.ts';
import type { Configuration, Connection } from '../../organizations/types.ts';
import { haloGenerations } from '../../store/schema/configuration.ts';
import { events } from '../../store/schema/events.ts';
import { feedPlaces, feeds, subscriptionPlaces, subscriptions } from '../../store/schema/triggers.ts';
import { TICKET_ROUTES } from '../../calls/sameRecords.ts';
import { recordKey } from '../events.ts';
import type { Database } from '../events.ts';
import { property } from '../dispatch/subject.ts';
import type { FeedKind } from '../types.ts';
import { haloDate } from './source.ts';
import type { FeedRow } from './source.ts';
import type { Return } from './wentBack.ts';

export interface Beginning extends Return {
  readonly configuration: Configuration;
  readonly connection: Connection;
  /** The last good look before: a generation that was noticed after it is the same return, seen by another feed. */
  readonly since: Date;
  /** The records of the new generation that Halo has by now. */
  readonly records: readonly (FeedRow & { readonly kind: FeedKind })[];
  /** Who noticed it: `the feed of tickets`. */
  readonly by: string;
}

/** Returns the name of the generation that the records are of. */
export async function beginGeneration(tx: Database, beginning: Beginning): Promise<string> {
  const { configuration, connection, firstId, isOther, since, by } = beginning;
  const halo = haloOf(configuration, connection);
  const generation = await numberOf(tx, beginning);
  const name = generationName(halo.id, generation);
  const olds = halo.names.filter((one) => one !== name);
  const siblings = askingTheSame(configuration, connection);
  const places = inTreeOf(configuration, connection).map(({ id }) => id);
  await lowerFeeds(tx, { halo: halo.id, connections: siblings, places, firstId, isOther, since });
  await moveEvents(tx, { beginning, name, olds, connections: siblings });
  await moveWrites(tx, { beginning, name, olds });
  await tell(tx, connection, {
    name,
    text:
      `${halo.id} went back, as ${by} noticed: ` +
      (isOther
        ? 'it has another database, of which nothing from before the last good poll starts'
        : `records from ${firstId} on are of generation ${generation}, those below are what they were`) +
      `; the last good look was at ${since.toISOString()}`,
  });
  await nextVersion(tx);
  return name;
}

/** Ids of the connections of the tree that ask the same Halo. */
export function askingTheSame(configuration: Configuration, connection: Connection): string[] {
  const { id } = haloOf(configuration, connection);
  return inTreeOf(configuration, connection)
    .filter((one) => haloOf(configuration, one).id === id)
    .map((one) => one.id);
}

function inTreeOf(configuration: Configuration, { organization }: Connection): Connection[] {
  const root = rootOf(configuration, organization)?.slug;
  return configuration.connections.filter((one) => rootOf(configuration, one.organization)?.slug === root);
}

/** Writes the generation down: a new one, or the latest, which another feed has noticed since, from a lower id on. */
async function numberOf(
  tx: Database,
  { configuration, connection, firstId, since }: Beginning,
): Promise<number> {
  const halo = haloOf(configuration, connection);
  const known = await tx.select().from(haloGenerations).where(eq(haloGenerations.halo, halo.id));
  const latest = known.find(({ generation }) => generation === halo.generation && generation > 1);
  if (latest && latest.noticedAt > since) {
    await tx
      .update(haloGenerations)
      .set({ firstId: sql`least(${haloGenerations.firstId}, ${firstId})` })
      .where(and(eq(haloGenerations.halo, halo.id), eq(haloGenerations.generation, latest.generation)));
    return latest.generation;
  }
  // Another tree may have numbers of its own for the same host; where the two come together, none is there twice.
  const generation = Math.max(1, ...known.map((row) => row.generation)) + 1;
  const organization = rootOf(configuration, connection.organization)?.slug ?? connection.organization;
  await tx.insert(haloGenerations).values({
    organization,
    halo: halo.id,
    generation,
    firstId,
    since,
    noticedAt: sql`clock_timestamp()`,
  });
  return generation;
}

/** Feeds read again from below the first id, also those that have not come upon it; of another database from anew. */
async function lowerFeeds(
  tx: Database,
  of: {
    readonly halo: string;
    readonly connections: readonly string[];
    /** Those that may come back to it. */
    readonly places: readonly string[];
    readonly firstId: number;
    readonly isOther: boolean;
    readonly since: Date;
  },
): Promise<void> {
  const { halo, connections, places, firstId, isOther, since } = of;
  const below = firstId - 1;
  const lowered = (table: typeof feeds | typeof feedPlaces) => ({
    changedTo: null,
    lookMarks: [],
    ...(isOther
      ? {
          mark: null,
          floor: 0,
          seen: [],
          newest: [],
          succeededAt: sql`least(${table.succeededAt}, ${since.toISOString()}::timestamptz)`,
        }
      : {
          mark: sql`least(${table.mark}, ${below})`,
          floor: sql`least(${table.floor}, ${below})`,
          seen: sql`array(select id from unnest(${table.seen}) id where id <= ${below})`,
          newest: sql`(select coalesce(jsonb_agg(e), '[]') from jsonb_array_elements(${table.newest}) e where (e->>0)::int <= ${below})`,
        }),
  });
  await tx
    .update(feeds)
    .set({ polls: sql`${feeds.polls} + 1`, mustLook: true, ...lowered(feeds) })
    .where(and(eq(feeds.halo, halo), inArray(feeds.connection, [...connections])));
  await tx
    .update(feedPlaces)
    .set(lowered(feedPlaces))
    .where(and(eq(feedPlaces.halo, halo), inArray(feedPlaces.connection, [...places])));
  const most = isOther ? 0 : below;
  await tx
    .update(subscriptions)
    .set({ baseline: sql`least(${subscriptions.baseline}, ${most})` })
    .where(inArray(subscriptions.connection, [...connections]));
  await tx
    .update(subscriptionPlaces)
    .set({ baseline: sql`least(${subscriptionPlaces.baseline}, ${most})` })
    .where(and(eq(subscriptionPlaces.halo, halo), inArray(subscriptionPlaces.connection, [...places])));
}

interface Moving {
  readonly beginning: Beginning;
  readonly name: string;
  /** The names of the generations before. */
  readonly olds: readonly string[];
}

/**
 * Events that came of the new records before it was noticed, as from Halo's webhook, are theirs: those that ran, by the
 * date of what they ran with, and those that nobody has looked at yet, which will read the new record.
 */
async function moveEvents(
  tx: Database,
  { beginning, name, olds, connections }: Moving & { readonly connections: readonly string[] },
): Promise<void> {
  for (const { id, kind, occurredAt } of beginning.records) {
    const rows = await tx
      .select()
      .from(events)
      .where(
        and(
          inArray(events.connection, [...connections]),
          eq(events.kind, kind),
          eq(events.record, id),
          or(isNull(events.halo), inArray(events.halo, [...olds])),
          inArray(events.status, ['pending', 'accepted']),
        ),
      );
    for (const row of rows) {
      const isItsKey = row.key === recordKey(kind, id) || row.key === recordKey(kind, id, row.halo);
      const ranWith = haloDate(property(property(row.payload, 'ticket'), 'dateoccurred'));
      const isUnread = row.status === 'pending' && row.workflowId === null && row.payload === null;
      const isOfIt = ranWith !== null && ranWith.getTime() === occurredAt?.getTime();
      if (!isItsKey || !(isUnread || isOfIt)) continue;
      await tx
        .update(events)
        .set({ halo: name, key: recordKey(kind, id, name) })
        .where(eq(events.id, row.id));
    }
  }
}

/** Records that haloflow made before it was noticed stay its own, by their stamp or their date. */
async function moveWrites(tx: Database, { beginning, name, olds }: Moving): Promise<void> {
  const { records } = beginning;
  if (records.length === 0) return;
  await tx.execute(sql`
    update writes w set host = ${name}
      from unnest(${sql.param(records.map(({ id }) => String(id)))}::text[],
        ${sql.param(records.map(({ stamp }) => stamp))}::text[],
        ${sql.param(records.map(({ occurredAt }) => occurredAt?.toISOString() ?? null))}::text[]) as r(id, stamp, made)
      where w.host = any(${sql.param([...olds])}) and w.resource = any(${sql.param([...TICKET_ROUTES])})
        and w.effect = 'create' and w.halo_id = r.id and (w.stamp = r.stamp or (r.stamp is null and w.made = r.made))`);
}

/** An event for people: nothing comes of it. */
async function tell(
  tx: Database,
  { id, organization }: Connection,
  { name, text }: { readonly name: string; readonly text: string },
): Promise<void> {
  await tx
    .insert(events)
    .values({
      trigger: `halo/${id}`,
      key: `went-back/${name}`,
      source: 'poll',
      status: 'filtered',
      reason: text,
      connection: id,
      halo: name,
      organization,
      decidedAt: sql`now()`,
    })
    .onConflictDoUpdate({ target: [events.trigger, events.key], set: { reason: text } });
}
