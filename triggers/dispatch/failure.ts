/** What an error means for the row of the inbox that it hit. */
import { ServiceError } from '@temporalio/client';
import { BudgetWait } from '../../calls/budget.ts';
import { ConfigurationError, HaloNotFoundError, HaloflowError, SchemaError } from '../../errors.ts';
import { isConnectionLoss } from '../../store/store.ts';
import type { EventRow } from '../types.ts';
import type { Mark } from './marks.ts';

/** A row that has failed this often is given up. */
const TRIES = 10;
/** Two seconds, then three times as long each time, up to an hour: ten tries take two and a half hours. */
const FIRST_DELAY_MS = 2_000;
const MAXIMUM_DELAY_MS = 3_600_000;
/** Temporal or Postgres will be back; nothing else has to wait for it. */
const AWAY_MS = 3_000;

/** gRPC's CANCELLED, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, ABORTED, INTERNAL, UNAVAILABLE: nothing to do with the row. */
const AWAY: ReadonlySet<number | undefined> = new Set([1, 4, 8, 10, 13, 14]);

/** Whether it is Temporal that failed, not the start. */
export function isTemporalAway(error: unknown): boolean {
  if (!(error instanceof ServiceError)) return false;
  const { code } = (error.cause ?? {}) as { readonly code?: number };
  return code === undefined || AWAY.has(code);
}

/** How the row goes on: tried again, given back without a try, or failed. */
export function markFor(row: Pick<EventRow, 'id' | 'attempts'>, error: unknown): Mark {
  const reason = describe(error);
  const pending = { row, status: 'pending', reason } as const;
  if (error instanceof BudgetWait) return { ...pending, delayMs: error.askAgainMs, unspent: true };
  const isOurs = error instanceof HaloflowError;
  if ((!isOurs && isConnectionLoss(error)) || isTemporalAway(error)) {
    return { ...pending, delayMs: AWAY_MS, unspent: true };
  }
  if (error instanceof HaloNotFoundError) return { ...pending, status: 'failed', reason: 'record is gone' };
  const isFinal = error instanceof ConfigurationError || error instanceof SchemaError;
  if (isFinal || row.attempts >= TRIES) return { ...pending, status: 'failed' };
  const backoff = Math.min(MAXIMUM_DELAY_MS, FIRST_DELAY_MS * 3 ** (row.attempts - 1));
  return { ...pending, delayMs: Math.max(backoff, (isOurs && error.retryAfterMs) || 0) };
}

/** A claimed row whose earlier claims have all ended without a word, as if each had ended its process. */
export function isSpent(row: Pick<EventRow, 'attempts'>): boolean {
  return row.attempts > TRIES;
}

function describe(error: unknown): string {
  const { name = 'Error', message = String(error) } = (error ?? {}) as Partial<Error>;
  const cause =
    error instanceof ServiceError ? (error.cause as Partial<Error> | undefined)?.message : undefined;
  return `${name}: ${message}${cause === undefined ? '' : ` (${cause})`}`;
}
