/** Texts that come from outside, cut and mended so that no character is halved. */

/** The text with at most `longest` UTF-16 units, its end marked by `…`: cut between characters, halves become U+FFFD. */
export function cut(text: string, longest: number): string {
  if (text.length <= longest) return text.toWellFormed();
  const end = longest - 1;
  const splits = isHigh(text.charCodeAt(end - 1)) && isLow(text.charCodeAt(end));
  return `${text.slice(0, splits ? end - 1 : end).toWellFormed()}…`;
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit < 0xe000;

/** Whatever was thrown or handed over, as a text: `String()` itself throws for objects without a prototype. */
export function textOf(value: unknown): string {
  try {
    // A million bytes would be millions of digits.
    if (!ArrayBuffer.isView(value)) return String(value);
    return Object.prototype.toString.call(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
}

/** The one form in which texts of people are compared: a letter and its accent as one character, every blank as a space. */
export function comparable(text: string): string {
  if (/^[ -~]*$/.test(text)) return text;
  return text.normalize('NFC').replaceAll(/[\u00a0\u2007\u202f]/g, ' ');
}

/** The same for names that are looked for, without blanks around them and in lower case. */
export function comparableName(name: string): string {
  return comparable(name).trim().toLowerCase();
}
