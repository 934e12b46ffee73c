/**
 * Runs in Temporal's sandbox: turns the values that a workflow passes on into payloads, or throws a SchemaError with
 * the reason.
 */
import { ApplicationFailure, RawValue, defaultPayloadConverter } from '@temporalio/common';
import type { Payload, PayloadConverter } from '@temporalio/common';
import { showBytes } from '../sdk/size.ts';
import { cut, textOf } from '../texts.ts';

/** Temporal accepts 2 MiB in one field of a command; the difference is for the envelope. */
const LARGEST_PAYLOAD = 2_096_000;

/** The depth to which a value is searched. */
const DEEPEST = 100;

// Module state is per run: Temporal gives every execution module instances of its own.
let converting = 'a value';

/** A SchemaError, which fails the run unless its author catches it; a plain error would block the run for ever. */
export function refusal(what: string, reason: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(`${cut(what, 200)} ${reason}`, 'SchemaError');
}

/**
 * Runs `body`; errors of values that it converts name them `what`. Awaits nothing, because an extra tick would break
 * replay.
 */
export function naming<T>(what: string, body: () => T): T {
  const before = converting;
  converting = what;
  try {
    return body();
  } finally {
    converting = before;
  }
}

/**
 * Temporal's own converter, except that it refuses values that would be unreadable (a function) or are too large.
 *
 * `toPayload` throws ApplicationFailure of type `SchemaError`.
 */
export const payloadConverter: PayloadConverter = {
  toPayload(value: unknown): Payload {
    const payload = convert(value);
    const bytes = payload.data?.length ?? 0;
    if (bytes > LARGEST_PAYLOAD) throw refusal(converting, tooLarge(bytes));
    return payload;
  },
  fromPayload: (payload, context, hint) => defaultPayloadConverter.fromPayload(payload, context, hint),
};

export function tooLarge(bytes: number): string {
  return `of ${showBytes(bytes)} is over the 2 MB that Temporal stores: pass less, or an id to read it by`;
}

function convert(value: unknown): Payload {
  let payload: Payload;
  try {
    payload = defaultPayloadConverter.toPayload(value);
  } catch {
    throw refusal(converting, unfit(value));
  }
  // What JSON has no word for comes out as no bytes at all, which nobody can read.
  const isEmpty = payload.data?.length === 0;
  if (isEmpty && !(value instanceof RawValue) && !(value instanceof Uint8Array)) {
    throw refusal(converting, unfit(value));
  }
  return payload;
}

function unfit(value: unknown): string {
  const found = find(value, [], []) ?? 'it is nested too deep, or reading one of its properties fails';
  return `cannot be stored as JSON: ${found}`;
}

/** The first part of a value that JSON cannot represent, with its path. */
function find(value: unknown, path: readonly string[], above: readonly unknown[]): string | null {
  const where = path.length === 0 ? 'it' : cut(path.join('.'), 200);
  if (typeof value === 'bigint') return `${where} is a BigInt; make it a string or a number`;
  if (path.length === 0 && (typeof value === 'function' || typeof value === 'symbol')) {
    return `${where} is a ${typeof value}`;
  }
  if (typeof value !== 'object' || value === null) return null;
  if (above.includes(value)) return `${where} refers back to an object that contains it`;
  if (path.length > DEEPEST) return `${cut(where, 40)} is nested more than ${DEEPEST} levels deep`;
  try {
    const own = (value as { readonly toJSON?: unknown }).toJSON;
    if (typeof own === 'function') {
      const json: unknown = own.call(value, path.at(-1) ?? '');
      if (json === undefined && path.length === 0) return `toJSON of ${where} returns nothing`;
      return json === value ? null : find(json, path, [...above, value]);
    }
    for (const [key, inner] of Object.entries(value)) {
      const found = find(inner, [...path, key], [...above, value]);
      if (found !== null) return found;
    }
  } catch (error) {
    return `${where} fails when it is read (${cut(textOf(error), 200)})`;
  }
  return null;
}
