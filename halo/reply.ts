import type { HaloflowError } from '../errors.ts';
import { readJson, withoutMarks } from '../foreignJson.ts';
import { unreadable } from './failure.ts';
import { isObject, wholeNumber } from './json.ts';
import { findMessage, isErrorBody } from './message.ts';
import { withoutSecrets } from './subject.ts';
import type { Subject } from './subject.ts';
import { isHtml } from './text.ts';
import type { WireReply } from './wire.ts';

/** A successful reply and the request it answers. */
export interface Answer {
  readonly subject: Subject;
  readonly reply: WireReply;
}

/** One page of a list. */
export interface Page {
  readonly rows: readonly unknown[];
  /** The total that Halo states (`record_count`), where it does. */
  readonly total: number | null;
}

/** Whether the reply has no content: nothing, blanks or JSON's null. */
export function isEmpty({ reply }: Answer): boolean {
  return reply.body.length < 16 && /^\s*(null)?\s*$/.test(reply.body.toString('utf8'));
}

/** The reply's JSON. Throws HaloServerError, or HaloOutcomeUnknownError for a write. */
export function jsonOf(answer: Answer): unknown {
  const { subject, reply } = answer;
  if (isHtml(reply)) {
    throw unreadable(
      subject,
      reply,
      `an HTML page instead of JSON: the host is probably not a Halo API; check resourceServer of connection ${subject.connection}`,
    );
  }
  const passing = { retryable: true, remedy: `try again; if it stays, ${checkServer(subject)}` };
  if (isEmpty(answer)) throw unreadable(subject, reply, 'an empty reply', passing);
  try {
    return readJson(withoutMarks(reply.body.toString('utf8')), { roundsFractions: true });
  } catch {
    throw unreadable(subject, reply, `${reply.body.length} bytes that are not complete JSON`, passing);
  }
}

/**
 * The rows of a list: where the declaration says (`items`), else the first of: a bare array, `results`, `data`,
 * the only property that holds an array. Halo's versions differ, and /Agent with paging on answers `results`.
 */
export function rowsOf(answer: Answer, items: string | true | undefined): Page {
  const value = jsonOf(answer);
  if (Array.isArray(value)) return { rows: value, total: null };
  if (!isObject(value)) throw unexpected(answer, 'a list', value);
  const total = wholeNumber(value['record_count']);
  if (typeof items === 'string') {
    const named = value[items];
    if (Array.isArray(named)) return { rows: named, total };
    if (named === null) return { rows: [], total };
  }
  refuseErrorBody(answer, value);
  for (const key of ['results', 'data']) {
    const rows = value[key];
    if (Array.isArray(rows)) return { rows, total };
  }
  const arrays = Object.values(value).filter((property) => Array.isArray(property));
  const [rows] = arrays;
  if (rows === undefined || arrays.length > 1) throw unexpected(answer, listed(items), value);
  return { rows, total };
}

/** The record of a reply: the bare object, or the one element of an array. */
export function recordOf(answer: Answer): unknown {
  const value = jsonOf(answer);
  const record: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
  if (!isObject(record)) throw unexpected(answer, 'one object', value);
  refuseErrorBody(answer, record);
  return record;
}

/** Throws HaloServerError with Halo's own text when it answered an error with 2xx; HaloOutcomeUnknownError for a write. */
export function refuseErrorBody({ subject, reply }: Answer, value: unknown): void {
  if (!isErrorBody(value)) return;
  const text = findMessage(reply, subject.secrets)?.text ?? 'an exception without a message';
  throw unreadable(subject, reply, `an error: ${text}`, {
    retryable: true,
    remedy: `try again; if it stays, check the input, and what the agent of connection ${subject.connection} may do in Halo`,
  });
}

/** The error for JSON of another shape than Halo's; names what was seen, never its values. */
export function unexpected({ subject, reply }: Answer, expected: string, value: unknown): HaloflowError {
  return unreadable(subject, reply, `${shape(value, subject)} instead of ${expected}`, {
    remedy: unexpectedRemedy(subject, value),
  });
}

function unexpectedRemedy(subject: Subject, value: unknown): string {
  if (!Array.isArray(value)) return checkServer(subject);
  return value.length === 0
    ? `Halo has no such record, or the agent of connection ${subject.connection} may not see it: check the input`
    : 'check the input: Halo found more than one record, or something else than records';
}

function checkServer({ connection }: Subject): string {
  return `check that resourceServer of connection ${connection} is Halo's own address and not a proxy's`;
}

function listed(items: string | true | undefined): string {
  return typeof items === 'string' ? `a list under ${items}` : 'a list';
}

function shape(value: unknown, { secrets }: Subject): string {
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (!isObject(value)) return `a ${typeof value}`;
  const keys = Object.keys(value).map((key) => withoutSecrets(key, secrets).slice(0, 40));
  const more = keys.length > 12 ? ', …' : '';
  return keys.length === 0 ? 'an empty object' : `an object with ${keys.slice(0, 12).join(', ')}${more}`;
}
