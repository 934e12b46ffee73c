/** What an error means for the row of the inbox that it hit. */
import { ServiceError } from '@temporalio/client';
import { BudgetWait } from '../../calls/budget.ts';
import {
  ConfigurationError,
  HaloNotFoundError,
  HaloflowError,
  SchemaError,
  WorkerDiedError,
} from '../../errors.ts';
import { isUnavailable } from '../../store/store.ts';
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

/** gRPC's UNKNOWN may be of the transport, too. */
const isAboutConnection = ({ cause }: ServiceError): boolean => {
  const { code } = (cause ?? {}) as { readonly code?: number };
  return code === undefined || code === 2 || AWAY.has(code);
};

/** How the row goes on: tried again, given back without a try, or failed. */
export function markFor(row: Pick<EventRow, 'id' | 'attempts'>, error: unknown): Mark {
  const reason = describe(error);
  const pending = { row, status: 'pending', reason } as const;
  if (error instanceof BudgetWait) return { ...pending, delayMs: error.askAgainMs, unspent: true };
  const isOurs = error instanceof HaloflowError;
  if ((!isOurs && isUnavailable(error)) || isTemporalAway(error)) {
    return { ...pending, delayMs: AWAY_MS, unspent: true };
  }
  if (error instanceof HaloNotFoundError) return { ...pending, status: 'failed', reason: 'record is gone' };
  const isFinal = error instanceof ConfigurationError || error instanceof SchemaError;
  if (isFinal || row.attempts >= TRIES) return { ...pending, status: 'failed' };
  const backoff = Math.min(MAXIMUM_DELAY_MS, FIRST_DELAY_MS * 3 ** (row.attempts - 1));
  return { ...pending, delayMs: Math.max(backoff, (isOurs && error.retryAfterMs) || 0) };
}

/** Tries in a row that may come to no end: the first among others, the rest alone. */
const SILENT_TRIES = 4;

/** Why a claimed row is given up that processes have died of; null for one that they have not. */
export function whySilent({ silentTries }: Pick<EventRow, 'silentTries'>): string | null {
  // This try is counted already.
  if (silentTries <= SILENT_TRIES) return null;
  return `${WorkerDiedError.name}: ${SILENT_TRIES} processes that took it up died, all but the first while they dispatched nothing else`;
}

/** Why a claimed row is given up before it is looked at again; null for one that is not. */
export function whySpent(row: Pick<EventRow, 'attempts' | 'silentTries' | 'reason'>): string | null {
  const silent = whySilent(row);
  if (silent !== null) return silent;
  if (row.attempts <= TRIES) return null;
  return row.reason ?? 'Error: no try came to an end, as if each had ended its process';
}

/** Senders of webhooks and viewers read it: of what is away it says no address. */
function describe(error: unknown): string {
  const { name = 'Error', message = String(error) } = (error ?? {}) as Partial<Error>;
  if (error instanceof ServiceError) {
    const { message: cause = '' } = (error.cause ?? {}) as Partial<Error>;
    // `14 UNAVAILABLE: …`, where the rest is about the connection.
    const said = isAboutConnection(error) ? /^\d+ [A-Z_]+/.exec(cause)?.[0] : cause;
    return `${name}: ${message}${said ? ` (${said})` : ''}`;
  }
  const isStore = !(error instanceof HaloflowError || error instanceof BudgetWait) && isUnavailable(error);
  return isStore ? `${name}: the database does not answer or its disk is full` : `${name}: ${message}`;
}
