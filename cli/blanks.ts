import type { Blank } from './outcome.ts';

/** The `--json` document of each command with nothing in it: what a failure shows beside `ok: false` and `error`. */
export const blanks = {
  start: { ready: false },
  smoke: { rows: [] },
  sandbox: { tenants: [] },
  apply: { applied: false, changes: [] },
  'connections list': { connections: [] },
  'connections show': { connection: null },
  'connections add': { connection: null, saved: false },
  'connections remove': { connection: null, removed: false },
  doctor: { connections: [] },
  export: { file: null, text: null, environment: [] },
  'connections rotate-secret': { connection: null },
  'keys rotate': { key: null, sealedAnew: null, unreadable: [], next: null },
  'actions run': { output: null, error: null, connection: null, because: null, workflowId: null },
  'variables show': { organization: null, variables: [] },
  'variables set': { variable: null },
  'variables unset': { variable: null },
  options: { connection: null, kind: null, options: [], fetchedAt: null, ageSeconds: null, problem: null },
  'triggers list': { triggers: [], more: false },
  'triggers show': { trigger: null },
  'triggers enable': { trigger: null, changed: false },
  'triggers disable': { trigger: null, changed: false },
  'triggers test': { trigger: null, tickets: [] },
  'triggers fire': { trigger: null, event: null, runs: [] },
  'triggers rewind': { trigger: null, records: null, fired: 0, done: false },
  'triggers backfill': { trigger: null, records: null, fired: 0, done: false },
  'events list': { events: [], more: false },
  'runs list': { runs: [], more: false },
  'runs show': { run: null, actions: [], calls: [], pending: [] },
  'runs cancel': { run: null },
  'runs rerun': { run: null, workflowId: null, rerunOf: null, result: null },
  'mappings list': { clients: [], counts: null, catchAll: null, next: null },
  'mappings suggest': { suggestions: [], total: 0, next: null },
  'mappings accept': { batch: null, mappings: [], tied: [], left: [] },
  'mappings undo': { batch: null, mappings: [] },
  'mappings set': { mapping: null, changed: false },
  'mappings remove': { mapping: null },
  'mappings ignore': { client: null, reason: null },
  'mappings unignore': { client: null, reason: null },
  'mappings catch-all': { catchAll: null, changed: false },
  'tokens list': { tokens: [] },
  'tokens create': { token: null, text: null },
  'tokens revoke': { token: null },
  'audit list': { entries: [], next: null },
  demo: { tickets: 0 },
  explain: { connection: null, because: null, steps: [] },
} as const satisfies Readonly<Record<string, Blank>>;

/** The one that a command line asks for, as far as it can be understood. */
export function blankOf([first = '', second = '']: readonly string[]): Blank {
  const byWords: Readonly<Record<string, Blank>> = blanks;
  return byWords[`${first} ${second}`] ?? byWords[first] ?? {};
}
