/** What is found between this machine and Halo's first answer. */
import type { HaloflowError } from '../../errors.ts';
import type { TokenRefusalReason } from '../tokenRequest.ts';

/** An exchange that did not happen: Node's code, and in words why. */
export interface Failed {
  readonly failed: string;
  readonly code: string;
}

export interface Certificate {
  readonly protocol: string;
  readonly issuer: string;
  readonly validTo: Date;
  /** Why it is not trusted; null: it is. */
  readonly problem: Failed | null;
}

/** One of the connection's servers. */
export interface ServerSeen {
  readonly server: 'resourceServer' | 'authServer';
  /** With the port where it is not the default. */
  readonly host: string;
  readonly isLoopback: boolean;
  /** Whether the host is written as an address, so that there is no name to resolve. */
  readonly isAddress: boolean;
  /** `private`: what is refused because the connection does not say on-premise. */
  readonly addresses: readonly string[] | (Failed & { readonly private: boolean });
  /** Null: plain http, or no address to ask. */
  readonly tls: Certificate | Failed | null;
  readonly encrypted: boolean;
}

/** What `/api/authinfo` answered. */
export type DiscoverySeen =
  | { readonly kind: 'found'; readonly authServer: string; readonly tenant: string | null }
  | { readonly kind: 'html' | 'other'; readonly status: number }
  | { readonly kind: 'failed'; readonly reason: string };

export type TokenSeen =
  | { readonly kind: 'issued'; readonly scopes: readonly string[] | null }
  | {
      readonly kind: 'refused';
      readonly error: HaloflowError;
      readonly reason: TokenRefusalReason | null;
      /** The tenant that discovery names, if a token is given with it instead of the connection's. */
      readonly worksWithTenant: string | null;
    };

export interface Probe {
  readonly servers: readonly ServerSeen[];
  readonly discovery: DiscoverySeen;
  /** Null: not asked for, since a server cannot be reached. */
  readonly token: TokenSeen | null;
  /** How far Halo's clock is ahead of this machine's, by what its replies said last; null: it did not say. */
  readonly clockAheadMs: number | null;
}
