import { Command } from 'commander';
import { blanks } from '../blanks.ts';
import { example } from '../help.ts';
import { conclude } from '../outcome.ts';

export function options(): Command {
  return new Command('options')
    .description("A Halo's ticket types, statuses, priorities and so on, with their ids")
    .argument(
      '<kind>',
      'ticket-types, statuses, priorities, teams, agents, categories, outcomes, custom-fields or slas',
    )
    .requiredOption('--connection <id>', 'whose Halo')
    .option('--refresh', 'ask Halo now (default: what it listed within the last 15 minutes)')
    .option('--json', 'one JSON document on standard output')
    .addHelpText(
      'after',
      example(
        'haloflow options ticket-types --connection northwind-halo',
        'haloflow options agents --connection northwind-halo --refresh',
      ),
    )
    .action((kind: string, given: { connection: string; refresh?: boolean; json?: boolean }) =>
      conclude(given, blanks.options, async () => (await import('../options.ts')).listed(kind, given)),
    );
}
