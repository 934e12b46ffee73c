/** What the flags of `haloflow connections add` and `change` have in common. */
import type { ConnectionChanges } from '../../organizations/connectionInput.ts';
import type { Outcome } from '../outcome.ts';
import type { SecretOptions } from '../secretInput.ts';

export interface ConnectionOptions extends SecretOptions {
  readonly org?: string;
  readonly resourceServer?: string;
  readonly authServer?: string;
  readonly tenant?: string;
  readonly onPremise?: boolean;
  readonly clientId?: string;
  readonly scope?: string;
  readonly requests?: number;
  readonly perSeconds?: number;
  /** Seconds. */
  readonly writeSettle?: number | 'default';
  readonly default?: boolean;
  /** Whether a new resource server is the same Halo under another name. */
  readonly sameHalo?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

export const SERVERS = ['resourceServer', 'authServer'] as const;
type Servers = { readonly [Field in (typeof SERVERS)[number]]?: string | null | undefined };

/**
 * `resourceServer "Northwind.HaloPSA.com/api" is stored as https://northwind.halopsa.com`, for each that is another.
 */
export const corrections = (said: Servers, stored: Servers): string[] =>
  SERVERS.flatMap((field) =>
    typeof stored[field] !== 'string' || said[field] === stored[field]
      ? []
      : [`${field} "${said[field]}" is stored as ${stored[field]}`],
  );

/** What the flags say that has its form already. */
export function plainOf({
  scope,
  default: isDefault,
  requests,
  perSeconds,
  writeSettle,
}: ConnectionOptions): ConnectionChanges {
  const hasLimit = requests !== undefined || perSeconds !== undefined;
  return {
    ...(scope === undefined ? {} : { scope }),
    ...(isDefault === undefined ? {} : { default: isDefault }),
    ...(writeSettle === undefined
      ? {}
      : { writeSettleSeconds: writeSettle === 'default' ? null : writeSettle }),
    ...(hasLimit
      ? {
          rateLimit: {
            ...(requests === undefined ? {} : { requests }),
            ...(perSeconds === undefined ? {} : { perSeconds }),
          },
        }
      : {}),
  };
}

/** Where nobody can be asked and nobody said yes. */
export function unasked(connection: object, text: string): Outcome {
  const message = 'Nothing was saved: nobody can be asked here. Say --yes to save it as shown.';
  return {
    ok: false,
    json: { ok: false, connection, saved: false, error: { type: 'ConfigurationError', message } },
    text,
    complaint: message,
  };
}
