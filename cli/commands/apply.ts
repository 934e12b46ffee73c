import { Command } from 'commander';
import { blanks } from '../blanks.ts';
import { example } from '../help.ts';
import { conclude } from '../outcome.ts';

const DEFAULT_FILE = 'haloflow.yaml';

export function apply(): Command {
  return new Command('apply')
    .description('Bring organizations, connections, mappings and triggers to what a file says')
    .argument('[file]', 'the configuration', DEFAULT_FILE)
    .option('--plan', 'only show what would change')
    .option(
      '--same-halo <id>',
      'the new host of this connection is the same Halo under another name (repeat for several)',
      (id: string, all: readonly string[]) => [...all, id],
      [],
    )
    .option('--json', 'one JSON document on standard output')
    .addHelpText('after', example('haloflow apply --plan', 'haloflow apply my.yaml'))
    .action((file: string, options: { plan?: boolean; json?: boolean; sameHalo: string[] }) =>
      conclude(options, blanks.apply, async () => (await import('../apply.ts')).applied(file, options)),
    );
}
