/** A critical section across the processes of one home. */
import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigurationError } from '../errors.ts';
import { identify, isAlive } from './process.ts';
import type { ProcessIdentity } from './process.ts';

/**
 * Runs `body` while no other caller, in this process or another, runs one under the same `file`. The lock of a process
 * that died counts for nothing. Not reentrant. Throws ConfigurationError after `waitMs` (default 60,000) of waiting.
 *
 * A claim is a file of its own beside `file`, named after its process; who finds no other live claim after making its
 * own holds the lock. A name is never used twice, so a dead claim can be removed without a race: there is no moment at
 * which somebody else's new lock could have taken its place.
 */
export async function withLock<T>(
  file: string,
  body: () => Promise<T>,
  options: { waitMs?: number } = {},
): Promise<T> {
  const claim = await acquire(file, options.waitMs ?? 60_000);
  try {
    return await body();
  } finally {
    rmSync(claim, { force: true });
  }
}

async function acquire(file: string, waitMs: number): Promise<string> {
  const me = identify(process.pid);
  if (me === null) throw new Error('cannot read the start time of this process');
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const deadline = performance.now() + waitMs;
  for (;;) {
    let holder = liveClaim(file);
    if (holder === null) {
      const claim = `${file}.${me.pid}.${me.startedAt}.${randomBytes(6).toString('hex')}`;
      closeSync(openSync(claim, 'wx', 0o600));
      holder = liveClaim(file, claim);
      if (holder === null) return claim;
      rmSync(claim, { force: true });
    }
    if (performance.now() >= deadline) {
      throw new ConfigurationError(
        `Waited ${Math.round(waitMs / 1000)} s for ${file}, which process ${holder.pid} holds. ` +
          'Wait until that process is done, or end it, and try again.',
      );
    }
    // Random, so that two who claimed at the same moment do not meet again.
    await sleep(15 + Math.random() * 35);
  }
}

/** A live process other than the maker of `except` that claims the lock; removes the claims of dead ones. */
function liveClaim(file: string, except?: string): ProcessIdentity | null {
  const directory = path.dirname(file);
  const prefix = `${path.basename(file)}.`;
  for (const name of readdirSync(directory)) {
    const match = name.startsWith(prefix)
      ? /^(\d+)\.([A-Za-z0-9-]+)\.[0-9a-f]{12}$/.exec(name.slice(prefix.length))
      : null;
    const claim = path.join(directory, name);
    if (match === null || claim === except) continue;
    const holder = { pid: Number(match[1]), startedAt: match[2] ?? '' };
    if (isAlive(holder)) return holder;
    rmSync(claim, { force: true });
  }
  return null;
}
