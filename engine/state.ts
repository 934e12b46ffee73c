import { join } from 'node:path';
import { readTextFile, writePrivateFile } from '../home/files.ts';
import type { ProcessIdentity } from '../home/process.ts';

/** What is kept about our own server between processes, in `<home>/temporal/server.json`. */
export interface ServerState {
  /** Chosen once, so that clients reconnect by themselves after a restart. */
  readonly port: number;
  /** Chosen once too, when somebody first wants the web UI. */
  readonly uiPort: number | null;
  /** Whether the process was started with the web UI. */
  readonly ui: boolean;
  /** Version of the server, such as 1.31.2. Each version has a database file of its own: there are no migrations. */
  readonly version: string;
  /**
   * The id that a database file gave its server, by version. It proves whom we are talking to, and that the file was
   * completed: a file without one was left by a first start that was killed.
   */
  readonly clusterIds: Readonly<Record<string, string>>;
  /** The process, running or not; null when it was stopped in order. */
  readonly process: ProcessIdentity | null;
}

/** The state in `directory`; null when there is none yet. */
export function readState(directory: string): ServerState | null {
  const text = readTextFile(stateFile(directory));
  // Only writeState writes it, and never half of it.
  return text === null ? null : (JSON.parse(text) as ServerState);
}

/** Replaces the state in one step; the caller holds the server's lock. */
export function writeState(directory: string, state: ServerState): void {
  writePrivateFile(stateFile(directory), `${JSON.stringify(state, null, 2)}\n`);
}

/** The database file of a server version. */
export function databaseFile(directory: string, version: string): string {
  return join(directory, `server-${version}.db`);
}

function stateFile(directory: string): string {
  return join(directory, 'server.json');
}
