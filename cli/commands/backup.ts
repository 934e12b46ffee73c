import { Command } from 'commander';
import { blanks } from '../blanks.ts';
import { example } from '../help.ts';
import { conclude } from '../outcome.ts';

interface Options {
  readonly force?: boolean;
  readonly json?: boolean;
}

export function backup(): Command {
  return new Command('backup')
    .description("Archive the home's data: PostgreSQL, Temporal, key; nothing of haloflow may run")
    .argument('<file>', 'the archive to write, for example haloflow.tgz')
    .option('--force', 'write over a file that is there')
    .option('--json', 'one JSON document on standard output')
    .addHelpText('after', example('haloflow backup haloflow.tgz'))
    .action((file: string, options: Options) =>
      conclude(options, blanks.backup, async () =>
        (await import('../backup/backup.ts')).backedUp(file, options),
      ),
    );
}

export function restore(): Command {
  return new Command('restore')
    .description('Bring a backup back into an empty or a new home')
    .argument('<file>', 'what `haloflow backup` wrote')
    .option('--force', 'into a home that has data, which is put aside')
    .option('--json', 'one JSON document on standard output')
    .addHelpText('after', example('HALOFLOW_HOME=/srv/haloflow haloflow restore haloflow.tgz'))
    .action((file: string, options: Options) =>
      conclude(options, blanks.restore, async () =>
        (await import('../backup/restore.ts')).restored(file, options),
      ),
    );
}
