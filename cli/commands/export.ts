import { Command } from 'commander';
import { blanks } from '../blanks.ts';
import { example } from '../help.ts';
import { conclude } from '../outcome.ts';

export function exportCommand(): Command {
  return new Command('export')
    .description('Write the file that recreates the configuration; its secrets are ${NAME} references')
    .argument('[file]', 'where to; without it, it is printed')
    .option('--force', 'write over a file that is there')
    .option('--json', 'one JSON document on standard output')
    .addHelpText('after', example('haloflow export', 'haloflow export haloflow.yaml'))
    .action((file: string | undefined, options: { force?: boolean; json?: boolean }) =>
      conclude(options, blanks.export, async () => (await import('../export.ts')).exported(file, options)),
    );
}
