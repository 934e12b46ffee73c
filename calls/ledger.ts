/** The write ledger: which write is under way, so that none is sent twice, and what became of it. */
import { HaloOutcomeUnknownError } from '../errors.ts';
import { retrying } from '../store/store.ts';
import type { Store } from '../store/store.ts';
import { placeName } from './place.ts';
import { sameRecords } from './sameRecords.ts';

type WriteEffect = 'create' | 'update' | 'upsert' | 'delete';

/** What is known of one write before it is sent; `call` and `index` name its row. */
export interface Write {
  /** Key of the call: `workflow id / run id / activity id`. */
  readonly call: string;
  /** Of the element, where the input is an array. */
  readonly index: number;
  readonly connection: string;
  /** The root organization of the connection: its creates take turns among themselves. */
  readonly tree?: string | undefined;
  /** The Halo, and which generation of it (organizations/halo.ts). */
  readonly host: string;
  readonly action: string;
  /** The route without its id, `/Tickets`. */
  readonly resource: string;
  readonly effect: WriteEffect;
  readonly stamp: string | null;
  readonly once: string | null;
  readonly digest: string;
  /** What tells its record from others: `summary=<hash>`. */
  readonly marks: readonly string[];
  /** The OAuth client id whose credentials send it. */
  readonly application: string;
  /** The ticket that is written to, where the input says. */
  readonly ticket: number | null;
  /** Creates of this resource take turns on the host. */
  readonly takesTurns: boolean;
}

/** A row of the ledger as an attempt finds it. */
export interface KnownWrite {
  readonly call: string;
  readonly index: number;
  /** The attempt that sent it. */
  readonly attempt: number;
  readonly state: 'sent' | 'confirmed' | 'unknown';
  /** Which connection it was sent through. */
  readonly connection: string;
  readonly host: string;
  readonly application: string | null;
  readonly stamp: string | null;
  readonly digest: string | null;
  /** Its key as the ledger has it. */
  readonly once: string | null;
  /** Halo's id of its record, once known, and when that was made, as Halo says it. */
  readonly haloId: string | null;
  readonly made: string | null;
  /** Milliseconds since 1970, by Postgres' clock: when it was sent first. */
  readonly sentAt: number;
  /** Milliseconds from now until its request is certainly over; below zero since then. */
  readonly deadInMs: number;
  readonly result: unknown;
  /** False where there is no result: not yet, or no more, since its run is past retention. */
  readonly hasResult: boolean;
}

/** As json, so that it also serves inside another statement; `w` is the row. */
export const KNOWN_WRITE = `json_build_object('call', w.call, 'index', w.index, 'attempt', w.attempt, 'state', w.state,
  'connection', w.connection, 'host', w.host, 'application', w.application, 'stamp', w.stamp, 'digest', w.digest,
  'once', w.once, 'haloId', w.halo_id, 'made', w.made, 'sentAt', extract(epoch from w.sent_at) * 1000,
  'deadInMs', extract(epoch from w.dead_at - clock_timestamp()) * 1000, 'result', w.result,
  'hasResult', w.result is not null)`;

export interface SentMark {
  readonly write: Write;
  /** Which attempt sends it, by Temporal's count. */
  readonly attempt: number;
  /** Tries that have reached Halo, this one included. */
  readonly attempts: number;
  readonly because: string;
  /** The attempt whose lost write is sent again, once it is known that it has not happened. */
  readonly instead: number | null;
  /** From now until the request is certainly over. */
  readonly timeoutMs: number;
}

