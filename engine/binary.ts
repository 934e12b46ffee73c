import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, resolve } from 'node:path';
import { ConfigurationError } from '../errors.ts';
import { GO_VERSION, goBuild } from './build.ts';
import { cacheEntry, cachedCli } from './cache.ts';
import { officialDownload } from './download.ts';
import { type Progress, toStandardError } from './progress.ts';
import { reasonOf } from '../home/reason.ts';
import { isAtLeast, OLDEST_SERVER, probeCli, type TemporalCli } from './version.ts';

/**
 * The path of a Temporal CLI that runs here and holds a development server: `TEMPORAL_CLI_PATH`; `temporal` on
 * PATH with a server of at least 1.31; the user's cache; the official download; a build with Go (about
 * 4 minutes, once). The last two end in the cache.
 * @throws ConfigurationError saying what was tried and what to do
 */
export async function temporalBinary(options: { onProgress?: Progress } = {}): Promise<string> {
  return (await findCli(options.onProgress ?? toStandardError)).path;
}

/** As temporalBinary, with the version of the server inside. */
export async function findCli(onProgress: Progress): Promise<TemporalCli> {
  const named = process.env.TEMPORAL_CLI_PATH;
  if (named !== undefined && named !== '') return namedCli(resolve(named));

  const onPath = await cliOnPath(onProgress);
  if (onPath !== null) return onPath;

  try {
    return await cachedCli(cacheEntry(), [officialDownload(), goBuild], onProgress);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    throw new ConfigurationError(
      `No Temporal server could be obtained: ${error.message}. Do one of these: ` +
        `install Go ${GO_VERSION} or newer (https://go.dev/dl), so that haloflow builds it, once; ` +
        `put \`temporal\` with a server of ${OLDEST_SERVER} or newer (https://temporal.download) on PATH or its path ` +
        `in TEMPORAL_CLI_PATH; set TEMPORAL_ADDRESS to a Temporal server that runs already.`,
      { cause: error },
    );
  }
}

/** Whoever names a binary means that one: it is used or it is an error. */
async function namedCli(path: string): Promise<TemporalCli> {
  try {
    return await probeCli(path);
  } catch (cause) {
    throw new ConfigurationError(
      `TEMPORAL_CLI_PATH is not a Temporal CLI that runs here: ${reasonOf(cause)}`,
      {
        cause,
      },
    );
  }
}

async function cliOnPath(onProgress: Progress): Promise<TemporalCli | null> {
  for (const directory of (process.env.PATH ?? '').split(delimiter)) {
    const path = resolve(directory, 'temporal');
    const executable =
      directory !== '' &&
      (await access(path, constants.X_OK).then(
        () => true,
        () => false,
      ));
    if (!executable) continue;
    const cli = await probeCli(path).catch(() => null);
    if (cli !== null && isAtLeast(cli.server, OLDEST_SERVER)) return cli;
    const why =
      cli === null ? 'names no server version' : `holds server ${cli.server}, ${OLDEST_SERVER} is needed`;
    onProgress(`${path} is not used: it ${why}`);
    return null;
  }
  return null;
}
