/** A secret from where it leaves no trace: an environment variable, standard input, or a prompt that shows nothing. */
import { createInterface } from 'node:readline/promises';
import { text } from 'node:stream/consumers';
import { Writable } from 'node:stream';
import { ConfigurationError } from '../errors.ts';
import { unlessInterrupted } from './interrupt.ts';
import { canAsk } from './prompt.ts';

/**
 * `environment` names a variable; without it the prompt is used where somebody is there to be asked, and standard input
 * up to its end (without the last line break) where not.
 *
 * @throws ConfigurationError when the variable is not set.
 */
export async function readSecret(question: string, environment?: string): Promise<string> {
  if (environment !== undefined) {
    const found = process.env[environment];
    if (found) return found;
    throw new ConfigurationError(
      `the environment variable ${environment} is not set: set it, or leave it out`,
    );
  }
  return canAsk() ? await ask(question) : (await text(process.stdin)).replace(/\r?\n$/, '');
}

async function ask(question: string): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  process.stderr.write(`${question}: `);
  try {
    return await unlessInterrupted(terminal.question(''));
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
}
