import { Command } from 'commander';
import { blanks } from '../blanks.ts';
import { example } from '../help.ts';
import { serve } from '../outcome.ts';
import type { StartOptions } from '../serveStack.ts';

export function start(): Command {
  return new Command('start')
    .description(
      'The stack in the foreground: Postgres, Temporal with its web UI, a worker, triggers, webhooks',
    )
    .option('--json', 'one JSON document on standard output when ready')
    .addHelpText('after', example('haloflow start'))
    .action((options: StartOptions) =>
      serve(options, blanks.start, async () => (await import('../serveStack.ts')).serveStack(options)),
    );
}
