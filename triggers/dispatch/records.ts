/** Records in full: each is read once in a dispatch, however many triggers want it. */
import { HaloConnectionError } from '../../errors.ts';
import type { HaloPort } from '../haloPort.ts';
import type { FeedKind } from '../types.ts';
import { slots } from './slots.ts';
import type { Slots } from './slots.ts';

/** A connection that does not answer holds up nobody else's. */
const AT_A_TIME = 10;
/** Longer than a healthy Halo takes; the row is tried again later. */
const READ_TIMEOUT_MS = 20_000;

const ACTIONS: Readonly<Record<FeedKind, string>> = {
  tickets: 'tickets.get',
  projects: 'projects.get',
  opportunities: 'opportunities.get',
};

export interface RecordId {
  readonly connection: string;
  readonly kind: FeedKind;
  readonly record: number;
}

export interface Records {
  /**
   * The record as Halo has it now.
   *
   * @throws BudgetWait when the rate budget is used up for more than a moment, else the classes of errors.ts.
   */
  read(record: RecordId): Promise<unknown>;
}

export function createRecords(halo: HaloPort, signal: AbortSignal | undefined): Records {
  const known = new Map<string, Promise<unknown>>();
  const lines = new Map<string, Slots>();
  return {
    read(record) {
      const key = `${record.connection}/${record.kind}/${record.record}`;
      const line = lines.get(record.connection) ?? slots(AT_A_TIME);
      lines.set(record.connection, line);
      const reading = known.get(key) ?? line(() => readNow(halo, record, key, signal));
      known.set(key, reading);
      return reading;
    },
  };
}

async function readNow(
  halo: HaloPort,
  { connection, kind, record }: RecordId,
  key: string,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  const timeout = AbortSignal.timeout(READ_TIMEOUT_MS);
  try {
    return await halo.call({
      connection,
      action: ACTIONS[kind],
      input: { id: record },
      place: `inbox/${key}`,
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
  } catch (error) {
    if (!timeout.aborted || signal?.aborted) throw error;
    throw new HaloConnectionError(
      `${ACTIONS[kind]} ${record} (connection ${connection}) got no answer within ${READ_TIMEOUT_MS / 1000} s`,
      { cause: error },
    );
  }
}
