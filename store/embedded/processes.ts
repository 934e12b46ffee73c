/** The server processes of one data directory, as the system lists them. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { identify, isAlive } from '../../home/process.ts';
import type { ProcessIdentity } from '../../home/process.ts';

/**
 * Whether that process is a PostgreSQL started under this name: the postmaster shows it as an argument, its children
 * in their titles. Command lines are readable where a process's directory is not (root without CAP_SYS_PTRACE).
 */
export function isServerProcess(pid: number, name: string): boolean {
  return identify(pid) !== null && isNamedServer(commandOf(pid), name);
}

/** Ends the children that a dead postmaster left, busy in a query; as long as one lives, no server starts. */
export async function endOrphans(name: string): Promise<void> {
  for (const [signal, waitMs] of [
    ['SIGQUIT', 1_000],
    ['SIGKILL', 2_000],
  ] as const) {
    const orphans = serverProcesses(name);
    if (orphans.length === 0) return;
    for (const orphan of orphans) send(orphan, signal);
    await waitUntilGone(orphans, waitMs);
  }
}

/** Signals that very process; one that is gone meanwhile is no error. */
export function send(identity: ProcessIdentity, signal: NodeJS.Signals): void {
  if (!isAlive(identity)) return;
  try {
    process.kill(identity.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** False when one of them is still there after `waitMs`. */
export async function waitUntilGone(
  identities: readonly ProcessIdentity[],
  waitMs: number,
): Promise<boolean> {
  const deadline = performance.now() + waitMs;
  while (identities.some(isAlive)) {
    if (performance.now() >= deadline) return false;
    await sleep(10);
  }
  return true;
}

function serverProcesses(name: string): ProcessIdentity[] {
  return allCommands()
    .filter((command) => isNamedServer(command, name))
    .map(({ pid }) => identify(pid))
    .filter((identity) => identity !== null);
}

/** As `postgres` and nothing else, so that no process is ended for holding these words in its arguments. */
function isNamedServer({ program, command }: Command, name: string): boolean {
  return path.basename(program) === 'postgres' && new RegExp(`\\b${name}(?![0-9a-f])`).test(command);
}

interface Command {
  readonly pid: number;
  readonly program: string;
  /** With its arguments, or the title that it gave itself. */
  readonly command: string;
}

function allCommands(): Command[] {
  const pids =
    process.platform === 'linux'
      ? readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))
      : ps(['-axo', 'pid=']).split('\n');
  return pids.map(Number).filter(Boolean).map(commandOf);
}

function commandOf(pid: number): Command {
  if (process.platform !== 'linux') {
    const [program, command] = [
      ps(['-o', 'comm=', '-p', String(pid)]),
      ps(['-o', 'command=', '-p', String(pid)]),
    ];
    return { pid, program: program.trim(), command };
  }
  try {
    const program = readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
    return { pid, program, command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ') };
  } catch {
    return { pid, program: '', command: '' };
  }
}

function ps(args: string[]): string {
  try {
    return execFileSync('ps', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return '';
  }
}
