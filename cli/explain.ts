import { readConfiguration } from '../organizations/configuration.ts';
import { explain as explainDecision } from '../organizations/resolve.ts';
import { demandHere } from './here.ts';
import type { Outcome } from './outcome.ts';
import { overridesOf, ownerOf } from './override.ts';
import type { WhoOptions } from './override.ts';
import { withStore } from './openStore.ts';
import { table } from './table.ts';

/** What `haloflow explain` does. */
export async function explained(options: WhoOptions): Promise<Outcome> {
  demandHere('explain');
  const { action, trigger } = overridesOf(options);
  return await withStore(async (store) => {
    const configuration = await readConfiguration(store);
    const owner = ownerOf(configuration, options);
    const { decision, steps, error } = explainDecision(configuration, {
      organization: options.org,
      owner,
      actionOverride: action,
      triggerOverride: trigger,
    });
    const verdict = decision
      ? `${options.org} uses ${decision.connection.id} (${decision.because})`
      : `ConfigurationError: ${error}`;
    return {
      ok: decision !== null,
      json: {
        ok: decision !== null,
        connection: decision?.connection.id ?? null,
        because: decision?.because ?? null,
        steps,
        error: error === null ? null : { type: 'ConfigurationError', message: error },
      },
      text: `${table(
        ['level', 'rule', 'result'],
        steps.map((step) => [step.level, step.rule, step.result]),
      )}\n\n${verdict}`,
    };
  });
}
