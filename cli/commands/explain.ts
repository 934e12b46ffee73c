import { Command } from 'commander';
import { blanks } from '../blanks.ts';
import { example } from '../help.ts';
import { conclude } from '../outcome.ts';
import { withWho } from '../override.ts';
import type { WhoOptions } from '../override.ts';

export function explain(): Command {
  return withWho(new Command('explain'))
    .description('Show, step by step, whose credentials a call would use and why')
    .option('--json', 'one JSON document on standard output')
    .addHelpText('after', example('haloflow explain --org acme --use mapping'))
    .action((options: WhoOptions & { json?: boolean }) =>
      conclude(options, blanks.explain, async () => (await import('../explain.ts')).explained(options)),
    );
}
