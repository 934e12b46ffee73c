/** Records in full: each is read once in a dispatch, however many triggers want it. */
import { HaloConnectionError } from '../../errors.ts';
import { timeLimit } from '../../timeLimit.ts';
import type { HaloPort } from '../haloPort.ts';
import { slots } from './slots.ts';
import type { Slots } from './slots.ts';

/** A connection that does not answer holds up nobody else's. */
const AT_A_TIME = 10;
/** Longer than a healthy Halo takes; the row is tried again later. */
const READ_TIMEOUT_MS = 20_000;
/** Of a row that is tried alone, since all others wait for it. */
export const READ_ALONE_TIMEOUT_MS = 5_000;

export interface Records {
  /**
   * What a reading action answers for one id, as Halo has it now.
   *
   * @throws ConfigurationError when the connection asks another Halo, BudgetWait when the rate budget is used up for more than a moment, else the classes of errors.ts.
   */
  read(record: RecordId): Promise<unknown>;
}

interface RecordId {
  readonly connection: string;
  /** The Halo that it is of; null: the one that the connection asks. */
  readonly halo: string | null;
  /** `tickets.get`. */
  readonly action: string;
  readonly id: number;
}

/** The line of each connection, for all dispatches that share it. */
export type ReadLines = (connection: string) => Slots;

export function createReadLines(): ReadLines {
  const lines = new Map<string, Slots>();
  return (connection) => {
    const line = lines.get(connection) ?? slots(AT_A_TIME);
    lines.set(connection, line);
    return line;
  };
}

interface Reading {
  readonly halo: HaloPort;
  readonly lines: ReadLines;
  readonly signal: AbortSignal | undefined;
  /** Default 20 seconds. */
  readonly timeoutMs?: number | undefined;
}

export function createRecords(parts: Reading): Records {
  const known = new Map<string, Promise<unknown>>();
  return {
    read(record) {
      const key = `${record.connection}/${record.halo ?? ''}/${record.action}/${record.id}`;
      const reading = known.get(key) ?? parts.lines(record.connection)(() => readNow(parts, record, key));
      known.set(key, reading);
      return reading;
    },
  };
}

async function readNow(
  { halo, signal, timeoutMs = READ_TIMEOUT_MS }: Reading,
  { connection, halo: of, action, id }: RecordId,
  key: string,
): Promise<unknown> {
  signal?.throwIfAborted();
  const timeout = timeLimit(timeoutMs);
  try {
    return await halo.call({
      connection,
      action,
      ...(of === null ? {} : { halo: of }),
      input: { id },
      place: `inbox/${key}`,
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
  } catch (error) {
    if (!timeout.aborted || signal?.aborted) throw error;
    throw new HaloConnectionError(
      `${action} ${id} (connection ${connection}) got no answer within ${timeoutMs / 1000} s`,
      { cause: error },
    );
  }
}
