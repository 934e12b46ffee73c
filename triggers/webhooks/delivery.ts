/** A call of a webhook trigger's URL: what the workflow gets of it, and what makes it the same call again. */
import { createHash, randomUUID } from 'node:crypto';

export interface WebhookCall {
  readonly method: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly query: unknown;
  readonly body: unknown;
}

/** Headers that senders of webhooks use for the id of a delivery, in the order in which they are believed. */
const DELIVERY_HEADERS = [
  'idempotency-key',
  'x-idempotency-key',
  'webhook-id',
  'x-delivery-id',
  'x-github-delivery',
];
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
  return { method, headers: Object.fromEntries(kept) as Record<string, string>, query, body: body ?? null };
}

/**
 * The key of the call's event: `webhook/<delivery key>`. The delivery key is the value of the header that the trigger
 * names, else of one of the usual ones; without any, every call is a new one.
 */
export function webhookKey(headers: WebhookCall['headers'], named: string | null): string {
  const names = named === null ? DELIVERY_HEADERS : [named.toLowerCase()];
  const given = names
    .map((name) => [headers[name] ?? ''].flat()[0]?.trim() ?? '')
    .find((value) => value !== '');
  if (given === undefined) return `webhook/${randomUUID()}`;
  const short = /^[\x21-\x7e]+$/.test(given) && given.length <= LONGEST_KEY;
  return `webhook/${short ? given : createHash('sha256').update(given).digest('hex')}`;
}
