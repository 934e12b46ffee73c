/** Taking rows of the inbox, so that no two dispatchers work on one and those of a dispatcher that died come back. */
import { and, asc, eq, gt, inArray, isNull, lte, notInArray, or, sql } from 'drizzle-orm';
import type { SQL, SQLWrapper } from 'drizzle-orm';
import { events } from '../../store/schema/events.ts';
import type { Store } from '../../store/store.ts';
import type { EventRow } from '../types.ts';
import { turnsOf, waitingTriggers } from './turns.ts';

/** Rows of a dispatcher that died come back after this long. */
const LEASE_SECONDS = 10;
const RENEW_MS = 2_500;

const leased = sql`now() + make_interval(secs => ${LEASE_SECONDS})`;
const isPending = eq(events.status, 'pending');

export interface Claiming {
  /** Rows at most; Infinity where `mayTake` says. */
  readonly limit: number;
  readonly ids?: readonly number[] | undefined;
  readonly batchTriggers: readonly string[];
  /** Whose turn a trigger's rows take, from the root of the tree down; without it, and with `ids`, the oldest go first. */
  readonly sharerOf?: ((trigger: string) => readonly string[]) | undefined;
  /** Whether there is room for one more row of a path. */
  readonly mayTake?: ((path: readonly string[]) => boolean) | undefined;
  /** Triggers whose rows are not taken now, unless they are among `ids`. */
  readonly without?: ReadonlySet<string> | undefined;
}

/**
 * Takes up to `limit` pending rows that are due: their `due_at` is moved ahead, and the try is counted. Trees of
 * organizations take turns, and so do the organizations and triggers in each. A row whose last try came to no end is taken
 * alone, the one with the fewest such tries first: its process may have died of it, and nobody else shall die with it. Of
 * the rows of triggers that deliver batches only the first of each batch is taken, see {@link claimBatch}.
 */
export async function claim(store: Store, claiming: Claiming): Promise<EventRow[]> {
  if (claiming.ids?.length === 0) return [];
  const rows = await claimFresh(store, claiming);
  return rows.length > 0 ? rows : await suspect(store, claiming);
}

/** Like {@link claim}, but takes no row whose last try came to no end. */
export async function claimFresh(store: Store, claiming: Claiming): Promise<EventRow[]> {
  const { ids, limit, sharerOf, mayTake, without } = claiming;
  const isFresh = eq(events.silentTries, 0);
  const oldest = (which: SQL) => due(store, claiming, which).orderBy(asc(events.dueAt), asc(events.id));
  if (ids !== undefined || sharerOf === undefined) {
    return await take(store, among(oldest(isFresh).limit(limit).for('update', { skipLocked: true })));
  }
  const waiting = (await waitingTriggers(store)).filter((trigger) => !without?.has(trigger));
  const turns = turnsOf(waiting, sharerOf, limit, mayTake);
  if (turns.size === 0) return [];
  const ofTurn = oldest(sql`${isFresh} and ${events.trigger} = turn.name`).getSQL();
  return await take(
    store,
    among(sql`(select taken.id
      from unnest(${sql.param([...turns.keys()])}::text[], ${sql.param([...turns.values()])}::int[]) turn(name, most)
      cross join lateral (${ofTurn} limit turn.most for update skip locked) taken)`),
  );
}

async function suspect(store: Store, claiming: Claiming): Promise<EventRow[]> {
  return await take(store, among(suspects(store, claiming).for('update', { skipLocked: true })));
}

/** The row that would be taken next of those whose last try came to no end; null when none is due. */
export async function nextSuspect(
  store: Store,
  claiming: Pick<Claiming, 'batchTriggers' | 'without'>,
): Promise<number | null> {
  const [row] = await suspects(store, claiming);
  return row?.id ?? null;
}

