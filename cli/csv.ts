/** CSV as spreadsheets write and read it (RFC 4180). */
import { ConfigurationError } from '../errors.ts';

export interface CsvRow {
  /** Where the row begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * All rows, empty ones left out; fields are separated by commas, or by semicolons where the first line has more of them.
 *
 * @throws ConfigurationError for a quote that nothing ends
 */
export function readCsv(text: string): CsvRow[] {
  const plain = text.replace(/^\uFEFF/, '');
  const first = /^[^\r\n]*/.exec(plain)?.[0] ?? '';
  const separator = first.split(';').length > first.split(',').length ? ';' : ',';
  const rows: CsvRow[] = [];
  let at = 0;
  let line = 1;
  while (at < plain.length) {
    const begun = line;
    const cells: string[] = [];
    for (;;) {
      const quoted = plain[at] === '"';
      const end = quoted ? endOfQuoted(plain, at, begun) : endOfPlain(plain, at, separator);
      const cell = plain.slice(at, end);
      line += cell.split('\n').length - 1;
      cells.push(quoted ? cell.slice(1, cell.lastIndexOf('"')).replaceAll('""', '"') : cell);
      at = end;
      if (plain[at] !== separator) break;
      at += 1;
    }
    if (plain[at] === '\r') at += 1;
    if (plain[at] === '\n') at += 1;
    line += 1;
    if (cells.some((cell) => cell.trim() !== '')) rows.push({ line: begun, cells });
  }
  return rows;
}

function endOfPlain(text: string, start: number, separator: string): number {
  let at = start;
  while (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r') at += 1;
  return at;
}

function endOfQuoted(text: string, start: number, line: number): number {
  let at = start + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote === -1)
      throw new ConfigurationError(`line ${line} has a quote that nothing ends: add the other one`);
    if (text[quote + 1] !== '"') return quote + 1;
    at = quote + 2;
  }
}

/** With a line for the names of the columns. */
export function writeCsv(columns: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const line = (cells: readonly unknown[]): string => cells.map(cellOf).join(',');
  return [line(columns), ...rows.map(line)].join('\r\n');
}

function cellOf(value: unknown): string {
  const text =
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
  return /[",;\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
