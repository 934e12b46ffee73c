import { Command, InvalidArgumentError, Option } from 'commander';
import { blanks } from '../blanks.ts';
import { example } from '../help.ts';
import { parseCount, parseIdOrName, parseNames } from '../json.ts';
import type { IdOrName } from '../json.ts';
import type { ClientsOptions, OrganizationsOptions } from '../mappingCreation.ts';
import type { FileOptions } from '../mappingFiles.ts';
import type { AcceptOptions, ListOptions, On, SetOptions, SuggestOptions } from '../mappings.ts';
import { conclude } from '../outcome.ts';

const JSON_OPTION = ['--json', 'one JSON document on standard output'] as const;
const REFRESH = ['--refresh', 'ask Halo, even where its list is younger than 15 minutes'] as const;
const INACTIVE = ['--inactive', 'inactive clients too'] as const;
const LIMIT = ['--limit <n>', 'at most this many (default: 50)', parseCount] as const;
const CURSOR = ['--cursor <text>', '`next` of the page before'] as const;

type Asked<Options> = Options & { readonly json?: boolean };

const work = () => import('../mappings.ts');
const creation = () => import('../mappingCreation.ts');
const files = () => import('../mappingFiles.ts');

/** 0 to 1. */
function parseScore(text: string): number {
  const score = Number(text);
  if (!/^[01]?(\.\d+)?$/.test(text) || text === '' || score > 1) {
    throw new InvalidArgumentError('it is a score, from 0 to 1');
  }
  return score;
}

export function mappings(): Command {
  const command = new Command('mappings').description('Which Halo client is which organization');
  const verbs = [list, suggest, accept, undo, set, remove, ignore, unignore, catchAll];
  [...verbs, exporting, importing, createOrganizations, createClients].forEach((add) => add(command));
  return command;
}

/** Every command works on one connection. */
function verb(command: Command, name: string): Command {
  return command
    .command(name)
    .requiredOption('--connection <id>', 'the connection to the Halo whose clients they are')
    .option(...JSON_OPTION);
}

function list(command: Command): void {
  verb(command, 'list')
    .description('The clients of a Halo, each with the organization that it is')
    .addOption(
      new Option('--state <state>', 'only these')
        .choices(['unmapped', 'mapped', 'ignored', 'all'])
        .default('all'),
    )
    .option('--search <text>', 'part of a name, or the id of a client')
    .option(...REFRESH)
    .option(...LIMIT)
    .option(...CURSOR)
    .addHelpText('after', example('haloflow mappings list --connection northwind-halo --state unmapped'))
    .action((options: Asked<ListOptions>) =>
      conclude(options, blanks['mappings list'], async () => (await work()).listed(options)),
    );
}

function suggest(command: Command): void {
  verb(command, 'suggest')
    .description('Which organization each unmapped client may be, best first, with the reasons')
    .option('--above <score>', 'only of this score and better', parseScore)
    .option(...INACTIVE)
    .option('--details', 'read up to 100 clients without an exact match in full: domains, websites')
    .option(...REFRESH)
    .option(...LIMIT)
    .option(...CURSOR)
    .addHelpText('after', example('haloflow mappings suggest --connection northwind-halo'))
    .action((options: Asked<SuggestOptions>) =>
      conclude(options, blanks['mappings suggest'], async () => (await work()).suggested(options)),
    );
}

function accept(command: Command): void {
  verb(command, 'accept')
    .description('Map what was suggested; what another suggestion is as good as is left to you')
    .argument('[organization]', 'with a client: this pair')
    .argument('[client]', "Halo's id of the client, or its name", parseIdOrName)
    .option('--exact', 'all of the same name or the same external id')
    .option('--above <score>', 'all of this score and better', parseScore)
    .option(...INACTIVE)
    .option(...REFRESH)
    .option('--plan', 'say what would be mapped, and change nothing')
    .addHelpText(
      'after',
      example(
        'haloflow mappings accept --connection northwind-halo --exact',
        'haloflow mappings accept --connection northwind-halo --above 0.9 --plan',
        'haloflow mappings accept acme 12 --connection northwind-halo',
      ),
    )
    .action(
      (organization: string | undefined, client: IdOrName | undefined, options: Asked<AcceptOptions>) => {
        const { json: _json, ...rest } = options;
        return conclude(options, blanks['mappings accept'], async () =>
          (await work()).accepted(organization, client, rest),
        );
      },
    );
}

function undo(command: Command): void {
  verb(command, 'undo')
    .description('Take back what was accepted together, unless it was changed since')
    .argument('[batch]', 'as `accept` has printed it (default: the last one)')
    .addHelpText('after', example('haloflow mappings undo --connection northwind-halo'))
    .action((batch: string | undefined, options: Asked<On>) =>
      conclude(options, blanks['mappings undo'], async () => (await work()).undone(batch, options)),
    );
}

function set(command: Command): void {
  verb(command, 'set')
    .description('Say which client an organization is; what is left out stays as it is')
    .argument('<organization>', 'its slug')
    .argument('<client>', "Halo's id of the client, or its name", parseIdOrName)
    .option('--contact <id>', 'its default contact, by id or name', parseIdOrName)
    .option('--no-contact', 'it has none')
    .option('--site <id>', 'its default site, by id or name', parseIdOrName)
    .option('--no-site', 'it has none')
    .option('--use', 'for an organization that is mapped on several connections: this one')
    .option('--no-use', 'not this one')
    .addHelpText(
      'after',
      example(
        'haloflow mappings set acme 12 --connection northwind-halo --site 31',
        'haloflow mappings set acme "Acme Industries" --connection northwind-halo --site Main',
      ),
    )
    .action((organization: string, client: IdOrName, options: Asked<SetOptions>, run: Command) => {
      // Commander takes `--no-contact` for a default of true.
      const given = Object.fromEntries(
        Object.entries(options).filter(([name]) => run.getOptionValueSource(name) === 'cli'),
      ) as unknown as SetOptions;
      return conclude(options, blanks['mappings set'], async () =>
        (await work()).set(organization, client, given),
      );
    });
}

