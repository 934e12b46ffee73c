import { Command } from 'commander';
import { blanks } from '../blanks.ts';
import { example } from '../help.ts';
import { conclude } from '../outcome.ts';

export function smoke(): Command {
  return new Command('smoke')
    .description(
      'List Agents as the MSP and for each client, through Temporal, with the right credentials each time',
    )
    .option('--json', 'one JSON document on standard output')
    .addHelpText('after', example('haloflow smoke'))
    .action((options: { json?: boolean }) =>
      conclude(options, blanks.smoke, async () => (await import('../smoke.ts')).smokeTest()),
    );
}
