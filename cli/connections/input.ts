/** What the flags of `haloflow connections add` and `change` have in common. */
import { readFileSync } from 'node:fs';
import { InvalidArgumentError } from 'commander';
import { ConfigurationError } from '../../errors.ts';
import type { ConnectionChanges } from '../../organizations/connectionInput.ts';
import type { Outcome } from '../outcome.ts';

export interface ConnectionOptions {
  readonly org?: string;
  readonly resourceServer?: string;
  readonly authServer?: string;
  readonly tenant?: string;
  readonly onPremise?: boolean;
  readonly clientId?: string;
  /** `-`: standard input. */
  readonly secretFile?: string;
  readonly secretEnv?: string;
  readonly scope?: string;
  readonly requests?: number;
  readonly perSeconds?: number;
  /** Seconds. */
  readonly writeSettle?: number | 'default';
  readonly default?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

export const SERVERS = ['resourceServer', 'authServer'] as const;
type Servers = { readonly [Field in (typeof SERVERS)[number]]?: string | null | undefined };

/** `resourceServer "Northwind.HaloPSA.com/api" is stored as https://northwind.halopsa.com`, for each that is another. */
export const corrections = (said: Servers, stored: Servers): string[] =>
  SERVERS.flatMap((field) =>
    typeof stored[field] !== 'string' || said[field] === stored[field]
      ? []
      : [`${field} "${said[field]}" is stored as ${stored[field]}`],
  );

/** What the flags say that has its form already. */
export function plainOf({
  scope,
  default: isDefault,
  requests,
  perSeconds,
  writeSettle,
}: ConnectionOptions): ConnectionChanges {
  const hasLimit = requests !== undefined || perSeconds !== undefined;
  return {
    ...(scope === undefined ? {} : { scope }),
    ...(isDefault === undefined ? {} : { default: isDefault }),
    ...(writeSettle === undefined
      ? {}
      : { writeSettleSeconds: writeSettle === 'default' ? null : writeSettle }),
    ...(hasLimit
      ? {
          rateLimit: {
            ...(requests === undefined ? {} : { requests }),
            ...(perSeconds === undefined ? {} : { perSeconds }),
          },
        }
      : {}),
  };
}

/** Where nobody can be asked and nobody said yes. */
export function unasked(connection: object, text: string): Outcome {
  const message = 'Nothing was saved: nobody can be asked here. Say --yes to save it as shown.';
  return {
    ok: false,
    json: { ok: false, connection, saved: false, error: { type: 'ConfigurationError', message } },
    text,
    complaint: message,
  };
}

/**
 * From a file, standard input or the environment; never from an argument, which others see. Null: no flag names one.
 *
 * @throws ConfigurationError where there is nothing.
 */
export function secretFrom({ secretFile, secretEnv }: ConnectionOptions): string | null {
  if (secretEnv !== undefined) {
    const value = process.env[secretEnv];
    if (value !== undefined && value.trim() !== '') return value.trim();
    throw new ConfigurationError(`--secret-env: ${secretEnv} is not set: set it to the client secret`);
  }
  if (secretFile === undefined) return null;
  const text = readSecret(secretFile).trim();
  if (text !== '') return text;
  throw new ConfigurationError(`--secret-file: ${secretFile} is empty: put the client secret into it`);
}

function readSecret(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw new InvalidArgumentError(`--secret-file cannot be read: ${(error as Error).message}`);
  }
}