function remove(command: Command): void {
  verb(command, 'remove')
    .description('Forget which client an organization is')
    .argument('<organization>', 'its slug')
    .addHelpText('after', example('haloflow mappings remove acme --connection northwind-halo'))
    .action((organization: string, options: Asked<On>) =>
      conclude(options, blanks['mappings remove'], async () => (await work()).removed(organization, options)),
    );
}

function ignore(command: Command): void {
  verb(command, 'ignore')
    .description('Leave a client out: it is no customer to be mapped')
    .argument('<client>', "Halo's id of the client, or its name", parseIdOrName)
    .option('--reason <text>', 'why')
    .addHelpText(
      'after',
      example(
        'haloflow mappings ignore 1 --connection northwind-halo --reason internal',
        'haloflow mappings ignore Unknown --connection northwind-halo',
      ),
    )
    .action((client: IdOrName, options: Asked<On & { reason?: string }>) =>
      conclude(options, blanks['mappings ignore'], async () =>
        (await import('../ignoredClients.ts')).ignored(client, options),
      ),
    );
}

function unignore(command: Command): void {
  verb(command, 'unignore')
    .description('Take a client back among those to be mapped')
    .argument('<client>', "Halo's id of the client, or its name", parseIdOrName)
    .addHelpText('after', example('haloflow mappings unignore 1 --connection northwind-halo'))
    .action((client: IdOrName, options: Asked<On>) =>
      conclude(options, blanks['mappings unignore'], async () =>
        (await import('../ignoredClients.ts')).unignored(client, options),
      ),
    );
}

function catchAll(command: Command): void {
  verb(command, 'catch-all')
    .description('Say which organization stands for clients that are mapped to nobody')
    .argument('<organization>', 'the owner of the connection or one below it; `none`: nobody')
    .addHelpText('after', example('haloflow mappings catch-all triage --connection northwind-halo'))
    .action((organization: string, options: Asked<On>) =>
      conclude(options, blanks['mappings catch-all'], async () =>
        (await work()).caughtBy(organization, options),
      ),
    );
}

const formatOption = (): Option =>
  new Option('--format <format>', 'default: as the end of its name says').choices(['csv', 'json', 'yaml']);

function exporting(command: Command): void {
  verb(command, 'export')
    .description('Write all mappings and ignored clients, as `import` takes them')
    .argument('[file]', 'where to (default: standard output, as CSV)')
    .addOption(formatOption())
    .addHelpText('after', example('haloflow mappings export clients.csv --connection northwind-halo'))
    .action((file: string | undefined, options: Asked<FileOptions>) =>
      conclude(options, blanks['mappings export'], async () => (await files()).exported(file, options)),
    );
}

function importing(command: Command): void {
  verb(command, 'import')
    .description('Bring mappings to what a file says; bad rows are named and do not block the others')
    .argument('<file>', 'CSV, JSON or YAML; `-` is standard input, CSV unless --format says otherwise')
    .addOption(formatOption())
    .option('--plan', 'say what would change, and change nothing')
    .addHelpText('after', example('haloflow mappings import clients.csv --connection northwind-halo --plan'))
    .action((file: string, options: Asked<FileOptions & { plan?: boolean }>) =>
      conclude(options, blanks['mappings import'], async () => (await files()).imported(file, options)),
    );
}

function createOrganizations(command: Command): void {
  verb(command, 'create-organizations')
    .description('Make an organization of each unmapped client, and map it')
    .addOption(
      new Option('--inactive <which>', 'what of inactive clients (default: exclude)').choices([
        'exclude',
        'include',
        'only',
      ]),
    )
    .option('--type <type>', "only of this kind of customer, as Halo's list has it")
    .option('--name <text>', 'only with this in their names')
    .option('--clients <ids>', 'only these, separated by commas', parseIds)
    .option('--parent <slug>', "what they are below (default: the connection's owner)")
    .option('--tags <tags>', 'what they are tagged with, separated by commas', parseNames)
    .option('--anyway', 'also where an organization seems to be the client already')
    .option(...REFRESH)
    .option('--plan', 'say what would be made, and change nothing')
    .addHelpText(
      'after',
      example('haloflow mappings create-organizations --connection northwind-halo --plan'),
    )
    .action((options: Asked<OrganizationsOptions>) => {
      const { json: _json, ...rest } = options;
      return conclude(options, blanks['mappings create-organizations'], async () =>
        (await creation()).createdOrganizations(rest),
      );
    });
}

function createClients(command: Command): void {
  verb(command, 'create-clients')
    .description('Create a Halo client for each unmapped organization, once, and map it')
    .option('--orgs <slugs>', 'only these, separated by commas', parseNames)
    .option('--tags <tags>', 'only with one of these tags, separated by commas', parseNames)
    .option('--plan', 'say which would be created, and change nothing')
    .addHelpText(
      'after',
      example('haloflow mappings create-clients --connection northwind-halo --orgs acme --plan'),
    )
    .action((options: Asked<ClientsOptions>) =>
      conclude(options, blanks['mappings create-clients'], async () =>
        (await creation()).createdClients(options),
      ),
    );
}

const parseIds = (text: string): number[] => parseNames(text).map(parseCount);
