/** The text as Postgres takes it in `text` and `jsonb`: without U+0000 and halves of a character. */
export function storable(text: string): string {
  return Buffer.from(text).toString().replaceAll('\0', '\u{FFFD}');
}
