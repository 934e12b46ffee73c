/** Who a process is: its number and when it started, since numbers are used again. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface ProcessIdentity {
  readonly pid: number;
  /** Opaque and equal for one process only, over reboots too; letters, digits and dashes. */
  readonly startedAt: string;
}

/** The identity of a live process; null when there is none or it is a zombie. */
export function identify(pid: number): ProcessIdentity | null {
  if (!Number.isSafeInteger(pid) || pid <= 0) return null;
  const startedAt = process.platform === 'linux' ? startFromProc(pid) : startFromPs(pid);
  return startedAt === null ? null : { pid, startedAt };
}

/** Whether that very process still runs; false for another one under the same number. */
export function isAlive(identity: ProcessIdentity): boolean {
  return identify(identity.pid)?.startedAt === identity.startedAt;
}

/** Whether the process is stopped (SIGSTOP, a debugger), as far as this system reports it. */
export function isStopped(pid: number): boolean {
  const stat = process.platform === 'linux' ? readText(`/proc/${pid}/stat`) : null;
  return stat !== null && /^[Tt]/.test(stat.slice(stat.lastIndexOf(')') + 2));
}

/** What the fields of /proc/<pid>/stat mean: proc_pid_stat(5). Null when the process is gone. */
function startFromProc(pid: number): string | null {
  const stat = readText(`/proc/${pid}/stat`);
  if (stat === null) return null;
  // The command, in parentheses, may itself hold spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state] = fields;
  const ticksSinceBoot = fields[19];
  if (state === undefined || ticksSinceBoot === undefined || state === 'Z' || state === 'X') return null;
  return `${bootId()}-${ticksSinceBoot}`;
}

function startFromPs(pid: number): string | null {
  try {
    const line = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
    const [, state, started] = /^(\S+)\s+(.+)$/.exec(line) ?? [];
    if (state === undefined || started === undefined || state.startsWith('Z')) return null;
    return started.replaceAll(/[^A-Za-z0-9]+/g, '-');
  } catch {
    return null;
  }
}

let boot: string | undefined;
/** Start times count from the boot, so they are worth something only together with it. */
function bootId(): string {
  boot ??= (readText('/proc/sys/kernel/random/boot_id') ?? '').trim().slice(0, 8);
  return boot;
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
