/** The server's port: chosen once and kept, so that clients find it again after a crash. */
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readTextFile, writePrivateFile } from '../../home/files.ts';
import { freePort, isFree } from '../../home/ports.ts';

/** The port kept in this home; the first time, a free one. */
export async function keptPort(home: string): Promise<number> {
  const kept = Number(readTextFile(portFile(home)));
  return Number.isSafeInteger(kept) && kept > 0 && kept < 65_536 ? kept : choosePort(home);
}

/** Chooses a free port and keeps it. */
export async function choosePort(home: string): Promise<number> {
  const port = await freePort();
  writePrivateFile(portFile(home), `${port}\n`);
  return port;
}

/** False when something still listens there after `waitMs`; a process that is ending lets go of its port a little late. */
export async function becomesFree(port: number, waitMs: number): Promise<boolean> {
  const deadline = performance.now() + waitMs;
  while (!(await isFree(port))) {
    if (performance.now() >= deadline) return false;
    await sleep(50);
  }
  return true;
}

function portFile(home: string): string {
  return path.join(home, 'postgres.port');
}
