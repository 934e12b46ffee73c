/** Records of the past for one trigger: rewind and backfill, apart from the feed's cursor, which never goes back. */
import { and, eq, inArray, sql } from 'drizzle-orm';
import { ConfigurationError } from '../../errors.ts';
import type { ConfigurationReader } from '../../organizations/configuration.ts';
import { events } from '../../store/schema/events.ts';
import { runs } from '../../store/schema/runs.ts';
import type { Store } from '../../store/store.ts';
import { feedsOf } from '../catalogue/feedsOf.ts';
import { insertEventsApart, recordKey, wakeDispatchers } from '../events.ts';
import type { Database, Divisible } from '../events.ts';
import type { HaloPort } from '../haloPort.ts';
import { connectionOf } from '../registry.ts';
import type { EventRow, EventSource, FeedKind, Trigger } from '../types.ts';
import { readFrom } from './read.ts';

export interface Rewinding {
  readonly store: Store;
  readonly configuration: ConfigurationReader;
  readonly halo: HaloPort;
}

interface PastRequest {
  readonly trigger: Trigger;
  /** What belongs into the transaction that fires them. */
  readonly onFired?: (tx: Database, rewound: Rewound) => Promise<void>;
}

export interface RewindRequest extends PastRequest {
  /** From this ticket on, or from what was created at this time on. */
  readonly to: number | Date;
  /** Run what already ran once more. */
  readonly again?: boolean;
}

export interface BackfillRequest extends PastRequest {
  readonly since: Date;
  /** Records at most, the oldest first. */
  readonly limit: number;
}

/** What there is from there on, by what has become of it so far. */
export interface RewindPlan {
  readonly records: number;
  /** Accepted before: their runs are started. */
  readonly ran: number;
  /** Filtered or failed before. */
  readonly refused: number;
  /** Pending: they run anyway. */
  readonly waiting: number;
  /** Never looked at by this trigger. */
  readonly unknown: number;
}

export interface Rewound extends RewindPlan {
  /** Rows that are pending now because of this. */
  readonly fired: number;
}

interface Past {
  readonly connection: string;
  readonly kind: FeedKind;
  readonly record: number;
  readonly key: string;
}

/** Ids in one statement. */
const CHUNK = 5_000;

/**
 * Counts what `rewind` would find, and changes nothing.
 *
 * @throws ConfigurationError for a trigger that takes no records from a feed, else what Halo's client throws.
 */
export async function planRewind(parts: Rewinding, request: RewindRequest): Promise<RewindPlan> {
  const past = await readPast(parts, request.trigger, request.to);
  return planOf(past, await knownEvents(parts.store.db, request.trigger, past));
}

/**
 * Fires what is found from there on: what was never looked at, what was filtered or failed, and with `again` what
 * already ran, under a new key. In one transaction, so that it happens or not, and may be called again.
 *
 * @throws as {@link planRewind}.
 */
export async function rewind(parts: Rewinding, request: RewindRequest): Promise<Rewound> {
  const { trigger, again = false } = request;
  const past = await readPast(parts, trigger, request.to);
  return await parts.store.db.transaction(async (tx) => {
    const known = await knownEvents(tx, trigger, past);
    const fresh = await insertEventsApart(tx, rowsFor(trigger, unknownOf(past, known), 'rewind'));
    const refused = await fireAgain(tx, past, known);
    const repeated = again ? await repeat(tx, trigger, { past, known }) : 0;
    const rewound = { ...planOf(past, known), fired: fresh.length + refused + repeated };
    await request.onFired?.(tx, rewound);
    return rewound;
  });
}

/**
 * Counts what `backfill` would find, and changes nothing.
 *
 * @throws as {@link planRewind}.
 */
export async function planBackfill(parts: Rewinding, request: BackfillRequest): Promise<RewindPlan> {
  const past = (await readPast(parts, request.trigger, request.since)).slice(0, request.limit);
  return planOf(past, await knownEvents(parts.store.db, request.trigger, past));
}

/**
 * Fires records from before the trigger's baseline that it has never looked at; those that it has stay as they are.
 *
 * @throws as {@link planRewind}.
 */
export async function backfill(parts: Rewinding, request: BackfillRequest): Promise<Rewound> {
  const { trigger, limit } = request;
  const past = (await readPast(parts, trigger, request.since)).slice(0, limit);
  return await parts.store.db.transaction(async (tx) => {
    const known = await knownEvents(tx, trigger, past);
    const fresh = await insertEventsApart(tx, rowsFor(trigger, unknownOf(past, known), 'backfill'));
    const rewound = { ...planOf(past, known), fired: fresh.length };
    await request.onFired?.(tx, rewound);
    return rewound;
  });
}

/** Where a trigger takes its records from. Throws ConfigurationError when it takes none, or has no connection. */
export async function sourcesOf(
  { configuration }: Pick<Rewinding, 'configuration'>,
  trigger: Trigger,
): Promise<{ readonly connection: string; readonly kinds: readonly FeedKind[] }> {
  const kinds = feedsOf(trigger);
  if (kinds.length === 0) {
    throw new ConfigurationError(
      `trigger ${trigger.id} is of type ${trigger.type}, which reads no records of Halo: only new-ticket-record does`,
    );
  }
  const connection = connectionOf(await configuration.current(), trigger);
  if (connection !== null) return { connection, kinds };
  throw new ConfigurationError(
    `trigger ${trigger.id} has no connection: name one, or give ${trigger.organization} a default one`,
  );
}

