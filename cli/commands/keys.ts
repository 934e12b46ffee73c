import { Command } from 'commander';
import { blanks } from '../blanks.ts';
import { example } from '../help.ts';
import { conclude } from '../outcome.ts';

export function keys(): Command {
  const command = new Command('keys').description('The key that seals secrets');
  command
    .command('rotate')
    .description('Seal every secret anew with a new key, while both work; then drop the old key')
    .option('--lost', 'use the key of this machine instead of a lost one; make no new key')
    .option('--json', 'one JSON document on standard output')
    .addHelpText('after', example('haloflow keys rotate'))
    .action((options: { readonly json?: boolean; readonly lost?: boolean }) =>
      conclude(options, blanks['keys rotate'], async () =>
        (await import('../keys/rotate.ts')).rotated(options),
      ),
    );
  return command;
}
