/** Decodes bodies, in the charset of their byte order mark or content type. */
import { createHash } from 'node:crypto';
import { withoutMarks } from '../foreignJson.ts';
import { Problem } from './problem.ts';

/** A byte order mark takes precedence: the content type is often only the sender's default. */
const MARKS: readonly (readonly [string, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/**
 * The name of a charset as the Encoding Standard spells it; ISO-8859-1 and US-ASCII are windows-1252 there.
 *
 * @throws Problem 415 for an unknown charset.
 */
export function charsetOf(contentType: string, bytes: Buffer): string {
  const [, named = 'utf-8'] = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType) ?? [];
  let charset: string;
  try {
    charset = new TextDecoder(named).encoding;
  } catch (cause) {
    const detail = `the charset ${named} is not supported: send the body in UTF-8`;
    throw new Problem(415, 'Unsupported Media Type', detail, { cause });
  }
  return MARKS.find(([, mark]) => startsWith(bytes, mark))?.[0] ?? charset;
}

/** The text without leading byte order marks. Bytes that are invalid in the charset become U+FFFD. */
export function textIn(charset: string, bytes: Buffer): string {
  return withoutMarks(decode(charset, bytes));
}

/** A digest that tells apart bytes which all become U+FFFD; null if the bytes are valid in the charset. */
export function lossOf(charset: string, bytes: Buffer): string | null {
  if (charset === WESTERN) return null;
  try {
    new TextDecoder(charset, { fatal: true }).decode(bytes);
    return null;
  } catch {
    return createHash('sha256').update(bytes).digest('hex');
  }
}

/** A form's names and values; a repeated name becomes a list. Never throws. */
export function formIn(charset: string, bytes: Buffer): Record<string, string | string[]> {
  // As the URL Standard has it: nobody percent-encodes UTF-16.
  const isWide = charset.startsWith('utf-16');
  const written = isWide ? Buffer.from(textIn(charset, bytes)) : withoutMarkBytes(bytes);
  const text = (part: Buffer): string => decode(isWide ? 'utf-8' : charset, unescaped(part));
  const form = new Map<string, string | string[]>();
  for (const pair of split(written, AMPERSAND)) {
    if (pair.length === 0) continue;
    const equals = pair.indexOf(EQUALS);
    const name = text(equals < 0 ? pair : pair.subarray(0, equals));
    const value = equals < 0 ? '' : text(pair.subarray(equals + 1));
    const before = form.get(name);
    if (before === undefined) form.set(name, value);
    else if (Array.isArray(before)) before.push(value);
    else form.set(name, [before, value]);
  }
  return Object.fromEntries(form);
}

const [AMPERSAND, EQUALS, PLUS, PERCENT, SPACE] = [0x26, 0x3d, 0x2b, 0x25, 0x20];

function* split(bytes: Buffer, separator: number): Generator<Buffer> {
  let start = 0;
  for (let end = bytes.indexOf(separator); end >= 0; end = bytes.indexOf(separator, start)) {
    yield bytes.subarray(start, end);
    start = end + 1;
  }
  yield bytes.subarray(start);
}

/** A plus is a space, `%C3` the byte; a percent sign before anything else stays. */
function unescaped(part: Buffer): Buffer {
  const bytes = Buffer.alloc(part.length);
  let length = 0;
  for (let at = 0; at < part.length; at += 1) {
    let byte = part[at] ?? 0;
    if (byte === PLUS) byte = SPACE;
    if (byte === PERCENT) {
      const digits = part.toString('latin1', at + 1, at + 3);
      if (/^[\da-f]{2}$/i.test(digits)) {
        byte = parseInt(digits, 16);
        at += 2;
      }
    }
    bytes[length] = byte;
    length += 1;
  }
  return bytes.subarray(0, length);
}

function withoutMarkBytes(bytes: Buffer): Buffer {
  const mark = MARKS[0]?.[1] ?? [];
  let start = 0;
  while (startsWith(bytes.subarray(start), mark)) start += mark.length;
  return bytes.subarray(start);
}

const startsWith = (bytes: Buffer, mark: readonly number[]): boolean =>
  mark.every((byte, at) => bytes[at] === byte);

const WESTERN = 'windows-1252';
/** What windows-1252 has from 0x80 on where ISO-8859-1 has control characters. */
const FROM_0X80 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** Releases of Node differ in what they make of 0x80 to 0x9f in windows-1252. */
function decode(charset: string, bytes: Buffer): string {
  if (charset !== WESTERN) return new TextDecoder(charset, { ignoreBOM: true }).decode(bytes);
  return bytes
    .toString('latin1')
    .replaceAll(/[\u0080-\u009f]/g, (control) => FROM_0X80.charAt(control.charCodeAt(0) - 0x80));
}