async function readPast(parts: Rewinding, trigger: Trigger, from: number | Date): Promise<Past[]> {
  const { connection, kinds } = await sourcesOf(parts, trigger);
  const past: Past[] = [];
  for (const kind of kinds) {
    const rows = await readFrom({ halo: parts.halo, lane: 'interactive' }, { connection, kind }, from);
    past.push(...rows.map(({ id }) => ({ connection, kind, record: id, key: recordKey(kind, id) })));
  }
  return past.sort((left, right) => left.record - right.record);
}

/** The trigger's events of these records, by key; repeats not among them. */
async function knownEvents(
  db: Database,
  trigger: Trigger,
  past: readonly Past[],
): Promise<ReadonlyMap<string, EventRow>> {
  const known = new Map<string, EventRow>();
  for (let start = 0; start < past.length; start += CHUNK) {
    const keys = past.slice(start, start + CHUNK).map(({ key }) => key);
    const rows = await db
      .select()
      .from(events)
      .where(and(eq(events.trigger, trigger.id), inArray(events.key, keys)));
    for (const row of rows) known.set(row.key, row);
  }
  return known;
}

const unknownOf = (past: readonly Past[], known: ReadonlyMap<string, EventRow>): readonly Past[] =>
  past.filter(({ key }) => !known.has(key));

const rowsFor = (trigger: Trigger, past: readonly Past[], source: EventSource) =>
  past.map((record) => ({ trigger: trigger.id, source, ...record }));

function planOf(past: readonly Past[], known: ReadonlyMap<string, EventRow>): RewindPlan {
  const count = (...statuses: readonly (EventRow['status'] | undefined)[]): number =>
    past.filter(({ key }) => statuses.includes(known.get(key)?.status)).length;
  return {
    records: past.length,
    ran: count('accepted'),
    refused: count('filtered', 'failed'),
    waiting: count('pending'),
    unknown: count(undefined),
  };
}

/**
 * What was filtered or failed is decided anew, except where its run may have been started: then that one is started, or
 * found started.
 */
async function fireAgain(
  db: Database,
  past: readonly Past[],
  known: ReadonlyMap<string, EventRow>,
): Promise<number> {
  const ids = past.flatMap(({ key }) => {
    const row = known.get(key);
    return row?.status === 'filtered' || row?.status === 'failed' ? [row.id] : [];
  });
  const isRunKnown = sql`exists (select 1 from ${runs} where ${runs.id} = ${events.run})`;
  let fired = 0;
  for (let start = 0; start < ids.length; start += CHUNK) {
    const rows = await db
      .update(events)
      .set({
        status: 'pending',
        source: 'rewind',
        reason: null,
        attempts: 0,
        dueAt: sql`now()`,
        workflowId: sql`case when ${isRunKnown} then ${events.workflowId} end`,
        organization: sql`case when ${isRunKnown} then ${events.organization} end`,
        run: sql`case when ${isRunKnown} then ${events.run} else gen_random_uuid() end`,
        outcome: null,
        payload: null,
        decidedAt: null,
      })
      .where(
        and(
          inArray(events.id, ids.slice(start, start + CHUNK)),
          inArray(events.status, ['filtered', 'failed']),
        ),
      )
      .returning({ id: events.id });
    fired += rows.length;
  }
  if (fired > 0) await wakeDispatchers(db);
  return fired;
}

/** What already ran, under the key of its next repeat; not while an earlier repeat is still waiting. */
async function repeat(
  db: Divisible,
  trigger: Trigger,
  { past, known }: { readonly past: readonly Past[]; readonly known: ReadonlyMap<string, EventRow> },
): Promise<number> {
  const ran = past.flatMap((record) => {
    const first = known.get(record.key);
    return first?.status === 'accepted' ? [{ ...record, first: first.id }] : [];
  });
  const earlier = await repeatsOf(
    db,
    trigger,
    ran.map(({ first }) => first),
  );
  const rows = ran.flatMap(({ first, ...record }) => {
    const { count = 0, waiting = false } = earlier.get(first) ?? {};
    if (waiting) return [];
    return [
      {
        ...record,
        trigger: trigger.id,
        source: 'rewind' as const,
        key: `${record.key}/again/${count + 1}`,
        repeats: first,
      },
    ];
  });
  return (await insertEventsApart(db, rows)).length;
}

interface Repeats {
  readonly count: number;
  readonly waiting: boolean;
}

async function repeatsOf(
  db: Database,
  trigger: Trigger,
  first: readonly number[],
): Promise<ReadonlyMap<number, Repeats>> {
  const found = new Map<number, Repeats>();
  for (let start = 0; start < first.length; start += CHUNK) {
    const rows = await db
      .select({ repeats: events.repeats, status: events.status })
      .from(events)
      .where(and(eq(events.trigger, trigger.id), inArray(events.repeats, first.slice(start, start + CHUNK))));
    for (const { repeats, status } of rows) {
      const before = found.get(repeats!) ?? { count: 0, waiting: false };
      found.set(repeats!, { count: before.count + 1, waiting: before.waiting || status === 'pending' });
    }
  }
  return found;
}
