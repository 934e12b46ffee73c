/** A secret from where it leaves no trace: a variable, a file, standard input, or a prompt; arguments are seen by others. */
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { ConfigurationError } from '../errors.ts';
import { unlessInterrupted } from './interrupt.ts';
import { askedHidden, canAsk } from './prompt.ts';

export interface SecretOptions {
  /** `-`: standard input. */
  readonly secretFile?: string;
  /** Name of an environment variable. */
  readonly secretEnv?: string;
}

/** Whether it is said where it is. */
export const namesSecret = ({ secretEnv, secretFile }: SecretOptions): boolean =>
  secretEnv !== undefined || secretFile !== undefined;

/**
 * As it is there, but for a line break at the end; asked for where nothing says where it is. `what`: `the client secret`.
 *
 * @throws ConfigurationError when it is not where it is said to be, or nobody can be asked.
 */
export async function readSecret(what: string, { secretEnv, secretFile }: SecretOptions): Promise<string> {
  const [from, found] =
    secretEnv !== undefined
      ? [`the environment variable ${secretEnv}`, process.env[secretEnv] ?? '']
      : secretFile !== undefined
        ? [secretFile === '-' ? 'standard input' : secretFile, await contentOf(secretFile, what)]
        : ['', await typed(what)];
  const secret = found.replace(/\r?\n$/, '');
  if (secret.trim() !== '') return secret;
  throw new ConfigurationError(`${from} is not set, or empty: put ${what} there`);
}

async function contentOf(file: string, what: string): Promise<string> {
  if (file === '-') return await unlessInterrupted(text(process.stdin));
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new ConfigurationError(
      `${file} cannot be read (${(cause as Error).message}): name the file that holds ${what}`,
      { cause },
    );
  }
}

async function typed(what: string): Promise<string> {
  if (!canAsk()) {
    throw new ConfigurationError(
      `there is nobody to ask for ${what}: give --secret-file FILE (- for standard input) or --secret-env NAME`,
    );
  }
  const question = `${what.charAt(0).toUpperCase()}${what.slice(1)} (not shown):`;
  for (;;) {
    const answer = await askedHidden(question);
    if (answer !== '') return answer;
  }
}
