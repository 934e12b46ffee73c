/** The server's port: chosen once and kept, so that clients find it again after a crash. */
import { randomInt } from 'node:crypto';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readTextFile, writePrivateFile } from '../../home/files.ts';

/** The port kept in this home; the first time, a free one. */
export async function keptPort(home: string): Promise<number> {
  const kept = Number(readTextFile(portFile(home)));
  return Number.isSafeInteger(kept) && kept > 0 && kept < 65_536 ? kept : choosePort(home);
}

/** Chooses a free port and keeps it. */
export async function choosePort(home: string): Promise<number> {
  for (;;) {
    // Below the ports that systems give to outgoing connections, which could take ours while the server is down.
    const port = randomInt(20_000, 30_000);
    if (!(await isFree(port))) continue;
    writePrivateFile(portFile(home), `${port}\n`);
    return port;
  }
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

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = net.createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
