import { Command } from 'commander';
import { blanks } from '../blanks.ts';
import type { SecretOptions } from '../secretInput.ts';
import { example } from '../help.ts';
import { conclude } from '../outcome.ts';

export function rotateSecret(): Command {
  return new Command('rotate-secret')
    .description('Give a connection a new client secret, once Halo has given a token for it')
    .argument('<id>', 'the connection')
    .option('--secret-file <file>', 'where the new secret is; - for standard input')
    .option('--secret-env <name>', 'the environment variable that holds it')
    .option('--json', 'one JSON document on standard output')
    .addHelpText(
      'after',
      example(
        'haloflow connections rotate-secret northwind-halo',
        'haloflow connections rotate-secret northwind-halo --secret-file secret.txt',
      ),
    )
    .action((id: string, options: SecretOptions & { readonly json?: boolean }) =>
      conclude(options, blanks['connections rotate-secret'], async () =>
        (await import('../connections/rotateSecret.ts')).rotated(id, options),
      ),
    );
}
