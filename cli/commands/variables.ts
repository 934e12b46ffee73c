import { Command, Option } from 'commander';
import { variableTypes } from '../../organizations/variableValues.ts';
import { blanks } from '../blanks.ts';
import { example } from '../help.ts';
import { parseJson } from '../json.ts';
import { conclude } from '../outcome.ts';
import type { SetOptions } from '../variables.ts';

const JSON_OPTION = ['--json', 'one JSON document on standard output'] as const;
interface Json {
  readonly json?: boolean;
}
interface Org {
  readonly org: string;
}

export function variables(): Command {
  const command = new Command('variables').description(
    'Values and secrets that workflows use, by organization, inherited by those below it',
  );
  command
    .command('show')
    .description('The variables of an organization; secrets are never shown')
    .requiredOption('--org <slug>', 'whose')
    .option('--effective', 'also those from above, each with where it comes from')
    .option(...JSON_OPTION)
    .addHelpText('after', example('haloflow variables show --org acme --effective'))
    .action((options: Org & { readonly effective?: boolean } & Json) =>
      conclude(options, blanks['variables show'], async () =>
        (await import('../variables.ts')).shown(options),
      ),
    );
  command
    .command('set')
    .description('Set a variable of an organization, for it and those below it')
    .argument('<name>', 'letters, digits, "_" and "-"')
    .requiredOption('--org <slug>', 'whose')
    .option('--value <text>', 'a text; with --type number, boolean or json what that is written as')
    .option(
      '--json-value <json>',
      'the value as JSON, which says its type; also @FILE, and - for standard input',
      parseJson,
    )
    .option(
      '--secret [variable]',
      'a secret: from that environment variable, else from standard input, or asked for where there is a terminal',
    )
    .addOption(
      new Option('--type <type>', 'what it holds (default: what the value is)').choices(variableTypes),
    )
    .option('--description <text>', 'what it is for')
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      example(
        'haloflow variables set urgentPriority --org northwind --value 1 --type number',
        `haloflow variables set limits --org acme --json-value '{"seats": 20}'`,
        'haloflow variables set apiKey --org northwind --secret',
      ),
    )
    .action((name: string, options: SetOptions & Json) =>
      conclude(options, blanks['variables set'], async () =>
        (await import('../variables.ts')).set(name, options),
      ),
    );
  command
    .command('unset')
    .description('Take away what an organization has set')
    .argument('<name>', 'as `haloflow variables show` lists it')
    .requiredOption('--org <slug>', 'whose')
    .option(...JSON_OPTION)
    .addHelpText('after', example('haloflow variables unset urgentPriority --org acme'))
    .action((name: string, options: Org & Json) =>
      conclude(options, blanks['variables unset'], async () =>
        (await import('../variables.ts')).unset(name, options),
      ),
    );
  return command;
}
