import { Command, Option } from 'commander';
import { blanks } from '../blanks.ts';
import type { DoctorOptions } from '../doctor.ts';
import { example } from '../help.ts';
import { conclude } from '../outcome.ts';

export function doctor(): Command {
  return new Command('doctor')
    .description('See what a connection can and cannot do, what is wrong with it, and how to put it right')
    .option(
      '--org <slug>',
      'only connections of this organization, of those below it, and that it is mapped on',
    )
    .addOption(new Option('--connection <id>', 'only this one').conflicts('org'))
    .option('--json', 'one JSON document on standard output')
    .addHelpText('after', example('haloflow doctor', 'haloflow doctor --connection northwind-halo'))
    .action((options: DoctorOptions & { json?: boolean }) =>
      conclude(options, blanks.doctor, async () => (await import('../doctor.ts')).examined(options)),
    );
}
