/** What the texts say is held against the project: code, commands, links, tables. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Command, CommanderError } from 'commander';
import type { FastifyRequest } from 'fastify';
import { problemOf } from '../../api/problemOf.ts';
import { commands } from '../../cli/commands/index.ts';
import { normaliseServer } from '../../cli/normaliseServer.ts';
import * as errors from '../../errors.ts';
import { checkContent } from '../../configuration/apply/check.ts';
import { checkTriggers } from '../../configuration/apply/checkTriggers.ts';
import { readContent } from '../../configuration/file/read.ts';
import type { FileContent } from '../../configuration/file/read.ts';
import { triggerTypes } from '../../triggers/catalogue/index.ts';
import { ownWorkflows } from '../../worker/workflowFolders.ts';
import { workflowNames } from '../../worker/workflowNames.ts';
import { readPage, readPages, ROOT, tableRows } from './markdown.ts';
import type { Block } from './markdown.ts';

const pages = readPages();
const blocks = pages.flatMap((page) => page.blocks);
const named = (each: readonly Block[]): [string, Block][] => each.map((block) => [block.place, block]);

/** Lines without their indentation: an excerpt may come from deep inside. */
const trimmed = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .join('\n');

test('every block says its language, and none is TypeScript without a file to be held against', () => {
  expect(blocks.filter(({ language }) => language === '').map(({ place }) => place)).toEqual([]);
  const loose = blocks.filter(({ language, about }) => language === 'ts' && about.length !== 1);
  expect(loose.map(({ place }) => place)).toEqual([]);
});

test.each(named(blocks.filter(({ language }) => language === 'ts')))(
  '%s: the code is in the file that it names',
  (_place, { about, text }) => {
    const file = readFileSync(join(ROOT, about[0] ?? ''), 'utf8');
    expect(`\n${trimmed(file)}\n`).toContain(`\n${trimmed(text)}\n`);
  },
);

test.each(named(blocks.filter(({ language }) => language === 'yaml')))(
  '%s: the configuration file is one that apply takes',
  async (_place, { place, text }) => {
    const env = Object.fromEntries([...text.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => [name, 'given']));
    // No Halo is asked here: its names stay.
    const content = readContent({ file: place, text, env, normaliseServer }) as FileContent;
    const nothing = {
      organizations: [],
      connections: [],
      mappings: [],
      ignoredClients: [],
      variables: [],
      triggers: [],
    };
    const problems = [
      ...content.problems,
      ...checkContent(content, nothing),
      ...checkTriggers(content, nothing, await workflowNames(ownWorkflows)),
    ];
    expect(problems).toEqual([]);
    expect(content.connections.length).toBeGreaterThan(0);
  },
);

interface Line {
  readonly place: string;
  readonly text: string;
  /** Alone in a block, so a reader will type it; in a sentence it may be the beginning of one. */
  readonly whole: boolean;
}

const commandLines: readonly Line[] = pages.flatMap((page) => [
  ...page.blocks
    .filter(({ language }) => language === 'sh')
    .flatMap(({ place, text }) => text.split('\n').map((line) => ({ place, text: line, whole: true }))),
  ...page.inline.map((code) => ({ ...code, whole: false })),
]);

const haloflowLines = commandLines.flatMap(({ text, ...line }) => {
  const [, rest] = /^(?:npx )?haloflow((?: \S.*)?)$/.exec(text) ?? [];
  return rest === undefined || rest.trim() === '' ? [] : [{ ...line, text: rest.trim() }];
});

/** Words as a shell takes them; single and double quotes only. */
function words(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? '');
}

/** The real command with its own options and arguments, which does nothing when it is run. */
function idle(): Command {
  const root = new Command('haloflow');
  for (const command of commands) root.addCommand(command());
  const still = (command: Command): void => {
    command.exitOverride().configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
    if (command !== root) command.action(() => undefined);
    command.commands.forEach(still);
  };
  still(root);
  return root;
}

test('the texts have command lines to be checked', () => {
  expect(haloflowLines.length).toBeGreaterThan(20);
});

test.each(haloflowLines.map((line) => [`${line.place}: haloflow ${line.text}`, line] as const))(
  '%s',
  async (_name, { text, whole }) => {
    // In a sentence a value may be a placeholder in capitals, and what is not to the point is left out.
    const incomplete = /^commander\.(error|missingArgument|missingMandatoryOptionValue)$/;
    try {
      await idle().parseAsync(words(text), { from: 'user' });
    } catch (error) {
      if (!(error instanceof CommanderError)) throw error;
      if (whole || !incomplete.test(error.code))
        throw new Error(`haloflow ${text}: ${error.message}`, { cause: error });
    }
  },
);

test('a command or option that is not there would be found', async () => {
  for (const line of [
    'smoek',
    'smoke --fast',
    'actions show',
    'actions run x --org a --use all',
    'explain --use mapping',
  ]) {
    await expect(idle().parseAsync(words(line), { from: 'user' })).rejects.toThrow(CommanderError);
  }
});

test('every npm script that the texts name is there', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const used = pages.flatMap(({ text }) =>
    [...text.matchAll(/npm run (?:--silent )?([\w-]+)/g)].map(([, name]) => name ?? ''),
  );
  expect(used.filter((name) => !(name in scripts))).toEqual([]);
  expect(used.length).toBeGreaterThan(5);
});

test('every link leads to a file, and to a heading in it', () => {
  const dead = pages.flatMap((page) =>
    [...page.text.matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target]) => target ?? '')
      .filter((target) => !target.startsWith('https://') && !isThere(page.file, target))
      .map((target) => `${page.file}: ${target}`),
  );
  expect(dead).toEqual([]);
});

