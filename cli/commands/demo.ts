import { Command } from 'commander';
import { blanks } from '../blanks.ts';
import type { DemoOptions } from '../demo/demonstrate.ts';
import { example } from '../help.ts';
import { parseCount } from '../json.ts';
import { conclude } from '../outcome.ts';

export function demo(): Command {
  return new Command('demo')
    .description(
      'Watch a local Halo get tickets, a trigger look at them and runs answer them; Ctrl-C ends it',
    )
    .option('--for <seconds>', 'end by itself after this time', parseCount)
    .option('--every <seconds>', 'time between two tickets (default: 3)', parseCount)
    .option('--json', 'one JSON document on standard output at the end')
    .addHelpText('after', example('haloflow demo', 'haloflow demo --for 30 --every 2'))
    .action((options: DemoOptions) =>
      conclude(options, blanks.demo, async () =>
        (await import('../demo/demonstrate.ts')).demonstrate(options),
      ),
    );
}
