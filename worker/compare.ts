/** Whether what a record shows is what was sent, allowing for how Halo writes it. */
import { isObject, wholeNumber } from '../halo/json.ts';
import type { JsonObject } from '../halo/json.ts';

const DATE = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?)?(Z|[+-]\d\d:?\d\d)?$/;

/** Without a zero in front, which would make it a code rather than a number. */
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?$/;

/** Milliseconds since 1970 of a date as Halo writes it (no zone means UTC), or null; its "never" dates are null too. */
export function haloTime(value: unknown): number | null {
  if (typeof value !== 'string' || !DATE.test(value.trim())) return null;
  const text = value.trim().replace(' ', 'T');
  const zoned = /(Z|[+-]\d\d:?\d\d)$/.test(text.slice(10)) || text.length === 10 ? text : `${text}Z`;
  const time = Date.parse(zoned);
  return Number.isNaN(time) || time < Date.UTC(1902, 0) ? null : time;
}

/** Nothing: what Halo shows for a property that was never set, and what authors send to leave one out. */
function isUnset(value: unknown): boolean {
  return value === undefined || value === null || value === '' || value === -1 || value === '-1';
}

/** A property that is shown as nothing although something was sent may be one that Halo does not show. */
export function isShown(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** Text without markup, upper case and white space: what two spellings of the same text have in common. */
export function gist(value: unknown): string {
  return withoutTags(String(value))
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replace(/&#(x?)([\da-f]{1,6});/gi, (text, hex: string, digits: string) => entity(text, hex, digits))
    .replaceAll('&amp;', '&')
    .normalize('NFKC')
    .replace(/\s+/g, '')
    .toLowerCase();
}

/**
 * Replaces each tag with a space. A regular expression would search to the end of the text for every tag that never
 * closes.
 */
function withoutTags(text: string): string {
  const parts: string[] = [];
  let at = 0;
  for (let tag = text.indexOf('<'); tag >= 0; tag = text.indexOf('<', at)) {
    const end = text.indexOf('>', tag);
    if (end < 0) break;
    parts.push(text.slice(at, tag), ' ');
    at = end + 1;
  }
  return parts.join('') + text.slice(at);
}

function entity(text: string, hex: string, digits: string): string {
  const code = parseInt(digits, hex === '' ? 10 : 16);
  return code > 0 && code < 0x11_0000 ? String.fromCodePoint(code) : text;
}

const isScalar = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);

/** A column of Halo's is at least this long: what is shorter was not cut off. */
const LEAST_CUT = 30;

/** Whether two values are clearly those of different records; one that Halo has cut off is not. */
export function differs(sent: unknown, shown: unknown): boolean {
  if (!isScalar(sent) || !isScalar(shown) || sameValue(sent, shown)) return false;
  const [a, b] = [gist(sent), gist(shown)];
  return a !== b && !(String(shown).length >= LEAST_CUT && a.startsWith(b));
}

/** Whether a shown value is the one that was sent: `21`, `21.0` and `"21"` are, and so are two forms of one moment. */
export function sameValue(sent: unknown, shown: unknown, name = ''): boolean {
  if (isUnset(sent) && isUnset(shown)) return true;
  if (Array.isArray(sent)) return Array.isArray(shown) && sent.every((one) => holds(shown, one));
  if (isObject(sent)) return isObject(shown) && holdsAll(shown, sent);
  if (typeof sent === 'boolean' || typeof shown === 'boolean')
    return String(sent).toLowerCase() === String(shown).toLowerCase();
  const [a, b] = [text(sent), text(shown)];
  if (a === b) return true;
  if (NUMBER.test(a) && NUMBER.test(b) && Number(a) === Number(b)) return true;
  const [at, bt] = [haloTime(a), haloTime(b)];
  if (at !== null && bt !== null) return Math.abs(at - bt) < 1000;
  return name.endsWith('_html') && gist(a) === gist(b);
}

function text(value: unknown): string {
  return isScalar(value) ? String(value).replaceAll('\r\n', '\n').trim() : '';
}

function holds(shown: readonly unknown[], one: unknown): boolean {
  return shown.some((other) => sameValue(one, other));
}

function holdsAll(shown: JsonObject, sent: JsonObject): boolean {
  return Object.entries(sent).every(([name, value]) => sameValue(value, shown[name], name));
}

/** Whether one property of what was sent may be told from the record at all, or only tells Halo what to do. */
export function isInstruction(name: string, value: unknown): boolean {
  return /^(_|new_|dont_|donot)/.test(name) || isUnset(value) || value === false || value === 0;
}

/** Bytes of a file that was sent as base64 or as a data URL. */
export function fileSize(data: unknown): number {
  const base64 = String(data)
    .replace(/^data:[^,]*,/, '')
    .replace(/\s+/g, '');
  return Buffer.from(base64, 'base64').length;
}

/** Digits or a number, for a column of integers; null for anything else. */
export function ticketNumber(value: unknown): number | null {
  const number = wholeNumber(value);
  return number !== null && number > 0 && number < 2 ** 31 ? number : null;
}
