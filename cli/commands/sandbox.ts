import { Command } from 'commander';
import { blanks } from '../blanks.ts';
import { example } from '../help.ts';
import { parsePort } from '../json.ts';
import { serve } from '../outcome.ts';
import type { SandboxOptions } from '../serveSandbox.ts';

const DEFAULT_PORT = 4010;

export function sandbox(): Command {
  return new Command('sandbox')
    .description('A local Halo with two demo tenants, each on a port of its own')
    .option(
      '--port <port>',
      'port of the first tenant; the next one follows (0: any free port)',
      parsePort,
      DEFAULT_PORT,
    )
    .option('--json', 'one JSON document on standard output')
    .addHelpText('after', example('haloflow sandbox --port 4010'))
    .action((options: SandboxOptions) =>
      serve(options, blanks.sandbox, async () => (await import('../serveSandbox.ts')).serveSandbox(options)),
    );
}
