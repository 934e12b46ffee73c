import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { identify, isAlive, type ProcessIdentity } from '../home/process.ts';
import { codeOf } from '../home/reason.ts';

/** A server told to stop is gone after 1.1 to 1.3 s. */
const STOPS_WITHIN_MS = 5_000;

/** A live development server, known by its command line. */
export interface RunningServer {
  readonly identity: ProcessIdentity;
  readonly database: string;
}

/**
 * The live servers with a database file in `directory`, whoever started them. Two of them on one file both serve and
 * steal the shard from each other, so this is asked before every start.
 */
export function serversIn(directory: string): RunningServer[] {
  const commands = process.platform === 'linux' ? commandsFromProc() : commandsFromPs();
  return commands.flatMap(({ pid, command }) => {
    const database = /^\S.* server start-dev --db-filename (.+) --ip /.exec(command)?.[1];
    if (database === undefined || dirname(database) !== directory) return [];
    const identity = identify(pid);
    return identity === null ? [] : [{ identity, database }];
  });
}

interface Command {
  readonly pid: number;
  readonly command: string;
}

function commandsFromProc(): Command[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return [{ pid: Number(pid), command }];
      } catch {
        return []; // it ended meanwhile
      }
    });
}

function commandsFromPs(): Command[] {
  const table = execFileSync('ps', ['-axww', '-o', 'pid=,command='], { encoding: 'utf8', maxBuffer: 64e6 });
  return table.split('\n').flatMap((line) => {
    const [, pid, command] = /^\s*(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid === undefined || command === undefined ? [] : [{ pid: Number(pid), command }];
  });
}

/** Ends a process in order, or after five seconds by force. */
export async function stopProcess(identity: ProcessIdentity): Promise<void> {
  for (const [signal, patience] of [
    ['SIGTERM', STOPS_WITHIN_MS],
    ['SIGKILL', STOPS_WITHIN_MS],
  ] as const) {
    if (!isAlive(identity)) return;
    try {
      process.kill(identity.pid, signal);
    } catch (error) {
      if (codeOf(error) === 'ESRCH') return;
      throw error;
    }
    const deadline = Date.now() + patience;
    while (isAlive(identity) && Date.now() < deadline) await sleep(20);
  }
  if (isAlive(identity)) throw new Error(`process ${identity.pid} does not end, not even when killed`);
}
