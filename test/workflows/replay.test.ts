/** Runs that began under yesterday's code go on under today's: every recorded history replays. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DefaultLogger, Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { bundleWorkflows } from '../../worker/bundle.ts';
import { installRuntime } from '../../worker/logger.ts';
import { PROBES, bundled, systemBundled } from '../support/bundles.ts';
import { recorded } from './histories.ts';

const names = readdirSync(new URL('../histories', import.meta.url)).map((file) => path.parse(file).name);
const filesOf = (folder: string): string[] =>
  readdirSync(new URL(`../../${folder}`, import.meta.url)).map((file) => path.parse(file).name);
/** What a history of each is called. */
const own = [...filesOf('workflows'), ...filesOf('triggers/workflows').map((name) => `system.${name}`)];

/** Of an author's bundle, or of the one with the system workflows. */
const bundleOf = (name: string): Promise<{ readonly codePath: string }> =>
  name.startsWith('system.') ? systemBundled() : bundled(PROBES);

/** `4711@machine`, paths, secrets of the demo, tokens. */
const PRIVATE =
  /"\d+@[\w.-]+|(?:\/(?:home|root|work|tmp|Users)\/)[^"]*|file:\/\/[^"]*|-not-a-secret-|Bearer /g;

beforeAll(installRuntime);

test('every workflow has a history', () => {
  const isOf = (workflow: string) => (name: string) => name === workflow || name.startsWith(`${workflow}.`);
  expect(own.filter((workflow) => !names.some(isOf(workflow)))).toEqual([]);
});

test.each(names)('%s replays', async (name) => {
  await Worker.runReplayHistory({ workflowBundle: await bundleOf(name) }, recorded(name), name);
});

test.each(names)('%s names no machine, no path and no secret', (name) => {
  const text = JSON.stringify(recorded(name));
  const plain = [...text.matchAll(/"data":"([^"]*)"/g)].map(([, data = '']) =>
    Buffer.from(data, 'base64').toString(),
  );
  const found = [text, ...plain].flatMap((part) => part.match(PRIVATE) ?? []);
  expect(found).toEqual([]);
});

test('a workflow that was changed is caught', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'haloflow-test-'));
  try {
    writeFileSync(
      path.join(folder, 'listAgents.ts'),
      `import { halo } from 'haloflow/sdk';
       export async function listAgents() { return { agents: (await halo.teams.list({})).length }; }`,
    );
    const workflowBundle = await bundleWorkflows(folder, new DefaultLogger('ERROR'));
    const replay = Worker.runReplayHistory({ workflowBundle }, recorded('listAgents'), 'listAgents');
    await expect(replay).rejects.toThrow(DeterminismViolationError);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
