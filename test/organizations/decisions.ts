/** Decisions on the connection of a call, with the MSP northwind as the owner unless a request says otherwise. */
import { ConfigurationError } from '../../errors.ts';
import { explain, resolve } from '../../organizations/resolve.ts';
import type { ResolveRequest } from '../../organizations/types.ts';
import { northwind } from './configurations.ts';

export type Request = Partial<ResolveRequest> & { organization: string };

/** What is decided on: `northwind-halo (own default)`. */
export function chosen(request: Request, configuration = northwind()): string {
  const decision = resolve(configuration, { owner: 'northwind', ...request });
  return `${decision.connection.id} (${decision.because})`;
}

/** Why nothing is; `explain` says the same. */
export function refusal(request: Request, configuration = northwind()): ConfigurationError {
  try {
    const decision = resolve(configuration, { owner: 'northwind', ...request });
    throw new Error(`resolved to ${decision.connection.id}`);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    if (!(error instanceof ConfigurationError)) throw error;
    const explanation = explain(configuration, { owner: 'northwind', ...request });
    expect(explanation).toMatchObject({ decision: null, error: error.message });
    return error;
  }
}
