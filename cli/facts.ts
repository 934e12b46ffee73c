/** `name  value` lines: one record for a terminal. */
export function facts(lines: readonly (readonly [string, string | number])[]): string {
  const width = Math.max(...lines.map(([name]) => name.length));
  return lines
    .map(([name, value]) =>
      `${name.padEnd(width)}  ${String(value).replaceAll('\n', `\n${' '.repeat(width + 2)}`)}`.trimEnd(),
    )
    .join('\n');
}

/** JSON as people read it; short values on one line. */
export function pretty(value: unknown): string {
  const line = JSON.stringify(value) ?? 'nothing';
  return line.length <= 80 ? line : JSON.stringify(value, null, 2);
}
