import { Command } from 'commander';
import { blanks } from '../blanks.ts';
import { example } from '../help.ts';
import { conclude } from '../outcome.ts';

const JSON_OPTION = ['--json', 'one JSON document on standard output'] as const;

export function budget(): Command {
  const command = new Command('budget').description(
    "The rate budgets of Halo's hosts: what is used and believed, and how that is forgotten",
  );
  command
    .command('show')
    .description('Each host, for each tree of organizations that asks it')
    .option(...JSON_OPTION)
    .addHelpText('after', example('haloflow budget show'))
    .action((options: { json?: boolean }) =>
      conclude(options, blanks['budget show'], async () => (await import('../budgets.ts')).shown()),
    );
  command
    .command('reset')
    .description('Forget the limit that a 429 made haloflow believe of a host, and the pause after it')
    .argument('<host>', 'as `haloflow budget show` shows it')
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
