import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The release of the Temporal CLI that haloflow downloads or builds; `engine/temporal/go.mod` pins the same. */
export const CLI_VERSION = '1.8.2';

/** The oldest server that haloflow works with: older ones do not announce their payload limits. */
export const OLDEST_SERVER = '1.31';

/** A Temporal CLI that ran, and the server it holds. */
export interface TemporalCli {
  /** Absolute path of the executable. */
  readonly path: string;
  /** The server inside, such as `1.31.2`: it decides the format of the database file. */
  readonly server: string;
}

/**
 * The server's version in what `temporal --version` prints, such as
 * `temporal version 1.8.2 (Server 1.31.2, UI 2.50.1)`, or null. The CLI's own version says nothing: a
 * self-built one prints 0.0.0-DEV.
 */
export function parseServerVersion(output: string): string | null {
  return /^temporal version \S+ \(Server v?(\d+\.\d+\.\d+\S*?)[,)]/m.exec(output)?.[1] ?? null;
}

/** Whether `version` is `oldest` or newer; both dotted numbers, missing parts count as 0. */
export function isAtLeast(version: string, oldest: string): boolean {
  const have = version.split('.').map((part) => Number.parseInt(part, 10));
  for (const [index, part] of oldest.split('.').entries()) {
    const difference = (have[index] ?? 0) - Number.parseInt(part, 10);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/**
 * Runs `<path> --version`.
 * @throws Error saying why this is not a Temporal CLI that runs here
 */
export async function probeCli(path: string): Promise<TemporalCli> {
  const { stdout } = await run(path, ['--version'], { timeout: 15_000 });
  const server = parseServerVersion(stdout);
  if (server !== null) return { path, server };
  const said = stdout.trim().split('\n')[0]?.slice(0, 80) ?? '';
  throw new Error(`${path} --version printed ${JSON.stringify(said)}, which names no Temporal server`);
}
