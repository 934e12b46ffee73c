import { STATUS_CODES } from 'node:http';
import {
  ConfigurationError,
  HaloAuthenticationError,
  HaloConnectionError,
  HaloNotFoundError,
  HaloOutcomeUnknownError,
  HaloPermissionError,
  HaloRateLimitError,
  HaloServerError,
  HaloValidationError,
} from '../errors.ts';
import type { HaloflowError, HaloflowErrorOptions } from '../errors.ts';
import { findMessage } from './message.ts';
import { PRIVATE_ADDRESS } from './pools.ts';
import { retryAfterMs } from './retryAfter.ts';
import { neededScopes } from './scopes.ts';
import { withoutSecrets } from './subject.ts';
import type { Subject } from './subject.ts';
import { isHtml } from './text.ts';
import type { WireFailure, WireReply } from './wire.ts';
import { LATE } from './wire.ts';

/** Without a Retry-After nobody knows when Halo's rolling window has room again. */
const RATE_LIMIT_WAIT_MS = 30_000;

/** The error for a reply that is not a success (anything but 2xx). */
export function replyFailure(subject: Subject, reply: WireReply): HaloflowError {
  const { status } = reply;
  const message = findMessage(reply, subject.secrets);
  const answered = `${subject.what} answered ${status} (connection ${subject.connection})`;
  const explanation = message?.text ?? statusText(reply);
  const refused = `${answered}: ${explanation}`;
  const details = { connection: subject.connection, ...(message?.field ? { field: message.field } : {}) };
  const options: HaloflowErrorOptions = { status, details };

  if (status < 400) {
    const place = redirectHost(reply);
    return new HaloServerError(
      `${answered}: it sends to ${place}; check resourceServer of connection ${subject.connection}`,
      { ...options, retryable: false },
    );
  }
  if (status === 401) {
    return new HaloAuthenticationError(
      `${answered} to a new token: Halo answers so when the credentials were withdrawn, and also when the agent of ` +
        `the application has no right to this module; check both in Halo for connection ${subject.connection}`,
      options,
    );
  }
  if (status === 403) {
    return new HaloPermissionError(
      `${refused}: the application or its agent lacks a right: it needs ${neededScopes(subject.path, subject.write)}, ` +
        `in the application in Halo and in scope of connection ${subject.connection}, and an agent role that allows it`,
      options,
    );
  }
  if (status === 404) {
    const hint = isHtml(reply)
      ? `an HTML page, so this is probably not Halo's API; check resourceServer of connection ${subject.connection}`
      : (message?.text ?? 'Halo has no such record or route, or its agent may not see it');
    return new HaloNotFoundError(`${answered}: ${hint}`, options);
  }
  if (status === 429) {
    const wait = retryAfterMs(reply.headers) ?? RATE_LIMIT_WAIT_MS;
    return new HaloRateLimitError(refused, { ...options, retryAfterMs: wait });
  }
  if (status < 500 && status !== 408) return new HaloValidationError(refused, options);
  if (subject.write) return outcomeUnknown(subject, `it answered ${status}: ${explanation}`, options);
  if (status === 504 && /^\/report(\/|$)/i.test(subject.path)) {
    return new HaloServerError(
      `${refused}: Halo's gateway gives a report about 60 seconds; narrow it (fewer rows or columns, a shorter period)`,
      { ...options, retryable: false },
    );
  }
  const wait = retryAfterMs(reply.headers);
  return new HaloServerError(refused, wait === undefined ? options : { ...options, retryAfterMs: wait });
}