function isThere(from: string, target: string): boolean {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? from : join(dirname(from), path);
  if (!existsSync(join(ROOT, file))) return false;
  if (anchor === undefined) return true;
  const { text } = readPage(file);
  const anchors = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    (heading ?? '')
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  );
  return anchors.includes(anchor);
}

/** Everything that runs outside tests. */
const SHIPPED = [
  'cli',
  'engine',
  'halo',
  'home',
  'organizations',
  'sandbox',
  'store',
  'triggers',
  'worker',
  'calls',
  'api',
  'access',
  'configuration',
];
/** Of the system and its shell, not of haloflow. */
const USUAL = ['PATH', 'COLUMNS'];

test('the table of environment variables has those that the code reads, and no others', () => {
  const code = SHIPPED.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.[cm]?[jt]s$/.test(file))
      .map((file) => readFileSync(join(ROOT, folder, file), 'utf8')),
  ).join('\n');
  const read = [...code.matchAll(/process\.env(?:\.(\w+)|\['(\w+)'\])/g)].map(([, a, b]) => a ?? b ?? '');
  const page = readPage('README.md');
  const told = tableRows(page).flatMap(([cell = '']) =>
    [...cell.matchAll(/`([A-Z][A-Z_]+)`/g)].map(([, name]) => name ?? ''),
  );
  expect(read.filter((name) => !USUAL.includes(name) && !told.includes(name))).toEqual([]);
  expect(told.filter((name) => !code.includes(name))).toEqual([]);
});

test('every error class has its row, and every row its class', () => {
  const classes = Object.values(errors)
    .map(({ name }) => name)
    .filter((name) => name !== 'HaloflowError');
  const rows = tableRows(readPage('docs/errors.md')).slice(1);
  expect(rows.map(([cell = '']) => cell.replaceAll('`', '')).sort()).toEqual(classes.sort());
});

test('every error class is answered over HTTP with the status and the code that the page says', () => {
  const lines = readPage('docs/errors.md').text.split('\n');
  const listed = new Map(
    lines.flatMap((line) => {
      const [, code, status] = /^- `(\w+)`: (\d{3})/.exec(line) ?? [];
      return code && status ? [[code, Number(status)] as const] : [];
    }),
  );
  const answered = Object.values(errors)
    .filter((each) => each !== errors.HaloflowError)
    .map((each) => {
      const ErrorClass = each as new (message: string) => Error;
      const { status, more } = problemOf(new ErrorClass('x'), {} as FastifyRequest);
      return [each.name, status, more['code']];
    });
  const said = answered.map(([name]) => [
    name,
    listed.get(String(name)) ?? (String(name).startsWith('Halo') ? 502 : null),
    name,
  ]);
  expect(lines).toContain("- every other class of Halo's: 502");
  expect(answered).toEqual(said);
});

test.each([
  ['organizations', 'organizations: { acme: { zzz: 1 } }'],
  ['connections', 'connections: { acme-halo: { zzz: 1 } }'],
  ['rateLimit', 'connections: { acme-halo: { rateLimit: { zzz: 1 } } }'],
  ['mappings', 'mappings: { acme-halo: { acme: { zzz: 1 } } }'],
  ['variables', 'variables: { acme: { x: { zzz: 1 } } }'],
  ['triggers', 'triggers: { t: { zzz: 1 } }'],
  ['runFor', 'triggers: { t: { runFor: { zzz: 1 } } }'],
  ['overrides', 'triggers: { t: { overrides: { halo: { zzz: 1 } } } }'],
  ['deliveryKey', 'triggers: { t: { type: webhook, parameters: { deliveryKey: { zzz: 1 } } } }'],
  ...Object.values(triggerTypes)
    .filter(({ parameters }) => Object.keys(parameters['properties'] ?? {}).length > 0)
    .map(({ type }): [string, string] => [
      `parameters of ${type}`,
      `triggers: { t: { type: ${type}, parameters: { zzz: 1 } } }`,
    ]),
])('the reference of the configuration file has every key of %s', (_section, text) => {
  const { problems } = readContent({ file: 'x', text, env: {}, normaliseServer });
  const known = problems.flatMap(
    ({ message }) => / Known here: (.*)\.$/.exec(message)?.[1]?.split(', ') ?? [],
  );
  expect(known.length).toBeGreaterThan(0);
  const rows = tableRows(readPage('docs/configuration.md')).map(([cell]) => cell);
  for (const key of known) expect(rows).toContain(`\`${key}\``);
});

test('the table of folders says what the linter enforces', () => {
  const config = JSON.parse(readFileSync(join(ROOT, '.oxlintrc.json'), 'utf8')) as unknown;
  const rules = [
    ...JSON.stringify(config).matchAll(/(\w+)\/ may import ([^"]*?) \(docs\/architecture\.md\)/g),
  ];
  const rows = tableRows(readPage('docs/architecture.md')).filter((cells) => cells.length === 3);
  const told = Object.fromEntries(
    rows.map(([folder = '', , imports]) => [folder.replaceAll(/[`/]/g, ''), imports]),
  );
  expect(rules.length).toBeGreaterThan(8);
  for (const [, folder = '', imports] of rules) expect([folder, told[folder]]).toEqual([folder, imports]);
});

test('the README stays short', () => {
  expect(readPage('README.md').text.split('\n').length).toBeLessThan(200);
});
