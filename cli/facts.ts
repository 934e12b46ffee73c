import { stringify } from 'yaml';

const LONGEST_LINE = 80;

/** `name  value` lines: one record for a terminal. */
export function facts(lines: readonly (readonly [string, string | number])[]): string {
  const width = Math.max(...lines.map(([name]) => name.length));
  return lines
    .map(([name, value]) =>
      `${name.padEnd(width)}  ${String(value).replaceAll('\n', `\n${' '.repeat(width + 2)}`)}`.trimEnd(),
    )
    .join('\n');
}

/** Data as people read it: JSON on one line, or where that is long, as the configuration file has it. */
export function pretty(value: unknown): string {
  const line = JSON.stringify(value) ?? 'none';
  return line.length <= LONGEST_LINE ? line : stringify(value).trimEnd();
}
