import { Command } from 'commander';
import { blanks } from '../blanks.ts';
import { example } from '../help.ts';
import { conclude } from '../outcome.ts';

const JSON_OPTION = ['--json', 'one JSON document on standard output'] as const;

export function budget(): Command {
  const command = new Command('budget').description(
    'Rate budgets of Halo hosts: show what is used, reset what a 429 has changed',
  );
  command
    .command('show')
    .description('Each host, for each organization tree that uses it')
    .option(...JSON_OPTION)
    .addHelpText('after', example('haloflow budget show'))
    .action((options: { json?: boolean }) =>
      conclude(options, blanks['budget show'], async () => (await import('../budgets.ts')).shown()),
    );
  command
    .command('reset')
    .description('Clear the limit that haloflow assumes for a host since a 429, and the pause after it')
    .argument('<host>', 'as `haloflow budget show` prints it')
    .option('--org <slug>', 'only in the tree of this root organization')
    .option(...JSON_OPTION)
    .addHelpText('after', example('haloflow budget reset northwind.halopsa.com'))
    .action((host: string, options: { org?: string; json?: boolean }) =>
      conclude(options, blanks['budget reset'], async () =>
        (await import('../budgets.ts')).reset(host, options),
      ),
    );
  return command;
}