function suspects(store: Store, claiming: Pick<Claiming, 'ids' | 'batchTriggers' | 'without'>) {
  const without = [...(claiming.without ?? [])];
  const isSuspect = gt(events.silentTries, 0);
  return due(
    store,
    claiming,
    without.length > 0 ? sql`${isSuspect} and ${notInArray(events.trigger, without)}` : isSuspect,
  )
    .orderBy(asc(events.silentTries), asc(events.dueAt), asc(events.id))
    .limit(1);
}

const among = (rows: SQLWrapper): SQL => sql`${events.id} = any(array${rows})`;

function due(store: Store, { ids, batchTriggers }: Pick<Claiming, 'ids' | 'batchTriggers'>, which: SQL) {
  return store.db
    .select({ id: events.id })
    .from(events)
    .where(
      and(
        isPending,
        which,
        lte(events.dueAt, sql`now()`),
        ids && inArray(events.id, [...ids]),
        batchTriggers.length > 0 ? leadsItsBatch(batchTriggers) : undefined,
      ),
    )
    .$dynamic();
}

/** Whether the row is decided, of no batch, or the first of its batch that is undecided: whoever has that one forms it. */
function leadsItsBatch(batchTriggers: readonly string[]): SQL | undefined {
  const first = sql`(select min(b.id) from events b where b.status = 'pending' and b.workflow_id is null
    and b.kind is not null and ${inArray(sql`b.trigger`, [...batchTriggers])}
    group by b.trigger, b.connection, b.kind, b.poll)`;
  return or(
    notInArray(events.trigger, [...batchTriggers]),
    isNull(events.kind),
    sql`${events.workflowId} is not null`,
    sql`${events.id} in ${first}`,
  );
}

/** Takes the other rows of the batch that `first` leads, due or not; none where two tries of it came to no end. */
export async function claimBatch(store: Store, first: EventRow): Promise<EventRow[]> {
  // This try is counted among them until it has ended.
  if (first.silentTries > 2) return [];
  const others = store.db
    .select({ id: events.id })
    .from(events)
    .where(
      and(
        isPending,
        isNull(events.workflowId),
        eq(events.trigger, first.trigger),
        eq(events.kind, first.kind!),
        sql`${events.connection} is not distinct from ${first.connection}`,
        sql`${events.poll} is not distinct from ${first.poll}`,
        sql`${events.id} > ${first.id}`,
      ),
    )
    .orderBy(asc(events.id))
    .for('update', { skipLocked: true });
  return await take(store, sql`${events.id} = any(array(${others}))`);
}

async function take(store: Store, which: SQL): Promise<EventRow[]> {
  const rows = await store.db
    .update(events)
    .set({
      dueAt: leased,
      attempts: sql`${events.attempts} + 1`,
      silentTries: sql`${events.silentTries} + 1`,
    })
    .where(which)
    .returning();
  return rows.toSorted((a, b) => a.id - b.id);
}

/** Keeps rows from coming back while they are worked on. */
export interface Lease {
  /** From now on these too. */
  add(rows: readonly EventRow[]): void;
  /** This one is done with. */
  drop(id: number): void;
  end(): void;
}

/** Moves the rows' `due_at` ahead every few seconds until it is ended. `beat` is called each time. */
export function keepLease(store: Store, beat: () => void): Lease {
  const held = new Map<number, number>();
  const timer = setInterval(() => {
    beat();
    if (held.size > 0) void renew();
  }, RENEW_MS);
  const renew = async (): Promise<void> => {
    await store.pool
      .query(
        `update events set due_at = now() + make_interval(secs => $3) from unnest($1::bigint[], $2::int[]) as h(id, attempts)
          where events.id = h.id and events.attempts = h.attempts and events.status = 'pending'`,
        [[...held.keys()], [...held.values()], LEASE_SECONDS],
      )
      // A lease that runs out costs a second look, which finds what the first one did.
      .catch(() => undefined);
  };
  return {
    add(rows) {
      for (const { id, attempts } of rows) held.set(id, attempts);
    },
    drop: (id) => void held.delete(id),
    end: () => clearInterval(timer),
  };
}
