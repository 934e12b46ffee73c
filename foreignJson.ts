/** Reads JSON from other programs: numbers that JavaScript would round become strings of their digits. */

/**
 * Numbers long enough to be rounded, or with an exponent out of a double's range; also matches such text in strings.
 */
const SUSPECT = /\d[\d.]{15}|\d[eE][+-]?\d{3}/;

/** Which numbers become strings. */
export interface NumberRules {
  /**
   * Keeps a fraction as a number if only digits after the point are rounded. Halo computes hours and prices with more
   * digits than a double holds, and workflows calculate with them.
   */
  readonly roundsFractions?: boolean;
}

/**
 * Parses a JSON text in linear time. A whole number beyond 2^53 becomes a string of its digits, and so does any number
 * that a double cannot hold: `1.2345678901234567891`, `1e400`.
 *
 * @throws SyntaxError for invalid JSON.
 */
export function readJson(text: string, rules: NumberRules = {}): unknown {
  const value: unknown = JSON.parse(text);
  return mayRound(text) ? (JSON.parse(withDigitsAsText(text, rules)) as unknown) : value;
}

/** Whether {@link readJson} and `JSON.parse` may differ on a text: most have no such number. */
export const mayRound = (text: string): boolean => SUSPECT.test(text);

/** The text without leading byte order marks; joined files have more than one. */
export function withoutMarks(text: string): string {
  let start = 0;
  while (text.charCodeAt(start) === 0xfe_ff) start += 1;
  return text.slice(start);
}

/** `text` must be valid JSON. */
function withDigitsAsText(text: string, rules: NumberRules): string {
  const tokens = /"|-?\d[\d.eE+-]*/g;
  const parts: string[] = [];
  let copied = 0;
  for (let token = tokens.exec(text); token; token = tokens.exec(text)) {
    const [found] = token;
    if (found === '"') tokens.lastIndex = endOfString(text, tokens.lastIndex);
    else if (!isKept(found, rules)) {
      parts.push(text.slice(copied, token.index), `"${found}"`);
      copied = tokens.lastIndex;
    }
  }
  return parts.join('') + text.slice(copied);
}

/** The index after the quote that ends the string. */
function endOfString(text: string, start: number): number {
  const special = /["\\]/g;
  special.lastIndex = start;
  for (let found = special.exec(text); found?.[0] === '\\'; found = special.exec(text)) {
    special.lastIndex += 1;
  }
  return special.lastIndex;
}

/** Whether a double holds the same value. */
function isKept(source: string, { roundsFractions = false }: NumberRules): boolean {
  const value = Number(source);
  if (/^-?\d+$/.test(source)) return Number.isSafeInteger(value);
  if (!Number.isFinite(value)) return false;
  if (roundsFractions && value !== 0 && Math.abs(value) <= Number.MAX_SAFE_INTEGER) return true;
  const { digits, exponent } = scientific(source);
  // 17 digits are as many as a double can be told by: 0.10000000000000001 is how some programs write 0.1.
  if (digits.length > 17) return false;
  return [String(value), value.toPrecision(Math.max(1, digits.length))].some((spelling) => {
    const written = scientific(spelling);
    return written.digits === digits && written.exponent === exponent;
  });
}

/** `-120.50e2` has the digits 1205 and the exponent 4: 1.205e4. Zero has no digits. */
function scientific(source: string): { readonly digits: string; readonly exponent: number } {
  const [mantissa = '', power = '0'] = source.replace(/^-/, '').toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const all = whole + fraction;
  let start = 0;
  while (all[start] === '0') start += 1;
  if (start === all.length) return { digits: '', exponent: 0 };
  let end = all.length;
  while (all[end - 1] === '0') end -= 1;
  return { digits: all.slice(start, end), exponent: Number(power) + whole.length - 1 - start };
}
