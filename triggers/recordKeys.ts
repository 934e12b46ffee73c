/**
 * Keys of records: the same record of the same Halo always has the same key. Records of the first Halo that a trigger
 * read, in its first generation, have `tickets/4711`; all others name the Halo: `tickets/4711@<halo>`.
 */
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { haloIdOf } from '../organizations/halo.ts';
import { events } from '../store/schema/events.ts';
import { feeds, triggerHalos } from '../store/schema/triggers.ts';
import { recordKey } from './events.ts';
import type { Database, NewEvent } from './events.ts';
import type { FeedKind } from './types.ts';

/** An event about a record, before it has its key. */
export type RecordEvent = Omit<NewEvent, 'key'> & {
  readonly kind: FeedKind;
  readonly record: number;
  /** The generation of the record. */
  readonly halo: string;
};

/** The number of ids in one statement. */
const CHUNK = 5_000;

/** The events with their keys; with `plan` it stores nothing. */
export async function withKeys<Row extends RecordEvent>(
  db: Database,
  rows: readonly Row[],
  { plan = false }: { readonly plan?: boolean } = {},
): Promise<(Row & { readonly key: string })[]> {
  const firsts = await firstHalos(db, rows, plan);
  const isPlain = ({ trigger, halo }: Row): boolean => firsts.get(trigger) === halo;
  const old = await unnamedKeys(
    db,
    rows.filter((row) => !isPlain(row)),
  );
  return rows.map((row) => {
    const plain = recordKey(row.kind, row.record);
    const isKnown = old.get(`${row.trigger} ${plain}`) === row.halo;
    return { ...row, key: isPlain(row) || isKnown ? plain : recordKey(row.kind, row.record, row.halo) };
  });
}

/**
 * The first Halo of each trigger; for a trigger that has read none yet, stores it. It is stored apart from the trigger, so
 * that a trigger that is created again under its id continues with its keys.
 */
export async function firstHalos(
  db: Database,
  rows: readonly { readonly trigger: string; readonly halo: string }[],
  plan = false,
): Promise<ReadonlyMap<string, string>> {
  const triggers = [...new Set(rows.map(({ trigger }) => trigger))];
  if (triggers.length === 0) return new Map();
  const read = async (): Promise<Map<string, string>> => {
    const found = await db.select().from(triggerHalos).where(inArray(triggerHalos.trigger, triggers));
    return new Map(found.map(({ trigger, halo }) => [trigger, halo]));
  };
  const known = await read();
  const fresh = [];
  for (const trigger of triggers.filter((one) => !known.has(one))) {
    const asked = rows.find((row) => row.trigger === trigger)?.halo ?? '';
    fresh.push({ trigger, halo: haloIdOf((await oldestHalo(db, trigger)) ?? asked) });
  }
  if (fresh.length === 0) return known;
  if (plan) return new Map([...known, ...fresh.map(({ trigger, halo }) => [trigger, halo] as const)]);
  // Who comes second at the same moment waits for the first, and goes by what that one wrote.
  await db.insert(triggerHalos).values(fresh).onConflictDoNothing();
  return await read();
}

/** The Halo of the oldest record that the trigger has read; null if there is none or it is unknown. */
async function oldestHalo(db: Database, trigger: string): Promise<string | null> {
  const { rows } = await db.execute<{ halo: string | null }>(sql`
    select coalesce(e.halo, f.first_halo) as halo from events e
      left join feeds f on f.connection = e.connection and f.kind = e.kind
      where e.trigger = ${trigger} and e.kind is not null order by e.id limit 1`);
  return rows[0]?.halo ?? null;
}

/** The Halos of old events that do not store one, where it is not the trigger's first. */
async function unnamedKeys(db: Database, rows: readonly RecordEvent[]): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const trigger of new Set(rows.map((row) => row.trigger))) {
    const keys = rows.flatMap((row) => (row.trigger === trigger ? [recordKey(row.kind, row.record)] : []));
    for (let start = 0; start < keys.length; start += CHUNK) {
      const old = await db
        .select({ key: events.key, halo: feeds.firstHalo })
        .from(events)
        .innerJoin(feeds, and(eq(feeds.connection, events.connection), eq(feeds.kind, events.kind)))
        .where(
          and(
            eq(events.trigger, trigger),
            inArray(events.key, keys.slice(start, start + CHUNK)),
            isNull(events.halo),
          ),
        );
      for (const { key, halo } of old) if (halo !== null) found.set(`${trigger} ${key}`, halo);
    }
  }
  return found;
}
