import { Command } from 'commander';
import { blanks } from '../blanks.ts';
import { example } from '../help.ts';
import { parseCount, parseNames } from '../json.ts';
import type { RemoveOptions, Saying } from '../organizations.ts';
import { conclude } from '../outcome.ts';

const JSON_OPTION = ['--json', 'one JSON document on standard output'] as const;
const SLUG = ['<slug>', 'as `haloflow organizations list` shows it'] as const;
interface Json {
  readonly json?: boolean;
}

export function organizations(): Command {
  const command = new Command('organizations').description(
    'The tree of MSPs and their clients: list, show, add, change, remove them',
  );
  command
    .command('list')
    .description('Every organization, each below the one above it')
    .option('--search <text>', 'only those with this in slug or name')
    .option('--below <slug>', 'only this one and what is below it')
    .option(...JSON_OPTION)
    .addHelpText('after', example('haloflow organizations list', 'haloflow organizations list --search acme'))
    .action((options: { readonly search?: string; readonly below?: string } & Json) =>
      conclude(options, blanks['organizations list'], async () =>
        (await import('../organizations.ts')).listed(options),
      ),
    );
  command
    .command('show')
    .description(
      'One organization: its connections, mappings, overrides, variables, and how long runs are kept',
    )
    .argument(...SLUG)
    .option(...JSON_OPTION)
    .addHelpText('after', example('haloflow organizations show acme'))
    .action((slug: string, options: Json) =>
      conclude(options, blanks['organizations show'], async () =>
        (await import('../organizations.ts')).shown(slug),
      ),
    );
  described(command.command('add'))
    .description('Make an organization')
    .argument('<slug>', 'its name in commands and files: 1 to 40 of a-z, 0-9 and "-"')
    .addHelpText(
      'after',
      example("haloflow organizations add acme --name 'Acme Ltd' --parent northwind --tags gold"),
    )
    .action((slug: string, options: Saying & Json) =>
      conclude(options, blanks['organizations add'], async () =>
        (await import('../organizations.ts')).added(slug, options),
      ),
    );
  described(command.command('change'))
    .description('Change what the flags name; another parent moves it with everything below it')
    .argument(...SLUG)
    .addHelpText(
      'after',
      example(
        'haloflow organizations change acme --parent globex',
        "haloflow organizations change acme --retention-days 90 --domain ''",
      ),
    )
    .action((slug: string, options: Saying & Json) =>
      conclude(options, blanks['organizations change'], async () =>
        (await import('../organizations.ts')).changed(slug, options),
      ),
    );
  command
    .command('remove')
    .description('Delete an organization that nothing stands on; its tokens end')
    .argument(...SLUG)
    .option('--with-mappings', 'delete its mappings, too')
    .option('--with-variables', 'delete its variables, too')
    .option('--yes', 'do not ask')
    .option(...JSON_OPTION)
    .addHelpText('after', example('haloflow organizations remove acme --with-mappings --yes'))
    .action((slug: string, options: RemoveOptions & Json) =>
      conclude(options, blanks['organizations remove'], async () =>
        (await import('../organizations.ts')).removed(slug, options),
      ),
    );
  return command;
}

/** What is to be said of any organization. */
function described(command: Command): Command {
  return command
    .option('--name <name>', 'what people call it (default of a new one: its slug)')
    .option('--parent <slug>', "the organization above it; '' for none")
    .option('--tags <tags>', "what triggers may choose it by, separated by commas; '' for none", (text) =>
      text.trim() === '' ? [] : parseNames(text),
    )
    .option('--enabled', 'it may run workflows')
    .option('--no-enabled', 'it may not')
    .option(
      '--domain <domain>',
      "its web or e-mail domain, which may tell which Halo client it is; '' for none",
    )
    .option(
      '--retention-days <n>',
      'how many days its runs are kept, or "inherit": as of the organization above',
      (text) => (text === 'inherit' ? text : parseCount(text)),
    )
    .option(
      '--min-retention-days <n>',
      'the fewest days that its tokens may set on organizations below it, or "own": its own retention',
      (text) => (text === 'own' ? text : parseCount(text)),
    )
    .option(
      '--max-organizations <n>',
      'how many organizations may be below it when tokens create them, or "default"',
      (text) => (text === 'default' ? text : parseCount(text)),
    )
    .option(...JSON_OPTION);
}
