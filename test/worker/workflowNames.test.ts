/** The names of workflows, as `haloflow apply` knows them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError } from '../../errors.ts';
import { workflowNames } from '../../worker/workflowNames.ts';

const OWN = ['listAgents', 'openTicketsReport', 'runAction', 'triageNewTicket'];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'flows-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (file: string, text: string): void => writeFileSync(join(folder, file), text);
const authored = async (): Promise<string[]> =>
  (await workflowNames(folder)).filter((name) => !OWN.includes(name));

test('those that come with haloflow are always there', async () => {
  expect(await workflowNames(folder)).toEqual(OWN);
});

test('the exported functions of the files at the top of the folder count, and nothing else', async () => {
  mkdirSync(join(folder, 'lib'));
  write('lib/shared.ts', 'export async function shared() {}\nexport async function unexported() {}\n');
  write('lib/more.ts', 'export async function more() {}\nexport const LIST = [1];\n');
  write(
    'flows.ts',
    `import { halo } from 'haloflow/sdk';
import type { TriggerInput } from 'haloflow/sdk';
import { shared } from './lib/shared.ts';
export type Input = TriggerInput<unknown>;
export const LIMIT = 3, NAME = 'x', ON = true, PATTERN = /x/, OPTIONS = { a: 1 }, PRICE = -1;
export class Helper {}
export enum Level { low = 1 }
export async function declared() { return halo; }
export const arrow = async ({ a }: { a: number }) => a;
export const single = async input => input;
export const older = async function () {};
const wrap = <F>(f: F): F => f;
export const wrapped = wrap(arrow);
const inner = async () => 1;
export { inner as renamed, shared };
export * from './lib/more.ts';
export default async function () {}
`,
  );
  write('plain.js', 'export async function javascript() {}\n');
  write(
    'common.js',
    'exports.LIMIT2 = 4;\nexports.early = void 0;\nexports.common = async function () {};\nmodule.exports.two = () => 2;\n',
  );
  write('flows.test.ts', 'export async function aTest() {}\n');
  write('types.d.ts', 'export declare function typed(): void;\n');
  write('notes.md', 'export async function note() {}\n');
  expect(await authored()).toEqual(
    [
      'arrow',
      'common',
      'declared',
      'javascript',
      'more',
      'older',
      'renamed',
      'shared',
      'single',
      'two',
      'wrapped',
    ].toSorted(),
  );
});

test('code that does not compile is named with file and line, every file of it', async () => {
  write('good.ts', 'export async function good() {}\n');
  write('open.ts', 'export async function open( {\n');
  write('missing.ts', "\nimport { x } from './nowhere.ts';\nexport async function missing() { return x; }\n");
  const refused = workflowNames(folder);
  await expect(refused).rejects.toThrow(ConfigurationError);
  await expect(refused).rejects.toThrow(`the workflows in ${folder} do not compile: `);
  await expect(refused).rejects.toThrow(`${join(folder, 'open.ts')}:2:1: `);
  await expect(refused).rejects.toThrow(
    `${join(folder, 'missing.ts')}:2:19: Could not resolve "./nowhere.ts"`,
  );
});
