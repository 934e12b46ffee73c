import { Command } from 'commander';
import { blanks } from '../blanks.ts';
import type { ConnectionOptions } from '../connections/input.ts';
import type { RemoveOptions } from '../connections/read.ts';
import type { RestoredOptions } from '../connections/restored.ts';
import { example } from '../help.ts';
import { parseCount } from '../json.ts';
import { conclude } from '../outcome.ts';
import { parsePast } from '../when.ts';
import { rotateSecret } from './connectionsSecret.ts';

const JSON_OPTION = ['--json', 'one JSON document on standard output'] as const;
const ID = ['<id>', 'as `haloflow connections list` shows it'] as const;
const SWITCHES = [
  ['disable', 'Pause a connection: calls on it fail, its feeds rest, its events wait'],
  ['enable', 'Let a disabled connection go on from where it was'],
] as const;

interface Json {
  readonly json?: boolean;
}

export function connections(): Command {
  const command = new Command('connections').description(
    'Connections to Halo: add, change, list, show, disable, remove them',
  );
  command.addCommand(add()).addCommand(change()).addCommand(rotateSecret());
  command
    .command('list')
    .description('Every connection, by id')
    .option(
      '--org <slug>',
      'only those of this organization and the ones below it, and those it is mapped on',
    )
    .option(...JSON_OPTION)
    .addHelpText('after', example('haloflow connections list', 'haloflow connections list --org acme'))
    .action((options: { org?: string } & Json) =>
      conclude(options, blanks['connections list'], async () =>
        (await import('../connections/read.ts')).listed(options),
      ),
    );
  command
    .command('show')
    .description('One connection, without its secret')
    .argument(...ID)
    .option(...JSON_OPTION)
    .addHelpText('after', example('haloflow connections show northwind-halo'))
    .action((id: string, options: Json) =>
      conclude(options, blanks['connections show'], async () =>
        (await import('../connections/read.ts')).shown(id),
      ),
    );
  for (const [name, description] of SWITCHES) {
    command
      .command(name)
      .description(description)
      .argument(...ID)
      .option(...JSON_OPTION)
      .addHelpText('after', example(`haloflow connections ${name} northwind-halo`))
      .action((id: string, options: Json) =>
        conclude(options, blanks[`connections ${name}`], async () =>
          (await import('../connections/switch.ts')).switched(id, name === 'enable'),
        ),
      );
  }
  command.addCommand(restored());
  command
    .command('remove')
    .description('Delete a connection that no trigger and no mapping uses')
    .argument(...ID)
    .option('--with-mappings', 'delete its mappings, too')
    .option('--yes', 'do not ask')
    .option(...JSON_OPTION)
    .addHelpText('after', example('haloflow connections remove northwind-halo --yes'))
    .action((id: string, options: RemoveOptions & Json) =>
      conclude(options, blanks['connections remove'], async () =>
        (await import('../connections/read.ts')).removed(id, options),
      ),
    );
  return command;
}

function restored(): Command {
  return new Command('restored')
    .description('Report that Halo was restored from a backup, so that its new tickets start runs')
    .argument(...ID)
    .option(
      '--since <time>',
      'records created in Halo after this are new, ISO 8601 (default: the last successful poll)',
      parsePast,
    )
    .option('--first <id>', 'the first new id (default: the smallest created since)', parseCount)
    .option(
      '--other-database',
      'it is a different database, as when a test Halo was refreshed from production',
    )
    .option('--plan', 'only print what it would do')
    .option('--yes', 'do not ask')
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      example(
        'haloflow connections restored northwind-halo --plan',
        'haloflow connections restored northwind-halo --since 2026-11-25T20:05:00Z --yes',
      ),
    )
    .action((id: string, options: RestoredOptions) =>
      conclude(options, blanks['connections restored'], async () =>
        (await import('../connections/restored.ts')).restored(id, options),
      ),
    );
}

function add(): Command {
  return described(
    new Command('add')
      .description('Connect a Halo: asks for what the flags do not say, and shows what it saves')
      .argument('[id]', 'what to call it, for example northwind-halo'),
  )
    .option('--on-premise', ON_PREMISE)
    .option('--default', 'make it what the organization uses; its first connection always is')
    .option('--yes', 'save without asking')
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      example(
        'haloflow connections add',
        'haloflow connections add northwind-halo --org northwind --resource-server northwind.halopsa.com --client-id 0123 --secret-file secret.txt --yes',
      ),
    )
    .action((id: string | undefined, options: ConnectionOptions) =>
      conclude(options, blanks['connections add'], async () =>
        (await import('../connections/add.ts')).added(id, options),
      ),
    );
}

function change(): Command {
  return described(
    new Command('change')
      .description('Change a connection; options you leave out stay as they are')
      .argument(...ID),
  )
    .option('--on-premise', ON_PREMISE)
    .option('--no-on-premise', 'a hosted Halo')
    .option('--default', 'make it what the organization uses')
    .option('--same-halo', 'the new resource server is the same Halo under another name')
    .option('--no-same-halo', 'it is a different Halo, although that name used to stand for this one')
    .option('--no-default', 'make the only other one what the organization uses')
    .option('--yes', 'save without asking')
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      example(
        'haloflow connections change northwind-halo --resource-server support.northwind.com',
        "haloflow connections change northwind-halo --tenant '' --requests 500 --yes",
      ),
    )
    .action((id: string, options: ConnectionOptions) =>
      conclude(options, blanks['connections change'], async () =>
        (await import('../connections/change.ts')).changed(id, options),
      ),
    );
}

const ON_PREMISE = 'your own Halo: private addresses, short names and plain http are allowed';

/** What is to be said of any connection. */
function described(command: Command): Command {
  return command
    .option('--org <slug>', 'the organization that owns it')
    .option('--resource-server <host>', 'in any form: northwind.halopsa.com')
    .option('--auth-server <host>', 'the authorization server, if it is another one (empty: as Halo says)')
    .option('--tenant <name>', 'of a hosted Halo (empty: as Halo says)')
    .option('--client-id <id>', 'of the application in Halo')
    .option('--secret-file <file>', 'where the client secret is; - for standard input')
    .option('--secret-env <name>', 'the environment variable that holds the client secret')
    .option('--scope <scopes>', 'scopes to ask for, separated by spaces (default: all)')
    .option('--requests <n>', "Halo's rate limit: number of requests (default: 300)", parseCount)
    .option('--per-seconds <n>', '… in this many seconds (default: 300)', parseCount)
    .option(
      '--write-settle <seconds>',
      'how long a write whose reply was lost is waited for, or "default"',
      (text) => (text === 'default' ? text : parseCount(text)),
    );
}