/** The error for an exchange without a complete reply. */
export function wireFailure(subject: Subject, failure: WireFailure): HaloflowError {
  const { connection } = subject;
  const reason = withoutSecrets(failure.message, subject.secrets);
  const details = { connection, code: failure.code, sent: failure.kind !== 'unsent' };
  const options: HaloflowErrorOptions = { cause: failure, details };
  if (failure.kind === 'unsent') return unsent(subject, failure, options);
  // A refusal is a refusal, even if its explanation was cut off.
  if (failure.status !== null && failure.status >= 300) {
    return replyFailure(subject, { status: failure.status, headers: {}, body: Buffer.alloc(0) });
  }
  if (subject.write) return outcomeUnknown(subject, reason, options);
  if (failure.kind === 'oversize') {
    return new HaloServerError(
      `${subject.what} (connection ${connection}): ${reason}; ask for less with the option limit or a filter of the ` +
        `action (fields only narrows what is kept)`,
      { ...options, retryable: false },
    );
  }
  if (failure.kind === 'broken' && failure.status !== null) {
    return new HaloServerError(
      `${subject.what} answered ${failure.status} (connection ${connection}), but the reply broke off: ${reason}`,
      { ...options, status: failure.status },
    );
  }
  return new HaloConnectionError(
    `${subject.what} got no reply (connection ${connection}): ${reason}`,
    options,
  );
}

function unsent(subject: Subject, failure: WireFailure, options: HaloflowErrorOptions): HaloflowError {
  const { connection } = subject;
  const reason = withoutSecrets(failure.message, subject.secrets);
  if (failure.code === PRIVATE_ADDRESS) {
    return new ConfigurationError(
      `${subject.what} was not sent: ${reason}; say onPremise: true for connection ${connection} if Halo runs in your own network`,
      { ...options, retryable: false },
    );
  }
  return new HaloConnectionError(
    `${subject.what} was not sent (connection ${connection}): ${reason}; ${unsentRemedy(failure.code, connection)}`,
    options,
  );
}

function unsentRemedy(code: string, connection: string): string {
  const servers = `resourceServer and authServer of connection ${connection}`;
  if (code === LATE) return 'this machine or its database is overloaded; nothing reached Halo';
  if (code === 'ENOTFOUND') return `no such host: check ${servers}, and this machine's network`;
  if (code === 'EAI_AGAIN') return "the name could not be looked up now: check this machine's network";
  if (code === 'ECONNREFUSED') return `nothing listens there: check ${servers}`;
  if (/CERT|SSL|TLS|SELF_SIGNED|ISSUER|EPROTO/i.test(code))
    return `TLS failed: check ${servers}, and the certificate`;
  return `check ${servers}, and the network between`;
}

/** The error for a write that reached the wire and whose end nobody knows. */
function outcomeUnknown(subject: Subject, reason: string, options: HaloflowErrorOptions): HaloflowError {
  return new HaloOutcomeUnknownError(
    `${subject.what} may or may not have happened (connection ${subject.connection}): ${reason}; look in Halo before sending it again`,
    { ...options, retryable: false },
  );
}

/**
 * The error for a 2xx reply that cannot be read. A write has probably happened; a read may be tried again, so only
 * its error holds the `remedy`.
 */
export function unreadable(
  subject: Subject,
  reply: WireReply,
  reason: string,
  { retryable = false, remedy }: { readonly retryable?: boolean; readonly remedy?: string } = {},
): HaloflowError {
  const clean = withoutSecrets(reason, subject.secrets);
  const facts = { status: reply.status, details: { connection: subject.connection } };
  if (subject.write) return outcomeUnknown(subject, `it answered ${reply.status} with ${clean}`, facts);
  const answered = `${subject.what} answered ${reply.status} (connection ${subject.connection}) with ${clean}`;
  return new HaloServerError(remedy === undefined ? answered : `${answered}; ${remedy}`, {
    ...facts,
    retryable,
  });
}

function statusText(reply: WireReply): string {
  const text = STATUS_CODES[reply.status] ?? 'no explanation';
  return isHtml(reply) ? `${text} (an HTML page)` : text;
}

function redirectHost(reply: WireReply): string {
  const location = reply.headers['location'];
  if (typeof location !== 'string' || !URL.canParse(location)) return 'another place';
  return new URL(location).host;
}
