/** What can go wrong between us and Postgres, and what helps. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigurationError } from '../errors.ts';

/** SQLSTATE class 08, shutdown, crash and start-up of the server; and what sockets say. */
const lossCodes =
  /^(08...|57P01|57P02|57P03|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/;
/** What `pg` says itself, without a code. */
const lossMessages =
  /Connection terminated|connection error and is not queryable|timeout exceeded when trying to connect/;

/**
 * Whether a query failed because the connection to Postgres did, so that it may work again in a moment. Whether a
 * write that failed so has happened is unknown.
 */
export function isConnectionLoss(error: unknown): boolean {
  return causes(error).some(({ code, message }) => lossCodes.test(code ?? '') || lossMessages.test(message));
}

/**
 * Insufficient resources (disk full, out of memory, too many connections), a server that accepts no writes (read-only, a
 * standby), is shutting down or cancels, and I/O errors.
 */
const unavailableCodes = /^(53...|57...|58030|25006)$/;

/** Whether Postgres does not answer or cannot work now, through no fault of the statement. */
export function isUnavailable(error: unknown): boolean {
  return isConnectionLoss(error) || causes(error).some(({ code }) => unavailableCodes.test(code ?? ''));
}

/**
 * Runs `work` again while Postgres is away, for `forMs` (default 30,000) at most; then throws the last error. Only for
 * work that may happen twice.
 */
export async function retrying<T>(work: () => Promise<T>, options: { forMs?: number } = {}): Promise<T> {
  const deadline = performance.now() + (options.forMs ?? 30_000);
  for (let waitMs = 50; ; waitMs = Math.min(waitMs * 2, 1_000)) {
    try {
      return await work();
    } catch (error) {
      if (!isConnectionLoss(error) || performance.now() + waitMs > deadline) throw error;
      await sleep(waitMs);
    }
  }
}

/** A failure of the first connection, said so that the reader can act; other errors come back as they are. */
export function explainConnectionFailure(error: unknown, url: string, embedded: boolean): unknown {
  const cause = causes(error).find((one) => lossCodes.test(one.code ?? '') || reason(one) !== null);
  const why =
    cause === undefined ? null : (reason(cause) ?? `it does not answer (${cause.message || cause.code})`);
  if (why === null && !isConnectionLoss(error)) return error;
  const what = embedded ? 'The embedded PostgreSQL' : 'The database in DATABASE_URL';
  const remedy = embedded
    ? 'Look at postgres.log in the home directory, and try again.'
    : 'Correct DATABASE_URL, or unset it to use the embedded PostgreSQL.';
  return new ConfigurationError(
    `${what}, ${maskUrl(url)}, cannot be used: ${why ?? 'it does not answer'}. ${remedy}`,
    { cause: error },
  );
}

/** The URL without its secrets, for messages. */
export function maskUrl(url: string): string {
  return url
    .replace(/^((?:[^:/@]+:\/\/)?[^:@/]*):(?!\/\/).*@/, '$1:***@')
    .replaceAll(/([?&](?:password|sslpassword)=)[^&]*/gi, '$1***');
}

/** Throws ConfigurationError for what is no Postgres URL. */
export function checkUrl(url: string): void {
  if (URL.canParse(url) && /^postgres(ql)?:$/.test(new URL(url).protocol)) return;
  throw new ConfigurationError(
    `DATABASE_URL, ${maskUrl(url)}, is not a URL of a PostgreSQL database. ` +
      'It looks like postgresql://user:password@host:5432/database; characters such as @ or / in the password are ' +
      'written as %40 or %2F.',
  );
}

interface Failure {
  readonly code?: string;
  readonly message: string;
  readonly cause?: unknown;
  /** The parts of an AggregateError, as for a host with several addresses. */
  readonly errors?: unknown;
}

/** PostgreSQL's own refusals (its appendix "Error Codes") and those of looking the host up. */
const refusals: Readonly<Record<string, string>> = {
  '28P01': 'it refuses the user or password',
  '28000': 'it refuses the user or password',
  '3D000': 'there is no such database',
  '42501': 'the user may not create the tables',
  '53300': 'it has no connection to spare',
  ENOTFOUND: 'its host is unknown',
  EAI_AGAIN: 'its host is unknown',
};

function reason({ code, message }: Failure): string | null {
  const refusal = refusals[code ?? ''];
  if (refusal !== undefined) return `${refusal} (${message})`;
  return /does not support SSL|certificate|SASL/.test(message) ? message : null;
}

/** The error, its causes and its parts; by their shape, since an error may come from another realm. */
function causes(error: unknown): Failure[] {
  if (typeof error !== 'object' || error === null || !('message' in error)) return [];
  const failure = error as Failure;
  const parts: unknown[] = Array.isArray(failure.errors) ? failure.errors : [];
  return [failure, ...[failure.cause, ...parts].flatMap(causes)];
}
