import { call } from 'haloflow/sdk';
import type { CallOptions, Override } from 'haloflow/sdk';

export interface RunActionInput {
  /** An action's id, e.g. `tickets.get`. */
  readonly action: string;
  readonly input: unknown;
  readonly options?: CallOptions;
  /** The action override. */
  readonly using?: Override;
}

/** One action by its id: what `haloflow actions run` starts. */
export async function runAction({ action, input, options, using }: RunActionInput): Promise<unknown> {
  return await call(action, input, options, using ? { using } : {});
}
