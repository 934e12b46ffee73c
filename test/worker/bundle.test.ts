/** What runs in Temporal's sandbox: nothing that does not belong there, and whatever an author keeps elsewhere. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { DefaultLogger } from '@temporalio/worker';
import { bundleWorkflows } from '../../worker/bundle.ts';
import { workflowsFolder } from '../../worker/workflowFolders.ts';
import { PROBES, bundled, systemBundled } from '../support/bundles.ts';
import { startHaloflow } from '../support/haloflow.ts';
import { eventually } from './helpers.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** A folder with these files, far from haloflow. */
function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'haloflow-test-'));
  folders.push(folder);
  for (const [name, code] of Object.entries(files)) writeFileSync(path.join(folder, name), code);
  return folder;
}

const FOREIGN = /node_modules\/(zod|undici|pg|drizzle-orm|jose|pino)\//;

const codeOf = ({ codePath }: { readonly codePath: string }): string =>
  readFileSync(codePath, 'utf8').replace(/\n\/\/# sourceMappingURL=.*/s, '');

async function refusal(
  files: Readonly<Record<string, string>>,
): Promise<{ name: string; message: string; folder: string }> {
  const folder = folderOf(files);
  const bundling = bundleWorkflows(folder, new DefaultLogger('ERROR'));
  const { name, message } = await bundling.then(
    () => new Error('it was bundled'),
    (error: Error) => error,
  );
  return { name, message, folder };
}

test('the bundle holds no zod, no HTTP client and no catalogue, and is small', async () => {
  const code = codeOf(await bundled(PROBES));
  expect(code).toContain('sdk/call.ts');
  expect(code).not.toMatch(FOREIGN);
  expect(code).not.toMatch(/["/](actions|halo|calls|organizations|store|triggers)\/[\w/]+\.(ts|json)"/);
  expect(code).not.toContain('Knowledge Base Article');
  expect(code.length).toBeLessThan(2_000_000);
});

test('the system workflows are in a bundle of their own, under names that no author can give', async () => {
  const system = codeOf(await systemBundled());
  expect(system).toContain('triggers/workflows/feed.ts');
  expect(system).not.toMatch(FOREIGN);
  expect(system).not.toMatch(/["/](actions|halo|calls|organizations|store|sdk)\/\w+\.(ts|json)"/);
  expect(system.length).toBeLessThan(2_000_000);

  // An author's own `feed` and `inbox` are theirs; `haloflow:feed` is none that a run can be of.
  const folder = folderOf({
    'feed.ts': `export async function feed(): Promise<string> { return 'of the author'; }`,
    'inbox.ts': `export async function inbox(): Promise<string> { return 'of the author'; }`,
  });
  const haloflow = await startHaloflow({ workflows: folder, triggers: true });
  try {
    const run = { organization: 'northwind' };
    expect(await haloflow.run('feed', [], run)).toBe('of the author');
    expect(await haloflow.run('inbox', [], run)).toBe('of the author');
    const { handle } = await haloflow.start('haloflow:feed', [{ connection: 'x', kind: 'tickets' }], run);
    await eventually(async () => {
      const { events = [] } = await handle.fetchHistory();
      return events?.some(({ workflowTaskFailedEventAttributes: failed }) =>
        /no such function is exported/.test(failed?.failure?.message ?? ''),
      )
        ? true
        : undefined;
    });
    await handle.terminate();
  } finally {
    await haloflow.close();
  }
});

test("an author's folder elsewhere, in TypeScript and JavaScript, is found and runs", async () => {
  const folder = folderOf({
    'inTypeScript.ts': `import { context, halo } from 'haloflow/sdk';
      import { fields } from './shared.ts';
      export async function inTypeScript(): Promise<{ organization: string; agents: number }> {
        const agents = await halo.agents.list({}, { fields });
        return { organization: context().organization, agents: agents.length };
      }`,
    'inJavaScript.js': `import { halo } from 'haloflow/sdk';
      export const inJavaScript = async (limit) => (await halo.agents.list({}, { limit, fields: ['id'] })).length;`,
    'shared.ts': `export const fields: readonly string[] = ['id'];`,
    'broken.test.ts': 'not code at all',
  });
  process.env['HALOFLOW_WORKFLOWS'] = folder;
  try {
    expect(workflowsFolder()).toBe(folder);
    process.env['HALOFLOW_WORKFLOWS'] = path.join(folder, 'shared.ts');
    expect(workflowsFolder).toThrow(
      /HALOFLOW_WORKFLOWS is .*shared\.ts, which is not a folder: name the folder with your workflows/,
    );
  } finally {
    delete process.env['HALOFLOW_WORKFLOWS'];
  }
  const haloflow = await startHaloflow({ workflows: folder });
  try {
    const run = { organization: 'globex' };
    expect(await haloflow.run('inTypeScript', [], run)).toEqual({ organization: 'globex', agents: 5 });
    expect(await haloflow.run('inJavaScript', [2], run)).toBe(2);
    expect(await haloflow.run('listAgents', [], run)).toEqual({ agents: 5 });
  } finally {
    await haloflow.close();
  }
});

describe('a folder that cannot be used is refused with file and reason', () => {
  test('when two files export a workflow of one name', async () => {
    const { name, message, folder } = await refusal({
      'one.ts': `export async function triage(): Promise<void> {}`,
      'two.ts': `export const triage = async (): Promise<void> => {};\nexport const LIMIT: number = 5;`,
      'three.ts': `export const LIMIT: number = 6;`,
      'index.ts': `export * from './one.ts';`,
    });
    expect(name).toBe('ConfigurationError');
    expect(message).toBe(
      `the workflows in ${folder} cannot be bundled: triage is exported by ${folder}/one.ts and by ${folder}/two.ts: rename one of them`,
    );
  });

  test.each([
    ['code that does not compile', `export async function triage( {`, /a\.ts: .*(Unexpected|Expected)/],
    [
      'what the sandbox does not have',
      `import { readFileSync } from 'node:fs';\nexport async function triage() { return readFileSync('x'); }`,
      /a\.ts imports node:fs, which workflows cannot have/,
    ],
    [
      'a module that is not there',
      `import { x } from './x.ts';\nexport async function triage() { return x; }`,
      /a\.ts: .*'\.\/x\.ts'/,
    ],
  ])('for %s', async (_, code, reason) => {
    const { name, message, folder } = await refusal({ 'a.ts': code });
    expect(name).toBe('ConfigurationError');
    expect(message).toContain(`${folder}/`);
    expect(message).toMatch(reason);
    expect(message).toBe(stripVTControlCharacters(message));
    expect(message).not.toContain('node_modules/webpack');
  });
});
