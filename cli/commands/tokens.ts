import { Command, Option } from 'commander';
import { blanks } from '../blanks.ts';
import { example } from '../help.ts';
import { parseCount } from '../json.ts';
import { conclude } from '../outcome.ts';
import type { CreateOptions } from '../tokens.ts';

const JSON_OPTION = ['--json', 'one JSON document on standard output'] as const;
interface Json {
  readonly json?: boolean;
}

export function tokens(): Command {
  const command = new Command('tokens').description('Who may use the API, and for what: tokens with a role');
  command
    .command('list')
    .description('Every token, also revoked ones; the tokens themselves are shown when they are made')
    .option(...JSON_OPTION)
    .addHelpText('after', example('haloflow tokens list'))
    .action((options: Json) =>
      conclude(options, blanks['tokens list'], async () => (await import('../tokens.ts')).listed()),
    );
  command
    .command('whoami')
    .description(
      'Who the commands are to haloflow here: which token, for which organization, with which role',
    )
    .option(...JSON_OPTION)
    .addHelpText('after', example('haloflow tokens whoami'))
    .action((options: Json) =>
      conclude(options, blanks['tokens whoami'], async () => (await import('../tokens.ts')).whoami()),
    );
  command
    .command('create')
    .description('Make a token and print it, this once')
    .argument('<name>', 'what it is for, for example console')
    .addOption(
      new Option(
        '--role <role>',
        'viewer reads; operator also runs; editor also configures; admin does everything',
      )
        .choices(['viewer', 'operator', 'editor', 'admin'])
        .default('viewer'),
    )
    .option('--org <slug>', 'it reaches this organization and those below it (default: all)')
    .option(
      '--days <n>',
      'it ends after so many days (default: never, or with the token that makes it)',
      parseCount,
    )
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      example(
        'haloflow tokens create console --role admin',
        'haloflow tokens create acme-dashboard --org acme --days 90',
      ),
    )
    .action((name: string, options: CreateOptions & Json) =>
      conclude(options, blanks['tokens create'], async () =>
        (await import('../tokens.ts')).created(name, options),
      ),
    );
  command
    .command('revoke')
    .description('End a token at once')
    .argument('<id>', 'as `haloflow tokens list` shows it')
    .option(...JSON_OPTION)
    .addHelpText('after', example('haloflow tokens revoke hft_0123456789ab'))
    .action((id: string, options: Json) =>
      conclude(options, blanks['tokens revoke'], async () => (await import('../tokens.ts')).revoked(id)),
    );
  return command;
}
