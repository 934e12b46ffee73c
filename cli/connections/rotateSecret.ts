/** What `haloflow connections rotate-secret` does. */
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { ConfigurationError } from '../../errors.ts';
import { withApi } from '../api.ts';
import { unlessInterrupted } from '../interrupt.ts';
import type { Outcome } from '../outcome.ts';
import { askedHidden, canAsk } from '../prompt.ts';

export interface SecretOptions {
  readonly secretFile?: string;
  readonly secretEnv?: string;
}

interface Rotated {
  readonly id: string;
  readonly organization: string;
  readonly origin: string;
}

export async function rotated(id: string, options: SecretOptions): Promise<Outcome> {
  const clientSecret = await secretOf(id, options);
  return await withApi(async (api) => {
    const { connection } = await api.call<{ connection: Rotated }>({
      method: 'POST',
      path: `/connections/${encodeURIComponent(id)}/secret`,
      body: { clientSecret },
    });
    const hint =
      connection.origin === 'file'
        ? '\nIt is of a configuration file: give its variable the new secret before the next apply, which would bring the old one back.'
        : '';
    return {
      ok: true,
      json: { ok: true, connection },
      text: `Halo took the new secret of ${id}; it is in use. Delete the old one in Halo.${hint}`,
    };
  });
}

/** Never an argument: those are seen by every user of the machine. */
async function secretOf(id: string, { secretFile, secretEnv }: SecretOptions): Promise<string> {
  if (secretEnv !== undefined) {
    const value = process.env[secretEnv];
    if (value) return value;
    throw new ConfigurationError(
      `the environment variable ${secretEnv} is not set: put the new secret there`,
    );
  }
  if (secretFile === '-') return await unlessInterrupted(text(process.stdin));
  if (secretFile !== undefined) return await contentOf(secretFile);
  if (canAsk()) return await askedHidden(`New client secret of ${id}:`);
  throw new ConfigurationError(
    'there is nobody to ask for the new secret: give --secret-file FILE (- for standard input) or --secret-env NAME',
  );
}

async function contentOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new ConfigurationError(
      `${file} cannot be read (${(cause as Error).message}): name the file that holds the new secret`,
      { cause },
    );
  }
}
