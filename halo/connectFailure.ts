/** What a connection that failed says of itself. */

export interface ConnectFailure {
  /** Node's, undici's or OpenSSL's, e.g. ECONNREFUSED. */
  readonly code: string | null;
  /** In words; empty when it has none. */
  readonly text: string;
}

/** Reads it from whatever was thrown. */
export function connectFailure(error: unknown): ConnectFailure {
  // With both addresses of a host refused, the message of the aggregate is empty.
  const first: unknown = error instanceof AggregateError ? (error.errors[0] ?? error) : error;
  const { code, message, reason } = (first ?? {}) as Readonly<Record<'code' | 'message' | 'reason', unknown>>;
  // OpenSSL's message is its place in OpenSSL; its reason is in words.
  const texts = [reason, message].filter((text) => typeof text === 'string' && text !== '') as string[];
  return { code: typeof code === 'string' ? code : null, text: texts[0] ?? '' };
}
