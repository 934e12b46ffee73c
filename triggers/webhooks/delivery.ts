/** A call of a webhook trigger's URL: what the workflow gets of it, and what makes it the same call again. */
import { createHash, randomUUID } from 'node:crypto';

export interface WebhookCall {
  readonly method: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly query: unknown;
  readonly body: unknown;
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

/** The key of the call's event: `webhook/<delivery key>`; a call without one is always a new one. */
export function webhookKey(
  { headers, body }: WebhookCall,
  { headers: names, body: path }: DeliveryKey,
): string {
  const given =
    names.map((name) => textOf([headers[name] ?? ''].flat()[0])).find((value) => value !== '') ??
    textOf(path === null ? undefined : at(body, path));
  if (given === '') return `webhook/${randomUUID()}`;
  // Without a slash, behind which the keys of the events for each organization have their slugs.
  const short = /^[\x21-\x2e\x30-\x7e]+$/.test(given) && given.length <= LONGEST_KEY;
  return `webhook/${short ? given : createHash('sha256').update(given).digest('hex')}`;
}

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';

function at(body: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => {
    const isObject = typeof value === 'object' && value !== null;
    return isObject && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
  }, body);
}