// The lock lets no later attempt begin between the look and the mark; a mark of our own is there when its commit got
// lost, or when the same attempt sends again after a 401 or a 429. A turn outlasts its request by a second, so that
// the end of a request that was cut off is recorded before the turn is free.
const mark = `
  with latest as (
    select key from calls where key = $1 and attempt = $2 for no key update
  ), turn as (
    insert into create_leases (host, holder, until)
      select $20, $1 || '/' || $2::int, now() + $16::int * interval '1 millisecond' + interval '1 second' from latest
        where $15
    on conflict (host) do update set holder = excluded.holder, until = excluded.until
      where create_leases.until < now() or create_leases.holder = excluded.holder
    returning 1
  ), mark as (
    insert into writes (call, index, attempt, connection, host, action, resource, effect, state, stamp, once, digest,
        ticket, sent_at, dead_at, marks, application)
      select key, $3, $2, $5, $7, $8, $9, $10, 'sent', $11, $12, $13, $14, now(),
        now() + $16::int * interval '1 millisecond', $18, $19 from latest where not $15 or exists (select from turn)
    on conflict (call, index) do update set attempt = excluded.attempt, dead_at = excluded.dead_at,
        application = excluded.application, host = excluded.host, failed_looks = 0
      where writes.state = 'sent' and writes.attempt in (excluded.attempt, $17)
    returning call
  ), noted as (
    update calls set attempts = $4, connection = $5, because = $6 from mark where calls.key = mark.call
  )
  select exists (select from latest) as latest, exists (select from mark) as marked,
    not $15 or exists (select from turn) as turn`;

/**
 * A write is about to be sent: from now on a later attempt finds it. Committed when this resolves. `wait`: another
 * create on the host has its turn. `taken`: another call holds the business key.
 *
 * @throws HaloOutcomeUnknownError when another attempt of the call has begun or has sent it, so that this one may not.
 * It is retryable: an attempt that comes after finds in the ledger what became of the write.
 */
export async function markSent(store: Store, sent: SentMark): Promise<'sent' | 'wait' | 'taken'> {
  const { write, attempt, attempts, because, instead, timeoutMs } = sent;
  const { call, index, connection, host, action, resource, effect, once, digest, ticket } = write;
  const row = [call, attempt, index, attempts, connection, because, host, action, resource, effect];
  const more = [write.stamp, once, digest, ticket, write.takesTurns, Math.ceil(timeoutMs), instead];
  try {
    const { rows } = await retrying(() =>
      store.pool.query<{ latest: boolean; marked: boolean; turn: boolean }>({
        name: 'mark_sent',
        text: mark,
        values: [...row, ...more, write.marks, write.application, placeName(write)],
      }),
    );
    if (rows[0]?.marked) return 'sent';
    if (rows[0]?.latest && !rows[0].turn) return 'wait';
  } catch (error) {
    if (isConflict(error, 'writes_once')) return 'taken';
    throw error;
  }
  throw new HaloOutcomeUnknownError(
    `another try of this call has taken over (connection ${connection}), so this one has sent nothing; look in Halo before you run it again`,
    { retryable: true },
  );
}

/** Whether Postgres refused a row because of that unique index. */
function isConflict(error: unknown, index: string): boolean {
  const { code, constraint } = (error ?? {}) as { readonly code?: string; readonly constraint?: string };
  return code === '23505' && constraint === index;
}

/** One row of a call, as it is now, or null. */
export async function readWrite(store: Store, call: string, index: number): Promise<KnownWrite | null> {
  const { rows } = await retrying(() =>
    store.pool.query<{ write: KnownWrite }>({
      name: 'read_write',
      text: `select ${KNOWN_WRITE} as write from writes w where w.call = $1 and w.index = $2`,
      values: [call, index],
    }),
  );
  return rows[0]?.write ?? null;
}

/** The write that holds a plain business key on a connection, and by which action, or null. */
export async function readOnce(
  store: Store,
  connection: string,
  once: string,
): Promise<(KnownWrite & { readonly action: string }) | null> {
  const { rows } = await retrying(() =>
    store.pool.query<{ write: KnownWrite; action: string }>({
      name: 'read_once',
      text: `select ${KNOWN_WRITE} as write, w.action from writes w where w.connection = $1 and w.once = $2`,
      values: [connection, once],
    }),
  );
  const [row] = rows;
  return row ? { ...row.write, action: row.action } : null;
}

/** Which of these ids the ledger holds as records that haloflow has created. */
export async function claimedIds(
  store: Store,
  write: Pick<Write, 'host' | 'resource'>,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await retrying(() =>
    store.pool.query<{ halo_id: string }>({
      name: 'claimed_ids',
      text: `select halo_id from writes where host = $1 and resource = any($2) and halo_id = any($3) and effect = 'create'`,
      values: [write.host, sameRecords(write.resource), ids],
    }),
  );
  return new Set(rows.map(({ halo_id: id }) => id));
}

