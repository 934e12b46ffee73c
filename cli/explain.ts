import type { Step } from '../organizations/types.ts';
import { overrideText } from '../organizations/overrideText.ts';
import { withApi } from './api.ts';
import type { Outcome } from './outcome.ts';
import { overridesOf } from './override.ts';
import type { WhoOptions } from './override.ts';
import { table } from './table.ts';

/** As the API answers it. */
interface Explained {
  readonly connection: string | null;
  readonly because: string | null;
  readonly steps: readonly Step[];
  readonly error: { readonly type: string; readonly message: string } | null;
}

/** What `haloflow explain` does. */
export async function explained(options: WhoOptions): Promise<Outcome> {
  const { org: organization, owner, fallback } = options;
  const { action, trigger } = overridesOf(options);
  return await withApi(async (api) => {
    const { connection, because, steps, error } = await api.call<Explained>({
      path: '/explain',
      query: {
        organization,
        owner,
        use: action && overrideText(action),
        triggerUse: trigger && overrideText(trigger),
        fallback,
      },
    });
    const verdict = error
      ? `${error.type}: ${error.message}`
      : `${organization} uses ${connection} (${because})`;
    return {
      ok: error === null,
      json: { ok: error === null, connection, because, steps, error },
      text: `${table(
        ['level', 'rule', 'result'],
        steps.map((step) => [step.level, step.rule, step.result]),
      )}\n\n${verdict}`,
    };
  });
}
