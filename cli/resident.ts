/** `haloflow start`: the one process of a home whose worker serves the home's other commands. */
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigurationError } from '../errors.ts';
import { readTextFile, writePrivateFile } from '../home/files.ts';
import { homeDirectory } from '../home/home.ts';
import { withLock } from '../home/lock.ts';
import { identify, isAlive } from '../home/process.ts';
import type { ProcessIdentity } from '../home/process.ts';

const LOOK_EVERY_MS = 250;

/** Which work a worker does. */
export interface Work {
  /** Where tasks come from: a Temporal server, a namespace, a task queue. */
  readonly queue: string;
  /** Whose runs they are: a digest of the database's address. */
  readonly database: string;
}

/** Where its API listens, and the text that makes a request there the command line's own. */
export interface ResidentApi {
  readonly url: string;
  readonly token: string;
  /** The folder whose workflows its worker runs. */
  readonly workflows?: string;
}

/** Of `Work`, for a database's address. */
export const databaseOf = (url: string): string => createHash('sha256').update(url).digest('hex');

interface Resident {
  readonly process: ProcessIdentity;
  /** What its worker does; null while there is no worker. */
  readonly serves: Work | null;
  readonly api: ResidentApi | null;
  /** Its worker processes, which end with it unless they are stopped or hang. */
  readonly workers: readonly ProcessIdentity[];
}

/** The place that `haloflow start` holds. */
export interface Residence {
  /** From now on other commands leave work of this kind to our worker. */
  serve(work: Work, api: ResidentApi): void;
  /** Records the current worker processes. */
  works(workers: readonly ProcessIdentity[]): void;
  /** From now on they do it themselves; a later `haloflow start` may take the place. */
  leave(): void;
}

const residentFile = (): string => join(homeDirectory(), 'start.json');

function liveResident(): Resident | null {
  const resident = lastResident();
  return resident && isAlive(resident.process) ? resident : null;
}

function lastResident(): Resident | null {
  const text = readTextFile(residentFile());
  // Only `takeResidence` writes it, and never half of it.
  return text === null ? null : (JSON.parse(text) as Resident);
}

/** Whether a `haloflow start` runs on this home, whatever it serves and however far it has come. */
export function hasResident(): boolean {
  return liveResident() !== null;
}

/** Where the `haloflow start` of this home answers requests; null while none does, or for another DATABASE_URL. */
export function residentApi(): ResidentApi | null {
  const resident = liveResident();
  const named = process.env['DATABASE_URL'];
  if (named && resident?.serves?.database !== databaseOf(named)) return null;
  return resident?.api ?? null;
}

/**
 * Whether the worker of a `haloflow start` does this work now.
 *
 * @throws ConfigurationError when it takes tasks from the same queue for another database: it would take ours too.
 */
export function residentServes({ queue, database }: Work): boolean {
  const resident = liveResident();
  if (resident?.serves?.queue !== queue) return false;
  if (resident.serves.database === database) return true;
  throw new ConfigurationError(
    `haloflow start (process ${resident.process.pid}) runs on ${homeDirectory()} with another database: ` +
      'set DATABASE_URL as it was set there, or set HALOFLOW_HOME to another directory.',
  );
}

/** Resolves once that worker is gone, however it went; rejects with the signal's reason. */
export async function untilResidentStops(work: Work, signal: AbortSignal): Promise<void> {
  while (residentServes(work)) await sleep(LOOK_EVERY_MS, undefined, { ref: false, signal });
}

/**
 * Makes this process the resident one.
 *
 * @throws ConfigurationError that names the process which is that already.
 */
export async function takeResidence(): Promise<Residence> {
  const me = identify(process.pid);
  if (me === null) throw new Error('cannot read the start time of this process');
  const file = residentFile();
  let now: Resident = { process: me, serves: null, api: null, workers: [] };
  let left = false;
  const write = (change: Partial<Resident>): void => {
    now = { ...now, ...change };
    if (!left) writePrivateFile(file, JSON.stringify(now));
  };
  await withLock(`${file}.lock`, async () => {
    const other = liveResident();
    if (other) {
      throw new ConfigurationError(
        `haloflow start runs already on ${homeDirectory()}, as process ${other.process.pid}: other commands use it as it is. ` +
          'Stop that one first, or set HALOFLOW_HOME to another directory.',
      );
    }
    // One that was killed has ended them, but for those that cannot hear that.
    for (const worker of lastResident()?.workers ?? [])
      if (isAlive(worker)) process.kill(worker.pid, 'SIGKILL');
    await Promise.resolve(write({}));
  });
  return {
    serve: (serves, api) => write({ serves, api }),
    works: (workers) => write({ workers }),
    leave() {
      // By the second time the file may be another process's.
      if (!left) rmSync(file, { force: true });
      left = true;
    },
  };
}
