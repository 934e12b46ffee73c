import { createHash } from 'node:crypto';
import type { HaloAuthenticationError } from '../errors.ts';
import { findTokenEndpoint, requestToken } from './tokenRequest.ts';
import type { TokenEndpoint } from './tokenRequest.ts';
import type { Transport } from './transport.ts';
import type { Budget, HaloCredentials } from './types.ts';

export interface Token {
  readonly value: string;
  readonly issuedAt: number;
  /** When it is to be replaced: a little before it expires. */
  readonly renewAt: number;
  /** As Halo granted them; null: it did not say. */
  readonly scopes: readonly string[] | null;
}

/** Who asks: pays from its budget, and may be cancelled. */
interface Caller {
  readonly budget: Budget;
  readonly signal?: AbortSignal | undefined;
}

/** The access tokens of all connections: one each, shared by every caller. */
export interface Tokens {
  /** The current token, or a new one; callers at the same time share one token call. */
  get(credentials: HaloCredentials, caller: Caller): Promise<Token>;
  /** A new token whatever there is, also where credentials were refused a moment ago; kept for all. */
  renew(credentials: HaloCredentials, caller: Caller): Promise<Token>;
  /** Forgets a token that Halo refused, unless it has been replaced meanwhile. */
  drop(credentials: HaloCredentials, token: Token): void;
  /** Notes that a fresh token got a 401 on a route as well: it is the right that is missing, not the token. */
  noteMissingRight(token: Token, route: string): void;
  /** Whether that was noted in the last minute, so that another token would not help. */
  isMissingRight(token: Token, route: string): boolean;
}

/** How a token call ended; `gaveUp` when its caller left before paying, which is nobody else's failure. */
type Outcome =
  | { readonly kind: 'token'; readonly token: Token }
  | { readonly kind: 'failed' | 'gaveUp'; readonly error: unknown };

interface Entry {
  token: Token | null;
  endpoint: TokenEndpoint | null;
  flight: Promise<Outcome> | null;
  refusal: { readonly error: HaloAuthenticationError; readonly until: number } | null;
}

const RENEWAL_MARGIN_MS = 60_000;
const MISSING_RIGHT_MS = 60_000;

export function createTokens(transport: Transport, options: { refusalMs: number }): Tokens {
  const entries = new Map<string, Entry>();
  const missingRights = new WeakMap<Token, Map<string, number>>();

  function entryOf(credentials: HaloCredentials): Entry {
    const key = keyOf(credentials);
    const known = entries.get(key);
    if (known !== undefined) return known;
    const entry: Entry = { token: null, endpoint: null, flight: null, refusal: null };
    entries.set(key, entry);
    return entry;
  }

  async function fetchToken(entry: Entry, credentials: HaloCredentials, caller: Caller): Promise<Outcome> {
    let paid = true;
    const send: Parameters<typeof findTokenEndpoint>[1] = async (request) => {
      paid = false;
      const grant = await transport.take(caller.budget, caller.signal);
      paid = true;
      // Without the caller's signal: others wait for this token too.
      return transport.send(grant, request);
    };
    try {
      entry.endpoint ??= await findTokenEndpoint(credentials, send);
      const issuedAt = Date.now();
      const issued = await requestToken(credentials, entry.endpoint, send);
      if ('refused' in issued) {
        credentials.onAnswer?.(false);
        entry.endpoint = null;
        entry.refusal = { error: issued.refused, until: Date.now() + options.refusalMs };
        return { kind: 'failed', error: issued.refused };
      }
      const { value, lifetimeMs, scopes } = issued;
      const renewAt = issuedAt + lifetimeMs - Math.min(RENEWAL_MARGIN_MS, lifetimeMs / 10);
      entry.token = { value, issuedAt, renewAt, scopes };
      return { kind: 'token', token: entry.token };
    } catch (error) {
      if (!paid) return { kind: 'gaveUp', error };
      entry.endpoint = null;
      return { kind: 'failed', error };
    } finally {
      entry.flight = null;
    }
  }

  const tokens: Tokens = {
    async get(credentials, caller) {
      const entry = entryOf(credentials);
      for (;;) {
        caller.signal?.throwIfAborted();
        const { token, refusal } = entry;
        if (token !== null && Date.now() < token.renewAt) return token;
        if (refusal !== null && Date.now() < refusal.until) throw refusal.error;
        const mine = entry.flight === null;
        const flight = (entry.flight ??= fetchToken(entry, credentials, caller));
        const outcome = await unlessAborted(flight, caller.signal);
        if (outcome.kind === 'token') return outcome.token;
        if (outcome.kind === 'failed' || mine) throw outcome.error;
      }
    },
    drop(credentials, token) {
      const entry = entryOf(credentials);
      if (entry.token === token) entry.token = null;
    },
    renew(credentials, caller) {
      const entry = entryOf(credentials);
      entry.token = null;
      entry.refusal = null;
      entry.endpoint = null;
      return tokens.get(credentials, caller);
    },
    noteMissingRight(token, route) {
      const routes = missingRights.get(token) ?? new Map<string, number>();
      missingRights.set(token, routes.set(route, Date.now() + MISSING_RIGHT_MS));
    },
    isMissingRight(token, route) {
      return (missingRights.get(token)?.get(route) ?? 0) > Date.now();
    },
  };
  return tokens;
}

/** Everything that a token depends on; the secret only as a digest. */
function keyOf(credentials: HaloCredentials): string {
  const { connection, clientId, clientSecret, resourceServer, authServer, tenant, onPremise, scope } =
    credentials;
  const digest = createHash('sha256').update(clientSecret).digest('base64url');
  return JSON.stringify([connection, clientId, digest, resourceServer, authServer, tenant, onPremise, scope]);
}

function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
    promise
      .finally(() => signal.removeEventListener('abort', onAbort))
      .then(resolve, (error: unknown) => reject(error as Error));
  });
}
