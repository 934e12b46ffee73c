/** A call of a webhook trigger's URL: what the workflow gets of it, and what makes it the same call again. */
import { createHash, randomUUID } from 'node:crypto';

export interface WebhookCall {
  readonly method: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly query: unknown;
  readonly body: unknown;
  /** A digest of the body's bytes if some are invalid in its charset, to tell apart bodies with the same text. */
  readonly loss?: string | null;
}

/** Where the sender's key of a delivery is: the first header that is there, else a dot path in the body. */
export interface DeliveryKey {
  readonly headers: readonly string[];
  readonly body: string | null;
}

const KEPT = /^(content-type|user-agent|date|idempotency-key|webhook-(id|timestamp)|x-.+)$/;
const SECRET =
  /auth|cookie|secret|token|password|credential|session|signature|hmac|api-?key|csrf|x-forwarded|x-real-ip/;
/** Part of a workflow's id, which Temporal wants under 1000 bytes. */
const LONGEST_KEY = 200;

/** What the workflow gets as `event`. */
export function webhookEvent({
  method,
  headers,
  query,
  body,
}: WebhookCall): Readonly<Record<string, unknown>> {
  const kept = Object.entries(headers).flatMap(([name, value]) =>
    value !== undefined && KEPT.test(name) && !SECRET.test(name) ? [[name, [value].flat().join(', ')]] : [],
  );
  return {
    method,
    headers: Object.fromEntries(kept) as Record<string, string>,
    query,
    body: body ?? null,
  };
}

/**
 * The key of the call's event: `webhook/<delivery key>`; a call without a delivery key is always new. Different keys stay
 * different, whatever characters they have; a number is the same key as the string of its digits.
 */
export function webhookKey(
  { headers, body, loss = null }: WebhookCall,
  { headers: names, body: path }: DeliveryKey,
): string {
  const header = names.map((name) => textOf([headers[name] ?? ''].flat()[0])).find((value) => value !== '');
  const given = header ?? textOf(path === null ? undefined : at(body, path));
  if (given === '') return `webhook/${randomUUID()}`;
  const isLossy = header === undefined && loss !== null && given.includes('\u{FFFD}');
  return `webhook/${isLossy ? digestOf(`${given}\0${loss}`) : short(given)}`;
}

/** A key without a slash: after a slash, the keys of the events for each organization have its slug. */
function short(given: string): string {
  return /^[\x21-\x2e\x30-\x7e]+$/.test(given) && given.length <= LONGEST_KEY ? given : digestOf(given);
}

function digestOf(text: string): string {
  const hash = createHash('sha256');
  // UTF-8 has no halves of characters: all would be the same. No UTF-8 begins with 0xff.
  const isWhole = !/\p{Surrogate}/u.test(text);
  return (
    isWhole ? hash.update(text) : hash.update(Buffer.of(0xff)).update(Buffer.from(text, 'utf16le'))
  ).digest('hex');
}

/** The text of a key; empty for blanks and for values that cannot be a key. */
function textOf(value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number') return '';
  const text = String(value);
  return text.trim() === '' ? '' : text;
}

function at(body: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => {
    const isObject = typeof value === 'object' && value !== null;
    return isObject && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
  }, body);
}
