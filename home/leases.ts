/** Who uses a server of this home: the last one out stops it. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ConfigurationError } from '../errors.ts';
import { identify, isAlive } from './process.ts';
import type { ProcessIdentity } from './process.ts';

export interface Lease {
  /**
   * Gives the lease back. True when no live process holds one of the same kind any more: the caller, who holds the
   * server's lock, is then the last one out and stops it. A second call changes nothing and answers false.
   */
  release(): Promise<boolean>;
}

/**
 * Notes in `directory` that this process uses the server called `kind` (letters only). Call it, and `release`, under
 * the lock of that server. Leases of dead processes are removed and never count.
 */
export async function takeLease(directory: string, kind: string): Promise<Lease> {
  const me = identify(process.pid);
  if (me === null) throw new Error('cannot read the start time of this process');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = path.join(directory, `${kind}-${me.pid}-${randomBytes(4).toString('hex')}.json`);
  writeFileSync(`${file}.new`, JSON.stringify(me), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  let held = true;
  return {
    async release() {
      if (!held) return false;
      held = false;
      rmSync(file, { force: true });
      return sweep(directory, kind).length === 0;
    },
  };
}

/**
 * Call it under the lock of that server.
 *
 * @throws ConfigurationError that names the processes which use the server called `kind`.
 */
export function refuseWhileUsed(directory: string, kind: string): void {
  const pids = sweep(directory, kind).map(({ pid }) => pid);
  if (pids.length === 0) return;
  throw new ConfigurationError(
    `${pids.length === 1 ? 'process' : 'processes'} ${[...new Set(pids)].join(', ')} of haloflow ` +
      `${pids.length === 1 ? 'is' : 'are'} at work in this home: wait until they are done, or end them, and try again`,
  );
}

/** Who holds live leases of this kind, once those of dead processes are removed. */
function sweep(directory: string, kind: string): readonly ProcessIdentity[] {
  if (!existsSync(directory)) return [];
  const leases = readdirSync(directory).filter((name) => name.startsWith(`${kind}-`));
  return leases.flatMap((name) => {
    const file = path.join(directory, name);
    const holder = readHolder(file);
    if (holder !== null && isAlive(holder)) return [holder];
    rmSync(file, { force: true });
    return [];
  });
}

/** Null for a file that a process left half made when it died. */
function readHolder(file: string): ProcessIdentity | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessIdentity;
  } catch {
    return null;
  }
}
