/** The `.haloflow` directory: everything that this installation keeps on this machine. */
import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { ConfigurationError } from '../errors.ts';

/**
 * The absolute path of `HALOFLOW_HOME`, or of `.haloflow` in the working directory; made with mode 0700 when it is
 * missing. Throws ConfigurationError when it cannot be made, is no directory, or cannot be written.
 */
export function homeDirectory(): string {
  const home = path.resolve(process.env.HALOFLOW_HOME || '.haloflow');
  try {
    mkdirSync(path.dirname(home), { recursive: true });
    makePrivate(home);
    if (!statSync(home).isDirectory()) throw new Error('it is not a directory');
    accessSync(home, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new ConfigurationError(
      `The directory ${home}, where haloflow keeps its state, cannot be used: ${(cause as Error).message}. ` +
        'Give this user write access to it, or set HALOFLOW_HOME to a directory it may write.',
      { cause },
    );
  }
  return home;
}

function makePrivate(directory: string): void {
  try {
    mkdirSync(directory, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
