import { Command } from 'commander';
import { blanks } from '../blanks.ts';
import { example } from '../help.ts';
import { parseCount, parseJson } from '../json.ts';
import { conclude } from '../outcome.ts';
import type { BackfillOptions } from '../triggers/backfill.ts';
import type { FireOptions } from '../triggers/fire.ts';
import type { ListOptions } from '../triggers/list.ts';
import { parsePlace } from '../triggers/place.ts';
import type { RemoveOptions } from '../triggers/remove.ts';
import type { RewindOptions } from '../triggers/rewind.ts';
import { parsePast } from '../when.ts';

const JSON_OPTION = ['--json', 'one JSON document on standard output'] as const;
const TRIGGER = ['<id>', 'for example triage-new-tickets'] as const;

interface Json {
  readonly json?: boolean;
}

export function triggers(): Command {
  const command = new Command('triggers').description(
    'What starts runs: list them, switch them on and off, remove them, try them, start them by hand, go back',
  );
  withLooks(command);
  withSwitches(command);
  withTries(command);
  withReturns(command);
  return command;
}

function withLooks(command: Command): void {
  command
    .command('list')
    .description('Every trigger, with its last event and the state of its feed')
    .option('--limit <n>', 'at most this many (default: 50)', parseCount)
    .option('--after <id>', 'only triggers behind this one, by id')
    .option(...JSON_OPTION)
    .addHelpText('after', example('haloflow triggers list'))
    .action((options: ListOptions & Json) =>
      conclude(options, blanks['triggers list'], async () =>
        (await import('../triggers/list.ts')).listed(options),
      ),
    );
  command
    .command('show')
    .description('One trigger: what it does, how its feed is doing, what became of its events')
    .argument(...TRIGGER)
    .option('--url', 'print only the secret URL that others, or Halo, call')
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      example('haloflow triggers show triage-new-tickets', 'haloflow triggers show alerts --url'),
    )
    .action((id: string, options: Json & { url?: boolean }) =>
      conclude(options, blanks['triggers show'], async () =>
        (await import('../triggers/show.ts')).shown(id, options),
      ),
    );
}

function withSwitches(command: Command): void {
  for (const [verb, description] of [
    ['enable', 'Switch a trigger on: what is new from now on starts runs'],
    ['disable', 'Switch a trigger off; runs under way go on'],
  ] as const) {
    command
      .command(verb)
      .description(description)
      .argument(...TRIGGER)
      .option(...JSON_OPTION)
      .addHelpText('after', example(`haloflow triggers ${verb} triage-new-tickets`))
      .action((id: string, options: Json) =>
        conclude(options, blanks[`triggers ${verb}`], async () =>
          (await import('../triggers/switch.ts')).switched(id, verb === 'enable'),
        ),
      );
  }
  command
    .command('remove')
    .description('Delete a trigger; its events and runs stay')
    .argument(...TRIGGER)
    .option('--yes', 'do not ask')
    .option(...JSON_OPTION)
    .addHelpText('after', example('haloflow triggers remove triage-new-tickets'))
    .action((id: string, options: RemoveOptions & Json) =>
      conclude(options, blanks['triggers remove'], async () =>
        (await import('../triggers/remove.ts')).removed(id, options),
      ),
    );
}

function withTries(command: Command): void {
  command
    .command('test')
    .description('What would happen to the latest tickets: starts nothing, writes nothing')
    .argument(...TRIGGER)
    .option('--limit <n>', 'this many tickets (default: 5)', parseCount)
    .option(...JSON_OPTION)
    .addHelpText('after', example('haloflow triggers test triage-new-tickets'))
    .action((id: string, options: Json & { limit?: number }) =>
      conclude(options, blanks['triggers test'], async () =>
        (await import('../triggers/test.ts')).tested(id, options),
      ),
    );
  command
    .command('fire')
    .description('Start it by hand: with a ticket, a record of your own, or nothing')
    .argument(...TRIGGER)
    .option('--record <json>', 'the event: JSON, @FILE or - for standard input', parseJson)
    .option('--ticket <id>', 'a ticket of its connection', parseCount)
    .option('--org <slug>', "for this organization (default: the ticket's, else each it runs for)")
    .option('--wait', 'wait for the end of the run and print its result')
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      example(
        'haloflow triggers fire triage-new-tickets --ticket 4711 --wait',
        'haloflow triggers fire nightly-report',
        `haloflow triggers fire alerts --org acme --record '{"body": {"host": "mail"}}'`,
      ),
    )
    .action((id: string, options: FireOptions & Json) =>
      conclude(options, blanks['triggers fire'], async () =>
        (await import('../triggers/fire.ts')).fired(id, options),
      ),
    );
}

function withReturns(command: Command): void {
  required(command.command('rewind'), '--to', '--to <place>')
    .description('Read again from a ticket or a time on; what already ran does not run again')
    .argument(...TRIGGER)
    .option('--to <place>', "a ticket's id, or a date or time in ISO 8601 (required)", parsePlace)
    .option('--again', 'also run again what already ran')
    .option('--plan', 'only say how many')
    .option('--yes', 'do not ask')
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      example(
        'haloflow triggers rewind triage-new-tickets --to 4711 --plan',
        'haloflow triggers rewind triage-new-tickets --to 2026-11-25T06:00:00Z --yes',
      ),
    )
    .action((id: string, options: RewindOptions & Json) =>
      conclude(options, blanks['triggers rewind'], async () =>
        (await import('../triggers/rewind.ts')).rewound(id, options),
      ),
    );
  required(command.command('backfill'), '--since', '--since <time>')
    .description('Run for tickets from before the trigger was made; what already ran does not run again')
    .argument(...TRIGGER)
    .option('--since <time>', 'tickets created since then, in ISO 8601 (required)', parsePast)
    .option('--limit <n>', 'at most this many, the oldest first (default: 1000)', parseCount)
    .option('--plan', 'only say how many')
    .option('--yes', 'do not ask')
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      example('haloflow triggers backfill triage-new-tickets --since 2026-11-01 --limit 100 --plan'),
    )
    .action((id: string, options: BackfillOptions & Json) =>
      conclude(options, blanks['triggers backfill'], async () =>
        (await import('../triggers/backfill.ts')).backfilled(id, options),
      ),
    );
}

/** Commander's own check would come before the one for unknown flags, which has another exit code. */
function required(command: Command, flag: string, option: string): Command {
  const name = flag.replace(/^--/, '');
  return command.hook('preAction', (_, self) => {
    if (self.opts()[name] === undefined) self.error(`required option '${option}' not specified`);
  });
}
