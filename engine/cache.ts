import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { ConfigurationError } from '../errors.ts';
import { withLock } from '../home/lock.ts';
import { type Progress, repeatProgress } from './progress.ts';
import { reasonOf } from '../home/reason.ts';
import { CLI_VERSION, probeCli, type TemporalCli } from './version.ts';

/** One way to obtain the Temporal CLI. */
export interface Source {
  /** As in "<name> failed: <reason>". */
  readonly name: string;
  /** Puts an executable `temporal` into `directory`, or rejects with the reason. */
  obtain(directory: string, onProgress: Progress): Promise<void>;
}

/** A first build on a slow machine takes a quarter of an hour; a second process waits for it. */
const LONGEST_BUILD_MS = 60 * 60_000;

/**
 * The directory of the cache entry for this platform, outside every checkout:
 * `haloflow/temporal/<version>-<platform>-<arch>` in XDG_CACHE_HOME, `~/Library/Caches` or `~/.cache`.
 */
export function cacheEntry(): string {
  const xdg = process.env.XDG_CACHE_HOME;
  const home =
    process.platform === 'darwin' ? join(homedir(), 'Library', 'Caches') : join(homedir(), '.cache');
  const cache = xdg !== undefined && isAbsolute(xdg) ? xdg : home;
  return join(cache, 'haloflow', 'temporal', `${CLI_VERSION}-${process.platform}-${process.arch}`);
}

/**
 * The CLI in the cache entry; obtained from the first source that works when the entry is missing or does not
 * run. A source works in a directory beside the entry that is renamed once the executable in it has run, so
 * the entry is complete or absent. Of several processes one obtains it and the others wait.
 * @throws ConfigurationError with what each source answered
 */
export async function cachedCli(
  entry: string,
  sources: readonly Source[],
  onProgress: Progress,
): Promise<TemporalCli> {
  const path = join(entry, 'temporal');
  const found = await probeCli(path).catch(() => null);
  if (found !== null) return found;

  try {
    await mkdir(dirname(entry), { recursive: true });
  } catch (cause) {
    const remedy = 'Set XDG_CACHE_HOME to a directory that can be written.';
    throw new ConfigurationError(
      `The cache ${dirname(entry)} cannot be made: ${reasonOf(cause)}. ${remedy}`,
      {
        cause,
      },
    );
  }
  const stopWaiting = repeatProgress(
    onProgress,
    (seconds) => `waiting for another process that obtains the Temporal server … ${seconds} s`,
  );
  try {
    return await withLock(
      `${entry}.lock`,
      async () => {
        stopWaiting();
        const meanwhile = await probeCli(path).catch(() => null);
        return meanwhile ?? (await obtain(entry, sources, onProgress));
      },
      { waitMs: LONGEST_BUILD_MS },
    );
  } finally {
    stopWaiting();
  }
}

/** Tries the sources in order; the caller holds the entry's lock. */
async function obtain(entry: string, sources: readonly Source[], onProgress: Progress): Promise<TemporalCli> {
  await sweep(entry);
  const failures: string[] = [];
  for (const source of sources) {
    const directory = await mkdtemp(`${entry}.new-`);
    try {
      await source.obtain(directory, onProgress);
      const { server } = await probeCli(join(directory, 'temporal'));
      await rm(entry, { recursive: true, force: true });
      await rename(directory, entry);
      return { path: join(entry, 'temporal'), server };
    } catch (error) {
      failures.push(`${source.name} failed: ${reasonOf(error)}`);
      onProgress(`${source.name} failed: ${reasonOf(error)}`);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  }
  throw new ConfigurationError(failures.join('; '));
}

/** Removes what a killed process left beside the entry. */
async function sweep(entry: string): Promise<void> {
  const leftovers = (await readdir(dirname(entry))).filter((name) =>
    name.startsWith(`${basename(entry)}.new-`),
  );
  for (const name of leftovers) await rm(join(dirname(entry), name), { recursive: true, force: true });
}
