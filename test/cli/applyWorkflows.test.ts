/** `haloflow apply` takes no workflows with which no worker would start. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createTestDatabase } from '../support/database.ts';
import { temporaryDirectory } from '../support/programs.ts';
import { run } from './command.ts';

const directory = temporaryDirectory();
const flows = path.join(directory.path, 'flows');

let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  database = await createTestDatabase();
  writeFileSync(
    path.join(directory.path, 'haloflow.yaml'),
    'organizations: { umbrella: { name: Umbrella } }\n',
  );
});
beforeEach(() => mkdirSync(flows));
afterEach(() => rmSync(flows, { recursive: true }));
afterAll(async () => {
  await database.drop();
  directory.remove();
});

const flow = (name: string, inner = '1') => `export async function ${name}() { return ${inner}; }\n`;

test.each<[string, Readonly<Record<string, string>>, RegExp | null]>([
  [
    'a module of Node',
    { 'a.ts': `import { randomUUID } from 'node:crypto';\n${flow('a', 'randomUUID()')}` },
    /a\.ts imports node:crypto, which workflows cannot have/,
  ],
  [
    'a module of Node, deep inside, in JavaScript',
    {
      'a.js': `export { b as a } from './more/b.js';\n`,
      'more/b.js': `import fs from 'fs';\n${flow('b', 'fs')}`,
    },
    /b\.js imports fs, which workflows cannot have/,
  ],
  [
    'a package that is not there',
    { 'a.ts': `import { x } from 'no-such-package';\n${flow('a', 'x')}` },
    /a\.ts: .*no-such-package/,
  ],
  [
    'a name that two files export',
    { 'a.ts': flow('twice'), 'b.ts': `export const twice = async () => 2;\n` },
    /twice is exported by .*a\.ts and by .*b\.ts: rename one of them/,
  ],
  ['nothing that a worker would refuse', { 'a.ts': flow('a'), 'b.js': flow('b') }, null],
])('of workflows with %s it says what a worker would say', async (_what, files, said) => {
  mkdirSync(path.join(flows, 'more'));
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(flows, name), text);
  const { code, stderr } = await run(['apply', '--plan'], {
    home: path.join(directory.path, 'home'),
    cwd: directory.path,
    env: { DATABASE_URL: database.url, HALOFLOW_WORKFLOWS: flows },
  });
  if (said) expect(stderr).toMatch(said);
  expect(code).toBe(said ? 1 : 0);
});
