/** The generated files follow from the declarations, and a stale one is named. */
import { execFile } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const COPIED = ['actions', 'scripts', 'docs', 'sdk', 'errors.ts', 'packageRoot.ts', 'package.json'];

let copy: string;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'haloflow-generate-'));
  for (const name of COPIED) cpSync(join(ROOT, name), join(copy, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

function check(folder: string): Promise<{ code: number; text: string }> {
  return new Promise((resolve) => {
    const args = ['--import', 'tsx', 'scripts/generate.ts', '--check'];
    execFile(
      process.execPath,
      args,
      { cwd: folder, env: { ...process.env, NODE_OPTIONS: '' } },
      (error, _out, text) => resolve({ code: error === null ? 0 : Number(error.code), text }),
    );
  });
}

test('the files in the repository are fresh', async () => {
  expect(await check(ROOT)).toEqual({ code: 0, text: '' });
});

test('a file that was edited, or not generated again, is named', async () => {
  appendFileSync(join(copy, 'docs/actions.md'), 'edited by hand\n');
  rmSync(join(copy, 'actions/generated/actions.ts'));
  const { code, text } = await check(copy);
  expect(code).toBe(1);
  expect(text.trim().split('\n')).toEqual([
    'actions/generated/actions.ts is stale: run npm run generate',
    'docs/actions.md is stale: run npm run generate',
  ]);
});
