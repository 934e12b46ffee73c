/** A disk of its own for a home, small enough to be filled. Only root may mount one, on Linux. */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';

/** PostgreSQL's log of changes takes most of it. */
const SIZE = '768m';
const PIECE = Buffer.alloc(1 << 20);

export interface SmallDisk {
  /** Leaves no room on it. */
  fill(): void;
  empty(): void;
  /** Takes it away, with what is on it. */
  remove(): void;
}

/** Mounts one on the home, which does not exist yet; Temporal's files stay beside it. Null where that is not allowed. */
export function mountSmallDisk(home: string): SmallDisk | null {
  const beside = `${home}-temporal`;
  const within = path.join(home, 'temporal');
  const filler = path.join(home, 'filler');
  const mounted: string[] = [];
  const mount = (args: readonly string[], at: string): void => {
    mkdirSync(at, { recursive: true, mode: 0o700 });
    execFileSync('mount', [...args, at], { stdio: 'ignore' });
    mounted.unshift(at);
  };
  const remove = (): void => {
    for (const at of mounted.splice(0)) execFileSync('umount', [at]);
    rmSync(beside, { recursive: true, force: true });
  };
  try {
    mount(['-t', 'tmpfs', '-o', `size=${SIZE},mode=0700`, 'haloflow-faults'], home);
    mkdirSync(beside, { mode: 0o700 });
    mount(['--bind', beside], within);
  } catch {
    remove();
    return null;
  }
  return {
    fill() {
      const file = openSync(filler, 'a', 0o600);
      try {
        for (const piece of [PIECE, PIECE.subarray(0, 4_096)]) {
          while (hasRoom(file, piece));
        }
      } finally {
        closeSync(file);
      }
    },
    empty: () => rmSync(filler, { force: true }),
    remove,
  };
}

function hasRoom(file: number, piece: Buffer): boolean {
  try {
    return writeSync(file, piece) === piece.length;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return false;
    throw error;
  }
}
