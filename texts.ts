/** Cuts and compares texts from outside, without splitting characters. */

/**
 * The text cut between characters to at most `longest` UTF-16 units, with `…` at its end; lone surrogates become
 * U+FFFD.
 */
export function cut(text: string, longest: number): string {
  if (text.length <= longest) return text.toWellFormed();
  const end = longest - 1;
  const splits = isHigh(text.charCodeAt(end - 1)) && isLow(text.charCodeAt(end));
  return `${text.slice(0, splits ? end - 1 : end).toWellFormed()}…`;
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit < 0xe000;

/** Any value as a string: `String()` itself throws for objects without a prototype, and any look at some proxies. */
export function textOf(value: unknown): string {
  try {
    // A million bytes would be millions of digits.
    if (!ArrayBuffer.isView(value)) return String(value);
  } catch {
    // Its kind at least.
  }
  try {
    return Object.prototype.toString.call(value);
  } catch {
    return '(a value that cannot be read)';
  }
}

/**
 * The form for comparing texts that people wrote: accented letters as one character, every non-breaking space as a
 * space.
 */
export function comparable(text: string): string {
  if (/^[ -~]*$/.test(text)) return text;
  return text.normalize('NFC').replaceAll(/[\u00a0\u2007\u202f]/g, ' ');
}

/** The form for comparing names: {@link comparable}, trimmed and in lower case. */
export function comparableName(name: string): string {
  return comparable(name).trim().toLowerCase();
}
