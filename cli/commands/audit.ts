import { Command } from 'commander';
import type { AuditOptions } from '../audit.ts';
import { blanks } from '../blanks.ts';
import { example } from '../help.ts';
import { parseCount } from '../json.ts';
import { conclude } from '../outcome.ts';
import { parseMoment, parsePast } from '../when.ts';

export function audit(): Command {
  const command = new Command('audit').description('Who changed what, and who started runs by hand');
  command
    .command('list')
    .description('The latest entries, newest first')
    .option('--org <slug>', 'only what concerns this organization and those below it')
    .option('--actor <id>', 'only what this token has done; `local` is the command line on this machine')
    .option('--action <name>', 'only this: mappings.accept, or everything of a kind: mappings')
    .option('--object <text>', 'only what was done to something with this in its name')
    .option('--since <time>', 'only done since then, in ISO 8601', parsePast)
    .option('--until <time>', 'only done before then, in ISO 8601', parseMoment)
    .option('--limit <n>', 'at most this many (default: 50)', parseCount)
    .option('--cursor <text>', '`next` of the page before')
    .option('--json', 'one JSON document on standard output')
    .addHelpText(
      'after',
      example(
        'haloflow audit list',
        'haloflow audit list --org acme --limit 20',
        'haloflow audit list --action variables --since 2026-11-01',
      ),
    )
    .action((options: AuditOptions & { json?: boolean }) =>
      conclude(options, blanks['audit list'], async () => (await import('../audit.ts')).listed(options)),
    );
  return command;
}
