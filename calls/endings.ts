/** How tries of calls and single writes end: recorded together, many in one commit. */
import type { Store } from '../store/store.ts';
import { storable } from '../store/text.ts';
import { createBatch } from './batch.ts';
import type { Batch } from './batch.ts';

export interface EndedCall {
  readonly key: string;
  /** Which try ended, by Temporal's count. */
  readonly attempt: number;
  /** For whom it was made: the run's organization, or the one it acted for. */
  readonly organization: string;
  /** Null: as an earlier try recorded it, if one did. */
  readonly connection: string | null;
  readonly because: string | null;
  /** Tries that have reached Halo or failed of an error that is none of Halo's, this one included. */
  readonly attempts: number;
  /** `waiting`: it will be tried again. */
  readonly status: 'ok' | 'failed' | 'waiting';
  readonly error: { readonly type: string; readonly message: string } | null;
  readonly durationMs: number;
}

/** What became of a write that this try has sent. */
export interface EndedWrite {
  readonly call: string;
  readonly index: number;
  /** Which try sent it. */
  readonly attempt: number;
  /**
   * `confirmed`: Halo answered. `undone`: it certainly did not happen. `lost`: its request is over and its reply lost;
   * a later try looks what became of it. `unknown`: the same, and nobody will look.
   */
  readonly end: 'confirmed' | 'undone' | 'lost' | 'unknown';
  /** Halo's id of the record. */
  readonly haloId?: string | null;
  readonly ticket?: number | null;
  /** When the record was made, as Halo says it. */
  readonly made?: string | null;
  /** What the call returns for it. */
  readonly result?: unknown;
  /** It was cut off, so Halo may still be at it: its turn to create goes on for this long. */
  readonly turnMs?: number;
}

interface Ending {
  readonly call: EndedCall | null;
  readonly write: EndedWrite | null;
}

const batches = new WeakMap<Store, Batch<Ending>>();

/**
 * Records how a try ended, unless a later one has begun, and what became of its last write; resolves when that is
 * committed. What ends together shares a statement.
 */
export function endCall(store: Store, call: EndedCall, write: EndedWrite | null = null): Promise<void> {
  return batchOf(store).add({ call, write });
}

/** Records what became of a write of a call that goes on; the same as in {@link endCall}. */
export function endWrite(store: Store, write: EndedWrite): Promise<void> {
  return batchOf(store).add({ call: null, write });
}

function batchOf(store: Store): Batch<Ending> {
  const batch = batches.get(store) ?? createBatch({ write: (ended) => writeEnded(store, ended), delayMs: 0 });
  batches.set(store, batch);
  return batch;
}

// An id that the ledger holds already is an older record's, as after a restore of Halo's database: the newer row goes
// without, since only one may have it.
const end = `
  with ended as (
    select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int[], $6::text[], $7::text[], $8::text[],
      $9::int[], $10::int[]) as e(key, organization, connection, because, attempts, status, error_type, error_message,
      duration_ms, attempt)
  ), written as (
    select * from unnest($11::text[], $12::int[], $13::int[], $14::text[], $15::text[], $16::int[], $17::text[],
      $18::int[], $19::text[]) as w(call, index, attempt, ending, halo_id, ticket, result, turn_ms, made)
  ), settled as (
    update writes set
        state = case written.ending when 'confirmed' then 'confirmed' when 'unknown' then 'unknown' else writes.state end,
        halo_id = case when writes.effect <> 'create' or not exists (
            select from writes other where other.host = writes.host and other.resource = writes.resource
              and other.halo_id = written.halo_id and other.effect = 'create'
              and (other.call, other.index) <> (writes.call, writes.index)
          ) then written.halo_id end,
        ticket = coalesce(written.ticket, writes.ticket), result = written.result::json,
        made = written.made, dead_at = least(writes.dead_at, now()),
        settled_at = case when written.ending <> 'lost' then now() end
      from written where writes.call = written.call and writes.index = written.index
        and writes.attempt = written.attempt and writes.state = 'sent' and written.ending <> 'undone'
  ), undone as (
    delete from writes using written where writes.call = written.call and writes.index = written.index
      and writes.attempt = written.attempt and writes.state = 'sent' and written.ending = 'undone'
  ), turns as (
    delete from create_leases using written
      where create_leases.holder = written.call || '/' || written.attempt and written.turn_ms is null
  ), held as (
    update create_leases set until = now() + written.turn_ms * interval '1 millisecond' from written
      where create_leases.holder = written.call || '/' || written.attempt and written.turn_ms is not null
  )
  update calls set organization = ended.organization, connection = coalesce(ended.connection, calls.connection),
    because = coalesce(ended.because, calls.because), attempts = ended.attempts, status = ended.status, error_type = ended.error_type,
    error_message = ended.error_message, duration_ms = ended.duration_ms
  from ended where calls.key = ended.key and calls.attempt <= ended.attempt`;

/** Longer messages are of no use to anyone. */
const LONGEST_MESSAGE = 4_000;

async function writeEnded(store: Store, endings: readonly Ending[]): Promise<void> {
  const calls = endings.flatMap(({ call }) => call ?? []);
  const writes = endings.flatMap(({ write }) => write ?? []);
  const ofCalls = <T>(of: (call: EndedCall) => T): T[] => calls.map(of);
  const ofWrites = <T>(of: (write: EndedWrite) => T): T[] => writes.map(of);
  await store.pool.query({
    name: 'end_calls',
    text: end,
    values: [
      ofCalls(({ key }) => key),
      ofCalls(({ organization }) => organization),
      ofCalls(({ connection }) => connection),
      ofCalls(({ because }) => because),
      ofCalls(({ attempts }) => attempts),
      ofCalls(({ status }) => status),
      ofCalls(({ error }) => error?.type ?? null),
      ofCalls(({ error }) => (error ? storable(error.message, LONGEST_MESSAGE) : null)),
      ofCalls(({ durationMs }) => Math.round(durationMs)),
      ofCalls(({ attempt }) => attempt),
      ofWrites(({ call }) => call),
      ofWrites(({ index }) => index),
      ofWrites(({ attempt }) => attempt),
      ofWrites(({ end }) => end),
      ofWrites(({ haloId }) => haloId ?? null),
      ofWrites(({ ticket }) => ticket ?? null),
      ofWrites((write) => (write.end === 'confirmed' ? JSON.stringify(write.result ?? null) : null)),
      ofWrites(({ turnMs }) => turnMs ?? null),
      ofWrites(({ made }) => made ?? null),
    ],
  });
}
