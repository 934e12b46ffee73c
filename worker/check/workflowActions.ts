/** Which actions a workflow may call, as far as its source tells. Nothing of it is run. */
import { readdirSync } from 'node:fs';
import { build } from 'esbuild';
import { findAction } from '../../actions/index.ts';
import { ownWorkflows, workflowsFolder } from '../workflowFolders.ts';

export interface WorkflowActions {
  /** Ids of actions. */
  readonly actions: readonly string[];
  /** What else it does that the source does not tell, in words. */
  readonly unseen: readonly string[];
}

const WORKFLOW_FILE = /^[^.]+\.[jt]s$/;

/** `.tickets.get`, whoever it is said of: calls go through `halo`, `halo.as(…)` and variables that hold one. */
const CALL = /\.(?=(\w+)\s*\.\s*(\w+)\b)/g;
const CALL_BY_ID = /\bcall\d*\(\s*["'`]([\w.]+)["'`]/g;
const CHILD = /\b(?:executeChild|startChild)\d*\(\s*["'`]?(\w+)/g;

const UNSEEN: readonly (readonly [RegExp, string])[] = [
  [/\bhalo\d*(?:\.(?:using|as)\([^]*?\))?\s*\[/, 'resources chosen while it runs'],
  [/\}\s*=\s*halo\d*\b/, 'parts of halo under other names'],
  [/\.request\(/, 'requests of its own (halo.request)'],
  [/\bcall\d*\(\s*(?!["'`)])\w/, 'actions chosen while it runs'],
  [/\.using\(|[{,]\s*using\b|\busing:/, 'calls on a connection that it chooses (using)'],
];

/** A workflow with the child workflows that it names. */
export async function actionsOf(workflow: string): Promise<WorkflowActions> {
  const seen = new Map<string, string | null>();
  const follow = async (name: string): Promise<void> => {
    if (seen.has(name)) return;
    seen.set(name, null);
    const text = await sourceOf(name);
    seen.set(name, text);
    for (const [, child = ''] of text?.matchAll(CHILD) ?? []) await follow(child);
  };
  await follow(workflow);
  const texts = [...seen].map(([name, text]) => ({ name, text }));
  return {
    actions: [...new Set(texts.flatMap(({ text }) => (text === null ? [] : actionsIn(text))))].sort(),
    unseen: texts.flatMap(({ name, text }) =>
      text === null
        ? [`workflow ${name}: it is not among the workflows here`]
        : UNSEEN.filter(([pattern]) => pattern.test(text)).map(([, what]) => `workflow ${name}: ${what}`),
    ),
  };
}

function actionsIn(text: string): string[] {
  const named = [...text.matchAll(CALL)].map(([, resource, verb]) => `${resource}.${verb}`);
  const byId = [...text.matchAll(CALL_BY_ID)].map(([, id = '']) => id);
  return [...named, ...byId].filter((id) => findAction(id) !== undefined);
}

/** The code of one workflow with all that it uses but packages; null when no file exports it. */
async function sourceOf(name: string): Promise<string | null> {
  for (const folder of new Set([workflowsFolder(), ownWorkflows])) {
    for (const file of readdirSync(folder).filter((one) => WORKFLOW_FILE.test(one))) {
      const text = await bundled(folder, file, name);
      if (text !== null) return text;
    }
  }
  return null;
}

async function bundled(folder: string, file: string, name: string): Promise<string | null> {
  try {
    const { outputFiles } = await build({
      stdin: { contents: `export { ${name} } from './${file}';`, resolveDir: folder, loader: 'js' },
      bundle: true,
      packages: 'external',
      platform: 'neutral',
      format: 'esm',
      treeShaking: true,
      legalComments: 'none',
      write: false,
      logLevel: 'silent',
      tsconfigRaw: '{}',
    });
    return outputFiles[0]?.text ?? null;
  } catch {
    // It does not export that name, or does not compile, which `apply` and the worker say.
    return null;
  }
}
