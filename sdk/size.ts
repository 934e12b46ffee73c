/** Temporal refuses payloads over 2 MB (and may end the run over it); the rest is room for the envelope. */
export const MAXIMUM_PAYLOAD_BYTES = 2_000_000;

/** How large a value is as JSON in UTF-8, in bytes; exact only near the limit and above it. */
export function payloadBytes(value: unknown): number {
  const json = JSON.stringify(value) ?? '';
  // A UTF-16 unit takes at most 3 bytes, so most payloads need no second look.
  return json.length * 3 <= MAXIMUM_PAYLOAD_BYTES ? json.length : new TextEncoder().encode(json).length;
}

/** `2.3 MB`: for messages. */
export function showBytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
