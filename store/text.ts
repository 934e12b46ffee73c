/** Makes texts storable in PostgreSQL: `text` has no U+0000, and JSON also no lone surrogate. */
import { cut } from '../texts.ts';

/** The text cut to at most `longest` UTF-16 units, then with U+FFFD for what cannot be stored. */
export function storable(text: string, longest: number = text.length): string {
  return cut(text, longest).replaceAll('\0', '\u{FFFD}');
}

/** A value as JSON for `jsonb` and JSON functions, with U+FFFD for what they refuse, also in property names. */
export function storableJson(value: unknown): string {
  const json = JSON.stringify(value) ?? 'null';
  if (!json.includes('\\u')) return json;
  // Every escape is looked at, so that the backslash of a text `\\u0000` begins none.
  return json.replaceAll(/\\(?:u0000|ud[89a-f][0-9a-f]{2}|[^])/g, (escape) =>
    escape.length > 2 ? '\\ufffd' : escape,
  );
}

/**
 * A parameter of a statement with U+0000 replaced in strings, also in arrays. Strings for cutting or JSON functions are
 * cleaned before.
 */
export function storableParameter(value: unknown): unknown {
  if (typeof value === 'string') return value.includes('\0') ? storable(value) : value;
  return Array.isArray(value) ? value.map(storableParameter) : value;
}
