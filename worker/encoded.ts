/** Runs in Temporal's sandbox: how many bytes a message takes on its way to Temporal. */

/** Fields whose keys are the author's; each entry is a message of its own. */
const MAPS: ReadonlySet<string> = new Set(['metadata', 'headers', 'memo', 'fields', 'indexedFields']);
/** Numbers and enums take less, as a rule. */
const NUMBER = 5;

const encoder = new TextEncoder();

/**
 * The size in protobuf of a message, or of a part of it. Exact for payloads and their lists; other fields may differ by
 * a few bytes each.
 */
export function encodedBytes(value: unknown, key = ''): number {
  if (value === undefined || value === null) return 0;
  if (typeof value === 'string') return utf8Bytes(value);
  if (typeof value !== 'object') return NUMBER;
  // What was received is an array of another realm.
  if (ArrayBuffer.isView(value)) return value.byteLength;
  let bytes = 0;
  for (const [name, inner] of Object.entries(value) as [string, unknown][]) {
    if (Array.isArray(inner)) {
      for (const one of inner) bytes += field(encodedBytes(one, name));
    } else if (MAPS.has(key)) {
      bytes += field(field(utf8Bytes(name)) + field(encodedBytes(inner, name)));
    } else if (MAPS.has(name)) {
      bytes += encodedBytes(inner, name);
    } else if (inner !== undefined && inner !== null) {
      bytes += field(encodedBytes(inner, name));
    }
  }
  return bytes;
}

/** With its tag and its length. */
const field = (bytes: number): number => 1 + lengthBytes(bytes) + bytes;

function lengthBytes(length: number): number {
  if (length < 0x80) return 1;
  if (length < 0x4000) return 2;
  return length < 0x20_0000 ? 3 : 4;
}

const utf8Bytes = (text: string): number => encoder.encode(text).length;
