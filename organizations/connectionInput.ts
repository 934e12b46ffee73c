/** What people give of a connection, brought to the form that is stored. */
import { SchemaError } from '../errors.ts';
import type { Connector } from './connector.ts';
import { limitProblem } from './rateLimit.ts';
import type { RateLimit } from './rateLimit.ts';

/** What may be said of a connection; what is left out stays as it is, or gets its default. */
export interface ConnectionChanges {
  readonly organization?: string;
  readonly default?: boolean;
  readonly enabled?: boolean;
  readonly resourceServer?: string;
  readonly authServer?: string | null;
  readonly tenant?: string | null;
  readonly onPremise?: boolean;
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly scope?: string;
  readonly rateLimit?: { readonly requests?: number; readonly perSeconds?: number };
  readonly writeSettleSeconds?: number | null;
  /** Whether a new resource server is the same Halo under another name. */
  readonly sameHalo?: boolean;
}

export type NewConnection = ConnectionChanges &
  Required<Pick<ConnectionChanges, 'organization' | 'resourceServer' | 'clientId' | 'clientSecret'>> & {
    readonly id: string;
  };

interface Servers {
  readonly resourceServer: string;
  readonly authServer: string | null;
}

/**
 * The addresses in their stored form.
 *
 * @throws SchemaError naming the field.
 */
export function serversOf(connector: Connector, asked: Servers & { readonly onPremise: boolean }): Servers {
  const { onPremise } = asked;
  const one = (field: 'resourceServer' | 'authServer', pasted: string): string => {
    try {
      return connector.normaliseServer(pasted, { field, onPremise });
    } catch (cause) {
      throw new SchemaError((cause as Error).message, { cause, details: { field: `body.${field}` } });
    }
  };
  const authServer = blankIsNull(asked.authServer);
  return {
    resourceServer: one('resourceServer', asked.resourceServer),
    authServer: authServer === null ? null : one('authServer', authServer),
  };
}

/** Scopes with one space between them. */
export const spaced = (scope: string): string =>
  scope
    .trim()
    .split(/[\s,]+/)
    .join(' ');

/** Without the spaces around it; null for nothing. */
export const blankIsNull = (text: string | null | undefined): string | null =>
  text === undefined || text === null || text.trim() === '' ? null : text.trim();

/**
 * Without the line end that files and pasted text bring.
 *
 * @throws SchemaError when nothing is left.
 */
export function secretOf(pasted: string): string {
  const secret = pasted.trim();
  if (secret !== '') return secret;
  throw new SchemaError('clientSecret: it is empty: give the secret of the application in Halo', {
    details: { field: 'body.clientSecret' },
  });
}

/**
 * Checks the rate limit that a change would store, if it sets one.
 *
 * @throws SchemaError if it is out of bounds.
 */
export function demandLimit({ rateLimit: asked }: ConnectionChanges, stored: RateLimit): void {
  const problem = asked === undefined ? null : limitProblem({ ...stored, ...defined(asked) });
  if (problem !== null) {
    throw new SchemaError(`rateLimit: ${problem}`, { details: { field: 'body.rateLimit' } });
  }
}

const defined = ({ requests, perSeconds }: Partial<RateLimit>): Partial<RateLimit> => ({
  ...(requests === undefined ? {} : { requests }),
  ...(perSeconds === undefined ? {} : { perSeconds }),
});

/** The columns of a rate limit. */
export const limitOf = ({ rateLimit }: ConnectionChanges) => ({
  rateRequests: rateLimit?.requests,
  ratePerSeconds: rateLimit?.perSeconds,
});
