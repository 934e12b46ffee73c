import { Command, Option } from 'commander';
import { blanks } from '../blanks.ts';
import type { EventsOptions } from '../events.ts';
import { example } from '../help.ts';
import { parseCount } from '../json.ts';
import { parseMoment, parsePast } from '../when.ts';
import { conclude } from '../outcome.ts';

export function events(): Command {
  const command = new Command('events').description(
    'What triggers looked at, and what they made of it: accepted, filtered or failed',
  );
  command
    .command('list')
    .description('The latest events, newest first')
    .option('--trigger <id>', 'only of this trigger')
    .option('--workflow <name>', 'only of triggers and runs of this workflow')
    .addOption(
      new Option('--status <status>', 'only with this status').choices([
        'pending',
        'accepted',
        'filtered',
        'failed',
      ]),
    )
    .option('--org <slug>', 'only for this organization and those below it')
    .option('--ticket <id>', 'only about this ticket', parseCount)
    .option('--since <time>', 'only made since then, in ISO 8601', parsePast)
    .option('--until <time>', 'only made before then, in ISO 8601', parseMoment)
    .option('--limit <n>', 'at most this many (default: 50)', parseCount)
    .option('--before <id>', 'only events before this one', parseCount)
    .option('--json', 'one JSON document on standard output')
    .addHelpText(
      'after',
      example(
        'haloflow events list',
        'haloflow events list --trigger triage-new-tickets --status failed --limit 20',
      ),
    )
    .action((options: EventsOptions & { json?: boolean }) =>
      conclude(options, blanks['events list'], async () => (await import('../events.ts')).listed(options)),
    );
  return command;
}
