import { Command, CommanderError } from 'commander';
import { blankOf } from './blanks.ts';
import { commands } from './commands/index.ts';
import { NOT_JSON } from './json.ts';
import { EXIT_FAILED, EXIT_OK, EXIT_USAGE, write } from './outcome.ts';
import { version } from './version.ts';

const NOT_UNDERSTOOD = new Set([
  'commander.unknownCommand',
  'commander.unknownOption',
  'commander.excessArguments',
]);

function program(): Command {
  const root = new Command('haloflow')
    .description('An open, self-hosted automation runtime for HaloPSA.')
    .version(version())
    .showSuggestionAfterError();
  for (const command of commands) root.addCommand(command());
  const everywhere = (command: Command): void => {
    command.exitOverride().configureOutput({ outputError: () => undefined });
    command.commands.forEach(everywhere);
  };
  everywhere(root);
  return root;
}

/** `haloflow mappings suggest`: the command that somebody meant, as far as there is one. */
function commandOf(argv: readonly string[]): string {
  const words = ['haloflow'];
  let command: Command | undefined = program();
  for (const word of argv.slice(2)) {
    command = command.commands.find((one) => one.name() === word);
    if (command === undefined) break;
    words.push(word);
  }
  return words.join(' ');
}

/**
 * Runs one command line and ends the process: exit code 0 done, 2 unknown command or flag or malformed JSON, 1
 * everything else that fails.
 */
export async function main(argv: readonly string[]): Promise<void> {
  // Without a listener a reader that goes away, such as `head`, would end the process in the middle of things.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  try {
    await program().parseAsync(argv);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0 || error.code === 'commander.help') {
      process.exitCode = error.exitCode === 0 ? EXIT_OK : EXIT_FAILED;
    } else {
      process.exitCode =
        NOT_UNDERSTOOD.has(error.code) || error.message.includes(NOT_JSON) ? EXIT_USAGE : EXIT_FAILED;
      const message = error.message.replace(/^error: /, '');
      if (argv.includes('--json')) {
        const document = { ok: false, ...blankOf(argv.slice(2)), error: { type: 'UsageError', message } };
        await write(process.stdout, JSON.stringify(document));
      } else {
        await write(process.stderr, `${message}\n${commandOf(argv)} --help shows what there is.`);
      }
    }
  }
  // Connections that drain in the background must not keep a finished command alive.
  process.exit();
}
