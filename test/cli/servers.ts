/** The servers of a home, seen from outside haloflow. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { identify } from '../../home/process.ts';

export interface Servers {
  /** Process ids; null when none runs. */
  readonly postgres: number | null;
  readonly temporal: number | null;
}

/** None of them runs. */
export const NONE: Servers = { postgres: null, temporal: null };

export function serversOf(home: string): Servers {
  const postmaster = path.join(home, 'postgres', 'postmaster.pid');
  const state = path.join(home, 'temporal', 'server.json');
  const temporal = existsSync(state)
    ? (JSON.parse(readFileSync(state, 'utf8')) as { process: { pid: number } | null }).process?.pid
    : undefined;
  const postgres = existsSync(postmaster)
    ? Number(readFileSync(postmaster, 'utf8').split('\n')[0])
    : undefined;
  return { postgres: live(postgres), temporal: live(temporal) };
}

function live(pid: number | undefined): number | null {
  return pid !== undefined && identify(pid) !== null ? pid : null;
}
