/** Texts as PostgreSQL takes them: it has no U+0000 in `text`, and in JSON no half of a character either. */
import { cut } from '../texts.ts';

/** The text, of at most `longest` UTF-16 units, with U+FFFD for what cannot be stored. Cut first and cleaned last. */
export function storable(text: string, longest: number = text.length): string {
  return cut(text, longest).replaceAll('\0', '\u{FFFD}');
}

/** A value as JSON for `jsonb` and for what takes JSON apart, with U+FFFD for what they refuse, in names, too. */
export function storableJson(value: unknown): string {
  const json = JSON.stringify(value) ?? 'null';
  if (!json.includes('\\u')) return json;
  // Every escape is looked at, so that the backslash of a text `\\u0000` begins none.
  return json.replaceAll(/\\(?:u0000|ud[89a-f][0-9a-f]{2}|[^])/g, (escape) =>
    escape.length > 2 ? '\\ufffd' : escape,
  );
}

/** A parameter of a statement: texts, also in arrays, without U+0000. What is cut or taken apart is cleaned before. */
export function storableParameter(value: unknown): unknown {
  if (typeof value === 'string') return value.includes('\0') ? storable(value) : value;
  return Array.isArray(value) ? value.map(storableParameter) : value;
}
