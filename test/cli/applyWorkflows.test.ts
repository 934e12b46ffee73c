/** `haloflow apply` takes no workflows with which no worker would start. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { checkWorkflows } from '../../worker/checkWorkflows.ts';
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

function put(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(flows, name)), { recursive: true });
    writeFileSync(path.join(flows, name), text);
  }
}

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
    /a\.ts:1:19: Could not resolve .no-such-package/,
  ],
  [
    'a name that two files export',
    { 'a.ts': flow('twice'), 'b.ts': `export const twice = async () => 2;\n` },
    /twice is exported by .*a\.ts and by .*b\.ts: rename one of them/,
  ],
  [
    'a package that asks for a module of Node',
    {
      'a.ts': `import { x } from 'inner';\n${flow('a', 'x')}`,
      'node_modules/inner/package.json': '{"name":"inner","main":"index.js"}',
      'node_modules/inner/index.js': `exports.x = require('child_process');`,
    },
    /inner.index\.js imports child_process/,
  ],
  ['a file that is not there', { 'a.ts': `export * from './gone.ts';\n` }, /a\.ts:1:15: Could not resolve/],
  [
    'what is there, types, a file of others and the sdk',
    {
      'a.ts': `import type { Buffer } from 'node:buffer';\nimport { halo } from 'haloflow/sdk';\nimport { sleep } from '@temporalio/workflow';\nexport * from './more/b.ts';\nexport async function a(x?: Buffer) { await sleep(1); return [x, halo]; }\n`,
      'more/b.ts': flow('b'),
    },
    null,
  ],
  ['nothing that a worker would refuse', { 'a.ts': flow('a'), 'b.js': flow('b') }, null],
])('of workflows with %s it says what a worker would say', async (_what, files, said) => {
  put(files);
  const checked = checkWorkflows(flows);
  if (said) await expect(checked).rejects.toThrow(said);
  else await checked;
});

test('nothing is planned or applied with workflows that no worker would take, though no trigger names them', async () => {
  put({ 'a.ts': `import fs from 'node:fs';\n${flow('a', 'fs')}` });
  const { code, stderr } = await run(['apply', '--plan'], {
    home: path.join(directory.path, 'home'),
    cwd: directory.path,
    env: { DATABASE_URL: database.url, HALOFLOW_WORKFLOWS: flows },
  });
  expect(stderr).toMatch(/haloflow\.yaml: workflows: .*a\.ts imports node:fs, which workflows cannot have/);
  expect(code).toBe(1);
});
