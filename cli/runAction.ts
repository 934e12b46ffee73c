import { readConfiguration } from '../organizations/configuration.ts';
import { retrying } from '../store/store.ts';
import { named } from './actions.ts';
import { withDemo } from './demo.ts';
import { demandHere } from './here.ts';
import type { Outcome } from './outcome.ts';
import { overridesOf, ownerOf } from './override.ts';
import type { WhoOptions } from './override.ts';
import { finishRun } from './run.ts';
import { tellIfSlow } from './slow.ts';
import { withStack } from './stack.ts';

export interface RunOptions extends WhoOptions {
  readonly input: unknown;
  readonly all?: boolean;
  readonly limit?: number;
  readonly fields?: string[];
  readonly json?: boolean;
}

/** What `haloflow actions run` does. */
export async function runAction(id: string, options: RunOptions): Promise<Outcome> {
  const action = named(id);
  demandHere('actions run');
  const { action: using, trigger } = overridesOf(options);
  return await withStack({ worker: 'missing' }, (stack) =>
    withDemo(stack.store, async () => {
      const configuration = await retrying(() => readConfiguration(stack.store));
      const { all, limit, fields } = options;
      const request = {
        workflow: 'runAction',
        args: [
          {
            action: action.id,
            input: options.input,
            options: { ...(all ? { all } : {}), ...(limit ? { limit } : {}), ...(fields ? { fields } : {}) },
            ...(using ? { using } : {}),
          },
        ],
        organization: options.org,
        owner: ownerOf(configuration, options),
        overrides: trigger ? { halo: trigger } : {},
        startedBy: 'cli',
      };
      const deed = { action: 'actions.run', object: `action ${action.id}` };
      const { output, error, connection, because, workflowId } = await tellIfSlow(
        'waiting for Halo …',
        finishRun(stack, configuration, request, deed),
      );
      const json = { ok: error === null, output, error, connection, because, workflowId };
      if (error) return { ok: false, json, text: '', complaint: `${error.type}: ${error.message}` };
      return { ok: true, json, text: JSON.stringify(output, null, 2) };
    }),
  );
}
