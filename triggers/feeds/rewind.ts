/** Records of the past for one trigger: rewind and backfill, apart from the feed's cursor, which they leave alone. */
import { and, eq, inArray } from 'drizzle-orm';
import { ConfigurationError } from '../../errors.ts';
import { haloOfConnection } from '../../organizations/halo.ts';
import type { Halo } from '../../organizations/halo.ts';
import type { ConfigurationReader } from '../../organizations/configuration.ts';
import { events } from '../../store/schema/events.ts';
import type { Store } from '../../store/store.ts';
import { feedsOf } from '../catalogue/feedsOf.ts';
import { insertEventsApart } from '../events.ts';
import type { Database } from '../events.ts';
import type { HaloPort } from '../haloPort.ts';
import { withKeys } from '../recordKeys.ts';
import { connectionOf } from '../registry.ts';
import type { EventRow, EventSource, FeedKind, Trigger } from '../types.ts';
import { CHUNK, fireAgain, repeat } from './again.ts';
import type { Past } from './again.ts';
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

/** What Halo has, before it is known under which keys the trigger looks at it. */
type Found = Omit<Past, 'key'>;

/**
 * Counts what `rewind` would find, and changes nothing.
 *
 * @throws ConfigurationError for a trigger that takes no records from a feed, else what Halo's client throws.
 */
export async function planRewind(parts: Rewinding, request: RewindRequest): Promise<RewindPlan> {
  return await planFor(parts, request.trigger, await readPast(parts, request.trigger, request.to));
}

/**
 * Fires what is found from there on: what was never looked at, what was filtered or failed, and with `again` what
 * already ran, under a new key. In one transaction, so that it happens or not, and may be called again.
 *
 * @throws as {@link planRewind}.
 */
export async function rewind(parts: Rewinding, request: RewindRequest): Promise<Rewound> {
  const { trigger, again = false } = request;
  const found = await readPast(parts, trigger, request.to);
  return await parts.store.db.transaction(async (tx) => {
    const past = await keyed(tx, trigger, found);
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
  const found = (await readPast(parts, request.trigger, request.since)).slice(0, request.limit);
  return await planFor(parts, request.trigger, found);
}

/**
 * Fires records from before the trigger's baseline that it has never looked at; those that it has stay as they are.
 *
 * @throws as {@link planRewind}.
 */
export async function backfill(parts: Rewinding, request: BackfillRequest): Promise<Rewound> {
  const { trigger, limit } = request;
  const found = (await readPast(parts, trigger, request.since)).slice(0, limit);
  return await parts.store.db.transaction(async (tx) => {
    const past = await keyed(tx, trigger, found);
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
): Promise<{ readonly connection: string; readonly kinds: readonly FeedKind[]; readonly halo: Halo | null }> {
  const kinds = feedsOf(trigger);
  if (kinds.length === 0) {
    throw new ConfigurationError(
      `trigger ${trigger.id} is of type ${trigger.type}, which reads no records of Halo: only new-ticket-record does`,
    );
  }
  const now = await configuration.current();
  const connection = connectionOf(now, trigger);
  if (connection !== null) return { connection, kinds, halo: haloOfConnection(now, connection) };
  throw new ConfigurationError(
    `trigger ${trigger.id} has no connection: name one, or give ${trigger.organization} a default one`,
  );
}

async function readPast(parts: Rewinding, trigger: Trigger, from: number | Date): Promise<Found[]> {
  const { connection, kinds, halo } = await sourcesOf(parts, trigger);
  const past: Found[] = [];
  for (const kind of kinds) {
    const rows = await readFrom(
      { halo: parts.halo, lane: 'interactive', of: halo?.id },
      { connection, kind },
      from,
    );
    past.push(...rows.map(({ id }) => ({ connection, halo: halo?.nameOf(id) ?? '', kind, record: id })));
  }
  return past.sort((left, right) => left.record - right.record);
}

/** Under the keys that the trigger has for them. */
async function keyed(
  db: Database,
  { id }: Trigger,
  found: readonly Found[],
  options: { readonly plan?: boolean } = {},
): Promise<readonly Past[]> {
  const rows = found.map((row) => ({ ...row, trigger: id, source: 'rewind' as const }));
  return (await withKeys(db, rows, options)).map(({ connection, halo, kind, record, key }) => ({
    connection,
    halo,
    kind,
    record,
    key,
  }));
}

async function planFor({ store }: Rewinding, trigger: Trigger, found: readonly Found[]): Promise<RewindPlan> {
  const past = await keyed(store.db, trigger, found, { plan: true });
  return planOf(past, await knownEvents(store.db, trigger, past));
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
