/** A home of its own for each test of the embedded PostgreSQL, cleaned up whatever happens. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { findPostmaster, stopPostmaster } from '../../store/embedded/postmaster.ts';
import { clusterIn } from '../../store/embedded/cluster.ts';
import type { ProcessIdentity } from '../../home/process.ts';
import { temporaryDirectory } from '../support/programs.ts';

export interface TestHome {
  readonly path: string;
  readonly data: string;
  readonly log: string;
  /** The server that runs on it. */
  postmaster(): ProcessIdentity;
  isRunning(): boolean;
  remove(): Promise<void>;
}

/** Makes a home and sets HALOFLOW_HOME to it until it is removed. */
export function testHome(
  options: { name?: string; parent?: { mode?: number; uid?: number } } = {},
): TestHome {
  const directory = temporaryDirectory(options.parent);
  const home = path.join(directory.path, options.name ?? 'home');
  const cluster = clusterIn(home);
  const given = process.env.HALOFLOW_HOME;
  process.env.HALOFLOW_HOME = home;
  return {
    path: home,
    data: cluster.data,
    log: cluster.log,
    postmaster() {
      const identity = findPostmaster(cluster);
      if (identity === null) throw new Error(`no server runs on ${cluster.data}`);
      return identity;
    },
    isRunning: () => findPostmaster(cluster) !== null,
    async remove() {
      process.env.HALOFLOW_HOME = given;
      await stopPostmaster(cluster);
      directory.remove();
    },
  };
}

/** One statement on a connection of its own. */
export async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client(url);
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

/** The process of that number runs as this user (/proc/<pid>/status, line Uid). */
export function userOf(pid: number): number {
  return Number(/^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}
