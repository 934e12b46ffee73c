import type { Blank } from './outcome.ts';

/** The `--json` document of each command with nothing in it: what a failure shows beside `ok: false` and `error`. */
export const blanks = {
  start: { ready: false },
  smoke: { rows: [] },
  sandbox: { tenants: [] },
  apply: { applied: false, changes: [] },
  'actions run': { output: null, error: null, connection: null, because: null, workflowId: null },
  explain: { connection: null, because: null, steps: [] },
} as const satisfies Readonly<Record<string, Blank>>;

/** The one that a command line asks for, as far as it can be understood. */
export function blankOf([first = '', second = '']: readonly string[]): Blank {
  const byWords: Readonly<Record<string, Blank>> = blanks;
  return byWords[`${first} ${second}`] ?? byWords[first] ?? {};
}
