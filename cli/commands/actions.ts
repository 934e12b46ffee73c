import { Command } from 'commander';
import { blanks } from '../blanks.ts';
import { example } from '../help.ts';
import { parseCount, parseJson, parseNames } from '../json.ts';
import { conclude } from '../outcome.ts';
import { withWho } from '../override.ts';
import type { RunOptions } from '../runAction.ts';

const JSON_OPTION = ['--json', 'one JSON document on standard output'] as const;

export function actions(): Command {
  const command = new Command('actions')
    .description('Every action of the pack: list them, show one, run one')
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      example(
        'haloflow actions',
        'haloflow actions show tickets.upsert',
        "haloflow actions run agents.list --org acme --use mapping --input '{}'",
      ),
    )
    .allowExcessArguments()
    .action((options: { json?: boolean }, self: Command) => {
      const [word] = self.args;
      if (word !== undefined)
        self.error(`unknown command 'actions ${word}'`, { code: 'commander.unknownCommand' });
      return conclude(options, {}, async () => (await import('../actions.ts')).list());
    });
  command
    .command('show')
    .description('One action with its input and output')
    .argument('<id>', 'for example tickets.upsert')
    .option('--all', "every property, also those that only Halo's own screens use")
    .option(...JSON_OPTION)
    .addHelpText('after', example('haloflow actions show tickets.upsert'))
    .action((id: string, _: object, self: Command) => {
      const options = self.optsWithGlobals<{ all?: boolean; json?: boolean }>();
      return conclude(options, {}, async () => (await import('../actions.ts')).show(id, options));
    });
  withWho(command.command('run'))
    .description('Execute one action through Temporal')
    .argument('<id>', 'for example agents.list')
    .option('--input <json>', "the action's input: JSON, @FILE or - for standard input", parseJson, {})
    .option('--all', 'lists: every page')
    .option('--limit <n>', 'lists: at most this many rows', parseCount)
    .option('--fields <names>', 'only these properties, separated by commas', parseNames)
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      example(
        "haloflow actions run agents.list --org acme --use mapping --input '{}'",
        'haloflow actions run tickets.list --org northwind --all --limit 500 --fields id,summary',
      ),
    )
    .action((id: string, _: object, self: Command) => {
      const options = self.optsWithGlobals<RunOptions>();
      return conclude(options, blanks['actions run'], async () =>
        (await import('../runAction.ts')).runAction(id, options),
      );
    });
  return command;
}
