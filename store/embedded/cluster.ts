/** The embedded PostgreSQL's directory: where it is, how it is made, how its programs are run. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  existsSync,
  fchownSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { once } from 'node:events';
import path from 'node:path';
import { ConfigurationError } from '../../errors.ts';
import { readTextFile, writePrivateFile } from '../../home/files.ts';
import { serverAccount } from './account.ts';
import type { Account } from './account.ts';
import { findBinaries, systemPlaces } from './binaries.ts';
import { complaint, openLog } from './log.ts';

export interface Cluster {
  readonly home: string;
  /** The data directory. */
  readonly data: string;
  readonly log: string;
}

/** The superuser, and the database that every cluster has. */
const user = 'haloflow';
const database = 'postgres';

/**
 * Set explicitly, because `pg` fills what a URL leaves out from the shell's PGSSLMODE, PGOPTIONS and similar variables,
 * which are meant for another server. It also does so for an empty value, so `options` repeats a default.
 */
const OUTRIGHT = new URLSearchParams({
  sslmode: 'disable',
  sslnegotiation: 'postgres',
  client_encoding: 'UTF8',
  replication: 'false',
  options: '-c timezone=UTC',
}).toString();

export function clusterIn(home: string): Cluster {
  return { home, data: path.join(home, 'postgres'), log: path.join(home, 'postgres.log') };
}

/** Where clients connect. Throws ConfigurationError when the password file is gone or damaged. */
export function clusterUrl(cluster: Cluster, port: number): string {
  return `postgresql://${user}:${readPassword(cluster)}@127.0.0.1:${port}/${database}?${OUTRIGHT}`;
}

/**
 * A name for the server of this data directory that its processes show in their command lines. It goes by the inode:
 * the same after the directory was moved, another one for a copy.
 */
export function clusterName(cluster: Cluster): string {
  const { dev, ino } = statSync(cluster.data, { bigint: true });
  return `haloflow-${dev.toString(16)}-${ino}`;
}

/**
 * Makes the data directory if it is missing: aside, then renamed, so that it is whole or absent. The caller holds the
 * lock. Throws ConfigurationError with what initdb said, or when there is data but no password for it.
 */
export async function createCluster(cluster: Cluster): Promise<void> {
  if (existsSync(path.join(cluster.data, 'PG_VERSION'))) {
    readPassword(cluster);
    takeBack(cluster);
    return;
  }
  removeHalfMade(cluster);
  const password = readTextFile(passwordFile(cluster)) ?? randomBytes(24).toString('base64url');
  writePrivateFile(passwordFile(cluster), password);
  const account = serverAccount(cluster.data);
  const fresh = mkdtempSync(`${cluster.data}.new-`);
  try {
    giveTo(account, fresh);
    await initialize(cluster, { account, fresh, password });
    renameSync(fresh, cluster.data);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    throw error;
  }
}

/**
 * Starts `initdb` or `postgres` on a data directory. Its working directory is that directory, and for another account
 * so is its `-D`: such an account may not be able to enter the directories above, which /proc/self/cwd steps over.
 */
export async function runProgram(
  cluster: Cluster,
  program: {
    readonly name: 'initdb' | 'postgres';
    readonly data: string;
    readonly account: Account | null;
    readonly args: readonly string[];
    readonly detached: boolean;
    readonly extraFile?: number;
  },
): Promise<ChildProcess> {
  const { account, data } = program;
  const binaries = await findBinaries(account, account === null ? [cluster.home] : systemPlaces);
  const log = openLog(cluster.log);
  try {
    const dataArgument = account !== null && process.platform === 'linux' ? '/proc/self/cwd' : data;
    const child = spawn(path.join(binaries, 'bin', program.name), ['-D', dataArgument, ...program.args], {
      ...account,
      cwd: data,
      // None of our own environment: it may hold secrets, and PG… variables would change what is started.
      env: { PATH: process.env.PATH ?? '/usr/bin:/bin', TZ: 'UTC' },
      detached: program.detached,
      stdio: [
        'ignore',
        program.name === 'initdb' ? 'ignore' : log,
        log,
        ...(program.extraFile === undefined ? [] : [program.extraFile]),
      ],
    });
    await once(child, 'spawn');
    return child;
  } finally {
    closeSync(log);
  }
}

