import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify, types } from 'node:util';
import { EnvHttpProxyAgent, fetch, type Response } from 'undici';
import type { Source } from './cache.ts';
import { repeatProgress } from './progress.ts';
import { reasonOf } from '../home/reason.ts';
import { CLI_VERSION } from './version.ts';

const run = promisify(execFile);

const RELEASE = `https://github.com/temporalio/cli/releases/download/v${CLI_VERSION}`;

/** Without a connection, or without a byte of a reply, for this long the download gives up. */
const PATIENCE_MS = 5_000;

/** Node's names of platforms and processors in the names of the release's archives. */
const PLATFORMS: Readonly<Record<string, string>> = { linux: 'linux', darwin: 'darwin' };
const PROCESSORS: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

/**
 * SHA-256 of each archive of CLI_VERSION. They are in the source because whoever replaces an archive can replace its
 * checksums.txt too.
 */
const DIGESTS: Readonly<Record<string, string>> = {
  linux_amd64: 'd8421bda989e6514b4bdb4d63a9012a8a05a806892e881a5aad8510496349a94',
  linux_arm64: '83600a8fac6e3da54093e5da6918d399f501532b9f1172235603f9606f4ac6e4',
  darwin_amd64: '489d7f5420cae02b559774ac23df035141954c33a51dba96f5759a0ddccdf1b6',
  darwin_arm64: 'dacdc3587682c04cf27e67c8878ca2d755230b6ad63c0c6ebddd7348ae90ed94',
};

/** Another place to download from, for tests. */
export interface Download {
  readonly release?: string;
  readonly patienceMs?: number;
  /** SHA-256 in hex, by the platform and processor in the archive's name: `linux_amd64`. */
  readonly digests?: Readonly<Record<string, string>>;
}

/** Downloads the archive of the release (about 50 MB), through HTTPS_PROXY if set, and checks its digest. */
export function officialDownload(options: Download = {}): Source {
  const { release = RELEASE, patienceMs = PATIENCE_MS, digests = DIGESTS } = options;
  return {
    name: 'the download',
    async obtain(directory, onProgress) {
      const platform = PLATFORMS[process.platform];
      const processor = PROCESSORS[process.arch];
      const expected = digests[`${platform}_${processor}`];
      if (expected === undefined)
        throw new Error(`there is no archive for ${process.platform} ${process.arch}`);
      const name = `temporal_cli_${CLI_VERSION}_${platform}_${processor}.tar.gz`;

      const dispatcher = new EnvHttpProxyAgent({
        connect: { timeout: patienceMs },
        headersTimeout: patienceMs,
        bodyTimeout: patienceMs,
      });
      try {
        const get = async (file: string): Promise<Response> => {
          const url = `${release}/${file}`;
          const response = await fetch(url, { dispatcher }).catch((cause: unknown) => {
            throw new Error(`${url} could not be reached (${innermost(cause)})`, { cause });
          });
          if (!response.ok) throw new Error(`GET ${url} answered ${response.status}`);
          return response;
        };
        onProgress(`downloading the Temporal server (${name})`);
        const archive = join(directory, name);
        const digest = await save(await get(name), archive, (received) =>
          repeatProgress(onProgress, (seconds) => `downloading … ${seconds} s, ${received()} MB`),
        );
        if (digest !== expected)
          throw new Error(`${name} has SHA-256 ${digest}, but ${expected} is expected`);
        await run('tar', ['-xzf', archive, '-C', directory, 'temporal']);
        await rm(archive);
      } finally {
        await dispatcher.destroy();
      }
    },
  };
}

/** Writes the body to `file` and returns its SHA-256 in hex. */
async function save(
  response: Response,
  file: string,
  showProgress: (received: () => number) => () => void,
): Promise<string> {
  if (response.body === null) throw new Error(`GET ${response.url} answered without a body`);
  const hash = createHash('sha256');
  let bytes = 0;
  const stop = showProgress(() => Math.round(bytes / 1e6));
  try {
    const meter = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk);
        bytes += chunk.length;
        done(null, chunk);
      },
    });
    await pipeline(Readable.fromWeb(response.body), meter, createWriteStream(file));
    return hash.digest('hex');
  } finally {
    stop();
  }
}

/** undici says "fetch failed"; the reason is further in. */
function innermost(error: unknown): string {
  return types.isNativeError(error) && error.cause !== undefined ? innermost(error.cause) : reasonOf(error);
}
