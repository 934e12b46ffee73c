/** What of a home is worth keeping, and nobody else at it meanwhile. */
import { existsSync, lstatSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { withTemporalStopped } from '../../engine/server.ts';
import { ConfigurationError } from '../../errors.ts';
import { withPostgresStopped } from '../../store/postgres.ts';
import { takeResidence } from '../resident.ts';

/** Directories and files of the home, in the order in which they are put in place. */
const KEPT = ['postgres', 'postgres.password', 'postgres.port', 'temporal', 'key', 'api.port'] as const;

/** Of the running server, and for it only. */
const PASSING = new Set(['postgres/postmaster.pid', 'postgres/postmaster.opts']);

/** Beside these the directory has logs, locks and leases. */
const TEMPORAL_FILE = /^temporal\/server(\.json|-[^/]+\.db(-wal|-shm)?)$/;

export interface Entry {
  /** Below the home, with `/`. */
  readonly path: string;
  /** Bytes; null for a directory. */
  readonly size: number | null;
}

/** Every directory and file of the state in `home`, a directory before what is in it. */
export function stateIn(home: string): readonly Entry[] {
  return KEPT.filter((name) => existsSync(path.join(home, name))).flatMap((name) => entriesAt(home, name));
}

/** Whether a backup may hold this. */
export function isState(entry: string): boolean {
  const [top = ''] = entry.split('/');
  if (top === 'temporal') return /^temporal\/?$/.test(entry) || TEMPORAL_FILE.test(entry);
  return (KEPT as readonly string[]).includes(top) && !PASSING.has(entry);
}

/** What is moved as one: the locks in `temporal` stay where they are. */
export function partsOf(home: string): readonly string[] {
  const paths = stateIn(home).map((entry) => entry.path);
  return paths
    .filter((entry) => !entry.includes('/') || TEMPORAL_FILE.test(entry))
    .filter((entry) => entry !== 'temporal');
}

function entriesAt(home: string, at: string): Entry[] {
  const stat = lstatSync(path.join(home, at));
  if (!isState(at)) return [];
  if (stat.isFile()) return [{ path: at, size: stat.size }];
  if (!stat.isDirectory()) return [];
  const below = readdirSync(path.join(home, at)).toSorted();
  return [{ path: at, size: null }, ...below.flatMap((name) => entriesAt(home, `${at}/${name}`))];
}

/**
 * Runs `body` while no process works in the home: our own servers are stopped, and others wait.
 *
 * @throws ConfigurationError that names the process of `haloflow start`, or those of other commands.
 */
export async function withHomeAtRest<T>(body: () => Promise<T>): Promise<T> {
  const residence = await takeResidence();
  try {
    return await withPostgresStopped(() => withTemporalStopped(body));
  } finally {
    residence.leave();
  }
}

/** A database that is not ours is not ours to archive. */
export function refuseDatabaseUrl(what: string, tool: string): void {
  if (!process.env['DATABASE_URL']) return;
  throw new ConfigurationError(
    `DATABASE_URL is set: that database is ${what} with its own tools (${tool}), as docs/backup.md shows. ` +
      'Unset it for the embedded PostgreSQL of this home.',
  );
}