async function initialize(
  cluster: Cluster,
  { account, fresh, password }: { account: Account | null; fresh: string; password: string },
): Promise<void> {
  const passwordCopy = openPasswordCopy(cluster, { account, password });
  try {
    const offset = statSync(cluster.log, { throwIfNoEntry: false })?.size ?? 0;
    const child = await runProgram(cluster, {
      name: 'initdb',
      data: fresh,
      account,
      args: [
        '--username=' + user,
        '--auth=scram-sha-256',
        `--pwfile=${passwordCopy.path}`,
        '--encoding=UTF8',
        // The provider inside PostgreSQL: the same order and upper case on every system.
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--no-instructions',
      ],
      detached: false,
      extraFile: passwordCopy.fd,
    });
    const [code] = (await once(child, 'exit')) as [number | null];
    if (code !== 0) {
      throw new ConfigurationError(
        `The embedded PostgreSQL could not make its data directory ${cluster.data}: ` +
          `${complaint(cluster.log, offset)} (log: ${cluster.log}). Remedy that, or set DATABASE_URL.`,
      );
    }
  } finally {
    passwordCopy.remove();
  }
}

/** initdb reads the password from a file, which another account may not reach by path: it inherits an open one. */
function openPasswordCopy(
  cluster: Cluster,
  { account, password }: { account: Account | null; password: string },
): { fd: number; path: string; remove(): void } {
  const copy = `${passwordFile(cluster)}.copy`;
  writePrivateFile(copy, password);
  const fd = openSync(copy, 'r');
  if (account !== null) fchownSync(fd, account.uid, account.gid);
  const byNumber = process.platform === 'linux';
  // There the open file is enough, and nothing stays behind when we are killed.
  if (byNumber) rmSync(copy);
  return {
    fd,
    path: byNumber ? '/proc/self/fd/3' : copy,
    remove() {
      closeSync(fd);
      rmSync(copy, { force: true });
    },
  };
}

function passwordFile(cluster: Cluster): string {
  return path.join(cluster.home, 'postgres.password');
}

function readPassword(cluster: Cluster): string {
  const password = readTextFile(passwordFile(cluster));
  if (password !== null && /^[A-Za-z0-9_-]{32}$/.test(password)) return password;
  throw new ConfigurationError(
    `The password of the embedded PostgreSQL, ${passwordFile(cluster)}, is ` +
      `${password === null ? 'missing' : 'damaged'}. Restore that file; ` +
      `or, to start with an empty database, move ${cluster.data} away.`,
  );
}

/** What an earlier process left that died while it made the directory. */
function removeHalfMade(cluster: Cluster): void {
  const prefix = `${path.basename(cluster.data)}.new-`;
  for (const name of readdirSync(cluster.home)) {
    if (name.startsWith(prefix)) {
      rmSync(path.join(cluster.home, name), { recursive: true, force: true, maxRetries: 3 });
    }
  }
}

/** Data that root has copied or restored belongs to root, as whom PostgreSQL does not run. */
function takeBack({ data }: Cluster): void {
  const account = serverAccount(data);
  if (account === null || statSync(data).uid === account.uid) return;
  for (const name of ['', ...readdirSync(data, { recursive: true, encoding: 'utf8' })]) {
    giveTo(account, path.join(data, name));
  }
}

function giveTo(account: Account | null, directory: string): void {
  if (account === null) return;
  try {
    chownSync(directory, account.uid, account.gid);
  } catch (cause) {
    throw new ConfigurationError(
      `PostgreSQL does not run as root, and ${directory} cannot be given to user ${account.uid}: ` +
        `${(cause as Error).message}. Run haloflow as an ordinary user, or set DATABASE_URL.`,
      { cause },
    );
  }
}
