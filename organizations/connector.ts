/** What the Halo client knows of connections, for those who may not speak to Halo themselves. */
import type { CheckReport } from './checkReport.ts';

export interface Examining {
  readonly signal: AbortSignal;
  /** The root of the organizations whose triggers are named to who asks; null: all. */
  readonly reach: string | null;
}

export interface Connector {
  /**
   * The address of a server in the form that is stored, from any form people paste.
   *
   * @throws ConfigurationError for what is no address that this connection can have.
   */
  normaliseServer(
    pasted: string,
    about: { readonly field: 'resourceServer' | 'authServer'; readonly onPremise: boolean },
  ): string;
  /**
   * Whether an address in any form people paste would lead into a network of one's own: plain http, a short name, this
   * machine, or an address that is not public.
   */
  isOwnNetwork(pasted: string): boolean;
  /**
   * Looks at a connection step by step, within the rate budget; nothing is written to Halo.
   *
   * @throws ConfigurationError when there is no such connection, and the signal's reason.
   */
  check(connection: string, asking: Examining): Promise<CheckReport>;
}