/** A create of somebody else's that is not settled: it may have made a record that is seen. */
export interface Rival {
  /** Null: nothing is known of what it sends. */
  readonly marks: readonly string[] | null;
  /** Until its request is certainly over; 0 since then. */
  readonly liveForMs: number;
}

/** The creates on the same resource that are not settled, of the time since the hour before the lost one. */
export async function rivals(
  store: Store,
  write: Pick<Write, 'host' | 'resource' | 'call' | 'index'>,
): Promise<readonly Rival[]> {
  const { rows } = await retrying(() =>
    store.pool.query<Rival>({
      name: 'rival_writes',
      text: `select o.marks, case when o.state = 'sent'
              then greatest(extract(epoch from o.dead_at - clock_timestamp()) * 1000, 0)::float8 else 0 end as "liveForMs"
          from writes o where o.host = $1 and o.resource = any($2) and o.effect = 'create' and o.state <> 'confirmed'
            and (o.call, o.index) <> ($3, $4)
            and o.dead_at > (select sent_at - interval '1 hour' from writes where call = $3 and index = $4)`,
      values: [write.host, sameRecords(write.resource), write.call, write.index],
    }),
  );
  return rows;
}

/** By how much Postgres' clock is ahead of this process's, in milliseconds. */
export async function clockOffsetMs(store: Store): Promise<number> {
  const { rows } = await retrying(() =>
    store.pool.query<{ now: number }>({
      name: 'clock',
      text: 'select (extract(epoch from clock_timestamp()) * 1000)::float8 as now',
    }),
  );
  return (rows[0]?.now ?? Date.now()) - Date.now();
}

/**
 * Takes a record that was found in Halo for the one that a lost write has made.
 *
 * @returns false when the write was settled meanwhile, or the record belongs to another write.
 */
export async function adopt(
  store: Store,
  lost: Pick<KnownWrite, 'call' | 'index' | 'attempt'>,
  found: {
    readonly haloId: string | null;
    readonly ticket: number | null;
    readonly made?: string | null;
    readonly result: unknown;
  },
): Promise<boolean> {
  const row = [lost.call, lost.index, lost.attempt];
  try {
    const { rowCount } = await retrying(() =>
      store.pool.query({
        name: 'adopt_write',
        text: `update writes set state = 'confirmed', halo_id = $4, ticket = coalesce($5, ticket), result = $6::json,
            made = $7, settled_at = now()
          where call = $1 and index = $2 and attempt = $3 and state in ('sent', 'unknown')`,
        values: [
          ...row,
          found.haloId,
          found.ticket,
          JSON.stringify(found.result ?? null),
          found.made ?? null,
        ],
      }),
    );
    return rowCount === 1;
  } catch (error) {
    if (isConflict(error, 'writes_one_record')) return false;
    throw error;
  }
}

/** Counts a look for a lost write that failed: how many have by now, this one included. */
export async function lookFailed(store: Store, lost: Pick<KnownWrite, 'call' | 'index'>): Promise<number> {
  const { rows } = await retrying(() =>
    store.pool.query<{ looks: number }>({
      name: 'look_failed',
      text: `update writes set failed_looks = failed_looks + 1 where call = $1 and index = $2
        returning failed_looks as looks`,
      values: [lost.call, lost.index],
    }),
  );
  return rows[0]?.looks ?? 1;
}

/** Forgets a lost write of which it is certain that it has not happened. False when it was settled meanwhile. */
export async function forget(
  store: Store,
  lost: Pick<KnownWrite, 'call' | 'index' | 'attempt'>,
): Promise<boolean> {
  const { rowCount } = await retrying(() =>
    store.pool.query({
      name: 'forget_write',
      text: `delete from writes where call = $1 and index = $2 and attempt = $3 and state in ('sent', 'unknown')`,
      values: [lost.call, lost.index, lost.attempt],
    }),
  );
  return rowCount === 1;
}
