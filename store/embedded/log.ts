/** The server's log: a file, since a server must outlive the process that started it. */
import { openSync, readFileSync, renameSync, statSync } from 'node:fs';

const largest = 10_000_000;

/** Opens the log for appending, private to this user; one of over 10 MB becomes `<file>.old` first. */
export function openLog(file: string): number {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > largest) renameSync(file, `${file}.old`);
  return openSync(file, 'a', 0o600);
}

/** What the server wrote since `offset`. */
export function logSince(file: string, offset: number): string {
  const bytes = readFileSync(file);
  return bytes.subarray(offset <= bytes.length ? offset : 0).toString('utf8');
}

/** The last failure in the log since `offset` with its details on one line, else the last line. */
export function complaint(file: string, offset: number): string {
  const lines = logSince(file, offset)
    .split('\n')
    .map((line) => line.replace(/^[-\d]+ [\d:.]+ \w+ \[\d+\] /, '').trim())
    .filter((line) => line !== '');
  const failure = lines.findLastIndex((line) => /^(FATAL|PANIC|ERROR)|error:/.test(line));
  return (
    lines
      .slice(failure === -1 ? -1 : failure)
      .join(' ')
      .slice(0, 500) || 'it wrote nothing'
  );
}
