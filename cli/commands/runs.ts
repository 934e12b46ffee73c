import { Command, Option } from 'commander';
import { blanks } from '../blanks.ts';
import { example } from '../help.ts';
import { parseCount } from '../json.ts';
import { conclude } from '../outcome.ts';
import { parseMoment, parsePast } from '../when.ts';
import type { RunsOptions } from '../runs/list.ts';

const JSON_OPTION = ['--json', 'one JSON document on standard output'] as const;
const RUN = ['<id>', "the run's id, the beginning of it, or its workflow id"] as const;

interface Json {
  readonly json?: boolean;
}

export function runs(): Command {
  const command = new Command('runs').description('Runs of workflows: list, show, cancel and repeat them');
  command
    .command('list')
    .description('The latest runs, newest first')
    .option('--org <slug>', 'only for this organization and those below it')
    .option('--workflow <name>', 'only of this workflow')
    .option('--trigger <id>', 'only started by this trigger')
    .addOption(
      new Option('--status <status>', 'only with this status').choices([
        'running',
        'completed',
        'failed',
        'cancelled',
        'terminated',
        'timed-out',
      ]),
    )
    .option('--ticket <id>', 'only started by an event about this ticket', parseCount)
    .option('--since <time>', 'only started since then, in ISO 8601', parsePast)
    .option('--until <time>', 'only started before then, in ISO 8601', parseMoment)
    .option('--limit <n>', 'at most this many (default: 50)', parseCount)
    .option('--before <id>', 'only runs started before this one')
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      example(
        'haloflow runs list',
        'haloflow runs list --org acme --status failed --limit 20',
        'haloflow runs list --ticket 4711 --since 2026-11-01',
      ),
    )
    .action((options: RunsOptions & Json) =>
      conclude(options, blanks['runs list'], async () => (await import('../runs/list.ts')).listed(options)),
    );
  command
    .command('show')
    .description('One run: its input, each action with whose credentials it used, its result or error')
    .argument(...RUN)
    .option(...JSON_OPTION)
    .addHelpText('after', example('haloflow runs show 8d3f2c1a'))
    .action((id: string, options: Json) =>
      conclude(options, blanks['runs show'], async () => (await import('../runs/show.ts')).shown(id)),
    );
  command
    .command('cancel')
    .description('Ask a run to stop; what it has done stays done')
    .argument(...RUN)
    .option(...JSON_OPTION)
    .addHelpText('after', example('haloflow runs cancel 8d3f2c1a'))
    .action((id: string, options: Json) =>
      conclude(options, blanks['runs cancel'], async () => (await import('../runs/cancel.ts')).cancelled(id)),
    );
  command
    .command('rerun')
    .description('Start a run with the same input again, under a new id that points to the first')
    .argument(...RUN)
    .option('--wait', 'wait for its end and print its result')
    .option(...JSON_OPTION)
    .addHelpText('after', example('haloflow runs rerun 8d3f2c1a', 'haloflow runs rerun 8d3f2c1a --wait'))
    .action((id: string, options: Json & { wait?: boolean }) =>
      conclude(options, blanks['runs rerun'], async () =>
        (await import('../runs/rerun.ts')).rerun(id, options),
      ),
    );
  return command;
}
